using System.IO.Compression;

namespace Lanthorn.Formats;

/// <summary>
/// Opens gzip and zip: a compressed file is read as what is in it, and an archive with several files as several files. What
/// they are called in an archive is shown and never used as a path. Archives in archives are refused; so is whatever
/// unpacks beyond the limits here, and a gzip of several parts one behind the other. A workbook (.xlsx) is a zip by its nature and stays as it is.
/// </summary>
internal static class PackedFiles
{
    /// <summary>Bytes of everything in one file, unpacked.</summary>
    public const long MaxUnpacked = 4L * 1024 * 1024 * 1024;

    /// <summary>How many times larger than packed; lists in text come to twenty.</summary>
    public const int MaxRatio = 200;

    /// <summary>What is no larger than this unpacked may be packed as tightly as it likes.</summary>
    public const long MaxUnpackedAtAnyRatio = 64L * 1024 * 1024;

    /// <exception cref="UnreadableFileException">An archive is damaged, hostile or of a kind that is not opened.</exception>
    public static async Task<IReadOnlyList<InputFile>> UnpackAsync(
        IReadOnlyList<InputFile> files,
        CancellationToken cancellation
    )
    {
        var unpacked = new List<InputFile>();
        foreach (var file in files)
        {
            var head = await FileHead.ReadAsync(file, cancellation);
            if (!IsPacked(head))
            {
                unpacked.Add(file);
                continue;
            }
            foreach (var content in head.LooksLikeGzip ? [Gunzipped(file)] : ZipContent.List(file))
            {
                if (IsPacked(await FileHead.ReadAsync(content, cancellation)))
                    throw new UnreadableFileException(
                        new(content.Name, 1, 1),
                        "an archive in an archive",
                        "Unpack the outer one and import what is in it."
                    );
                unpacked.Add(content);
            }
        }
        return unpacked;
    }

    /// <summary>Refuses what a list never is: it would fill the memory or the days of whoever reads it.</summary>
    public static void RefuseBomb(string file, long unpacked, long packed)
    {
        if (unpacked > MaxUnpacked)
            throw new UnreadableFileException(
                new(file, 1, 1),
                $"more than {MaxUnpacked / 1024 / 1024 / 1024} GiB when unpacked",
                "Unpack it, look at what it is, and import it in parts."
            );
        if (unpacked > MaxUnpackedAtAnyRatio && unpacked / MaxRatio > packed)
            throw new UnreadableFileException(
                new(file, 1, 1),
                $"more than {MaxRatio} times larger unpacked than packed, as no list is",
                "Check where the file comes from; a good one can be unpacked first and imported then."
            );
    }

    private static bool IsPacked(FileHead head) =>
        head.LooksLikeGzip || head is { LooksLikeZip: true, LooksLikeWorkbook: false };

    private static InputFile Gunzipped(InputFile file) =>
        new(
            file.Name,
            () =>
            {
                var packed = new CountedStream(file.Open());
                return new UnpackedStream(new GZipStream(packed, CompressionMode.Decompress), file.Name)
                {
                    Packed = () => packed.Count,
                    // The last four bytes are the length (RFC 1952), as far as they hold it.
                    IsWhole = count => packed.LastFour == (uint)count,
                };
            }
        );
}
