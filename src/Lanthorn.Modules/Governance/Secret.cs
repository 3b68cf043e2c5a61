using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Lanthorn.Governance;

/// <summary>Random ids and tokens. A token is 256 bits of chance, so its plain hash cannot be guessed back.</summary>
internal static class Secret
{
    public const string TokenPrefix = "lth_";
    private const int TokenBytes = 32;
    private const int IdBytes = 16;
    private const int PasswordBytes = 15;

    /// <summary>Prefix and 32 bytes in base64url without padding.</summary>
    public const int TokenLength = 4 + 43;

    public static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));

    public static string NewToken() =>
        TokenPrefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));

    /// <summary>A password for somebody who will choose his own: 120 bits of chance.</summary>
    public static string NewPassword() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(PasswordBytes));

    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
