using Lanthorn.Storage;
using static Lanthorn.Tests.Storage.TemporaryStore;

namespace Lanthorn.Tests.Storage;

public sealed class TextSearchTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [OnEachDatabase("ana petrova", false, "1")]
    [OnEachDatabase("ana petrova", true, "1,2,3")]
    [OnEachDatabase("li", false, "4")]
    [OnEachDatabase("li petrova", true, "1,3,4")]
    [OnEachDatabase("li ana", false, "")]
    [OnEachDatabase("wei li", false, "4")]
    [OnEachDatabase("花 wei", true, "4,5")]
    [OnEachDatabase("明花", false, "5")]
    [OnEachDatabase("trovas", false, "")]
    [OnEachDatabase("PÉTROVÁ", false, "1,3")]
    [OnEachDatabase("!!!", false, "")]
    [OnEachDatabase("\"ana\" OR names:x*", false, "")]
    [OnEachDatabase("an\ud83d", false, "")]
    [OnEachDatabase("", false, "1,2,3,4,5")]
    public async Task Words_are_found(Database database, string text, bool any, string expected)
    {
        await using var at = await CreateAsync(database);
        await at.ImportAsync(
            "list",
            true,
            Person("1", "Ana Petrova"),
            Person("2", "Ana Bo"),
            Person("3", "Bo", "", ("notes", "knows Petrova")),
            Person("4", "Li Wei"),
            Person("5", "李明花")
        );

        var hits = await at.Store.For(Analyst, Why).SearchAsync(new(text) { AnyWord = any }, "test", Stop);

        Assert.Equal(expected, string.Join(',', hits.Entities.Select(e => e.Id[^1..]).Order()));
        Assert.Equal(hits.Entities.Count, hits.Total);
    }

    [Theory, OnEachDatabase]
    public async Task What_has_more_of_the_words_in_its_names_comes_first(Database database)
    {
        await using var at = await CreateAsync(database);
        await at.ImportAsync(
            "list",
            true,
            Person("1", "Bo", "", ("notes", "Ana Petrova")),
            Person("2", "Ana", "", ("notes", "Petrova")),
            Person("3", "Ana Petrova")
        );

        var hits = await at.Store.For(Analyst, Why).SearchAsync(new("petrova ana"), "test", Stop);

        Assert.Equal(["test-3", "test-2", "test-1"], hits.Entities.Select(e => e.Id));
    }

    [Theory, OnEachDatabase]
    public async Task Facets_count_everything_that_was_found_and_not_the_page(Database database)
    {
        await using var at = await CreateAsync(database);
        await at.ImportAsync("one", true, Person("1", "Ana", "", ("country", "fr")), Person("2", "Ana"));
        await at.ImportAsync("two", true, Person("3", "Ana", "", ("country", "fr"), ("topics", "sanction")));
        var reading = at.Store.For(Analyst, Why);

        var hits = await reading.SearchAsync(new("ana") { Limit = 1 }, "test", Stop);
        var french = await reading.SearchAsync(new("ana") { Countries = ["fr"] }, "test", Stop);

        Assert.Equal((1, 3, false), (hits.Entities.Count, hits.Total, hits.IsAtLeast));
        Assert.Equal(2, hits.Facets["countries"]["fr"]);
        Assert.Equal(1, hits.Facets["topics"]["sanction"]);
        Assert.Equal((2, 1), (hits.Facets["datasets"]["one"], hits.Facets["datasets"]["two"]));
        Assert.Equal(3, hits.Facets["schema"]["Person"]);
        Assert.Equal(["test-1", "test-3"], french.Entities.Select(e => e.Id));
    }

    [Theory, OnEachDatabase]
    public async Task What_left_its_list_is_not_found_and_changed_texts_are_found_as_they_are(Database database)
    {
        await using var at = await CreateAsync(database);
        await at.ImportAsync("list", true, Person("1", "Ana Li"), Person("2", "Bo"));
        await at.ImportAsync("list", true, Person("1", "Maria Wu"));
        var reading = at.Store.For(Analyst, Why);

        async Task<int> CountAsync(string text) => (await reading.SearchAsync(new(text), "test", Stop)).Total;

        Assert.Equal((0, 0, 0), (await CountAsync("ana"), await CountAsync("li"), await CountAsync("bo")));
        Assert.Equal((1, 1), (await CountAsync("maria"), await CountAsync("wu")));
    }

    [Theory, OnEachDatabase]
    public async Task A_search_that_stops_at_its_limit_gives_the_same_without_the_hidden_records(Database database)
    {
        var visible = Enumerable.Range(0, 10_300).Select(i => Person($"{i}", $"Ana {i}")).ToList();
        var hidden = Enumerable.Range(20_000, 700).Select(i => Person($"{i}", $"Ana {i}", "org=bravo")).ToList();
        await using var all = await CreateAsync(database);
        await all.ImportAsync("list", true, [.. hidden, .. visible]);
        await using var seen = await CreateAsync(database);
        await seen.ImportAsync("list", true, [.. visible.AsEnumerable().Reverse()]);

        var query = new TextQuery("ana") { Limit = 100, Offset = 5_000 };
        var one = await all.Store.For(Analyst, Why).SearchAsync(query, "test", Stop);
        var other = await seen.Store.For(Analyst, Why).SearchAsync(query, "test", Stop);

        Assert.Equal((Reading.MaxTextHits, true), (one.Total, one.IsAtLeast));
        Assert.Equal((one.Total, one.IsAtLeast), (other.Total, other.IsAtLeast));
        Assert.Equal(one.Entities.Select(e => e.Id), other.Entities.Select(e => e.Id));
    }
}
