using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Lanthorn.Knowledge;
using Lanthorn.Tests.Removal;
using Lanthorn.Tests.Storage;

namespace Lanthorn.Tests.Screening;

/// <summary>Saying that somebody is an entry of a sanctions list takes two people, from wherever it is said.</summary>
public sealed class FourEyesTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, OnEachDatabase]
    public async Task With_a_sanctions_list_the_same_waits_until_a_second_person_confirms_it(Database database)
    {
        await using var server = await InstalledServer.StartAsync(Stop, on: database);
        using var ana = await FilledAsync(server);
        using var ben = await Reviewer.SignedInAsync(server, "ben");

        Assert.Equal("waits", await ana.DecideAsync("same", "one passport"));
        Assert.Equal(1, await ana.MembersAsync("test-1"));
        Assert.Null(await ana.NamesAsync());
        var own = Assert.Single(await ana.WaitingAsync());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await ana.AnswerAsync(IdOf(own), agrees: true));

        var waiting = Assert.Single(await ben.WaitingAsync());
        Assert.Equal("ana one passport", $"{waiting.GetProperty("by")} {waiting.GetProperty("reason")}");
        Assert.Contains("1 judgement", (await ben.GetAsync("/api/v1/home")).GetRawText(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await ben.AnswerAsync(IdOf(waiting), agrees: true, " "));
        Assert.Equal(HttpStatusCode.NoContent, await ben.AnswerAsync(IdOf(waiting), agrees: true));

        Assert.Equal(2, await ana.MembersAsync("test-1"));
        Assert.Empty(await ana.WaitingAsync());
        Assert.Equal(HttpStatusCode.NotFound, await ben.AnswerAsync(IdOf(waiting), agrees: false));
        var history = await ana.HistoryAsync();
        Assert.Equal(
            ["ana same confirmed by ben", "ben confirms same confirmed by ben"],
            history
                .GetProperty("judgements")
                .EnumerateArray()
                .Select(j => $"{j.GetProperty("by")} {j.GetProperty("verdict")} {j.GetProperty("state")}")
                .Order(StringComparer.Ordinal)
        );
        var between = history.GetProperty("agreement").GetProperty("between");
        Assert.Equal(
            "1 1 0",
            $"{between.GetProperty("pairs")} {between.GetProperty("alike")} {between.GetProperty("apart")}"
        );
    }

    [Fact]
    public async Task Who_objects_says_why_and_the_pair_comes_back_with_it()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var ana = await FilledAsync(server);
        using var ben = await Reviewer.SignedInAsync(server, "ben");
        await ana.DecideAsync("same");

        var waiting = Assert.Single(await ben.WaitingAsync());
        Assert.Equal(HttpStatusCode.NoContent, await ben.AnswerAsync(IdOf(waiting), agrees: false, "two birthdays"));

        Assert.Equal(1, await ana.MembersAsync("test-1"));
        Assert.Equal("test-1 test-2", await ana.NamesAsync());
        Assert.Contains("two birthdays", await ana.Client.GetStringAsync("/review", Stop), StringComparison.Ordinal);
        var between = (await ben.HistoryAsync()).GetProperty("agreement").GetProperty("between");
        Assert.Equal(
            "1 0 1",
            $"{between.GetProperty("pairs")} {between.GetProperty("alike")} {between.GetProperty("apart")}"
        );
    }

    [Fact]
    public async Task What_waits_is_taken_back_by_whoever_proposed_it()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var ana = await FilledAsync(server);
        using var ben = await Reviewer.SignedInAsync(server, "ben");
        await ana.DecideAsync("same");

        Assert.Equal(HttpStatusCode.NoContent, await ana.UndoAsync());

        Assert.Empty(await ben.WaitingAsync());
        Assert.Equal("test-1 test-2", await ana.NamesAsync());
    }

    [Fact]
    public async Task It_holds_for_the_api_and_a_second_who_says_the_same_has_confirmed_it()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var ana = await FilledAsync(server);
        using var ben = await Reviewer.SignedInAsync(server, "ben");

        await ReviewTests.JudgeAsync(ana, "desk 1", "un-sc 2", "same", HttpStatusCode.Accepted);
        await ReviewTests.JudgeAsync(ana, "desk 1", "un-sc 2", "same", HttpStatusCode.Accepted);
        Assert.Equal(1, await ana.MembersAsync("test-1"));
        await ReviewTests.JudgeAsync(ben, "desk 1", "un-sc 2", "same", HttpStatusCode.Created);

        Assert.Equal(2, await ana.MembersAsync("test-1"));
        await ReviewTests.JudgeAsync(ana, "desk 1", "un-sc 2", "withdrawn", HttpStatusCode.Created);
        Assert.Equal(1, await ana.MembersAsync("test-1"));
    }

    [Fact]
    public async Task It_holds_for_many_at_once_and_by_way_of_a_third_record()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var ana = await FilledAsync(server);
        using var ben = await Reviewer.SignedInAsync(server, "ben");
        await ana.ImportAsync("list", TemporaryStore.Person("3", "Ermias Ghermay"));

        string[] three = ["un-sc 2", "desk 1", "list 3"];
        Assert.Equal(["False", "True waits", "True waits"], await PreviewAsync(three));
        Assert.Equal(["False", "True"], await PreviewAsync(["desk 1", "list 3"]));

        Assert.Equal("2 of 2", await BulkAsync(three));
        Assert.Empty(await ana.Client.GetFromJsonAsync<JsonElement[]>("/api/v1/bulk", Stop) ?? []);
        Assert.Equal(1, await ana.MembersAsync("test-2"));
        foreach (var waiting in (await ben.WaitingAsync()).Where(w => Names(w, "desk 1")))
            await ben.AnswerAsync(IdOf(waiting), agrees: true);
        Assert.Equal(2, await ana.MembersAsync("test-2"));

        await ReviewTests.JudgeAsync(ana, "desk 1", "list 3", "same", HttpStatusCode.Accepted);
        Assert.Equal(2, await ana.MembersAsync("test-2"));

        async Task<string> BulkAsync(params string[] names)
        {
            using var answer = await ana.Client.PostAsJsonAsync(
                "/api/v1/bulk",
                new
                {
                    act = "same",
                    records = names.Select(Reviewer.IdOf),
                    text = "one man",
                },
                Stop
            );
            var kept = await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
            return $"{kept.GetProperty("waiting")} of {names.Length - 1}";
        }

        async Task<IEnumerable<string>> PreviewAsync(string[] names)
        {
            using var answer = await ana.Client.PostAsJsonAsync(
                "/api/v1/bulk/preview",
                new { act = "same", records = names.Select(Reviewer.IdOf) },
                Stop
            );
            var lines = await answer.Content.ReadFromJsonAsync<JsonElement[]>(Stop) ?? [];
            return lines.Select(l =>
                $"{l.GetProperty("changes")}{(l.GetProperty("will").GetString()!.Contains("second person", StringComparison.Ordinal) ? " waits" : "")}"
            );
        }
    }

    [Fact]
    public async Task What_waits_is_for_people_of_the_organisation_who_see_both_records()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var ana = await FilledAsync(server, "org=alpha;tlp=amber");
        using var cy = await Reviewer.SignedInAsync(server, "cy", "beta");
        using var lo = new Reviewer(server, await server.SignedInAsync("lo", "editor", "alpha", Stop));
        await ana.DecideAsync("same");
        var waiting = Assert.Single(await ana.WaitingAsync());

        Assert.Empty(await cy.WaitingAsync());
        Assert.Equal(HttpStatusCode.NotFound, await cy.AnswerAsync(IdOf(waiting), agrees: true));
        Assert.Equal(HttpStatusCode.NotFound, await lo.AnswerAsync(IdOf(waiting), agrees: true));
    }

    [Theory, OnEachDatabase]
    public async Task What_waits_goes_when_a_record_of_it_is_erased(Database database)
    {
        await using var server = await InstalledServer.StartAsync(Stop, on: database);
        using var ana = await FilledAsync(server);
        await ana.DecideAsync("same", "kvarnholm says so");
        var viewer = await server.ViewerOfAsync("ana", Stop);

        Assert.True(RecordId.TryParse(Reviewer.IdOf("desk 1"), out var record));
        Assert.True(await server.Store.EraseAsync(record, viewer, "asked", Stop));

        Assert.Empty(await ana.WaitingAsync());
        Assert.Equal(0, (await ana.HistoryAsync()).GetProperty("judgements").GetArrayLength());
        Assert.Equal(0, await server.Store.ReadOwnAsync(c => CountAsync(c), Stop));

        static async Task<long> CountAsync(System.Data.Common.DbConnection connection)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "select count(*) from proposed_judgement";
            return (long)(await command.ExecuteScalarAsync(Stop))!;
        }
    }

    /// <summary>Ana with a record of her desk and one of a list that could be the same, in her review.</summary>
    private static async Task<Reviewer> FilledAsync(InstalledServer server, string label = "")
    {
        var ana = await Reviewer.SignedInAsync(server, "ana");
        await ana.ImportAsync("desk", TemporaryStore.Person("1", "Ermias Ghermay", label));
        await ana.ImportAsync("un-sc", TemporaryStore.Person("2", "Ermias Girmay"));
        await ana.LookAsync("desk");
        return ana;
    }

    private static long IdOf(JsonElement waiting) => waiting.GetProperty("id").GetInt64();

    private static bool Names(JsonElement waiting, string record) =>
        waiting.GetProperty("pair").GetString()!.Contains(Reviewer.IdOf(record), StringComparison.Ordinal);
}
