using Lanthorn.Pathways.Accounts;
using Microsoft.AspNetCore.Http;

namespace Lanthorn.Pathways.Hosting;

/// <summary>Who was recognised behind the wall, and by what: a token, or the session that signing in began.</summary>
internal sealed record Caller(Account Account, bool IsToken);

internal static class RequestCaller
{
    public static void SetCaller(this HttpContext context, Caller caller) => context.Features.Set(caller);

    public static Caller? FindCaller(this HttpContext context) => context.Features.Get<Caller>();

    /// <summary>The account of a request that passed the gate.</summary>
    public static Account Account(this HttpContext context) =>
        context.FindCaller()?.Account
        ?? throw new InvalidOperationException($"{context.Request.Path} has no signed-in caller");

    /// <summary>As <see cref="Account"/>, for what a token may not do: make tokens, change the password.</summary>
    /// <exception cref="RefusedException">It is a token.</exception>
    public static Account SessionAccount(this HttpContext context) =>
        context.FindCaller() is { IsToken: false } caller
            ? caller.Account
            : throw new RefusedException(
                new Refusal("session-only", 403, "A token does not do this", "Sign in at /pathways/sign-in")
            );
}
