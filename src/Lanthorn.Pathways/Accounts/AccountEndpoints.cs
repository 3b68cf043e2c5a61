using Lanthorn.Pathways.Hosting;
using Lanthorn.Pathways.Pages;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Lanthorn.Pathways.Accounts;

/// <summary>Coming in, going out, and one's own account.</summary>
internal static class AccountEndpoints
{
    /// <summary>Nobody is known yet: nobody sends more than a form.</summary>
    private const int MaxFormBytes = 64 * 1024;

    internal sealed record TokenRequest(string Name, int? Days = null);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(SitePaths.Home, Home);
        routes.MapGet(SitePaths.SignIn, Show).AllowAnonymous();
        routes
            .MapPost(SitePaths.SignIn, SignInAsync)
            .AllowAnonymous()
            .WithMetadata(new RequestSizeLimitAttribute(MaxFormBytes));
        routes.MapPost(SitePaths.SignOut, (Delegate)SignOutAsync).WithMetadata(new RequireAntiforgeryTokenAttribute());
        routes.MapGet(SitePaths.Account, (HttpContext context) => Page(context.Account()));
        routes.MapPost(SitePaths.Password, ChangePasswordAsync);
        routes.MapPost(SitePaths.Token, MakeTokenPageAsync);
        routes.MapGet(
            $"{SitePaths.Api}/account",
            (HttpContext context) => Answers.Of(AccountView.Of(context.Account()))
        );
        routes.MapPost($"{SitePaths.Api}/tokens", MakeTokenAsync);
        routes.MapDelete($"{SitePaths.Api}/tokens/{{id}}", RevokeTokenAsync);
    }

    private static RazorComponentResult<HomePage> Home(HttpContext context) =>
        new(new Dictionary<string, object?> { [nameof(HomePage.Who)] = PageAccount.Of(context.Account()) });

    private static IResult Show(HttpContext context, string? next) =>
        context.FindCaller() is { IsToken: false }
            ? Results.LocalRedirect(Answers.LocalPath(next))
            : SignInPage(next, email: null, StatusCodes.Status200OK);

    private static async Task<IResult> SignInAsync(
        HttpContext context,
        SignIn signIn,
        [FromForm] string? email,
        [FromForm] string? password,
        [FromForm] string? next
    )
    {
        if (await signIn.HandleAsync(email, password, context.RequestAborted) is not { } account)
            return SignInPage(next, email, StatusCodes.Status401Unauthorized);
        await Session.BeginAsync(context, account);
        return Results.LocalRedirect(Answers.LocalPath(next));
    }

    private static async Task<IResult> SignOutAsync(HttpContext context)
    {
        await context.SignOutAsync(Session.Scheme);
        return Results.LocalRedirect(SitePaths.SignIn);
    }

    private static async Task<IResult> ChangePasswordAsync(
        HttpContext context,
        OwnAccount own,
        [FromForm] string? current,
        [FromForm] string? fresh,
        [FromForm] string? again
    )
    {
        var account = context.SessionAccount();
        if (fresh != again)
            return Page(account, Refused("The two new passwords differ"));
        try
        {
            var changed = await own.ChangePasswordAsync(account, current, fresh, context.RequestAborted);
            await Session.BeginAsync(context, changed);
            return account.MustChange ? Results.LocalRedirect(SitePaths.Home) : Page(changed, isChanged: true);
        }
        catch (RefusedException refused)
        {
            return Page(account, refused.Refusal);
        }
    }

    private static async Task<IResult> MakeTokenPageAsync(
        HttpContext context,
        OwnAccount own,
        [FromForm] string? name,
        [FromForm] int? days
    )
    {
        var account = context.SessionAccount();
        try
        {
            return Page(account, made: await own.AddTokenAsync(account, account, name, days, context.RequestAborted));
        }
        catch (RefusedException refused)
        {
            return Page(account, refused.Refusal);
        }
    }

    private static async Task<IResult> MakeTokenAsync(
        HttpContext context,
        OwnAccount own,
        [FromBody] TokenRequest asked
    )
    {
        var account = context.SessionAccount();
        var made = await own.AddTokenAsync(account, account, asked.Name, asked.Days, context.RequestAborted);
        return Answers.Of(made, StatusCodes.Status201Created);
    }

    private static async Task<IResult> RevokeTokenAsync(HttpContext context, OwnAccount own, string id)
    {
        await own.RevokeTokenAsync(context.Account(), id, context.RequestAborted);
        return Results.NoContent();
    }

    private static Refusal Refused(string message) => Refusal.Unprocessable("passwords-differ", message);

    private static RazorComponentResult<AccountPage> Page(
        Account account,
        Refusal? refusal = null,
        bool isChanged = false,
        MadeToken? made = null
    ) =>
        new(
            new Dictionary<string, object?>
            {
                [nameof(AccountPage.Who)] = PageAccount.Of(account),
                [nameof(AccountPage.Refusal)] = refusal,
                [nameof(AccountPage.IsChanged)] = isChanged,
                [nameof(AccountPage.Token)] = made?.Token,
            }
        )
        {
            StatusCode = refusal?.Status,
        };

    private static RazorComponentResult<SignInPage> SignInPage(string? next, string? email, int status) =>
        new(
            new Dictionary<string, object?>
            {
                [nameof(Pages.SignInPage.Next)] = Answers.LocalPath(next),
                [nameof(Pages.SignInPage.Email)] = email,
                [nameof(Pages.SignInPage.IsRefused)] = status == StatusCodes.Status401Unauthorized,
            }
        )
        {
            StatusCode = status,
        };
}
