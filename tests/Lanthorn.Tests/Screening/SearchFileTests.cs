using System.IO.Compression;
using System.Text;
using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Tests.Removal;
using Lanthorn.Tests.Storage;

namespace Lanthorn.Tests.Screening;

public sealed class SearchFileTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, OnEachDatabase]
    public async Task What_may_not_be_passed_on_is_left_out_and_counted_and_what_is_hidden_is_not(Database database)
    {
        await using var server = await InstalledServer.StartAsync(Stop, on: database);
        using var ana = await server.SignedInAsync("ana", "analyst", "alpha", Stop);
        await SavedSearchTests.WriteAsync(
            server.Store,
            TemporaryStore.Person("1", "Mira Alpha"),
            TemporaryStore.Person("2", "Mira Beta") with
            {
                Handling = Handling.AskBeforePassingOn,
            },
            TemporaryStore.Person("3", "Mira Gamma", "org=bravo")
        );
        await server.CaughtUpAsync(ana, Stop);

        var table = await ana.GetStringAsync("/search.csv?q=mira", Stop);

        Assert.Contains("Mira Alpha", table, StringComparison.Ordinal);
        Assert.DoesNotContain("Mira Beta", table, StringComparison.Ordinal);
        Assert.DoesNotContain("Mira Gamma", table, StringComparison.Ordinal);
        Assert.Contains("1 more rows may be seen but not taken away", table, StringComparison.Ordinal);
        var logged = await server.Store.Audit.ListAsync("ana", 10, 0, Stop);
        Assert.Contains(logged, e => e.Body.GetProperty("what").GetString() == "search taken away as a file: 1 rows");
    }

    [Fact]
    public async Task A_spreadsheet_has_the_same_rows()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var ana = await server.SignedInAsync("ana", "analyst", "alpha", Stop);
        await SavedSearchTests.WriteAsync(server.Store, TemporaryStore.Person("1", "=Mira Alpha"));
        await server.CaughtUpAsync(ana, Stop);

        await using var file = new ZipArchive(
            new MemoryStream(await ana.GetByteArrayAsync("/search.xlsx?q=mira", Stop))
        );
        using var sheet = new StreamReader(
            await file.GetEntry("xl/worksheets/sheet1.xml")!.OpenAsync(Stop),
            Encoding.UTF8
        );
        var text = await sheet.ReadToEndAsync(Stop);

        Assert.Contains("=Mira Alpha", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<f>", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+218", "'+218")]
    [InlineData("-1", "'-1")]
    [InlineData("@here", "'@here")]
    [InlineData("\tx", "'\tx")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("a\"b", "\"a\"\"b\"")]
    [InlineData("=a\nb", "\"'=a\nb\"")]
    [InlineData("", "")]
    public void A_cell_of_csv_is_no_formula(string text, string cell) => Assert.Equal(cell, TableFile.Cell(text));
}
