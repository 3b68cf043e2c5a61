using System.Security.Cryptography;
using Lanthorn.Platform;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Lanthorn.Governance;

/// <summary>Hashes passwords slowly (PBKDF2 with HMAC-SHA512) and compares them in the same time whether there is one or not.</summary>
internal static class Passwords
{
    public const int MinLength = 12;
    public const int MaxLength = 200;

    /// <summary>OWASP's figure for PBKDF2 with HMAC-SHA512.</summary>
    public const int Iterations = 210_000;

    // Made at the first use: tests, which sign in some thousand times, ask for fewer before it.
    private static readonly Lazy<PasswordHasher<PersonRow>> Hasher = new(() =>
        new(Options.Create(new PasswordHasherOptions { IterationCount = IterationsMade }))
    );

    internal static int IterationsMade { get; set; } = Iterations;

    /// <summary>Compared with where there is no account, so that the answer takes as long.</summary>
    private static readonly Lazy<string> Nobody = new(() =>
        Hasher.Value.HashPassword(null!, Convert.ToHexString(RandomNumberGenerator.GetBytes(MinLength)))
    );

    public static string Hash(string password) =>
        password.Length is >= MinLength and <= MaxLength
            ? Hasher.Value.HashPassword(null!, password)
            : throw new RefusedException(
                Refusal.Unprocessable(
                    "password-length",
                    $"A password has {MinLength} to {MaxLength} characters",
                    "Several words in a row are easy to remember",
                    "password"
                )
            );

    /// <summary>False also where there is no password; it takes as long as a comparison.</summary>
    public static bool Matches(string? hash, string password)
    {
        var usable = password.Length <= MaxLength ? password : "";
        var result = Hasher.Value.VerifyHashedPassword(null!, hash ?? Nobody.Value, usable);
        return result != PasswordVerificationResult.Failed && hash is not null && usable.Length > 0;
    }
}
