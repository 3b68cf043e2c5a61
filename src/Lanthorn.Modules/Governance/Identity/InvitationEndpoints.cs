using Lanthorn.Governance.Contracts;
using Lanthorn.Governance.Pages;
using Lanthorn.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Lanthorn.Governance.Identity;

/// <summary>Inviting people and making services, for those who manage accounts; the page that an invitation leads to.</summary>
internal static class InvitationEndpoints
{
    private const int MaxFormBytes = 64 * 1024;

    internal sealed record Invited(string Name, string Role, string Organisation, string? Email = null);

    /// <param name="Owner">The person who answers for it.</param>
    internal sealed record ServiceRequest(string Name, string Role, string Organisation, string Owner);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Invitations.Path, Show).AllowAnonymous().ExcludeFromDescription();
        routes
            .MapPost(Invitations.Path, AcceptAsync)
            .AllowAnonymous()
            .WithMetadata(new RequestSizeLimitAttribute(MaxFormBytes))
            .ExcludeFromDescription();
        var people = routes.MapGroup("/api/v1/people").RequireRole(Roles.Managing).WithTags("People");
        people
            .MapPost("/invitations", InviteAsync)
            .WithSummary("Make an account whose person chooses the password by a one-time link")
            .Produces<Invitations.Made>(StatusCodes.Status201Created);
        people
            .MapPost("/{name}/invitation", AgainAsync)
            .WithSummary("A new one-time link for an account; an earlier one ends")
            .Produces<Invitations.Made>(StatusCodes.Status201Created);
        people
            .MapPost("/services", AddServiceAsync)
            .WithSummary("Make a service account: tokens and no sign-in, and a person who answers for it")
            .Produces<Person>(StatusCodes.Status201Created);
        people
            .MapGet("/{name}/tokens", ListTokensAsync)
            .WithSummary("The tokens of an account, the newest first")
            .Produces<IReadOnlyList<Token>>();
        people
            .MapPost("/{name}/tokens", MakeTokenAsync)
            .WithSummary("Make a token for a service account; it is shown this once")
            .Produces<AccountEndpoints.TokenAnswer>(StatusCodes.Status201Created);
    }

    private static RazorComponentResult<InvitationPage> Show(bool first = false) => Page(first, refused: null);

    private static async Task<IResult> AcceptAsync(
        HttpContext context,
        Invitations invitations,
        [FromForm] string? code,
        [FromForm] string? name,
        [FromForm] string? fresh,
        [FromForm] string? again
    )
    {
        var isFirst = context.Request.Query["first"] == "true";
        if (fresh != again)
            return Page(isFirst, Web.Words.T("The two new passwords differ."), code);
        try
        {
            await invitations.AcceptAsync(code, name, fresh, context.RequestAborted);
        }
        catch (RefusedException no)
        {
            return Page(isFirst, $"{no.Refusal.InWords}.", code);
        }
        return Results.LocalRedirect(SignInPaths.SignIn);
    }

    private static RazorComponentResult<InvitationPage> Page(bool isFirst, string? refused, string? code = null) =>
        new(
            new Dictionary<string, object?>
            {
                [nameof(InvitationPage.IsFirst)] = isFirst,
                [nameof(InvitationPage.Refused)] = refused,
                [nameof(InvitationPage.Code)] = code,
            }
        )
        {
            StatusCode = refused is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
        };

    private static async Task<IResult> InviteAsync(
        HttpContext context,
        Invitations invitations,
        [FromBody] Invited request
    )
    {
        var made = await invitations.InviteAsync(
            context.Work().Viewer,
            new(request.Name ?? "", request.Email, request.Role ?? "", request.Organisation ?? ""),
            context.RequestAborted
        );
        return Created(context, made);
    }

    private static async Task<IResult> AgainAsync(HttpContext context, Invitations invitations, string name) =>
        Created(context, await invitations.AgainAsync(context.Work().Viewer, name, context.RequestAborted));

    private static async Task<IResult> AddServiceAsync(
        HttpContext context,
        Accounts accounts,
        [FromBody] ServiceRequest request
    )
    {
        var person = new NewPerson(request.Name ?? "", null, request.Role ?? "", request.Organisation ?? "")
        {
            Owner = request.Owner ?? "",
        };
        return Created(context, await accounts.AddPersonAsync(context.Work().Viewer, person, context.RequestAborted));
    }

    private static async Task<IResult> ListTokensAsync(HttpContext context, Accounts accounts, string name)
    {
        context.Response.KeepPrivate();
        await accounts.NeedAsync(name, context.RequestAborted);
        return Results.Json(await accounts.ListTokensAsync(name, context.RequestAborted), GovernanceJson.Options);
    }

    private static async Task<IResult> MakeTokenAsync(
        HttpContext context,
        Accounts accounts,
        string name,
        [FromBody] AccountEndpoints.TokenRequest request
    )
    {
        var person = await accounts.NeedAsync(name, context.RequestAborted);
        if (person.Owner is null)
            throw new RefusedException(
                Refusal.Unprocessable("no-service", $"{person.Name} is a person", "He makes his tokens himself")
            );
        var asked = new Accounts.NewToken(
            person.Name,
            request.Name ?? "",
            Accounts.DaysOfToken(request.Days),
            request.Reason,
            TokenScope.Need(request.Scope)
        );
        var made = await accounts.AddTokenAsync(context.Work().Viewer, asked, context.RequestAborted);
        return Created(context, new AccountEndpoints.TokenAnswer(made.Id, made.Clear, made.ExpiresAt));
    }

    private static IResult Created<T>(HttpContext context, T answer)
    {
        context.Response.KeepPrivate();
        return Results.Json(answer, GovernanceJson.Options, statusCode: StatusCodes.Status201Created);
    }
}
