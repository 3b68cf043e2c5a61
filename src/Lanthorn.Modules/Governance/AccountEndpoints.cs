using Lanthorn.Governance.Contracts;
using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Lanthorn.Governance;

/// <summary>One's own account and tokens over the API.</summary>
internal static class AccountEndpoints
{
    private const string Tag = "Account";

    /// <param name="Scope">Purposes to which the calling token is narrowed; empty for a session and for a whole token.</param>
    internal sealed record Answer(
        string Name,
        string? Email,
        string Role,
        string Organisation,
        string Clearance,
        IReadOnlyList<string> Purposes,
        IReadOnlyList<string> Compartments,
        string Scope,
        string Justification
    );

    /// <param name="Days">Null is the installation's own life of a token.</param>
    /// <param name="Scope">Purposes with blanks between them; empty is all that the account has.</param>
    /// <param name="Reason">Why it reads personal data where a request does not say.</param>
    internal sealed record TokenRequest(string Name, int? Days = null, string? Scope = null, string? Reason = null);

    /// <param name="Token">The token itself, this once.</param>
    internal sealed record TokenAnswer(string Id, string Token, DateTimeOffset ExpiresAt);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/api/v1/account", Show)
            .WithTags(Tag)
            .WithSummary("Who I am here, and what I may see")
            .Produces<Answer>();
        routes
            .MapGet("/api/v1/tokens", ListAsync)
            .WithTags(Tag)
            .WithSummary("My tokens, the newest first")
            .Produces<IReadOnlyList<Token>>();
        routes
            .MapPost("/api/v1/tokens", MakeAsync)
            .WithTags(Tag)
            .WithSummary("Make a token; it is shown this once")
            .Produces<TokenAnswer>(StatusCodes.Status201Created);
        routes
            .MapDelete("/api/v1/tokens/{id}", RevokeAsync)
            .WithTags(Tag)
            .WithSummary("End one of my tokens at once")
            .Produces(StatusCodes.Status204NoContent);
    }

    private static IResult Show(HttpContext context)
    {
        context.Response.KeepPrivate();
        var (work, caller) = (context.Work(), context.Caller());
        return Results.Json(
            new Answer(
                caller.Person.Name,
                caller.Person.Email,
                caller.Person.Role,
                work.Viewer.Organisation,
                work.Viewer.Clearance.Text(),
                [.. work.Viewer.Purposes],
                [.. work.Viewer.Compartments],
                caller.Scope.Text,
                work.Justification
            ),
            GovernanceJson.Options
        );
    }

    private static async Task<IResult> ListAsync(HttpContext context, Accounts accounts)
    {
        context.Response.KeepPrivate();
        var tokens = await accounts.ListTokensAsync(context.Caller().Person.Name, context.RequestAborted);
        return Results.Json(tokens, GovernanceJson.Options);
    }

    private static async Task<IResult> MakeAsync(
        HttpContext context,
        Accounts accounts,
        [FromBody] TokenRequest request
    )
    {
        context.Response.KeepPrivate();
        if (context.Caller().Person.Owner is { } owner)
            throw new RefusedException(
                new Refusal(
                    "service-account",
                    StatusCodes.Status403Forbidden,
                    "A service makes no tokens",
                    $"{owner} answers for it; an administrator makes them"
                )
            );
        var asked = new Accounts.NewToken(
            context.WholeCaller().Person.Name,
            request.Name ?? "",
            Accounts.DaysOfToken(request.Days),
            request.Reason,
            TokenScope.Need(request.Scope)
        );
        var made = await accounts.AddTokenAsync(context.Work().Viewer, asked, context.RequestAborted);
        return Results.Json(
            new TokenAnswer(made.Id, made.Clear, made.ExpiresAt),
            GovernanceJson.Options,
            statusCode: StatusCodes.Status201Created
        );
    }

    private static async Task<IResult> RevokeAsync(HttpContext context, Accounts accounts, string id)
    {
        var name = context.WholeCaller().Person.Name;
        await accounts.RevokeTokenAsync(context.Work().Viewer, name, id, context.RequestAborted);
        return Results.NoContent();
    }
}
