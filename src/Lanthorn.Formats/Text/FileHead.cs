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

    /// <summary>A tag comes first, behind white space at most.</summary>
    public bool LooksLikeMarkup => (HasUtf8Mark ? Bytes[3..] : Bytes).TrimStart(" \t\r\n"u8) is [(byte)'<', ..];

    /// <summary>By the header of the first file in it, or by the end record of an archive without files.</summary>
    public bool LooksLikeZip => Bytes.StartsWith("PK\x03\x04"u8) || Bytes.StartsWith("PK\x05\x06"u8);

    /// <summary>A zip whose first file is one of a workbook's (ECMA-376, part 2): that is how they are written.</summary>
    public bool LooksLikeWorkbook
    {
        get
        {
            const int nameAt = 30;
            if (!LooksLikeZip || Bytes.Length < nameAt)
                return false;
            var name = Bytes[nameAt..];
            return name.StartsWith("[Content_Types].xml"u8)
                || name.StartsWith("_rels/"u8)
                || name.StartsWith("docProps/"u8)
                || name.StartsWith("xl/"u8);
        }
    }

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
