using Lanthorn.Knowledge;
using Lanthorn.Screening;
using static Lanthorn.Tests.Storage.TemporaryStore;

namespace Lanthorn.Tests.Storage;

public sealed class TextClauseTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [OnEachDatabase("ana", "1,2,3")]
    [OnEachDatabase("\"ana petrova\"", "1,3")]
    [OnEachDatabase("\"petrova ana\"", "")]
    [OnEachDatabase("\"PÉTROVÁ\"", "1,3")]
    [OnEachDatabase("ana -petrova", "2")]
    [OnEachDatabase("-ana", "4,5")]
    [OnEachDatabase("ana -li", "1,3")]
    [OnEachDatabase("petrova OR wei", "1,3,4")]
    [OnEachDatabase("ana petrova OR li", "1,2,3")]
    [OnEachDatabase("li OR \"ana petrova\" -born:1980", "2,3,4")]
    [OnEachDatabase("country:ly", "1,2")]
    [OnEachDatabase("country:ly OR country:tn", "1,2,3")]
    [OnEachDatabase("-country:ly", "3,4,5")]
    [OnEachDatabase("topic:sanction", "1")]
    [OnEachDatabase("topic:crime", "2")]
    [OnEachDatabase("topic:crime.traffick OR topic:sanction", "1,2")]
    [OnEachDatabase("topic:crime.war", "")]
    [OnEachDatabase("country:ly -topic:sanction", "2")]
    [OnEachDatabase("schema:Person", "1,2,3,4")]
    [OnEachDatabase("schema:LegalEntity ana", "1,2,3")]
    [OnEachDatabase("schema:Vessel", "5")]
    [OnEachDatabase("source:list", "1,2,3,4,5")]
    [OnEachDatabase("source:other", "")]
    [OnEachDatabase("born:1980", "1")]
    [OnEachDatabase("born:1980-05-02", "1")]
    [OnEachDatabase("born:1980-06", "")]
    [OnEachDatabase("born:198", null)]
    [OnEachDatabase("ana born:1990", "3")]
    [OnEachDatabase("id:test-4", "4")]
    [OnEachDatabase("id:test-4 OR id:test-5", "4,5")]
    [OnEachDatabase("id:nothing", "")]
    [OnEachDatabase("changed:>1999-01-01 schema:Vessel", "5")]
    [OnEachDatabase("changed:<1999-01-01", "")]
    [OnEachDatabase("country:ly !!!", "1,2")]
    [OnEachDatabase("!!!", "")]
    public async Task A_search_finds_what_its_clauses_ask(Database database, string text, string? expected)
    {
        var (meaning, _) = SearchLanguage.Read(text);
        Assert.Equal(expected is null, meaning is null);
        if (meaning is null)
            return;
        await using var at = await CreateAsync(database);
        await at.ImportAsync(
            "list",
            true,
            Person("1", "Ana Petrova", "", ("country", "ly"), ("topics", "sanction"), ("birthDate", "1980-05-02")),
            Person("2", "Ana Li", "", ("country", "ly"), ("topics", "crime.traffick")),
            Person(
                "3",
                "Bo",
                "",
                ("alias", "ana  petrova"),
                ("country", "tn"),
                ("notes", "knows Ana Petrova"),
                ("birthDate", "1990")
            ),
            Person("4", "Li Wei"),
            Person("5", "Bibi") with
            {
                Schema = Model.Get("Vessel"),
            }
        );

        var hits = await at.Store.For(Analyst, Why).SearchAsync(new("") { Clauses = meaning.Clauses }, "test", Stop);

        Assert.Equal(expected, string.Join(',', hits.Entities.Select(e => e.Id[^1..]).Order()));
        Assert.Equal(hits.Entities.Count, hits.Total);
    }

    [Theory, OnEachDatabase]
    public async Task Only_the_records_that_are_named_are_looked_at(Database database)
    {
        await using var at = await CreateAsync(database);
        await at.ImportAsync("list", true, Person("1", "Ana"), Person("2", "Ana"), Person("3", "Bo"));

        var hits = await at
            .Store.For(Analyst, Why)
            .SearchAsync(new("ana") { Ids = ["test-2", "test-3", "test-9"] }, "test", Stop);

        Assert.Equal(["test-2"], hits.Entities.Select(e => e.Id));
    }
}
