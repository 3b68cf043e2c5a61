using System.Net;
using System.Text.RegularExpressions;
using Lanthorn.Knowledge;
using Lanthorn.Tests.Governance;
using Lanthorn.Tests.Removal;
using Lanthorn.Tests.Storage;

namespace Lanthorn.Tests.Screening;

/// <summary>What a viewer may not see changes nothing in his review; and the pages work as a browser without script asks for them.</summary>
public sealed partial class ReviewSightTests
{
    private static readonly string[] Asked =
    [
        $"{Reviewer.Route}/next",
        $"{Reviewer.Route}/runs",
        $"{Reviewer.Route}/history",
        "/review",
        "/review/waiting",
        "/review/history",
        "/review/history.csv",
        "/api/v1/home",
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [OnEachDatabase(3)]
    public async Task A_review_is_that_of_a_store_without_what_is_hidden(Database database, int seed)
    {
        var world = new RandomWorld(seed);
        await using var whole = await InstalledServer.StartAsync(Stop, on: database);
        await using var removed = await InstalledServer.StartAsync(Stop, on: database);
        using var one = await Reviewer.SignedInAsync(whole, "ana");
        using var other = await Reviewer.SignedInAsync(removed, "ana");
        var viewer = await whole.ViewerOfAsync("ana", Stop);
        await world.WriteAsync(whole.Store, _ => true, seed, Stop);
        await world.WriteAsync(removed.Store, label => Label.Sees(viewer, label), seed + 100, Stop);
        await whole.CaughtUpAsync(one.Client, Stop);
        await removed.CaughtUpAsync(other.Client, Stop);
        foreach (var source in new[] { "list-one", "desk-notes" })
        foreach (var reviewer in new[] { one, other })
            await reviewer.LookAsync(source);
        Assert.InRange((await one.NextAsync()).GetProperty("waiting").GetInt32(), 4, int.MaxValue);

        foreach (var verdict in new[] { "same", "skip", "different", "unsure" })
        {
            foreach (var path in Asked)
                Assert.Equal(await SaidAsync(other, path), await SaidAsync(one, path));
            Assert.Equal(await other.DecideAsync(verdict), await one.DecideAsync(verdict));
        }
        foreach (var path in Asked)
            Assert.Equal(await SaidAsync(other, path), await SaidAsync(one, path));
    }

    [Theory, OnEachDatabase]
    public async Task A_pair_of_which_one_record_is_no_longer_seen_is_gone(Database database)
    {
        await using var server = await InstalledServer.StartAsync(Stop, on: database);
        using var ana = await Reviewer.SignedInAsync(server, "ana");
        await ana.ImportAsync("desk", TemporaryStore.Person("1", "Ermias Ghermay"));
        await ana.ImportAsync("list", TemporaryStore.Person("2", "Ermias Ghermay"));
        await ana.LookAsync("desk");
        Assert.Equal("test-1 test-2", await ana.NamesAsync());
        var pair = (await ana.NextAsync()).GetProperty("pair").GetProperty("id").GetString();

        await ana.ImportAsync("list", TemporaryStore.Person("2", "Ermias Ghermay", "org=beta"));

        Assert.Null(await ana.NamesAsync());
        using var decided = await ana.Client.PostAsync(
            $"{Reviewer.Route}/{pair}",
            System.Net.Http.Json.JsonContent.Create(new { verdict = "same", reason = "seen before" }),
            Stop
        );
        Assert.Equal(HttpStatusCode.NotFound, decided.StatusCode);
    }

    [Fact]
    public async Task A_worklist_counts_only_under_the_sight_under_which_it_was_made()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var ana = await Reviewer.SignedInAsync(server, "ana");
        await ana.ImportAsync(
            "desk",
            TemporaryStore.Person("1", "Ermias Ghermay"),
            TemporaryStore.Person("2", "Ermias Girmay")
        );
        await ana.LookAsync("desk");
        Assert.NotNull(await ana.NamesAsync());

        await server.Accounts.LetIntoAsync("ana", "deep", Stop);

        Assert.Null(await ana.NamesAsync());
        Assert.Equal(0, (await ana.GetAsync($"{Reviewer.Route}/runs")).GetArrayLength());
        await ana.LookAsync("desk");
        Assert.NotNull(await ana.NamesAsync());
    }

    [Fact]
    public async Task The_buttons_of_the_page_decide_and_take_back_without_script()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var ana = await Browser.SignedInAsync(server, "ana");
        using var ben = await Reviewer.SignedInAsync(server, "ben");
        await ben.ImportAsync(
            "desk",
            TemporaryStore.Person("1", "Ermias Ghermay"),
            TemporaryStore.Person("2", "Ermias Girmay")
        );
        using var reason = await ana.SendFormAsync(
            "/review",
            "/account/reason",
            new() { ["justification"] = "test", ["back"] = "/review" }
        );

        using var begun = await ana.SendFormAsync("/review", "/review/runs", new() { ["source"] = "desk" });
        Assert.Equal("/review", begun.Headers.Location?.ToString());
        string page;
        do page = await PageAsync("/review");
        while (!page.Contains("1 pair waits", StringComparison.Ordinal));
        Assert.Contains("data-key=\"s\"", page, StringComparison.Ordinal);

        var fields = new Dictionary<string, string>
        {
            ["pair"] = Pair().Match(page).Groups[1].Value,
            ["verdict"] = "different",
            ["reason"] = "two men",
        };
        using var decided = await ana.SendFormAsync("/review", "/review/decide", fields);
        Assert.Equal("/review?done=different", decided.Headers.Location?.ToString());
        Assert.Contains("No pair waits", await PageAsync("/review?done=different"), StringComparison.Ordinal);
        Assert.Contains("two men", await PageAsync("/review/history"), StringComparison.Ordinal);

        using var undone = await ana.SendFormAsync("/review", "/review/undo", []);
        Assert.Equal("/review?done=undone", undone.Headers.Location?.ToString());
        Assert.Contains("1 pair waits", await PageAsync("/review"), StringComparison.Ordinal);

        async Task<string> PageAsync(string path)
        {
            using var answer = await ana.GetAsync(path);
            return await answer.Content.ReadAsStringAsync(Stop);
        }
    }

    private static async Task<string> SaidAsync(Reviewer who, string path)
    {
        using var answer = await who.Client.GetAsync(path, Stop);
        var body = await answer.Content.ReadAsStringAsync(Stop);
        return $"{answer.StatusCode} {Changing().Replace(body, "")}";
    }

    [GeneratedRegex("127\\.0\\.0\\.1:[0-9]+|name=\"__RequestVerificationToken\" value=\"[^\"]*\"")]
    private static partial Regex Changing();

    [GeneratedRegex("name=\"pair\" value=\"([^\"]+)\"")]
    private static partial Regex Pair();
}
