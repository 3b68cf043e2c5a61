using System.Buffers.Binary;
using System.IO.Compression;
using Lanthorn.Formats;

namespace Lanthorn.Tests.Formats;

/// <summary>Compressed files are opened by themselves, and those that are made to hurt are refused.</summary>
public sealed class PackedFilesTests
{
    private const string Good = """{"id":"good","schema":"Person","properties":{"name":["Good"]}}""";

    private static string Entity(string id) => Good.Replace("good", id, StringComparison.Ordinal);

    private static Task<Reading> ReadAsync(byte[] bytes) => Sample.ReadAsync("ftm", Sample.File("lists.zip", bytes));

    [Fact]
    public async Task Several_files_in_an_archive_are_read_as_several_files_and_shown_by_their_last_name()
    {
        var read = await ReadAsync(
            ListSamples.Zip(
                ("../../etc/a.json", ListSamples.Utf8(Entity("a"))),
                ("C:\\b.json", ListSamples.Utf8(Entity("b"))),
                ("__MACOSX/._a.json", [0, 5, 22]),
                ("empty/", [])
            )
        );
        Assert.Null(read.End);
        Assert.Equal(["a", "b"], read.Records.Select(r => r.ExternalId));
        Assert.Equal(["lists.zip > a.json", "lists.zip > b.json"], read.Records.Select(r => r.Place.File));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_archive_in_an_archive_is_refused(bool isZip)
    {
        var inner = ListSamples.Gzip(Good);
        var read = await ReadAsync(isZip ? ListSamples.Zip(("inner.gz", inner)) : ListSamples.Gzip(inner));
        Assert.Equal("an archive in an archive", read.End!.Reason);
    }

    [Fact]
    public async Task A_workbook_in_an_archive_is_read()
    {
        var file = Sample.File("x", ListSamples.Zip(("people.xlsx", XlsxSample.Bytes())));
        var read = await Sample.ReadAsync("xlsx", XlsxSample.Mapping, file);
        Assert.Null(read.End);
        Assert.Equal(2, read.Records.Count);
    }

    [Fact]
    public async Task Too_many_files_in_an_archive_are_refused()
    {
        var files = Enumerable.Range(0, 101).Select(i => ($"{i}.json", ListSamples.Utf8(Entity($"e{i}"))));
        var read = await ReadAsync(ListSamples.Zip([.. files]));
        Assert.Contains("more than 100 files", read.End!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_directory_of_a_million_entries_is_refused_before_it_is_read()
    {
        var bytes = ListSamples.Zip(("a.json", ListSamples.Utf8(Good)));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(bytes.Length - 22 + 12), 46_000_000);
        var read = await ReadAsync(bytes);
        Assert.Contains("far more files", read.End!.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_bomb_is_stopped_by_how_much_larger_it_becomes(bool isZip)
    {
        // One line of blanks: a thousand times smaller when packed, and refused long before its end.
        var read = await ReadAsync(Bomb(isZip, 300L * 1024 * 1024));
        Assert.Contains("200 times larger", read.End!.Reason, StringComparison.Ordinal);
        Assert.Empty(read.Records);
    }

    [Fact]
    public async Task A_size_that_is_a_lie_is_found_out()
    {
        var bytes = ListSamples.Zip(("a.json", ListSamples.Utf8(Entity("a") + "\n" + Entity("b"))));
        var directory = bytes.AsSpan().LastIndexOf("PK\x01\x02"u8);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(directory + 24), 1_000_000);
        var read = await ReadAsync(bytes);
        Assert.Contains("damaged or cut short", read.End!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_download_that_broke_off_says_so_and_what_came_before_is_read()
    {
        var lines = string.Join('\n', Enumerable.Range(0, 20_000).Select(i => Entity($"e{i}-{i * 7919 % 104729}")));
        var whole = ListSamples.Gzip(lines);
        var read = await ReadAsync(whole[..(whole.Length / 2)]);
        Assert.Contains("damaged or cut short", read.End!.Reason, StringComparison.Ordinal);
        Assert.NotEmpty(read.Records);
        var zip = ListSamples.Zip(("a.json", ListSamples.Utf8(lines)));
        Assert.Contains(
            "damaged or cut short",
            (await ReadAsync(zip[..(zip.Length / 2)])).End!.Reason,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_encrypted_archive_says_so()
    {
        var bytes = ListSamples.Zip(("a.json", ListSamples.Utf8(Good)));
        bytes[6] |= 1;
        bytes[bytes.AsSpan().LastIndexOf("PK\x01\x02"u8) + 8] |= 1;
        var read = await ReadAsync(bytes);
        Assert.Contains("encrypted", read.End!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_zip_from_a_stream_without_an_end_is_refused_clearly()
    {
        var bytes = ListSamples.Zip(("a.json", ListSamples.Utf8(Good)));
        var read = await Sample.ReadAsync("ftm", new InputFile("s", () => new EndlessStream(bytes, 0, 0, [])));
        Assert.Contains("read from its end", read.End!.Reason, StringComparison.Ordinal);
    }

    private static byte[] Bomb(bool isZip, long length)
    {
        using var packed = new MemoryStream();
        var block = new byte[1024 * 1024];
        block.AsSpan().Fill((byte)' ');
        using var zip = isZip ? new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true) : null;
        using (
            var stream = zip is null
                ? new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true)
                : zip.CreateEntry("a.json").Open()
        )
            for (var written = 0L; written < length; written += block.Length)
                stream.Write(block);
        zip?.Dispose();
        return packed.ToArray();
    }
}
