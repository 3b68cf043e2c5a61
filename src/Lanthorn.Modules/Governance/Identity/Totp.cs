using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Lanthorn.Governance.Identity;

/// <summary>Time-based one-time codes of six digits, new every thirty seconds (RFC 6238 on RFC 4226, with HMAC-SHA-1).</summary>
internal static class Totp
{
    public const int Digits = 6;
    public const int SecretBytes = 20;

    private const int StepSeconds = 30;
    private const int Modulus = 1_000_000;

    /// <summary>A clock may be one step behind or ahead, and typing takes time.</summary>
    private const int Drift = 1;

    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static string Code(ReadOnlySpan<byte> secret, long step)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        // What the standard names and every authenticator does; that SHA-1 has collisions does not touch HMAC.
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA1, secret);
        hmac.AppendData(counter);
        var hash = hmac.GetHashAndReset();
        var at = hash[^1] & 0xF;
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(at)) & int.MaxValue;
        return (number % Modulus).ToString("D6", CultureInfo.InvariantCulture);
    }

    public static long StepAt(DateTimeOffset moment) => moment.ToUnixTimeSeconds() / StepSeconds;

    /// <summary>The step of a code, later than the last that was used; null where it is none.</summary>
    public static long? Find(ReadOnlySpan<byte> secret, string code, DateTimeOffset now, long last)
    {
        if (code.Length != Digits)
            return null;
        var typed = Encoding.UTF8.GetBytes(code);
        for (var step = StepAt(now) - Drift; step <= StepAt(now) + Drift; step++)
            if (
                step > last
                && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Code(secret, step)), typed)
            )
                return step;
        return null;
    }

    /// <summary>As authenticators read it from a picture.</summary>
    public static string Uri(string account, string issuer, string secret) =>
        $"otpauth://totp/{System.Uri.EscapeDataString(issuer)}:{System.Uri.EscapeDataString(account)}"
        + $"?secret={secret}&issuer={System.Uri.EscapeDataString(issuer)}";

    /// <summary>RFC 4648, without padding.</summary>
    public static string ToBase32(ReadOnlySpan<byte> bytes)
    {
        var (text, left, bits) = (new StringBuilder(), 0, 0);
        foreach (var b in bytes)
        {
            (left, bits) = ((left << 8) | b, bits + 8);
            for (; bits >= 5; bits -= 5)
                text.Append(Base32[(left >> (bits - 5)) & 31]);
        }
        return bits == 0 ? text.ToString() : text.Append(Base32[(left << (5 - bits)) & 31]).ToString();
    }
}
