using System.Security.Claims;
using System.Text;
using System.Text.Encodings.Web;
using Lanthorn.Governance.Identity;
using Lanthorn.Platform;
using Lanthorn.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Lanthorn.Governance;

/// <summary>
/// Recognises <c>Authorization: Bearer</c> tokens, and on routes that say so tokens as the password of <c>Basic</c>.
/// </summary>
internal sealed class CallerAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    Callers callers
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    private const string Either = "caller";
    private const string Token = "token";
    private const string Bearer = "Bearer ";
    private const string Basic = "Basic ";
    private const string KeyFolder = "keys";

    /// <summary>A request with a token is judged by the token alone, even where a browser also sent its cookie.</summary>
    public static void AddTo(IServiceCollection services)
    {
        services
            .AddAuthentication(Either)
            .AddPolicyScheme(
                Either,
                null,
                scheme => scheme.ForwardDefaultSelector = context => HasToken(context) ? Token : Session.Scheme
            )
            .AddScheme<AuthenticationSchemeOptions, CallerAuthentication>(Token, null)
            .AddCookie(Session.Scheme);
        services
            .AddOptions<CookieAuthenticationOptions>(Session.Scheme)
            .Configure<Settings>(
                (cookie, settings) =>
                {
                    cookie.Cookie.Name = Session.Scheme;
                    cookie.Cookie.HttpOnly = true;
                    cookie.Cookie.SameSite = SameSiteMode.Strict;
                    cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
                    cookie.ExpireTimeSpan = TimeSpan.FromHours(settings.SessionHours);
                    cookie.SlidingExpiration = true;
                    cookie.Events.OnValidatePrincipal = Session.ValidateAsync;
                }
            );
        SingleSignOn.AddTo(services);
        services.AddDataProtection().SetApplicationName(Session.Scheme);
        services
            .AddOptions<KeyManagementOptions>()
            .Configure<Store, ILoggerFactory>(
                (keys, store, logger) => keys.XmlRepository = new FileSystemXmlRepository(KeyFolderOf(store), logger)
            );
        // The keys lie beside the installation's own key, in a folder that only its user reads.
        services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error));
    }

    private static DirectoryInfo KeyFolderOf(Store store)
    {
        var path = Path.Combine(store.Folder, KeyFolder);
        return OperatingSystem.IsWindows()
            ? Directory.CreateDirectory(path)
            : Directory.CreateDirectory(
                path,
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            );
    }

    public static bool HasToken(HttpContext context) => TokenOf(context) is not null;

    /// <summary>True where a token is taken as a password.</summary>
    public static bool TakesBasic(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<TokenAsPassword>() is not null;

    /// <summary>What stands where a token belongs; null where nothing was sent.</summary>
    private static string? TokenOf(HttpContext context)
    {
        var text = context.Request.Headers.Authorization.ToString();
        if (text.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
            return text[Bearer.Length..].Trim();
        return text.StartsWith(Basic, StringComparison.OrdinalIgnoreCase) && TakesBasic(context)
            ? PasswordOf(text[Basic.Length..].Trim())
            : null;
    }

    /// <summary>What stands after the first colon (RFC 7617); the name before it does not matter, for a token is one's own.</summary>
    private static string PasswordOf(string credentials)
    {
        var bytes = new byte[credentials.Length];
        return
            Convert.TryFromBase64String(credentials, bytes, out var length)
            && Array.IndexOf(bytes, (byte)':', 0, length) is >= 0 and var colon
            ? Encoding.UTF8.GetString(bytes, colon + 1, length - colon - 1)
            : "";
    }

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var caller = await callers.ByTokenAsync(TokenOf(Context) ?? "", Context.RequestAborted);
        if (caller is null)
            return AuthenticateResult.Fail("The token is unknown, expired or revoked");
        Context.SetCaller(caller);
        var identity = new ClaimsIdentity(Token);
        identity.AddClaim(new(ClaimTypes.Name, caller.Person.Name));
        return AuthenticateResult.Success(new(new ClaimsPrincipal(identity), Token));
    }
}
