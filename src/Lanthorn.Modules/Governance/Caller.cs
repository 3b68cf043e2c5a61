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
);

internal static class RequestCaller
{
    public static void SetCaller(this HttpContext context, Caller caller) => context.Features.Set(caller);

    /// <summary>The caller of a request that passed sign-in; without it the route was mapped open by mistake.</summary>
    public static Caller Caller(this HttpContext context) =>
        context.FindCaller() ?? throw new InvalidOperationException($"{context.Request.Path} has no signed-in caller");

    public static Caller? FindCaller(this HttpContext context) => context.Features.Get<Caller>();
}
