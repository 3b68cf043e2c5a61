using System.Security.Cryptography;
using System.Text;

namespace Lanthorn.Storage;

/// <summary>
/// Encrypts what was searched for in the audit log (AES-256-GCM). Erasing the key file makes all earlier terms unreadable
/// without breaking a chain.
/// </summary>
internal sealed class SearchTerms(byte[] key)
{
    public const string KeyFileName = "audit-terms.key";

    public string Encrypt(string text)
    {
        var (nonce, tag) = (
            RandomNumberGenerator.GetBytes(AesGcm.NonceByteSizes.MaxSize),
            new byte[AesGcm.TagByteSizes.MaxSize]
        );
        var plain = Encoding.UTF8.GetBytes(text);
        var cipher = new byte[plain.Length];
        using var aes = new AesGcm(key, tag.Length);
        aes.Encrypt(nonce, plain, cipher, tag);
        return Convert.ToBase64String([.. nonce, .. tag, .. cipher]);
    }
}
