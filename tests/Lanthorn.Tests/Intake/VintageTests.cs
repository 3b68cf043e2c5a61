using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Lanthorn.Intake;
using Lanthorn.Intake.Vintages;
using Lanthorn.Knowledge;
using Lanthorn.Storage;
using Lanthorn.Tests.Removal;
using Lanthorn.Tests.Storage;

namespace Lanthorn.Tests.Intake;

/// <summary>What changed between two vintages of a source.</summary>
public sealed partial class VintageTests
{
    private const string Tips = "tips";
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static SourceCode Source => SourceCode.Parse(Tips).Value;

    private static Reading ReadingOf(TemporaryStore at, Viewer viewer) => at.Store.For(viewer, TemporaryStore.Why);

    /// <summary>Writes a complete edition and gives its vintage.</summary>
    private static async Task<long> WriteAsync(TemporaryStore at, params IReadOnlyList<IncomingRecord> records)
    {
        var start = new ImportStart(Source, TemporaryStore.Analyst, "test", IsComplete: true, []);
        var writer = await at.Store.BeginImportAsync(start, Stop);
        await writer.WriteAsync(records, Stop);
        await writer.FinishAsync(Stop);
        return writer.ImportId;
    }

    private static async Task<Reading.ChangePage> CompareAsync(TemporaryStore at, long from, long to) =>
        await ReadingOf(at, TemporaryStore.Analyst).ChangesAsync(new(Source, from, to), null, (0, 1_000), "test", Stop);

    [Theory]
    [OnEachDatabase(1)]
    [OnEachDatabase(2)]
    public async Task The_changes_from_one_vintage_to_another_turn_the_one_into_the_other(Database database, int seed)
    {
        const int editions = 6;
        var random = new Random(seed);
        await using var at = await TemporaryStore.CreateAsync(database, new HandTime());
        var written = new List<(long Vintage, Dictionary<string, string> People)> { (0, []) };
        for (var edition = 0; edition < editions; edition++)
        {
            // Few names, so that contents come back; an empty edition would end nothing.
            var people = Enumerable
                .Range(0, 12)
                .Where(i => i == 0 || random.Next(3) > 0)
                .ToDictionary(i => $"p-{i}", _ => $"Name {(char)('A' + random.Next(3))}");
            written.Add((await WriteAsync(at, [.. people.Select(p => TemporaryStore.Person(p.Key, p.Value))]), people));
        }

        foreach (var (from, before) in written)
        foreach (var (to, after) in written.Where(w => w.Vintage >= from))
        {
            var page = await CompareAsync(at, from, to);
            var applied = new Dictionary<string, string>(before);
            foreach (var change in page.Changes)
            {
                var id = change.Record.ExternalId;
                Assert.Equal(before.GetValueOrDefault(id), change.Before?.Properties.First("name"));
                Assert.NotEqual(change.Before?.Properties.First("name"), change.After?.Properties.First("name"));
                applied.Remove(id);
                if (change.After is { } now)
                    applied[id] = now.Properties.First("name")!;
            }
            Assert.Equal(after.OrderBy(p => p.Key), applied.OrderBy(p => p.Key));
            Assert.Equal((page.Changes.Count, page.Changes.Count), (page.Total, (int)page.Counts.Total));
        }
    }

    [Theory, OnEachDatabase]
    public async Task The_same_edition_again_makes_no_change(Database database)
    {
        await using var at = await TemporaryStore.CreateAsync(database);
        IncomingRecord[] edition = [TemporaryStore.Person("1", "Ana"), TemporaryStore.Person("2", "Bo")];
        var first = await WriteAsync(at, edition);
        var second = await WriteAsync(at, edition);

        Assert.Equal(new(0, 0, 0), (await CompareAsync(at, first, second)).Counts);
        Assert.Equal(new(0, 0, 0), (await CompareAsync(at, second, second)).Counts);
        Assert.Equal(new(2, 0, 0), (await CompareAsync(at, 0, second)).Counts);
    }

    [Theory, OnEachDatabase]
    public async Task A_change_says_which_values_were_there_before_and_which_are_now(Database database)
    {
        await using var at = await TemporaryStore.CreateAsync(database);
        var before = TemporaryStore.Person("1", "Ana", "", ("nationality", "ly"), ("notes", "tall"));
        var after = TemporaryStore.Person("1", "Ana", "", ("nationality", "ly"), ("nationality", "er")) with
        {
            PublishedAt = new DateOnly(2026, 1, 2),
        };
        var (from, to) = (await WriteAsync(at, before), await WriteAsync(at, after));

        var changed = ChangedRecord.Of(Assert.Single((await CompareAsync(at, from, to)).Changes));

        Assert.Equal(("changed", "Ana", "test-1"), (changed.Change, changed.Caption, changed.Id));
        Assert.Equal(
            ["record.publishedAt:  → 2026-01-02", "nationality: ly → er,ly", "notes: tall → "],
            changed.Changes.Select(c =>
                $"{c.Property}: {string.Join(',', c.Before)} → {string.Join(',', c.After.Order())}"
            )
        );
    }

