using System.Net;
using Lanthorn.Tests.Removal;
using Lanthorn.Tests.Storage;

namespace Lanthorn.Tests.Screening;

public sealed class SearchPageTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_text_that_was_found_says_in_which_field_and_marks_the_place()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var ana = await server.SignedInAsync("ana", "analyst", "alpha", Stop);
        await SavedSearchTests.WriteAsync(
            server.Store,
            TemporaryStore.Person("1", "Mira Alpha", "", ("notes", "seen near the harbour of Zuwára in spring"))
        );
        await server.CaughtUpAsync(ana, Stop);

        var page = WebUtility.HtmlDecode(await ana.GetStringAsync("/search?q=%22harbour+of+zuwara%22", Stop));

        Assert.Contains(
            "Notes: <bdi>seen near the <mark>harbour of Zuwára</mark> in spring",
            page,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_search_that_means_nothing_is_shown_with_the_place_and_the_way_out()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var ana = await server.SignedInAsync("ana", "analyst", "alpha", Stop);

        var page = WebUtility.HtmlDecode(await ana.GetStringAsync("/search?q=mira+contry:ly", Stop));
        using var api = await ana.GetAsync("/search/default?q=mira+contry:ly", Stop);

        Assert.Contains("mira <mark>contry:ly</mark>", page, StringComparison.Ordinal);
        Assert.Contains("At character 6: there is no field 'contry'", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, api.StatusCode);
        Assert.Contains("query-not-understood", await api.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Results_are_a_table_that_is_sorted_and_filtered_and_whose_rows_are_chosen()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var ana = await server.SignedInAsync("ana", "analyst", "alpha", Stop);
        await SavedSearchTests.WriteAsync(
            server.Store,
            TemporaryStore.Person("1", "Mohammed Alpha", "", ("country", "ly")),
            TemporaryStore.Person("2", "Muhammad Alpha", "", ("country", "tn")),
            TemporaryStore.Person("3", "Mohamed Alpha", "", ("country", "tn"))
        );
        await server.CaughtUpAsync(ana, Stop);
        const string asked = "/search?q=Mohammed+Alpha&view=table&sort=name&order=desc";

        var all = await ana.GetStringAsync($"{asked}&all=true", Stop);
        var page = await ana.GetStringAsync($"{asked}&filter=tn", Stop);

        Assert.Equal(3, Chosen(all));
        Assert.Equal(0, Chosen(page));
        Assert.DoesNotContain("/entity/test-1\"", page, StringComparison.Ordinal);
        Assert.InRange(At(page, "/entity/test-2\""), 0, At(page, "/entity/test-3\""));
        Assert.Contains("name=\"view\" value=\"table\"", page, StringComparison.Ordinal);

        static int Chosen(string page) => page.Split(" checked").Length - 1;
        static int At(string page, string text) => page.IndexOf(text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_is_found_in_any_spelling_and_narrowed_exactly()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var ana = await server.SignedInAsync("ana", "analyst", "alpha", Stop);
        await SavedSearchTests.WriteAsync(
            server.Store,
            TemporaryStore.Person("1", "Mohammed Alpha", "", ("country", "ly"), ("birthDate", "1980-05-02")),
            TemporaryStore.Person("2", "Muhammad Alpha", "", ("country", "tn"), ("birthDate", "1980"))
        );
        await server.CaughtUpAsync(ana, Stop);

        async Task<(bool First, bool Second)> FoundAsync(string query)
        {
            var page = await ana.GetStringAsync($"/search?q={Uri.EscapeDataString(query)}", Stop);
            return (
                page.Contains("/entity/test-1", StringComparison.Ordinal),
                page.Contains("/entity/test-2", StringComparison.Ordinal)
            );
        }

        Assert.Equal((true, true), await FoundAsync("mohamed alpha"));
        Assert.Equal((true, false), await FoundAsync("mohamed alpha country:ly"));
        Assert.Equal((false, true), await FoundAsync("mohamed alpha -country:Libya"));
        Assert.Equal((true, false), await FoundAsync("mohamed alpha born:1980-05"));
        Assert.Equal((false, true), await FoundAsync("mohamed alpha -\"mohammed alpha\""));
    }
}
