using Lanthorn.Knowledge;
using Lanthorn.Storage;
using static Lanthorn.Tests.Storage.TemporaryStore;

namespace Lanthorn.Tests.Storage;

/// <summary>What people enter and correct, and how it lives with what sources say.</summary>
public sealed class ByHandTests
{
    private static readonly SourceCode Hand = SourceCode.Parse("hand-alpha").Value;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, OnEachDatabase]
    public async Task What_is_entered_by_hand_is_found_like_any_other_record(Database database)
    {
        await using var at = await CreateAsync(database);
        var reading = at.Store.For(Analyst, Why);
        var after = await at.Store.Changes.LastSequenceAsync(Stop);

        var written = await reading.EnterAsync(Hand, Person("1", "Ana Petrova", "org=alpha"), "seen at the port", Stop);

        var hits = await reading.SearchAsync(new TextQuery("petrova"), "test", Stop);
        Assert.Equal("test-1", Assert.Single(hits.Entities).Id);
        Assert.Single((await at.Store.Changes.FollowAsync(after, Stop).FirstAsync(Stop)).Ordinals);
        Assert.Null(await at.Store.For(Officer, Why).EntityAsync("test-1", "test", Stop));
        var version = Assert.Single(await reading.VersionsAsync(written.Id, "test", Stop));
        Assert.Equal((true, "ana", "seen at the port"), (version.IsByHand, version.Account, version.Reason));
        await Assert.ThrowsAsync<RefusedByStoreException>(() =>
            reading.EnterAsync(Hand, Person("1", "Another"), "twice", Stop)
        );
    }

    [Theory, OnEachDatabase]
    public async Task A_correction_stands_until_its_source_says_something_else(Database database)
    {
        await using var at = await CreateAsync(database);
        await at.ImportAsync("list", true, Person("1", "Ana Petrvoa"), Person("2", "Bo"));
        var reading = at.Store.For(Analyst, Why);
        await reading.CorrectAsync(Id("list", "1"), 1, Name("Ana Petrova"), "misspelt", Stop);

        var same = await at.ImportAsync("list", true, Person("1", "Ana Petrvoa"), Person("2", "Bo"));
        var corrected = await CaptionAsync(at);
        var gone = await at.ImportAsync("list", true, Person("2", "Bo"));
        var back = await at.ImportAsync("list", true, Person("1", "Ana Petrvoa"), Person("2", "Bo"));
        var after = await CaptionAsync(at);
        var found = await reading.SearchAsync(new TextQuery("petrova"), "test", Stop);
        await at.ImportAsync("list", true, Person("1", "Ana Ivanova"), Person("2", "Bo"));

        Assert.Equal(new ImportCounts(0, 0, 2), same);
        Assert.Equal((1, 1), (gone.Ended, back.Changed));
        Assert.Equal(("Ana Petrova", "Ana Petrova", "Ana Ivanova"), (corrected, after, await CaptionAsync(at)));
        Assert.Single(found.Entities);
        var versions = await reading.VersionsAsync(Id("list", "1"), "test", Stop);
        Assert.Equal([false, true, false], versions.Select(v => v.IsByHand));
    }

    [Theory, OnEachDatabase]
    public async Task Of_two_who_correct_the_same_version_the_second_is_told(Database database)
    {
        await using var at = await CreateAsync(database);
        await at.ImportAsync("list", true, Person("1", "Ana"));

        var both = await Task.WhenAll(
            at.Store.For(Analyst, Why).CorrectAsync(Id("list", "1"), 1, Name("Anna"), "one", Stop),
            at.Store.For(Officer, Why).CorrectAsync(Id("list", "1"), 1, Name("Anne"), "other", Stop)
        );

        Assert.Single(both, w => w!.IsConflict);
        Assert.All(both, w => Assert.Equal(2, w!.Version));
        Assert.Equal(2, (await at.Store.For(Analyst, Why).VersionsAsync(Id("list", "1"), "test", Stop)).Count);
    }

    [Theory, OnEachDatabase]
    public async Task Nobody_corrects_what_he_does_not_see(Database database)
    {
        await using var at = await CreateAsync(database);
        await at.ImportAsync("list", true, Person("1", "Ana", "compartment=C"));

        Assert.Null(await at.Store.For(Analyst, Why).CorrectAsync(Id("list", "1"), 1, Name("Anna"), "why not", Stop));
        Assert.NotNull(await at.Store.For(Officer, Why).CorrectAsync(Id("list", "1"), 1, Name("Anna"), "known", Stop));
    }

    [Theory, OnEachDatabase]
    public async Task A_corrected_import_is_not_undone_and_says_what_to_do_instead(Database database)
    {
        await using var at = await CreateAsync(database);
        await at.ImportAsync("list", true, Person("1", "Ana"));
        await at.Store.For(Analyst, Why).CorrectAsync(Id("list", "1"), 1, Name("Anna"), "misspelt", Stop);
        var import = await LastImportAsync(at);

        var refused = await Assert.ThrowsAsync<RefusedByStoreException>(() =>
            UndoAsync(at, import, Task.CompletedTask)
        );

        Assert.Contains("1 corrections by hand", refused.Message, StringComparison.Ordinal);
        Assert.Contains("import the edition before it once more", refused.Message, StringComparison.Ordinal);
    }

    [Theory, OnEachDatabase]
    public async Task While_an_import_is_half_undone_its_source_takes_no_correction(Database database)
    {
        await using var at = await CreateAsync(database);
        await at.ImportAsync("list", true, Person("1", "Ana"));
        await at.ImportAsync("list", true, Person("1", "Anna"));
        var (import, stopped) = (await LastImportAsync(at), Task.FromException(new OperationCanceledException()));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => UndoAsync(at, import, stopped));

        await Assert.ThrowsAsync<RefusedByStoreException>(() =>
            at.Store.For(Analyst, Why).CorrectAsync(Id("list", "1"), 1, Name("Anne"), "misspelt", Stop)
        );
        await UndoAsync(at, import, Task.CompletedTask);

        Assert.NotNull(
            await at.Store.For(Analyst, Why).CorrectAsync(Id("list", "1"), 1, Name("Anne"), "misspelt", Stop)
        );
    }

    [Theory, OnEachDatabase]
    public async Task The_undo_of_a_later_import_gives_the_correction_back(Database database)
    {
        await using var at = await CreateAsync(database);
        await at.ImportAsync("list", true, Person("1", "Ana"));
        await at.Store.For(Analyst, Why).CorrectAsync(Id("list", "1"), 1, Name("Anna"), "misspelt", Stop);
        await at.ImportAsync("list", true, Person("1", "Someone Else"));

        await UndoAsync(at, await LastImportAsync(at), Task.CompletedTask);
        var again = await at.ImportAsync("list", true, Person("1", "Ana"));

        Assert.Equal("Anna", await CaptionAsync(at));
        Assert.Equal(1, again.Unchanged);
    }

    private static Properties Name(string name)
    {
        var properties = new Properties.Builder();
        properties.Add("name", name);
        return properties.Build();
    }

    private static async Task<string> CaptionAsync(TemporaryStore at) =>
        (await at.Store.For(Analyst, Why).EntityAsync("test-1", "test", Stop))!.Caption;

    private static Task<UndoCounts> UndoAsync(TemporaryStore at, long import, Task atEnd) =>
        new ImportUndo(at.Store).RunAsync(
            new(import, Analyst, Why, "wrong file", (_, _, hasEnded) => hasEnded ? atEnd : Task.CompletedTask),
            Stop
        );

    private static Task<long> LastImportAsync(TemporaryStore at) =>
        at.Store.ReadOwnAsync(
            async connection =>
            {
                await using var command = connection.CreateCommand();
                command.CommandText = "select max(id) from import where by_hand = 0";
                return (long)(await command.ExecuteScalarAsync(Stop))!;
            },
            Stop
        );
}