    [Theory, OnEachDatabase]
    public async Task A_record_that_the_viewer_may_not_see_is_in_no_change_and_no_count(Database database)
    {
        await using var at = await TemporaryStore.CreateAsync(database);
        IncomingRecord Hidden(string name) => TemporaryStore.Person("h", name, "purpose=enforcement;org=bravo");
        var seen = TemporaryStore.Person("s", "Seen", "purpose=enforcement");
        var first = await WriteAsync(at, seen, Hidden("One"), Hidden("Two") with { ExternalId = "h2" });
        var second = await WriteAsync(at, seen, Hidden("Other"));

        var mine = await CompareAsync(at, 0, second);
        var theirs = await ReadingOf(at, TemporaryStore.Officer)
            .ChangesAsync(new(Source, first, second), null, (0, 10), "test", Stop);

        Assert.Equal(new(1, 0, 0), mine.Counts);
        Assert.Equal("Seen", Assert.Single(mine.Changes).Record.Properties.First("name"));
        Assert.Equal(new(0, 0, 0), (await CompareAsync(at, first, second)).Counts);
        Assert.Equal(new(0, 1, 1), theirs.Counts);
    }

    [Theory, OnEachDatabase]
    public async Task Both_versions_of_what_is_shown_stand_in_the_log(Database database)
    {
        await using var at = await TemporaryStore.CreateAsync(database);
        var (from, to) = (
            await WriteAsync(at, TemporaryStore.Person("1", "Ana")),
            await WriteAsync(at, TemporaryStore.Person("1", "Anna"))
        );

        await CompareAsync(at, from, to);

        var entry = (await at.Store.Audit.ListAsync(null, 1, 0, Stop))[0].Body;
        var id = TemporaryStore.Id(Tips, "1");
        Assert.Equal(
            [$"{id}:1", $"{id}:2"],
            entry.GetProperty("versions").EnumerateArray().Select(v => v.GetString()).Order()
        );
    }

    [Theory, OnEachDatabase]
    public async Task An_undone_import_is_as_if_it_had_not_been(Database database)
    {
        await using var at = await TemporaryStore.CreateAsync(database);
        var first = await WriteAsync(at, TemporaryStore.Person("1", "Ana"), TemporaryStore.Person("2", "Bo"));
        var wrong = await WriteAsync(at, TemporaryStore.Person("1", "Wrong"));
        var order = new UndoOrder(
            wrong,
            TemporaryStore.Analyst,
            TemporaryStore.Why,
            "wrong file",
            (_, _, _) => Task.CompletedTask
        );
        await new ImportUndo(at.Store).RunAsync(order, Stop);
        var right = await WriteAsync(at, TemporaryStore.Person("1", "Ana"), TemporaryStore.Person("3", "Cy"));

        var page = await CompareAsync(at, first, right);

        Assert.Equal(new(1, 0, 1), page.Counts);
    }

    /// <summary>A server on which ana of alpha imports, and olu of bravo.</summary>
    private static async Task ImportAsync(InstalledServer server, string who, ImportRequest request)
    {
        var work = (await server.Accounts.WorkOfAsync(who, "test", Stop))!;
        var outcome = await new ImportFiles(server.Store).HandleAsync(work, request, progress: null, Stop);
        Assert.Null(outcome.Failure);
    }

    private static ImportRequest Edition(string source, string? label, params (string Id, string Name)[] people) =>
        new(IntakeFolder.Files(string.Concat(people.Select(p => IntakeFolder.Person(p.Id, p.Name)))), source)
        {
            Format = "ftm",
            Label = label,
            IsComplete = true,
        };

