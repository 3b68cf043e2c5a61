using Lanthorn.Knowledge;
using Lanthorn.Storage;
using static Lanthorn.Tests.Storage.TemporaryStore;

namespace Lanthorn.Tests.Storage;

public sealed class ImportTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, OnEachDatabase]
    public async Task Importing_again_changes_nothing(Database database)
    {
        await using var at = await CreateAsync(database);
        IncomingRecord[] records = [Person("1", "Ana Petrova"), Person("2", "محمد علي", "purpose=enforcement")];

        var first = await at.ImportAsync("list", true, records);
        var again = await at.ImportAsync("list", true, records);

        Assert.Equal(new ImportCounts(2, 0, 0), first);
        Assert.Equal(new ImportCounts(0, 0, 2), again);
    }

    [Theory, OnEachDatabase]
    public async Task A_complete_edition_ends_what_vanished_and_a_partial_one_does_not(Database database)
    {
        await using var at = await CreateAsync(database);
        await at.ImportAsync("list", true, Person("1", "Ana"), Person("2", "Bo"));

        var partial = await at.ImportAsync("list", false, Person("1", "Ana"));
        var complete = await at.ImportAsync("list", true, Person("1", "Ana"));
        var back = await at.ImportAsync("list", true, Person("1", "Ana"), Person("2", "Bo"));

        Assert.Equal((0, 1, 0), (partial.Ended, complete.Ended, back.Ended));
        var found = await at.Store.For(Analyst, Why).EntityAsync("test-2", "test", Stop);
        Assert.Null(Assert.Single(found!.Members).ListedTo);
    }

    [Theory, OnEachDatabase]
    public async Task A_change_is_a_new_version_and_the_old_one_stays(Database database)
    {
        await using var at = await CreateAsync(database);
        await at.ImportAsync("list", true, Person("1", "Ana"));

        var counts = await at.ImportAsync("list", true, Person("1", "Ana Petrova"));

        var reading = at.Store.For(Analyst, Why);
        var entity = await reading.EntityAsync("test-1", "test", Stop);
        var versions = await reading.VersionsAsync(entity!.Members[0].Id, "test", Stop);
        Assert.Equal(1, counts.Changed);
        Assert.Equal(["Ana Petrova", "Ana"], versions.Select(v => v.Properties.First("name")!));
    }

    [Theory, OnEachDatabase]
    public async Task What_was_acknowledged_is_there_after_reopening(Database database)
    {
        await using var at = await CreateAsync(database);
        var writer = await at.Store.BeginImportAsync(
            new ImportStart(SourceCode.Parse("list").Value, Analyst, "", true, []),
            Stop
        );
        await writer.WriteAsync([Person("1", "Ana")], Stop);

        await at.ReopenAsync();

        Assert.NotNull(await at.Store.For(Analyst, Why).EntityAsync("test-1", "test", Stop));
        Assert.Equal(new ImportCounts(0, 0, 1), await at.ImportAsync("list", true, Person("1", "Ana")));
        Assert.Null(await at.Store.Audit.VerifyAsync(Stop));
    }

    [Theory]
    [OnEachDatabase("petrov")]
    [OnEachDatabase("Li")]
    [OnEachDatabase("李明")]
    [OnEachDatabase("ርማይ")]
    [OnEachDatabase("محمد")]
    public async Task Words_of_any_length_and_script_are_found(Database database, string words)
    {
        await using var at = await CreateAsync(database);
        await at.ImportAsync(
            "list",
            true,
            Person("1", "Ana Petrova"),
            Person("2", "Li Wei"),
            Person("3", "李明华"),
            Person("4", "ኤርሚያስ ግርማይ"),
            Person("5", "محمد علي")
        );

        var hits = await at.Store.For(Analyst, Why).SearchAsync(new TextQuery(words), "test", Stop);

        Assert.Single(hits.Entities);
    }

    [Theory, OnEachDatabase]
    public async Task A_hidden_record_is_neither_found_nor_counted_and_its_id_does_not_exist(Database database)
    {
        await using var at = await CreateAsync(database);
        await at.ImportAsync("list", true, Person("1", "Ana"), Person("2", "Ana", "org=bravo"));
        var reading = at.Store.For(Analyst, Why);

        Assert.Equal(1, (await reading.SearchAsync(new TextQuery("ana"), "test", Stop)).Total);
        Assert.Equal(1, (await reading.SourcesAsync(Stop)).Single().LiveRecords);
        Assert.Null(await reading.EntityAsync("test-2", "test", Stop));
    }
}
