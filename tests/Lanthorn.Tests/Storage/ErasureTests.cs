using System.Text;
using Dapper;
using Lanthorn.Knowledge;
using Lanthorn.Storage;
using static Lanthorn.Tests.Storage.TemporaryStore;

namespace Lanthorn.Tests.Storage;

public sealed class ErasureTests
{
    private const string Request = "request of the data subject";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_erased_is_in_no_file_of_the_installation()
    {
        await using var at = await CreateAsync(Database.Sqlite);
        var others = Enumerable.Range(2, 3_000).Select(i => Person($"{i}", $"Other Person {i}")).ToList();
        await at.ImportAsync("list", false, others);
        for (var version = 1; version <= 3; version++)
            await at.ImportAsync(
                "list",
                false,
                [Person("1", $"Zyxwora Quintabel {version}", "", ("phone", "+99555123456"), ("notes", "kvarnholm"))]
            );
        await at.ImportAsync("list", false, [.. others.Select(o => Person(o.ExternalId, $"{o.PublicId} changed"))]);
        var id = Id("list", "1");
        await at
            .Store.For(Analyst, Why)
            .JudgeAsync(new(id, Id("list", "2"), Verdict.Same, Authority.Person, "ana", null, "both kvarnholm"), Stop);
        await at.Store.CheckpointAsync(Stop);
        Assert.NotEmpty(FilesWith(at.Folder, "Zyxwora", "zyxwora", "99555123456", "kvarnholm"));

        Assert.True(await at.Store.EraseAsync(id, Analyst, Request, Stop));
        await at.Store.CheckpointAsync(Stop);

        Assert.Empty(FilesWith(at.Folder, "Zyxwora", "zyxwora", "Quintabel", "quintabel", "99555123456", "kvarnholm"));
        await IsWholeAsync(at);
    }

    [Theory, OnEachDatabase]
    public async Task What_was_erased_is_found_nowhere_and_does_not_come_back(Database database)
    {
        await using var at = await CreateAsync(database);
        IncomingRecord[] records =
        [
            Person("1", "Ana Petrova", "", ("phone", "+99555123456")),
            Person("2", "Ana Petrova", "", ("phone", "+99555123456")),
        ];
        await at.ImportAsync("list", true, records);
        var reading = at.Store.For(Analyst, Why);
        await reading.JudgeAsync(
            new(Id("list", "1"), Id("list", "2"), Verdict.Same, Authority.Person, "ana", null, "same phone"),
            Stop
        );

        Assert.True(await at.Store.EraseAsync(Id("list", "1"), Analyst, Request, Stop));
        var counts = await at.ImportAsync("list", true, records);

        Assert.Equal(new ImportCounts(0, 0, 1, KeptOut: 1), counts);
        Assert.Null(await reading.EntityAsync("test-1", "test", Stop));
        Assert.Equal(1, (await reading.SearchAsync(new("petrova"), "test", Stop)).Total);
        Assert.Equal(1, (await reading.SourcesAsync(Stop)).Single().LiveRecords);
        var other = (await reading.EntityAsync("test-2", "test", Stop))!;
        Assert.Single(other.Members);
        Assert.Empty(await reading.SharingIdentifiersAsync(other, "test", Stop));
        Assert.Empty(await reading.HistoryAsync(other, Stop));
        Assert.Empty(await reading.VersionsAsync(Id("list", "1"), "test", Stop));
    }

    [Theory, OnEachDatabase]
    public async Task Erasing_is_logged_and_told_to_those_who_follow(Database database)
    {
        await using var at = await CreateAsync(database);
        await at.ImportAsync("list", true, Person("1", "Ana"), Person("2", "Bo"));
        var ordinals = new List<int>();
        await foreach (var record in at.Store.Index.AllAsync(Stop))
            if (record.Properties.First("name") == "Ana")
                ordinals.Add(record.Ordinal);
        var before = await at.Store.Changes.LastSequenceAsync(Stop);

        await at.Store.EraseAsync(Id("list", "1"), Analyst, Request, Stop);

        var entry = (await at.Store.Audit.ListAsync("ana", 1, 0, Stop))[0].Body;
        Assert.Equal((int)Operation.Erasure, entry.GetProperty("operation").GetInt32());
        Assert.Equal(Request, entry.GetProperty("justification").GetString());
        var batch = await at.Store.Changes.FollowAsync(before, Stop).FirstAsync(Stop);
        Assert.Equal(ordinals, batch.Ordinals);
        Assert.False((await at.Store.Index.OfAsync(batch.Ordinals, Stop).SingleAsync(Stop)).IsLive);
    }

    [Theory, OnEachDatabase]
    public async Task Nobody_erases_what_he_does_not_see(Database database)
    {
        await using var at = await CreateAsync(database);
        await at.ImportAsync("list", true, Person("1", "Ana", "org=bravo"));

        Assert.False(await at.Store.EraseAsync(Id("list", "1"), Analyst, Request, Stop));

        Assert.NotNull(await at.Store.For(Officer, Why).EntityAsync("test-1", "test", Stop));
    }

    private static async Task IsWholeAsync(TemporaryStore at)
    {
        await at.Store.WriteAsync(
            (c, t) =>
                c.ExecuteAsync("insert into search_text (search_text, rank) values ('integrity-check', 1)", null, t),
            Stop
        );
        var check = at.Store.ReadOwnAsync(c => c.ExecuteScalarAsync<string>("pragma integrity_check"), Stop);
        Assert.Equal("ok", await check);
        Assert.Null(await at.Store.Audit.VerifyAsync(Stop));
    }

    private static List<string> FilesWith(string folder, params IReadOnlyList<string> words) =>
        [
            .. from file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            let bytes = File.ReadAllBytes(file)
            from word in words
            from encoding in new[] { Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode }
            where bytes.AsSpan().IndexOf(encoding.GetBytes(word)) >= 0
            select $"{Path.GetFileName(file)} has {word} in {encoding.WebName}",
        ];
}
