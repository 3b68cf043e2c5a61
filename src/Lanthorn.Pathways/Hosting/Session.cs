using System.Security.Claims;
using Lanthorn.Pathways.Accounts;
using Lanthorn.Pathways.Store;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Lanthorn.Pathways.Hosting;

/// <summary>
/// The session behind the wall: a cookie of its own name that browsers send to <c>/pathways</c> alone, under keys that lie in
/// the folder behind the wall.
/// </summary>
internal static class Session
{
    /// <summary>The scheme of the cookie, the cookie's name, and the purpose of its keys.</summary>
    public const string Scheme = "lanthorn-pathways";

    private const string Forms = "lanthorn-pathways-forms";
    private const string Stamp = "stamp";
    private const string KeyFolder = "keys";

    public static void AddTo(IServiceCollection services, PathwaysSettings settings)
    {
        services
            .AddAuthentication(Scheme)
            .AddCookie(
                Scheme,
                cookie =>
                {
                    cookie.Cookie.Name = Scheme;
                    cookie.Cookie.Path = PathwaysSite.Path;
                    cookie.Cookie.HttpOnly = true;
                    cookie.Cookie.SameSite = SameSiteMode.Strict;
                    cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
                    cookie.ExpireTimeSpan = TimeSpan.FromHours(settings.SessionHours);
                    cookie.SlidingExpiration = true;
                    cookie.TimeProvider = settings.Time;
                }
            );
        services.AddAntiforgery(forms =>
        {
            forms.Cookie.Name = Forms;
            forms.Cookie.Path = PathwaysSite.Path;
            forms.SuppressXFrameOptionsHeader = true;
        });
        var folder = KeyFile.MakeFolder(Path.Combine(settings.Folder, KeyFolder));
        services.AddDataProtection().SetApplicationName(Scheme);
        services.Configure<KeyManagementOptions>(keys =>
            keys.XmlRepository = new FileSystemXmlRepository(folder, NullLoggerFactory.Instance)
        );
        // The keys lie beside the key of the columns, in a folder that only its user reads.
        services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error));
    }

    public static Task BeginAsync(HttpContext context, Account account)
    {
        var identity = new ClaimsIdentity(Scheme);
        identity.AddClaim(new(ClaimTypes.NameIdentifier, account.Id));
        identity.AddClaim(new(Stamp, account.Stamp));
        return context.SignInAsync(Scheme, new ClaimsPrincipal(identity));
    }

    /// <summary>The account of the cookie, asked on each request: a session ends with the account, its password or its lock.</summary>
    public static async Task<Account?> FindAsync(HttpContext context)
    {
        var principal = (await context.AuthenticateAsync(Scheme)).Principal;
        var (id, stamp) = (principal?.FindFirstValue(ClaimTypes.NameIdentifier), principal?.FindFirstValue(Stamp));
        if (id is null || stamp is null)
            return null;
        var own = context.RequestServices.GetRequiredService<OwnAccount>();
        if (await own.OfSessionAsync(id, stamp, context.RequestAborted) is { } account)
            return account;
        await context.SignOutAsync(Scheme);
        return null;
    }
}
