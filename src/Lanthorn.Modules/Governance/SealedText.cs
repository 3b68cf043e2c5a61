using System.Security.Cryptography;
using System.Text;
using Lanthorn.Storage;

namespace Lanthorn.Governance;

/// <summary>
/// Encrypts what people write about themselves (AES-256-GCM) under a key that follows from the installation's: whoever has the
/// database alone does not read it, and a backup brings it back with the key that it holds anyway.
/// </summary>
internal sealed class SealedText(Store store)
{
    private const int KeyLength = 32;

    private readonly byte[] key = HKDF.DeriveKey(
        HashAlgorithmName.SHA256,
        store.InstallationKey,
        KeyLength,
        info: "what people write about themselves"u8.ToArray()
    );

    public string Seal(string text)
    {
        if (text.Length == 0)
            return "";
        var nonce = RandomNumberGenerator.GetBytes(AesGcm.NonceByteSizes.MaxSize);
        var tag = new byte[AesGcm.TagByteSizes.MaxSize];
        var plain = Encoding.UTF8.GetBytes(text);
        var cipher = new byte[plain.Length];
        using var aes = new AesGcm(key, tag.Length);
        aes.Encrypt(nonce, plain, cipher, tag);
        return Convert.ToBase64String([.. nonce, .. tag, .. cipher]);
    }

    /// <exception cref="CryptographicException">It was sealed under another key, or changed since.</exception>
    public string Open(string? written)
    {
        if (string.IsNullOrEmpty(written))
            return "";
        var bytes = Convert.FromBase64String(written);
        var (nonce, tag) = (AesGcm.NonceByteSizes.MaxSize, AesGcm.TagByteSizes.MaxSize);
        var plain = new byte[bytes.Length - nonce - tag];
        using var aes = new AesGcm(key, tag);
        aes.Decrypt(bytes.AsSpan(0, nonce), bytes.AsSpan(nonce + tag), bytes.AsSpan(nonce, tag), plain);
        return Encoding.UTF8.GetString(plain);
    }
}
