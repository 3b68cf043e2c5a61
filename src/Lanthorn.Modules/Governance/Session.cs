using System.Security.Claims;
using Lanthorn.Governance.Identity;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Lanthorn.Governance;

/// <summary>
/// What the session cookie holds, encrypted: the secret of the session, whose it is, the stamp it was made under, and the
/// reason chosen for it.
/// </summary>
internal static class Session
{
    /// <summary>The scheme of the cookie, and the cookie's name.</summary>
    public const string Scheme = "lanthorn";

    private const string SecretOf = "session";
    private const string Stamp = "stamp";
    private const string Reason = "reason";
    private const string Case = "case";

    public const int MaxCaseLength = 100;

    /// <summary>Somebody has shown who he is: a new session, whatever the browser had before.</summary>
    /// <param name="method">With what he has shown it, as the list of sessions says it.</param>
    public static async Task BeginAsync(HttpContext context, PersonRow person, string method)
    {
        var sessions = context.RequestServices.GetRequiredService<Sessions>();
        var userAgent = context.Request.Headers.UserAgent.ToString();
        var secret = await sessions.BeginAsync(person, method, userAgent, context.RequestAborted);
        await WriteAsync(context, person, secret, reason: null, atCase: null);
    }

    /// <summary>The same session under another reason, or under the account's new stamp.</summary>
    public static Task GoOnAsync(HttpContext context, PersonRow person, string? reason, string? atCase) =>
        context.User.FindFirstValue(SecretOf) is { } secret
            ? WriteAsync(context, person, secret, reason, atCase)
            : Task.CompletedTask;

    private static Task WriteAsync(HttpContext context, PersonRow person, string secret, string? reason, string? atCase)
    {
        var identity = new ClaimsIdentity(Scheme);
        identity.AddClaim(new(ClaimTypes.NameIdentifier, person.Id));
        identity.AddClaim(new(ClaimTypes.Name, person.Name));
        identity.AddClaim(new(SecretOf, secret));
        identity.AddClaim(new(Stamp, person.SecurityStamp));
        if (!string.IsNullOrWhiteSpace(reason))
            identity.AddClaim(new(Reason, reason));
        if (!string.IsNullOrWhiteSpace(atCase))
            identity.AddClaim(new(Case, atCase));
        return context.SignInAsync(Scheme, new ClaimsPrincipal(identity));
    }

    /// <summary>Asked on each request: a session ends by hand, in time, and with the account, its password or its lock.</summary>
    public static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var (principal, http) = (context.Principal, context.HttpContext);
        var callers = http.RequestServices.GetRequiredService<Callers>();
        var (secret, stamp) = (principal?.FindFirstValue(SecretOf), principal?.FindFirstValue(Stamp));
        if (
            secret is not null
            && stamp is not null
            && await callers.OfSessionAsync(secret, stamp, http.RequestAborted) is { } found
        )
            http.SetCaller(
                new(
                    found.Person,
                    TokenScope.All,
                    IsToken: false,
                    principal!.FindFirstValue(Reason),
                    principal!.FindFirstValue(Case),
                    found.Person.Id
                )
                {
                    Session = found.Session,
                    Glass = found.Glass,
                }
            );
        else
        {
            context.RejectPrincipal();
            await http.SignOutAsync(Scheme);
        }
    }
}
