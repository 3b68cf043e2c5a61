using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Lanthorn.Pathways.Store;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Lanthorn.Pathways.Accounts;

/// <summary>Ids, tokens and passwords behind the wall.</summary>
internal static class Secret
{
    /// <summary>The audience of a token shows in its first characters, so that either side refuses the other's unread.</summary>
    public const string TokenPrefix = "lpw_";

    public const int MinPasswordLength = 12;
    public const int MaxPasswordLength = 200;

    private const int TokenBytes = 32;
    private const int IdBytes = 16;
    private const int PasswordBytes = 15;

    /// <summary>Prefix and 32 bytes in base64url without padding.</summary>
    private const int TokenLength = 4 + 43;

    /// <summary>OWASP's figure for PBKDF2 with HMAC-SHA512.</summary>
    public const int Iterations = 210_000;

    // Made at the first use: tests, which sign in some thousand times, ask for fewer before it.
    private static readonly Lazy<PasswordHasher<Account>> Hasher = new(() =>
        new(Options.Create(new PasswordHasherOptions { IterationCount = IterationsMade }))
    );

    internal static int IterationsMade { get; set; } = Iterations;

    /// <summary>Compared with where there is no account, so that the answer takes as long.</summary>
    private static readonly Lazy<string> Nobody = new(() => Hasher.Value.HashPassword(null!, NewId()));

    public static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));

    public static string NewToken() =>
        TokenPrefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));

    public static string NewPassword() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(PasswordBytes));

    public static bool IsToken(string text) =>
        text.Length == TokenLength && text.StartsWith(TokenPrefix, StringComparison.Ordinal);

    /// <summary>Under a key of this side: a row copied from elsewhere fits no token.</summary>
    public static byte[] HashToken(byte[] key, string token) =>
        HMACSHA256.HashData(KeyFile.Drawn(key, "tokens"), Encoding.UTF8.GetBytes(token));

    /// <exception cref="RefusedException">It is too short or too long.</exception>
    public static string HashPassword(string? password) =>
        password?.Length is >= MinPasswordLength and <= MaxPasswordLength
            ? Hasher.Value.HashPassword(null!, password)
            : throw new RefusedException(
                Refusal.Unprocessable(
                    "password-length",
                    $"A password has {MinPasswordLength} to {MaxPasswordLength} characters",
                    "Several words in a row are easy to remember",
                    "password"
                )
            );

    /// <summary>False also where there is no password; it takes as long as a comparison.</summary>
    public static bool Matches(string? hash, string? password)
    {
        var usable = password is { Length: > 0 and <= MaxPasswordLength } ? password : "";
        var result = Hasher.Value.VerifyHashedPassword(null!, hash ?? Nobody.Value, usable);
        return result != PasswordVerificationResult.Failed && hash is not null && usable.Length > 0;
    }
}
