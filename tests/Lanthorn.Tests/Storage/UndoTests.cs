using CsCheck;
using Lanthorn.Knowledge;
using Lanthorn.Storage;
using static Lanthorn.Tests.Storage.TemporaryStore;

namespace Lanthorn.Tests.Storage;

/// <summary>A whole import is taken back, and it is as if it had not been.</summary>
public sealed class UndoTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>A new database on a server takes longer than a new file.</summary>
    private static int Worlds(Database database) => database == Database.Sqlite ? 30 : 5;

    [Theory, OnEachDatabase]
    public Task After_the_undo_all_answers_are_those_from_before_the_import(Database database) =>
        Gen.Select(World.Generated, World.Generated, Gen.Bool)
            .Select(
                (first, second, complete) =>
                    (First: first, Second: second.Records.Where(r => r.Number % 4 != 0).ToList(), Complete: complete)
            )
            .SampleAsync(
                async drawn =>
                {
                    var time = new HandTime();
                    await using var at = await CreateAsync(database, time);
                    await ImportAsync(at, "one", drawn.Complete, drawn.First.Records);
                    foreach (var judged in drawn.First.Judgements)
                        await JudgeAsync(at, judged);
                    var before = await AnswersAsync(at);
                    time.Move(TimeSpan.FromDays(1));
                    var import = await ImportAsync(at, "one", drawn.Complete, drawn.Second);
                    var with = await AnswersAsync(at);

                    await UndoAsync(at.Store, import);

                    Assert.Equal(before, await AnswersAsync(at));
                    await ImportAsync(at, "one", drawn.Complete, drawn.Second);
                    Assert.Equal(with, await AnswersAsync(at));
                    Assert.Null(await at.Store.Audit.VerifyAsync(Stop));
                },
                iter: Worlds(database),
                threads: 1
            );

    [Theory, OnEachDatabase]
    public async Task The_preview_counts_what_the_undo_then_does(Database database)
    {
        await using var at = await CreateAsync(database);
        await ImportAsync(at, "list", true, Person("1", "Ana"), Person("2", "Bo"), Person("3", "Cy"));
        await ImportAsync(at, "list", true, Person("2", "Bo"), Person("3", "Cy"));
        var import = await ImportAsync(at, "list", true, Person("1", "Ana"), Person("2", "Bob"), Person("4", "Di"));
        await at
            .Store.For(Officer, Why)
            .JudgeAsync(
                new(Id("list", "2"), Id("list", "4"), Verdict.Same, Authority.Person, "olu", null, "seen"),
                Stop
            );

        var preview = await new ImportUndo(at.Store).PreviewAsync(import, Analyst, Stop);
        var done = await UndoAsync(at.Store, import);

        Assert.Equal(new UndoCounts(1, 1, 1, 1, 1), preview);
        Assert.Equal(preview, done);
        var reading = at.Store.For(Analyst, Why);
        Assert.Null(await reading.EntityAsync("test-4", "test", Stop));
        Assert.Equal("Bo", (await reading.EntityAsync("test-2", "test", Stop))!.Caption);
        Assert.Null((await reading.EntityAsync("test-3", "test", Stop))!.Members[0].ListedTo);
        Assert.NotNull((await reading.EntityAsync("test-1", "test", Stop))!.Members[0].ListedTo);
    }

    [Theory, OnEachDatabase]
    public async Task A_judgement_on_a_withdrawn_record_stays_in_the_history_and_counts_again_when_it_comes_back(
        Database database
    )
    {
        await using var at = await CreateAsync(database);
        await ImportAsync(at, "one", true, Person("1", "Ana"));
        var import = await ImportAsync(at, "two", true, Person("2", "Anna"));
        var reading = at.Store.For(Analyst, Why);
        await reading.JudgeAsync(
            new(Id("one", "1"), Id("two", "2"), Verdict.Same, Authority.Person, "ana", null, "known"),
            Stop
        );

        await UndoAsync(at.Store, import);

        var alone = (await reading.EntityAsync("test-1", "test", Stop))!;
        Assert.Single(alone.Members);
        Assert.Equal("known", Assert.Single(await reading.HistoryAsync(alone, Stop)).Reason);
        await ImportAsync(at, "two", true, Person("2", "Anna"));
        Assert.Equal(2, (await reading.EntityAsync("test-1", "test", Stop))!.Members.Count);
    }

    [Theory, OnEachDatabase]
    public async Task An_import_on_which_a_later_one_builds_is_not_undone_and_says_so(Database database)
    {
        await using var at = await CreateAsync(database);
        var first = await ImportAsync(at, "list", true, Person("1", "Ana"));
        var second = await ImportAsync(at, "list", true, Person("1", "Ana"));
        await ImportAsync(at, "other", true, Person("9", "Zoe"));

        var refused = await Assert.ThrowsAsync<RefusedByStoreException>(() => UndoAsync(at.Store, first));
        await UndoAsync(at.Store, second);
        await UndoAsync(at.Store, first);
        var again = await Assert.ThrowsAsync<RefusedByStoreException>(() => UndoAsync(at.Store, first));

        Assert.Contains("undo the newest first", refused.Message, StringComparison.Ordinal);
        Assert.Contains("undone already", again.Message, StringComparison.Ordinal);
        Assert.Null(await at.Store.For(Analyst, Why).EntityAsync("test-1", "test", Stop));
        Assert.NotNull(await at.Store.For(Analyst, Why).EntityAsync("test-9", "test", Stop));
    }

    [Theory, OnEachDatabase]
    public async Task An_undo_that_was_stopped_lets_nothing_in_until_it_is_repeated(Database database)
    {
        await using var at = await CreateAsync(database);
        await ImportAsync(at, "list", true, Person("1", "Ana"), Person("2", "Bo"));
        var before = await AnswersAsync(at);
        var import = await ImportAsync(at, "list", true, Person("1", "Anna"), Person("3", "Cy"));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            new ImportUndo(at.Store).RunAsync(
                new(import, Analyst, Why, "wrong file", (_, _, hasEnded) => hasEnded ? Stopped : Task.CompletedTask),
                Stop
            )
        );

        var refused = await Assert.ThrowsAsync<RefusedByStoreException>(() =>
            ImportAsync(at, "list", true, Person("5", "Eve"))
        );
        await at.ReopenAsync();
        await UndoAsync(at.Store, import);

        Assert.Contains("repeat the undo", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, await AnswersAsync(at));
        await ImportAsync(at, "list", true, Person("5", "Eve"));
    }

    [Theory, OnEachDatabase]
    public async Task Another_content_never_gets_the_number_of_a_version_that_was_withdrawn(Database database)
    {
        await using var at = await CreateAsync(database);
        await ImportAsync(at, "list", true, Person("1", "Ana"));
        var import = await ImportAsync(at, "list", true, Person("1", "Anna"));
        await UndoAsync(at.Store, import);

        await ImportAsync(at, "list", true, Person("1", "Anne"));
        var third = await VersionAsync(at);
        await ImportAsync(at, "list", true, Person("1", "Anna"));

        Assert.Equal((3, 4), (third, await VersionAsync(at)));
    }

    [Theory, OnEachDatabase]
    public async Task What_is_kept_of_an_undone_import_is_erased_with_its_record(Database database)
    {
        await using var at = await CreateAsync(database);
        var import = await ImportAsync(at, "list", true, Person("1", "Quuxly Erasable"));
        await UndoAsync(at.Store, import);

        Assert.True(await at.Store.EraseAsync(Id("list", "1"), Analyst, "asked for", Stop));
        var counts = await at.ImportAsync("list", true, Person("1", "Quuxly Erasable"));

        Assert.Equal(1, counts.KeptOut);
        await at.Store.CheckpointAsync(Stop);
        if (database == Database.Sqlite)
            foreach (var file in Directory.EnumerateFiles(at.Folder))
                Assert.DoesNotContain(
                    "quuxly erasable",
                    await ReadSharedAsync(file),
                    StringComparison.OrdinalIgnoreCase
                );
    }

    [Theory, OnEachDatabase]
    public async Task Whoever_follows_another_process_is_told_of_the_undo(Database database)
    {
        await using var at = await CreateAsync(database);
        var import = await ImportAsync(at, "list", true, Person("1", "Ana"));
        await using var other = await at.OpenOtherAsync();
        var after = await other.Changes.LastSequenceAsync(Stop);
        var told = other.Changes.FollowAsync(after, Stop).FirstAsync(Stop);

        await UndoAsync(at.Store, import);

        var batch = await told;
        Assert.True(batch.JudgementsChanged);
        Assert.False((await other.Index.OfAsync(batch.Ordinals, Stop).SingleAsync(Stop)).IsLive);
    }

    private static Task Stopped => Task.FromException(new OperationCanceledException());

    private static async Task<string> AnswersAsync(TemporaryStore at) =>
        await Answers.AllAsync(at.Store, Officer) + await Answers.AllAsync(at.Store, Analyst);

    private static Task<UndoCounts> UndoAsync(Store store, long import) =>
        new ImportUndo(store).RunAsync(
            new(import, Analyst, Why, "wrong file", (_, _, _) => Task.CompletedTask),
            CancellationToken.None
        );

    private static Task<long> ImportAsync(TemporaryStore at, string source, bool complete, IReadOnlyList<Said> said) =>
        ImportAsync(at, source, complete, [.. said.Select(s => s.Record())]);

    private static async Task<long> ImportAsync(
        TemporaryStore at,
        string source,
        bool complete,
        params IReadOnlyList<IncomingRecord> records
    )
    {
        var start = new ImportStart(SourceCode.Parse(source).Value, Analyst, "test", complete, []);
        var writer = await at.Store.BeginImportAsync(start, Stop);
        await writer.WriteAsync(records, Stop);
        await writer.FinishAsync(Stop);
        return writer.ImportId;
    }

    /// <summary>All of these are records of one source.</summary>
    private static Task<bool> JudgeAsync(TemporaryStore at, Judged judged) =>
        at
            .Store.For(Officer, Why)
            .JudgeAsync(
                new(
                    Id("one", $"{judged.One + 1}"),
                    Id("one", $"{judged.Other + 1}"),
                    judged.Verdict,
                    judged.Authority,
                    "olu",
                    judged.Score,
                    "generated"
                ),
                Stop
            );

    private static async Task<int> VersionAsync(TemporaryStore at) =>
        (await at.Store.For(Analyst, Why).EntityAsync("test-1", "test", Stop))!.Members[0].Version;

    private static async Task<string> ReadSharedAsync(string file)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var text = new StreamReader(stream, System.Text.Encoding.Latin1);
        return await text.ReadToEndAsync(Stop);
    }
}
