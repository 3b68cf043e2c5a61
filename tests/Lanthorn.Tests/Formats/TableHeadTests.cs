using System.IO.Compression;
using System.Text;
using Lanthorn.Formats;

namespace Lanthorn.Tests.Formats;

/// <summary>What is found out of a table by its beginning, and what of strangers' files is refused there.</summary>
public sealed class TableHeadTests
{
    private const string People = "NR,Vorname,Größe\r\n1,\"Jörg; \"\"J\"\"\",\"a|b\"\r\n2,Ana,\r\n";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static Task<TableHead> HeadAsync(byte[] bytes, TableReading? reading = null) =>
        TableHead.ReadAsync(Sample.File("t", bytes), reading ?? new(), Stop);

    private static Task<TableHead> HeadAsync(string text, TableReading? reading = null) =>
        HeadAsync(Encoding.UTF8.GetBytes(text), reading);

    private static async Task<UnreadableFileException> RefusedAsync(byte[] bytes) =>
        await Assert.ThrowsAsync<UnreadableFileException>(() => HeadAsync(bytes));

    [Theory]
    [InlineData(",", "utf-8", false, false)]
    [InlineData(";", "utf-8", true, false)]
    [InlineData("\t", "utf-16", true, false)]
    [InlineData("|", "utf-16BE", true, false)]
    [InlineData(";", "windows-1252", false, true)]
    public async Task Delimiter_and_encoding_are_found_out_and_the_ordinary_reader_reads_by_them(
        string delimiter,
        string encoding,
        bool hasMark,
        bool isGuess
    )
    {
        var writer = CodePagesEncodingProvider.Instance.GetEncoding(encoding) ?? Encoding.GetEncoding(encoding);
        var text = People.Replace(",", delimiter, StringComparison.Ordinal);
        byte[] bytes = [.. hasMark ? writer.GetPreamble() : [], .. writer.GetBytes(text)];

        var head = await HeadAsync(bytes);
        var mapping = ColumnMapping.Parse("schema: Person\nid: NR\nproperties: { name: Vorname, notes: Größe }").Value;
        mapping = mapping with { Delimiter = head.Delimiter, Encoding = head.Encoding };
        var read = await Sample.ReadAsync(head.Format, mapping, Sample.File("t", bytes));

        Assert.Equal((delimiter[0], encoding, isGuess), (head.Delimiter, head.Encoding, head.IsEncodingGuessed));
        Assert.Equal(["NR", "Vorname", "Größe"], head.Columns.Select(c => c.Name));
        Assert.Equal(["1", "Jörg; \"J\"", "a|b"], head.Rows[0]);
        Assert.Equal(["1", "2"], read.Records.Select(r => r.ExternalId));
        Assert.Empty(read.Rejections);
    }

