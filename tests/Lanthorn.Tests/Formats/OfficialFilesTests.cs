using Lanthorn.Formats;

namespace Lanthorn.Tests.Formats;

/// <summary>The files as they were published, from the data pack.</summary>
public sealed class OfficialFilesTests
{
    private static InputFile[] Files(params string[] patterns) =>
        [
            .. patterns.Select(p =>
                Sample.OnDisk(Directory.EnumerateFiles(Path.Combine(Pack.Need(), "sanctions"), p).Order().Last())
            ),
        ];

    [Fact]
    public async Task The_security_councils_list_has_its_1003_listings_without_a_refusal()
    {
        var read = await Sample.ReadAsync("un", Files("un_consolidated_*.xml"));

        Assert.Equal(1003, read.Records.Count);
        Assert.Empty(read.Rejections);
        Assert.All(read.Records, r => Assert.Empty(r.DroppedValues));
        Assert.Contains("Ermias Ghermay", read["LYi.021"].Of("alias"), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("sdn")]
    [InlineData("sdn", "alt", "add")]
    [InlineData("add", "alt", "sdn")]
    [InlineData("alt", "sdn")]
    public async Task Ofacs_list_has_its_8976_entries_whatever_the_order(params string[] kinds)
    {
        var read = await Sample.ReadAsync("ofac", Files([.. kinds.Select(k => $"ofac_{k}_*.csv")]));

        Assert.Equal(8976, read.Records.Count);
        Assert.Empty(read.Rejections);
        Assert.All(read.Records, r => Assert.Empty(r.DroppedValues));
    }

    [Theory]
    [InlineData("un", "un_consolidated_*.xml")]
    [InlineData("ofac", "ofac_sdn_*.csv")]
    [InlineData("ofac", "ofac_alt_*.csv", "ofac_add_*.csv", "ofac_sdn_*.csv")]
    public async Task The_files_are_recognised_by_what_is_in_them(string format, params string[] patterns)
    {
        var files = Files(patterns).Select(f => f with { Name = "download" }).ToList();

        var found = await FormatDetection.DetectAsync(
            files,
            ReadOptions.Default,
            TestContext.Current.CancellationToken
        );

        Assert.True(found.IsAccepted, found.Reason);
        Assert.Equal(format, found.Value.Format);
    }

    [Fact]
    public async Task Alephs_samples_are_read_line_by_line()
    {
        var path = Path.Combine(Pack.Need(), "ftm", "aleph_samples.ijson");
        var lines = (await File.ReadAllLinesAsync(path, TestContext.Current.CancellationToken)).Count(l =>
            l.Trim().Length > 0
        );

        var read = await Sample.ReadAsync("ftm", Sample.OnDisk(path));

        Assert.Null(read.End);
        Assert.Equal(lines, read.Records.Count + read.Rejections.Count);
        Assert.NotEmpty(read.Records);
    }
}
