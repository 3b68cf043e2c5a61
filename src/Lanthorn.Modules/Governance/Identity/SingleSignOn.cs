using System.Security.Claims;
using Dapper;
using Lanthorn.Governance.Contracts;
using Lanthorn.Governance.Pages;
using Lanthorn.Platform;
using Lanthorn.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Lanthorn.Governance.Identity;

/// <summary>
/// Signing in at the identity provider of an organisation (OpenID Connect Core 1.0, code flow with PKCE), where the settings
/// name one. It opens accounts that exist and makes none: by who the provider says somebody is, and the first time by an
/// e-mail address that it has verified.
/// </summary>
internal sealed class SingleSignOn(Store store, Accounts accounts, SignIn signIn)
{
    public const string Scheme = "single-sign-on";
    public const string Path = $"{SignInPaths.SignIn}/single";

    /// <summary>In the query of the sign-in page: the provider let nobody in whom we know.</summary>
    public const string RefusedPath = $"{SignInPaths.SignIn}?single=refused";

    private const int MaxClaimLength = 255;

    public static void AddTo(IServiceCollection services)
    {
        services.AddSingleton<SingleSignOn>();
        services
            .AddOptions<AuthenticationOptions>()
            .Configure<Settings>(
                (authentication, settings) =>
                {
                    if (settings.OidcAuthority.Length > 0)
                        authentication.AddScheme<OpenIdConnectHandler>(Scheme, displayName: null);
                }
            );
        services.AddTransient<OpenIdConnectHandler>();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<
                IPostConfigureOptions<OpenIdConnectOptions>,
                OpenIdConnectPostConfigureOptions
            >()
        );
        services.AddOptions<OpenIdConnectOptions>(Scheme).Configure<Settings>(Configure);
    }

    /// <summary>Asked at the start: what cannot work is refused then, and not at each request.</summary>
    /// <exception cref="RefusedException">The settings name no client, an address without TLS, or a file that is not there.</exception>
    public static void Check(Settings settings)
    {
        if (settings.OidcAuthority.Length == 0)
            return;
        _ = SecretOf(settings);
        var isAddress = Uri.TryCreate(settings.OidcAuthority, UriKind.Absolute, out var address);
        if (
            !isAddress
            || (address!.Scheme != Uri.UriSchemeHttps && !address.IsLoopback)
            || settings.OidcClient.Length == 0
        )
            throw new RefusedException(
                Refusal.BadRequest(
                    "oidc-settings",
                    "LANTHORN_OIDCAUTHORITY is no https address, or LANTHORN_OIDCCLIENT is empty",
                    "Name both, or neither"
                )
            );
    }

    private static void Configure(OpenIdConnectOptions options, Settings settings)
    {
        options.Authority = settings.OidcAuthority;
        options.ClientId = settings.OidcClient;
        options.ClientSecret = SecretOf(settings);
        options.RequireHttpsMetadata = !IsLoopback(settings.OidcAuthority);
        options.SignInScheme = Session.Scheme;
        options.ResponseType = OpenIdConnectResponseType.Code;
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.UsePkce = true;
        options.BackchannelTimeout = TimeSpan.FromSeconds(10);
        options.Scope.Clear();
        options.Scope.Add("openid");
        options.Scope.Add("email");
        options.MapInboundClaims = false;
        options.DisableTelemetry = true;
        options.CallbackPath = $"{Path}/callback";
        options.SignedOutCallbackPath = $"{Path}/signed-out";
        options.RemoteSignOutPath = default;
        // The provider sends the browser back by a link, and so these need not come along with foreign forms.
        options.CorrelationCookie.SameSite = SameSiteMode.Lax;
        options.NonceCookie.SameSite = SameSiteMode.Lax;
        // Without TLS this listens on loopback alone.
        options.CorrelationCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.NonceCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.Events.OnTokenValidated = KnowAsync;
        options.Events.OnTicketReceived = ComeInAsync;
        options.Events.OnRemoteFailure = FailAsync;
    }

    /// <summary>Whoever runs the server reads why; whoever came is told that it was nothing.</summary>
    private static Task FailAsync(RemoteFailureContext context)
    {
        var log = context.HttpContext.RequestServices.GetRequiredService<ILogger<SingleSignOn>>();
        log.LogWarning("Nobody came in through the identity provider: {Why}", context.Failure?.Message);
        context.Response.Redirect(RefusedPath);
        context.HandleResponse();
        return Task.CompletedTask;
    }

    /// <exception cref="RefusedException">The settings name a file that is not there.</exception>
    private static string? SecretOf(Settings settings)
    {
        if (settings.OidcClientSecretFile.Length == 0)
            return null;
        return File.Exists(settings.OidcClientSecretFile)
            ? File.ReadLines(settings.OidcClientSecretFile).FirstOrDefault()?.Trim()
            : throw new RefusedException(
                Refusal.BadRequest(
                    "oidc-secret",
                    $"There is no file {settings.OidcClientSecretFile}",
                    "LANTHORN_OIDCCLIENTSECRETFILE names the file whose only line is the client's secret"
                )
            );
    }

    private static bool IsLoopback(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.IsLoopback;

    private static async Task KnowAsync(TokenValidatedContext context)
    {
        var http = context.HttpContext;
        var here = http.RequestServices.GetRequiredService<SingleSignOn>();
        var claims = context.Principal!;
        var person = await here.FindAsync(
            context.SecurityToken.Issuer,
            claims.FindFirstValue("sub") ?? "",
            bool.TryParse(claims.FindFirstValue("email_verified"), out var verified) && verified
                ? claims.FindFirstValue("email")
                : null,
            http.RequestAborted
        );
        if (person is null)
            context.Fail("No account here is the provider's");
        else
            http.Features.Set(new Known(person));
    }

    private sealed record Known(PersonRow Person);

    /// <summary>
    /// Begins the session, and answers with a page that goes on by itself: a redirect would still count as coming from the
    /// provider, and browsers would keep the strict cookie back.
    /// </summary>
    private static async Task ComeInAsync(TicketReceivedContext context)
    {
        var http = context.HttpContext;
        var next = LocalPath.Of(context.ReturnUri);
        context.HandleResponse();
        await Session.BeginAsync(http, http.Features.Get<Known>()!.Person, Methods.SingleSignOn);
        var page = new RazorComponentResult<GoOnPage>(
            new Dictionary<string, object?> { [nameof(GoOnPage.Next)] = next }
        );
        await page.ExecuteAsync(http);
    }

    /// <summary>The account of somebody whom the provider vouches for; null without saying why not.</summary>
    /// <param name="email">Null where the provider has not verified it.</param>
    private async Task<PersonRow?> FindAsync(
        string issuer,
        string subject,
        string? email,
        CancellationToken cancellation
    )
    {
        const string find = "select person from gov_subject where issuer = @issuer and subject = @subject";
        if (subject.Length is 0 or > MaxClaimLength || issuer.Length is 0 or > MaxClaimLength)
            return null;
        var known = await store.ReadOwnAsync(
            async connection =>
                await connection.QuerySingleOrDefaultAsync<string>(find, new { issuer, subject }) is { } id
                    ? await PersonRow.ByIdAsync(connection, id)
                    : null,
            cancellation
        );
        known ??= await LinkAsync(issuer, subject, email, cancellation);
        return await signIn.HandleProvenAsync("sign-in through the organisation", known, cancellation);
    }

    /// <summary>
    /// The first time, by a verified address. An account that the provider already knows as somebody else stays that one's:
    /// addresses are given to new people.
    /// </summary>
    private Task<PersonRow?> LinkAsync(string issuer, string subject, string? email, CancellationToken cancellation) =>
        store.WriteAsync(
            async (connection, transaction) =>
            {
                const string find = """
                    select id from gov_person where email = @email and owner is null and is_active = 1
                        and not exists (select 1 from gov_subject where issuer = @issuer and person = gov_person.id)
                    """;
                const string add = """
                    insert into gov_subject (issuer, subject, person) values (@issuer, @subject, @id)
                    on conflict do nothing
                    """;
                var asked = new { issuer, email };
                if (
                    email is null
                    || await connection.QuerySingleOrDefaultAsync<string>(find, asked, transaction) is not { } id
                )
                    return null;
                await connection.ExecuteAsync(
                    add,
                    new
                    {
                        issuer,
                        subject,
                        id,
                    },
                    transaction
                );
                var person = await PersonRow.ByIdAsync(connection, id, transaction);
                accounts.LogIn(
                    connection,
                    transaction,
                    accounts.Program,
                    $"account known to the identity provider from now on: {person!.Name}"
                );
                return person;
            },
            cancellation
        );
}
