using System.Text;
using Lanthorn.Formats;

namespace Lanthorn.Tests.Formats;

/// <summary>
/// Every reader on files that chance has damaged: records, refusals or a clear end, nothing else, and no more of them than
/// the bytes can hold. <c>LANTHORN_FUZZ</c> is the number of inputs of a long run; the seed of a failure is printed.
/// </summary>
public sealed class FuzzTests
{
    private const int Inputs = 3_000;

    private sealed record Subject(string Format, byte[] Bytes, ColumnMapping? Mapping = null);

    private static readonly ColumnMapping Names = ColumnMapping
        .Parse("schema: Person\nid: NO\nproperties: { name: NAME }")
        .Value;

    private static readonly Subject[] Subjects =
    [
        new("ftm", ListSamples.Utf8(ListSamples.Lines)),
        new("ftm", ListSamples.Utf8(ListSamples.Nested)),
        new("csv", ListSamples.Utf8("NO,NAME\n1,\"Orin \"\"V\"\"\"\n2,Ezra\n"), Names),
        new(
            "un",
            ListSamples.Utf8(
                """<?xml version="1.0"?><CONSOLIDATED_LIST dateGenerated="2026-03-02T00:00:00Z"><INDIVIDUALS><INDIVIDUAL><REFERENCE_NUMBER>XXi.901</REFERENCE_NUMBER><FIRST_NAME>ORIN</FIRST_NAME><INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1976</FROM_YEAR><TO_YEAR>1978</TO_YEAR></INDIVIDUAL_DATE_OF_BIRTH></INDIVIDUAL></INDIVIDUALS></CONSOLIDATED_LIST>"""
            )
        ),
        new(
            "ofac",
            ListSamples.Utf8(
                "9001,\"VESSELMAN, Orin\",\"individual\",\"TCO\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"DOB 11 Feb 1979; POB Zuwarah, Libya; Passport LX900123 (Libya) issued 02 Jan 2015.\"\r\n\u001A"
            )
        ),
        new("eu-fsf", ListSamples.Utf8(ListSamples.EuXml)),
        new("eu-fsf", ListSamples.Utf8(ListSamples.EuCsv)),
        new("uk", ListSamples.Utf8(ListSamples.UkXml)),
        new("uk", ListSamples.Utf8(ListSamples.UkCsv)),
        new("uk", ListSamples.Utf8(ListSamples.ConList)),
        new("senzing", ListSamples.Utf8(ListSamples.Senzing)),
        new("xlsx", XlsxSample.Bytes(), XlsxSample.Mapping),
        new("senzing", ListSamples.Gzip(ListSamples.Senzing)),
        new("ftm", ListSamples.Zip(("a.json", ListSamples.Utf8(ListSamples.Lines)))),
    ];

    [Fact]
    public void Every_format_has_a_file_to_damage() =>
        Assert.Equal(RecordFormats.Names, Subjects.Select(s => s.Format).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public async Task A_damaged_file_ends_in_records_refusals_or_a_clear_end()
    {
        foreach (var seed in Damage.Seeds(Inputs))
        {
            var subject = Subjects[seed % Subjects.Length];
            var bytes = Damaged(subject, new Random(seed));
            await ReadAsync(subject, bytes, seed);
        }
    }

    private static async Task ReadAsync(Subject subject, byte[] bytes, int seed)
    {
        var items = 0L;
        try
        {
            var reader = RecordFormats.Find(subject.Format)!;
            var file = Sample.File("fuzz", bytes);
            var options = new ReadOptions { Mapping = subject.Mapping };
            await foreach (var item in reader.ReadAsync([file], options, TestContext.Current.CancellationToken))
            {
                // What is unpacked may be larger than the file, but of these no more than so much.
                if (++items > 10_000)
                    Assert.Fail($"seed {seed}: {subject.Format} goes on and on");
                Check(item);
            }
        }
        catch (UnreadableFileException end)
        {
            Assert.NotEmpty(end.Reason);
            Assert.NotEmpty(end.WayOut);
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"seed {seed}, {subject.Format}: {e.GetType().Name} {e.Message}", e);
        }
    }

    private static void Check(ReadItem item)
    {
        if (item is Rejection refused)
            Assert.NotEmpty(refused.Reason);
        if (item is not ReadRecord record)
            return;
        Assert.InRange(record.ExternalId.Length, 1, Knowledge.Record.MaxExternalIdLength);
        Assert.InRange(record.DroppedValues.Count, 0, 1_001);
        foreach (var name in record.Properties.Names)
            Assert.DoesNotContain(record.Properties[name], v => v.Contains('\0', StringComparison.Ordinal));
    }

    /// <summary>A workbook is damaged half of the time in one of its parts, since a zip gives away little of what is in it.</summary>
    private static byte[] Damaged(Subject subject, Random chance)
    {
        if (subject.Format != "xlsx" || chance.Next(2) == 0)
            return Damage.To(subject.Bytes, chance);
        var part = new[] { XlsxSample.SheetName, XlsxSample.Texts, XlsxSample.Styles }[chance.Next(3)];
        return XlsxSample.Bytes((part, Encoding.Latin1.GetString(Damage.To(PartOf(subject.Bytes, part), chance))));
    }

    private static byte[] PartOf(byte[] workbook, string part)
    {
        using var zip = new System.IO.Compression.ZipArchive(new MemoryStream(workbook));
        using var stream = zip.GetEntry(part)!.Open();
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
