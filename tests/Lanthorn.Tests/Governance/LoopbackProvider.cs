using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace Lanthorn.Tests.Governance;

/// <summary>
/// A small identity provider on loopback: discovery, keys, and the code flow with PKCE (RFC 7636). Whoever comes is the person
/// that the test has said.
/// </summary>
internal sealed class LoopbackProvider : IAsyncDisposable
{
    public const string Client = "lanthorn";
    public const string ClientSecret = "between us two";

    private readonly RSA key = RSA.Create(2048);
    private readonly ConcurrentDictionary<string, (string Nonce, string Challenge)> codes = new();
    private readonly WebApplication app;

    private LoopbackProvider()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.MapGet("/.well-known/openid-configuration", Describe);
        app.MapGet("/keys", Keys);
        app.MapGet("/authorize", (Delegate)Authorize);
        app.MapPost("/token", (Delegate)TokenAsync);
    }

    public string Address => app.Urls.First();

    public string Subject { get; set; } = "subject-1";

    public string Email { get; set; } = "";

    public bool IsVerified { get; set; } = true;

    /// <summary>Whether the last code was redeemed with the verifier of its challenge and the client's secret.</summary>
    public bool WasProven { get; private set; }

    public static async Task<LoopbackProvider> StartAsync(CancellationToken cancellation)
    {
        var provider = new LoopbackProvider();
        await provider.app.StartAsync(cancellation);
        return provider;
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        key.Dispose();
    }

    private IResult Describe() =>
        Results.Json(
            new Dictionary<string, object>
            {
                ["issuer"] = Address,
                ["authorization_endpoint"] = $"{Address}/authorize",
                ["token_endpoint"] = $"{Address}/token",
                ["jwks_uri"] = $"{Address}/keys",
                ["response_types_supported"] = new[] { "code" },
                ["id_token_signing_alg_values_supported"] = new[] { "RS256" },
            }
        );

    private IResult Keys()
    {
        var shown = key.ExportParameters(includePrivateParameters: false);
        var jwk = new Dictionary<string, string>
        {
            ["kty"] = "RSA",
            ["use"] = "sig",
            ["alg"] = "RS256",
            ["kid"] = "1",
            ["n"] = Base64Url.EncodeToString(shown.Modulus),
            ["e"] = Base64Url.EncodeToString(shown.Exponent),
        };
        return Results.Json(new { keys = new[] { jwk } });
    }

    private IResult Authorize(HttpContext context)
    {
        var asked = context.Request.Query;
        if (asked["response_type"] != "code" || asked["code_challenge_method"] != "S256")
            return Results.BadRequest();
        var code = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
        codes[code] = ($"{asked["nonce"]}", $"{asked["code_challenge"]}");
        var back = new Dictionary<string, string?> { ["code"] = code, ["state"] = asked["state"] };
        return Results.Redirect(QueryHelpers.AddQueryString($"{asked["redirect_uri"]}", back));
    }

    private async Task<IResult> TokenAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (!codes.TryRemove($"{form["code"]}", out var begun))
            return Results.BadRequest();
        var proof = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes($"{form["code_verifier"]}")));
        WasProven = proof == begun.Challenge && form["client_secret"] == ClientSecret;
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var claims = new Dictionary<string, object>
        {
            ["iss"] = Address,
            ["aud"] = Client,
            ["sub"] = Subject,
            ["nonce"] = begun.Nonce,
            ["iat"] = now,
            ["exp"] = now + 300,
            ["email"] = Email,
            ["email_verified"] = IsVerified,
        };
        return Results.Json(
            new Dictionary<string, object>
            {
                ["access_token"] = "none",
                ["token_type"] = "Bearer",
                ["id_token"] = Signed(claims),
            }
        );
    }

    private string Signed(Dictionary<string, object> claims)
    {
        var header = new Dictionary<string, string>
        {
            ["alg"] = "RS256",
            ["kid"] = "1",
            ["typ"] = "JWT",
        };
        var text = $"{Part(header)}.{Part(claims)}";
        var bytes = key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{text}.{Base64Url.EncodeToString(bytes)}";
    }

    private static string Part<T>(T value) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value));
}
