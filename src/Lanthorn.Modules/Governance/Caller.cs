using Lanthorn.Governance.BreakGlass;
using Lanthorn.Governance.Identity;
using Lanthorn.Platform;
using Microsoft.AspNetCore.Http;

namespace Lanthorn.Governance;

/// <summary>Who was recognised on a request, and by what: a token, or the session that signing in began.</summary>
/// <param name="Reason">The token's own reason, or the one chosen for the session.</param>
/// <param name="Key">Under which requests are counted: the token's or the person's id.</param>
internal sealed record Caller(
    PersonRow Person,
    TokenScope Scope,
    bool IsToken,
    string? Reason,
    string? Case,
    string Key
)
{
    /// <summary>The session; null with a token.</summary>
    public Sessions.Row? Session { get; init; }

    /// <summary>The wider sight that the session carries; null where it carries none.</summary>
    public Glass? Glass { get; init; }

    /// <summary>The session or token by which he came in.</summary>
    public string Holder => Session?.Id ?? Key;

    /// <summary>Whether the role needs a second factor, the account has none, and a password alone began the session.</summary>
    public bool LacksFactor =>
        Session is { } session && Person is { MustHaveCode: true, HasCode: false } && !Methods.IsStrong(session.Method);
}

internal static class RequestCaller
{
    public static void SetCaller(this HttpContext context, Caller caller) => context.Features.Set(caller);

    /// <summary>The caller of a request that passed sign-in; without it the route was mapped open by mistake.</summary>
    public static Caller Caller(this HttpContext context) =>
        context.FindCaller() ?? throw new InvalidOperationException($"{context.Request.Path} has no signed-in caller");

    /// <summary>As <see cref="Caller(HttpContext)"/>: a token that is narrowed to some purposes makes no wider one and ends no other.</summary>
    /// <exception cref="RefusedException">It is narrowed.</exception>
    public static Caller WholeCaller(this HttpContext context) =>
        context.Caller() is { Scope.IsAll: true } whole
            ? whole
            : throw new RefusedException(
                new Refusal(
                    "scoped-token",
                    StatusCodes.Status403Forbidden,
                    "A token with a scope neither makes nor ends tokens",
                    "Sign in, or use a token without a scope"
                )
            );

    public static Caller? FindCaller(this HttpContext context) => context.Features.Get<Caller>();
}