    [Fact]
    public async Task One_bad_byte_does_not_make_a_text_in_utf8_something_else()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes("NO,NAME\n1,Jörg\n2,Zoé\n3,M"), 0xFC, .. "ller\n"u8];

        Assert.Equal("utf-8", (await HeadAsync(bytes)).Encoding);
    }

    [Fact]
    public async Task A_delimiter_in_some_cells_is_not_taken_for_the_one_between_columns()
    {
        var head = await HeadAsync("Name;Born;Notes\nBerg, A;1980;a, b, c\nLind, B;1981;\nDamaged;row\n");

        Assert.Equal(';', head.Delimiter);
        Assert.Equal(["Berg, A", "1980", "a, b, c"], head.Rows[0]);
        Assert.Equal(["Damaged", "row", ""], head.Rows[2]);
    }

    [Fact]
    public async Task What_somebody_says_of_the_reading_counts_and_a_column_alone_is_a_table_too()
    {
        var said = await HeadAsync("a;b,c\n1;2,3\n", new(Delimiter: ','));
        var alone = await HeadAsync("NAME\nAna\n");

        Assert.Equal(["a;b", "c"], said.Columns.Select(c => c.Name));
        Assert.Equal(["NAME"], alone.Columns.Select(c => c.Name));
    }

    [Fact]
    public async Task Only_the_first_rows_are_kept_their_cells_cut_and_headings_that_no_mapping_can_name_marked()
    {
        var rows = string.Concat(Enumerable.Range(1, 30).Select(i => $"{i},{new string('x', 300)},,,\n"));

        var head = await HeadAsync($"NO, TEXT ,,B,B,\n{rows}");

        Assert.Equal(["NO", "TEXT", "", "B", "B"], head.Columns.Select(c => c.Name));
        Assert.Equal([true, true, false, false, false], head.Columns.Select(c => c.Unusable is null));
        Assert.Equal(TableHead.MaxRows, head.Rows.Count);
        Assert.All(head.Rows, r => Assert.Equal((5, TableHead.MaxCell), (r.Count, r[1].Length)));
    }

    [Fact]
    public async Task Of_a_workbook_the_named_sheet_is_looked_at_and_the_others_are_listed()
    {
        var first = await HeadAsync(XlsxSample.Bytes());
        var people = await HeadAsync(XlsxSample.Bytes(), new(Sheet: "People"));

        Assert.Equal(("Cover", "xlsx"), (first.Sheet, first.Format));
        Assert.Equal(["A cover"], first.Columns.Select(c => c.Name));
        Assert.Equal(["Cover", "People"], people.Sheets);
        Assert.Equal(["NO", "FIRST", "LAST", "BORN", "CARD", "REMARK"], people.Columns.Select(c => c.Name));
        Assert.Equal("1979-02-11", people.Rows[0][3]);
    }

    [Fact]
    public async Task A_compressed_table_is_looked_at_and_one_that_unpacks_beyond_all_measure_costs_nothing()
    {
        using var bomb = new MemoryStream();
        await using (var gzip = new GZipStream(bomb, CompressionLevel.Fastest, leaveOpen: true))
        {
            await gzip.WriteAsync("NO,NAME\n1,Ana\n"u8.ToArray(), Stop);
            var blank = new byte[1024 * 1024];
            Array.Fill(blank, (byte)'x');
            for (var count = 0; count < 70; count++)
                await gzip.WriteAsync(blank, Stop);
        }

        var small = await HeadAsync(ListSamples.Gzip("NO,NAME\n1,Ana\n"));
        var large = await HeadAsync(bomb.ToArray());

        Assert.Equal(["1", "Ana"], small.Rows[0]);
        Assert.Equal(["1", "Ana"], Assert.Single(large.Rows));
    }

    [Fact]
    public async Task Of_a_file_without_end_only_the_beginning_is_read()
    {
        var most = 0L;
        var file = new InputFile(
            "endless",
            () =>
            {
                var stream = new EndlessStream("NO,NAME\n1,Ana\n"u8.ToArray(), (byte)'x', 1L << 50, []);
                return new Counted(stream, read => most = Math.Max(most, read));
            }
        );

        var head = await TableHead.ReadAsync(file, new(), Stop);

        Assert.Equal(["1", "Ana"], Assert.Single(head.Rows));
        Assert.InRange(most, 1, 2 * 1024 * 1024);
    }

    /// <summary>Says how far it was read.</summary>
    private sealed class Counted(Stream inner, Action<long> told) : ReadOnlyStream
    {
        public override int Read(Span<byte> buffer)
        {
            var read = inner.Read(buffer);
            told(inner.Position);
            return read;
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(Read(buffer.Span));

        protected override void Dispose(bool disposing)
        {
            inner.Dispose();
            base.Dispose(disposing);
        }
    }

    public static TheoryData<string, byte[], string> Hostile =>
        new()
        {
            { "empty", [], "empty" },
            { "blank lines", "\n\n\n"u8.ToArray(), "empty" },
            { "markup", " <html><table>"u8.ToArray(), "markup" },
            { "an object", "{\"a\": 1}"u8.ToArray(), "JSON" },
            { "a list", "[ {\"a\": 1} ]"u8.ToArray(), "JSON" },
            { "a picture", [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, 0, 0, 0, 13, .. "IHDR"u8], "not text" },
            { "an old workbook", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0, 0, 0], "not text" },
            { "ten thousand columns", Encoding.UTF8.GetBytes(new string(',', 10_000) + "\n"), "1,024 columns" },
            {
                "more columns than a page shows",
                Encoding.UTF8.GetBytes(string.Join(',', Enumerable.Range(0, 201)) + "\n"),
                "201 columns"
            },
            {
                "no end of the first row",
                [.. "NO,"u8, .. Enumerable.Repeat((byte)'x', 1_100_000)],
                "longer than 1 MiB"
            },
            { "an open quote", "NO,\"NAME\n1,Ana\n"u8.ToArray(), "never closed" },
            {
                "two tables",
                ListSamples.Zip(("a", "A\n1\n"u8.ToArray()), ("b", "A\n1\n"u8.ToArray())),
                "several files"
            },
            {
                "a workbook with ten thousand columns",
                XlsxSample.Bytes(
                    (
                        "xl/worksheets/sheet1.xml",
                        XlsxSample.Sheet($"<row>{string.Concat(Enumerable.Repeat("<c><v>1</v></c>", 10_000))}</row>")
                    )
                ),
                "1,024 columns"
            },
            {
                "a workbook that unpacks beyond all measure",
                XlsxSample.Bytes((XlsxSample.Texts, new string(' ', 70 * 1024 * 1024))),
                "times larger"
            },
            { "a workbook in pieces", XlsxSample.Bytes(("xl/workbook.xml", "<workbook")), "" },
        };

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task What_is_no_table_is_refused_with_its_reason(string what, byte[] bytes, string reason)
    {
        var refused = await RefusedAsync(bytes);

        Assert.True(refused.Reason.Contains(reason, StringComparison.Ordinal), $"{what}: {refused.Reason}");
        Assert.NotEmpty(refused.WayOut);
    }

    [Fact]
    public async Task A_damaged_table_ends_in_a_head_or_a_clear_no_and_its_headings_survive_the_mapping()
    {
        const int inputs = 1_500;
        byte[][] subjects = [Encoding.UTF8.GetBytes(People), Encoding.Unicode.GetBytes(People), XlsxSample.Bytes()];
        var mapping = ColumnMapping.Parse("schema: Person\nid: NO\nproperties: { name: NAME }").Value;
        foreach (var seed in Damage.Seeds(inputs))
            try
            {
                var head = await HeadAsync(Damage.To(subjects[seed % subjects.Length], new Random(seed)));
                foreach (var column in head.Columns.Where(c => c.Unusable is null))
                {
                    var back = ColumnMapping.Parse((mapping with { IdColumn = column.Name }).ToYaml());
                    Assert.True(back.IsAccepted && back.Value.IdColumn == column.Name, $"seed {seed}: {back.Reason}");
                    Assert.NotEmpty(HeadingWords.Fold(column.Name));
                }
            }
            catch (UnreadableFileException)
            {
                // A clear no.
            }
            catch (Exception e) when (e is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"seed {seed}: {e}");
            }
    }
}
