using System.Text;

namespace Lanthorn.Formats;

/// <summary>The first bytes of a file: enough to tell encodings and formats apart.</summary>
internal sealed class FileHead
{
    public const int Length = 4096;

    private readonly byte[] bytes;

    private FileHead(byte[] bytes) => this.bytes = bytes;

    public ReadOnlySpan<byte> Bytes => bytes;

    public bool HasUtf8Mark => Bytes.StartsWith(Encoding.UTF8.Preamble);

    /// <summary>By its mark, or because every second byte of Latin text is zero.</summary>
    public bool LooksLikeUtf16 =>
        Bytes.StartsWith(Encoding.Unicode.Preamble)
        || Bytes.StartsWith(Encoding.BigEndianUnicode.Preamble)
        || (Bytes is [not 0, 0, not 0, 0, ..] or [0, not 0, 0, not 0, ..]);

    public bool LooksLikeGzip => Bytes is [0x1F, 0x8B, ..];

    public static async ValueTask<FileHead> ReadAsync(InputFile file, CancellationToken cancellation)
    {
        await using var stream = file.Open();
        var buffer = new byte[Length];
        var read = await stream.ReadAtLeastAsync(buffer, Length, throwOnEndOfStream: false, cancellation);
        return new(buffer[..read]);
    }

    /// <summary>Refuses a file of text that is in no encoding whose lines are bytes.</summary>
    public void RefuseOtherThanUtf8(InputFile file)
    {
        if (LooksLikeUtf16)
            throw new UnreadableFileException(
                new(file.Name, 1, 1),
                "the file is UTF-16 and UTF-8 is read here",
                "Convert it first, for example with: iconv -f UTF-16 -t UTF-8."
            );
        RefuseCompressed(file);
    }

    public void RefuseCompressed(InputFile file)
    {
        if (LooksLikeGzip)
            throw new UnreadableFileException(
                new(file.Name, 1, 1),
                "the file is compressed",
                "Unpack it first, for example with: gunzip."
            );
    }
}
