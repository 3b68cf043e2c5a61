using Lanthorn.Pathways.Hosting;
using Lanthorn.Pathways.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Lanthorn.Pathways.Accounts;

/// <summary>Accounts behind the wall, for its administrator: API and page.</summary>
internal static class ManagingEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        const string api = $"{SitePaths.Api}/accounts";
        routes.MapGet(api, ListAsync);
        routes.MapPost(api, AddAsync);
        routes.MapPost($"{api}/{{name}}/lock", LockAsync);
        routes.MapPost($"{api}/{{name}}/unlock", UnlockAsync);
        routes.MapPost($"{api}/{{name}}/password", ResetAsync);
        routes.MapGet(SitePaths.Accounts, ShowAsync);
        routes.MapPost(SitePaths.Accounts, AddOnPageAsync);
        routes.MapPost($"{SitePaths.Accounts}/{{name}}", ChangeOnPageAsync);
    }

    private static async Task<IResult> ListAsync(HttpContext context, ManageAccounts accounts) =>
        Answers.Of(await accounts.ListAsync(context.Account(), context.RequestAborted));

    private static async Task<IResult> AddAsync(
        HttpContext context,
        ManageAccounts accounts,
        [FromBody] NewAccount asked
    ) =>
        Answers.Of(
            await accounts.AddAsync(context.Account(), asked, context.RequestAborted),
            StatusCodes.Status201Created
        );

    private static async Task<IResult> LockAsync(HttpContext context, ManageAccounts accounts, string name) =>
        Answers.Of(await accounts.LockAsync(context.Account(), name, context.RequestAborted));

    private static async Task<IResult> UnlockAsync(HttpContext context, ManageAccounts accounts, string name) =>
        Answers.Of(await accounts.UnlockAsync(context.Account(), name, context.RequestAborted));

    private static async Task<IResult> ResetAsync(HttpContext context, ManageAccounts accounts, string name) =>
        Answers.Of(await accounts.ResetPasswordAsync(context.Account(), name, context.RequestAborted));

    private static Task<IResult> ShowAsync(HttpContext context, ManageAccounts accounts) =>
        PageAsync(context, accounts, refusal: null, made: null);

    private static async Task<IResult> AddOnPageAsync(
        HttpContext context,
        ManageAccounts accounts,
        [FromForm] string? name,
        [FromForm] string? email,
        [FromForm] string? role,
        [FromForm] string? organisation
    )
    {
        var asked = new NewAccount(name ?? "", role ?? "", organisation ?? "", email);
        return await DoOnPageAsync(
            context,
            accounts,
            () => accounts.AddAsync(context.Account(), asked, context.RequestAborted)!
        );
    }

    /// <param name="act">lock, unlock or password.</param>
    private static Task<IResult> ChangeOnPageAsync(
        HttpContext context,
        ManageAccounts accounts,
        string name,
        [FromForm] string? act
    ) =>
        DoOnPageAsync(
            context,
            accounts,
            async () =>
            {
                var (by, stop) = (context.Account(), context.RequestAborted);
                if (act == "password")
                    return await accounts.ResetPasswordAsync(by, name, stop);
                _ = act switch
                {
                    "lock" => await accounts.LockAsync(by, name, stop),
                    "unlock" => await accounts.UnlockAsync(by, name, stop),
                    _ => throw new RefusedException(Refusal.BadRequest("unknown-act", "There is no such act")),
                };
                return null;
            }
        );

    private static async Task<IResult> DoOnPageAsync(
        HttpContext context,
        ManageAccounts accounts,
        Func<Task<AccountWithPassword?>> act
    )
    {
        try
        {
            var made = await act();
            return made is null
                ? Results.LocalRedirect(SitePaths.Accounts)
                : await PageAsync(context, accounts, refusal: null, made);
        }
        catch (RefusedException refused) when (refused.Refusal.Status == StatusCodes.Status422UnprocessableEntity)
        {
            return await PageAsync(context, accounts, refused.Refusal, made: null);
        }
    }

    private static async Task<IResult> PageAsync(
        HttpContext context,
        ManageAccounts accounts,
        Refusal? refusal,
        AccountWithPassword? made
    )
    {
        var listed = await accounts.ListAsync(context.Account(), context.RequestAborted);
        return new RazorComponentResult<AccountsPage>(
            new Dictionary<string, object?>
            {
                [nameof(AccountsPage.Who)] = PageAccount.Of(context.Account()),
                [nameof(AccountsPage.Accounts)] = listed.Select(ListedAccount.Of).ToList(),
                [nameof(AccountsPage.Refusal)] = refusal,
                [nameof(AccountsPage.MadeFor)] = made?.Account.Name,
                [nameof(AccountsPage.Password)] = made?.Password,
            }
        )
        {
            StatusCode = refusal?.Status,
        };
    }
}
