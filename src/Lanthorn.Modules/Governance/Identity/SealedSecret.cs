using System.Security.Cryptography;
using System.Text;

namespace Lanthorn.Governance.Identity;

/// <summary>
/// Keeps a secret of an account in the table so that it is read only with the installation's key and only for that account
/// (AES-256-GCM under a key of its own, HKDF of RFC 5869).
/// </summary>
internal static class SealedSecret
{
    private const int KeyBytes = 32;

    private static readonly byte[] Purpose = Encoding.UTF8.GetBytes("lanthorn second factor");

    public static string Seal(byte[] installationKey, string person, byte[] secret)
    {
        var nonce = RandomNumberGenerator.GetBytes(AesGcm.NonceByteSizes.MaxSize);
        var (tag, cipher) = (new byte[AesGcm.TagByteSizes.MaxSize], new byte[secret.Length]);
        using var aes = new AesGcm(KeyOf(installationKey), tag.Length);
        aes.Encrypt(nonce, secret, cipher, tag, Encoding.UTF8.GetBytes(person));
        return Convert.ToBase64String([.. nonce, .. tag, .. cipher]);
    }

    /// <exception cref="CryptographicException">It was sealed with another key, or for another account.</exception>
    public static byte[] Open(byte[] installationKey, string person, string text)
    {
        var sealed_ = Convert.FromBase64String(text).AsSpan();
        var (nonce, tag) = (AesGcm.NonceByteSizes.MaxSize, AesGcm.TagByteSizes.MaxSize);
        var plain = new byte[sealed_.Length - nonce - tag];
        using var aes = new AesGcm(KeyOf(installationKey), tag);
        aes.Decrypt(
            sealed_[..nonce],
            sealed_[(nonce + tag)..],
            sealed_.Slice(nonce, tag),
            plain,
            Encoding.UTF8.GetBytes(person)
        );
        return plain;
    }

    private static byte[] KeyOf(byte[] installationKey) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, installationKey, KeyBytes, info: Purpose);
}