    [Theory, OnEachDatabase]
    public async Task Every_answer_about_vintages_is_that_of_a_store_without_what_is_hidden(Database database)
    {
        await using var whole = await InstalledServer.StartAsync(Stop, on: database);
        await using var removed = await InstalledServer.StartAsync(Stop, on: database);
        using var one = await whole.SignedInAsync("ana", "analyst", "alpha", Stop);
        using var other = await removed.SignedInAsync("ana", "analyst", "alpha", Stop);
        using var olu = await whole.SignedInAsync("olu", "analyst", "bravo", Stop);
        foreach (var server in new[] { whole, removed })
        {
            await ImportAsync(server, "ana", Edition("tips", null, ("t-1", "Ana"), ("t-2", "Bo")));
            if (server == whole)
            {
                await ImportAsync(server, "olu", Edition("theirs", null, ("h-1", "Hidden")));
                await ImportAsync(server, "olu", Edition("un-sc", "purpose=enforcement;org=bravo", ("h-2", "Hidden")));
            }
            await ImportAsync(server, "ana", Edition("tips", null, ("t-1", "Anna"), ("t-3", "Cy")));
        }
        await NewsAsync(one, 2);
        await NewsAsync(other, 2);

        var answered = 0;
        foreach (var source in new[] { "tips", "theirs", "un-sc", "nowhere" })
        foreach (
            var path in new[]
            {
                "/api/v1/sources/changes",
                $"/api/v1/sources/{source}",
                $"/api/v1/sources/{source}/vintages",
                $"/api/v1/sources/{source}/changes",
                $"/api/v1/sources/{source}/changes?from=none&kind=added",
                $"/sources/{source}/changes",
                $"/sources/{source}/changes.csv?from=none",
            }
        )
        {
            var (first, second) = (await AnswerAsync(one, path), await AnswerAsync(other, path));
            Assert.True(first == second, $"{path}\nwhole:   {first}\nremoved: {second}");
            Assert.DoesNotContain("Hidden", first, StringComparison.Ordinal);
            answered += first.StartsWith("OK", StringComparison.Ordinal) ? 1 : 0;
        }
        Assert.InRange(answered, 10, int.MaxValue);
        Assert.Contains("Hidden", await AnswerAsync(olu, "/api/v1/sources/theirs/changes"), StringComparison.Ordinal);
    }

    [Theory, OnEachDatabase]
    public async Task Changes_are_read_as_json_page_table_and_feed(Database database)
    {
        await using var server = await InstalledServer.StartAsync(Stop, on: database);
        using var client = await server.SignedInAsync("ana", "analyst", "alpha", Stop);
        await ImportAsync(server, "ana", Edition("tips", null, ("t-1", "=Ana"), ("t-2", "Bo")));
        await ImportAsync(server, "ana", Edition("tips", null, ("t-1", "=Anna"), ("t-3", "Cy")));

        var feed = await NewsAsync(client, 2);
        var changes = await client.GetFromJsonAsync<JsonElement>("/api/v1/sources/tips/changes", Stop);
        var page = await client.GetStringAsync("/sources/tips/changes", Stop);
        var table = await client.GetStringAsync("/sources/tips/changes.csv", Stop);
        var ended = await client.GetFromJsonAsync<JsonElement>("/api/v1/sources/tips/changes?kind=ended", Stop);
        using var unknown = await client.GetAsync("/api/v1/sources/tips/changes?kind=odd", Stop);
        using var wrongOrder = await client.GetAsync(
            $"/api/v1/sources/tips/changes?to={changes.GetProperty("from").GetProperty("id")}&from={changes.GetProperty("to").GetProperty("id")}",
            Stop
        );

        Assert.Equal(
            ("tips: 1 added, 1 changed, 1 ended", "tips: 2 added, 0 changed, 0 ended"),
            (feed[0].GetProperty("title").GetString(), feed[1].GetProperty("title").GetString())
        );
        var counts = changes.GetProperty("counts");
        Assert.Equal(
            (1, 1, 1, 3),
            (
                counts.GetProperty("added").GetInt32(),
                counts.GetProperty("changed").GetInt32(),
                counts.GetProperty("ended").GetInt32(),
                changes.GetProperty("total").GetInt32()
            )
        );
        Assert.Equal("t-2", Assert.Single(ended.GetProperty("results").EnumerateArray()).GetProperty("id").GetString());
        Assert.Contains("=Anna", page, StringComparison.Ordinal);
        Assert.Contains("changed,t-1,t-1,Person,'=Anna,name,'=Ana,'=Anna\r\n", table, StringComparison.Ordinal);
        Assert.Equal(
            (HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity),
            (unknown.StatusCode, wrongOrder.StatusCode)
        );
    }

    /// <summary>The items of the feed, once the outbox has told of so many vintages.</summary>
    private static async Task<List<JsonElement>> NewsAsync(HttpClient client, int count)
    {
        while (true)
        {
            var feed = await client.GetFromJsonAsync<JsonElement>("/api/v1/sources/changes", Stop);
            if (feed.GetProperty("items").GetArrayLength() >= count)
                return [.. feed.GetProperty("items").EnumerateArray()];
            await Task.Delay(20, Stop);
        }
    }

    private static async Task<string> AnswerAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path, Stop);
        var body = await answer.Content.ReadAsStringAsync(Stop);
        return $"{answer.StatusCode} {Varying().Replace(body, "")}";
    }

    /// <summary>Ids of imports are made by chance, ports by the system.</summary>
    [GeneratedRegex("[0-9a-f]{32}|127.0.0.1:[0-9]+|name=\"__RequestVerificationToken\" value=\"[^\"]*\"")]
    private static partial Regex Varying();
}
