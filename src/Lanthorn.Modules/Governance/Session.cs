using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Lanthorn.Governance;

/// <summary>What the session cookie holds, encrypted: whose it is, the stamp it was made under, and the reason chosen for it.</summary>
internal static class Session
{
    /// <summary>The scheme of the cookie, and the cookie's name.</summary>
    public const string Scheme = "lanthorn";

    private const string Stamp = "stamp";
    private const string Reason = "reason";
    private const string Case = "case";

    public const int MaxCaseLength = 100;

    public static Task BeginAsync(HttpContext context, PersonRow person, string? reason, string? atCase)
    {
        var identity = new ClaimsIdentity(Scheme);
        identity.AddClaim(new(ClaimTypes.NameIdentifier, person.Id));
        identity.AddClaim(new(ClaimTypes.Name, person.Name));
        identity.AddClaim(new(Stamp, person.SecurityStamp));
        if (!string.IsNullOrWhiteSpace(reason))
            identity.AddClaim(new(Reason, reason));
        if (!string.IsNullOrWhiteSpace(atCase))
            identity.AddClaim(new(Case, atCase));
        return context.SignInAsync(Scheme, new ClaimsPrincipal(identity));
    }

    /// <summary>Asked on each request: a session ends with the account, its password or its lock.</summary>
    public static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var (principal, http) = (context.Principal, context.HttpContext);
        var callers = http.RequestServices.GetRequiredService<Callers>();
        var (id, stamp) = (principal?.FindFirstValue(ClaimTypes.NameIdentifier), principal?.FindFirstValue(Stamp));
        if (
            id is not null
            && stamp is not null
            && await callers.OfSessionAsync(id, stamp, http.RequestAborted) is { } person
        )
            http.SetCaller(
                new(
                    person,
                    TokenScope.All,
                    IsToken: false,
                    principal!.FindFirstValue(Reason),
                    principal!.FindFirstValue(Case),
                    id
                )
            );
        else
        {
            context.RejectPrincipal();
            await http.SignOutAsync(Scheme);
        }
    }
}
