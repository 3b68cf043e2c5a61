using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Lanthorn.Knowledge;
using Lanthorn.Storage;
using Lanthorn.Tests.Removal;
using Lanthorn.Tests.Storage;

namespace Lanthorn.Tests.Screening;

/// <summary>Pairs are found, put before a person in an order, decided, put off, taken back and remembered.</summary>
public sealed class ReviewTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, OnEachDatabase]
    public async Task A_pair_that_is_judged_the_same_becomes_one_and_taken_back_it_waits_again(Database database)
    {
        await using var server = await InstalledServer.StartAsync(Stop, on: database);
        using var ana = await Reviewer.SignedInAsync(server, "ana");
        await ana.ImportAsync("desk", Person("1", "Ermias Ghermay"), Person("2", "Bo Karlsson"));
        await ana.ImportAsync("list", Person("3", "Ermias Girmay"));

        var run = await ana.LookAsync("desk");
        Assert.Equal("finished 2 1 1", $"{run.GetProperty("state").GetString()} {Counts(run)}");
        Assert.Equal("test-1 test-3", await ana.NamesAsync());

        Assert.Equal("made", await ana.DecideAsync("same"));
        Assert.Equal(2, await ana.MembersAsync("test-1"));
        Assert.Null(await ana.NamesAsync());

        Assert.Equal(HttpStatusCode.NoContent, await ana.UndoAsync());
        Assert.Equal(1, await ana.MembersAsync("test-1"));
        Assert.Equal("test-1 test-3", await ana.NamesAsync());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await ana.UndoAsync());
    }

    [Theory, OnEachDatabase]
    public async Task What_decides_most_is_first_and_what_was_put_off_is_last(Database database)
    {
        await using var server = await InstalledServer.StartAsync(Stop, on: database);
        using var ana = await Reviewer.SignedInAsync(server, "ana");
        await ana.ImportAsync("desk", Person("1", "Ermias Ghermay"), Person("2", "Abdurrahman Milad"));
        await ana.ImportAsync("list", Person("3", "Ermias Ghermay"));
        await ana.ImportAsync("un-sc", Person("4", "Abdurrahman Milad"));
        await ana.LookAsync("desk");

        Assert.Equal(2, (await ana.NextAsync()).GetProperty("waiting").GetInt32());
        Assert.Equal("test-2 test-4", await ana.NamesAsync());
        Assert.Equal("skipped", await ana.DecideAsync("skip"));
        Assert.Equal("test-1 test-3", await ana.NamesAsync());
        Assert.Equal(2, (await ana.NextAsync()).GetProperty("waiting").GetInt32());
    }

    [Fact]
    public async Task A_pair_of_larger_entities_decides_more()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var ana = await Reviewer.SignedInAsync(server, "ana");
        await ana.ImportAsync("desk", Person("1", "Ermias Ghermay"), Person("2", "Abdurrahman Milad"));
        await ana.ImportAsync("list", Person("3", "Ermias Ghermay"), Person("4", "Abdurrahman Milad"));
        await ana.ImportAsync("port", Person("5", "Olaf Quist"), Person("6", "Rania Tell"));
        await ana.LookAsync("desk");
        foreach (var (left, right) in new[] { ("port 5", "port 6"), ("list 4", "port 5") })
            await JudgeAsync(ana, left, right, "same", HttpStatusCode.Created);

        var first = await ana.NextAsync();

        Assert.Equal("test-2 test-4", Reviewer.Names(first));
        Assert.Equal(4, first.GetProperty("pair").GetProperty("together").GetInt32());
    }

    [Theory, OnEachDatabase]
    public async Task A_false_hit_stays_away_until_a_record_says_something_else_that_counts(Database database)
    {
        var time = new HandTime();
        await using var server = await InstalledServer.StartAsync(Stop, time, on: database);
        using var ana = await Reviewer.SignedInAsync(server, "ana");
        await ana.ImportAsync("list", Person("3", "Ermias Girmay"));
        await ana.ImportAsync("desk", Person("1", "Ermias Ghermay"));
        await ana.LookAsync("desk");
        time.Move(TimeSpan.FromHours(1));
        Assert.Equal("made", await ana.DecideAsync("different", "his cousin"));
        Assert.Equal("0 0", await AgainAsync());

        await ana.ImportAsync("desk", Person("1", "Ermias Ghermay", "", ("notes", "seen at the harbour")));
        Assert.Equal("0 0", await AgainAsync());

        await ana.ImportAsync("desk", Person("1", "Ermias Ghermay", "", ("birthDate", "1980"), ("notes", "seen")));
        Assert.Equal("1 1", await AgainAsync());
        var back = (await ana.NextAsync()).GetProperty("pair").GetProperty("back");
        Assert.Equal(
            ["different", "ana", "his cousin"],
            new[] { "verdict", "by", "reason" }.Select(p => back.GetProperty(p).GetString())
        );
        Assert.Equal(["Birth date"], back.GetProperty("changed").EnumerateArray().Select(c => c.GetString()));

        Assert.Equal("made", await ana.DecideAsync("unsure"));
        Assert.Equal("0 0", await AgainAsync());

        async Task<string> AgainAsync()
        {
            time.Move(TimeSpan.FromHours(1));
            var found = (await ana.LookAsync("desk")).GetProperty("found").GetInt32();
            return $"{found} {(await ana.NextAsync()).GetProperty("waiting").GetInt32()}";
        }
    }

    [Fact]
    public async Task A_second_look_takes_what_came_since_the_first_alone()
    {
        var time = new HandTime();
        await using var server = await InstalledServer.StartAsync(Stop, time);
        using var ana = await Reviewer.SignedInAsync(server, "ana");
        await ana.ImportAsync("desk", Person("1", "Ermias Ghermay"), Person("2", "Ermias Girmay"));
        time.Move(TimeSpan.FromHours(1));
        Assert.Equal("2 1 1", Counts(await ana.LookAsync("desk", onlyNew: true)));
        time.Move(TimeSpan.FromHours(1));
        await ana.ImportAsync("desk", Person("3", "Bo Karlsson"));

        Assert.Equal("1 0 0", Counts(await ana.LookAsync("desk", onlyNew: true)));
        Assert.Equal("3 1 1", Counts(await ana.LookAsync("desk")));
    }

    [Theory]
    [InlineData(SubjectCategory.Victim)]
    [InlineData(SubjectCategory.Witness)]
    [InlineData(SubjectCategory.SmuggledMigrant)]
    [InlineData(SubjectCategory.Minor)]
    [InlineData(SubjectCategory.Informant)]
    [InlineData(SubjectCategory.Contact)]
    public async Task Nobody_who_is_protected_is_proposed(SubjectCategory category)
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var ana = await Reviewer.SignedInAsync(server, "ana");
        await ana.ImportAsync(
            "desk",
            Person("1", "Ermias Ghermay") with
            {
                Category = SubjectCategory.Suspect,
            },
            Person("2", "Bo Karlsson") with
            {
                Category = SubjectCategory.Suspect,
            }
        );
        await ana.ImportAsync(
            "list",
            Person("3", "Ermias Ghermay") with
            {
                Category = category,
            },
            Person("4", "Bo Karlsson")
        );

        Assert.Equal("2 1 1", Counts(await ana.LookAsync("desk")));
        Assert.Equal("test-2 test-4", await ana.NamesAsync());
    }

    [Fact]
    public async Task A_pair_is_for_the_account_alone_that_looked_for_it()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var ana = await Reviewer.SignedInAsync(server, "ana");
        using var ben = await Reviewer.SignedInAsync(server, "ben");
        await ana.ImportAsync("desk", Person("1", "Ermias Ghermay"), Person("2", "Ermias Girmay"));
        await ana.LookAsync("desk");
        var pair = (await ana.NextAsync()).GetProperty("pair").GetProperty("id").GetString();

        Assert.Null(await ben.NamesAsync());
        using var decided = await ben.Client.PostAsJsonAsync(
            $"{Reviewer.Route}/{pair}",
            new { verdict = "same", reason = "mine" },
            Stop
        );
        Assert.Equal(HttpStatusCode.NotFound, decided.StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await ben.UndoAsync());
        Assert.Equal(0, (await ben.GetAsync($"{Reviewer.Route}/runs")).GetArrayLength());
    }

    [Fact]
    public async Task What_somebody_judged_since_is_not_taken_back()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var ana = await Reviewer.SignedInAsync(server, "ana");
        using var ben = await Reviewer.SignedInAsync(server, "ben");
        await ana.ImportAsync("desk", Person("1", "Ermias Ghermay"), Person("2", "Ermias Girmay"));
        await ana.LookAsync("desk");
        await ana.DecideAsync("same");
        await JudgeAsync(ben, "desk 1", "desk 2", "different", HttpStatusCode.Created);

        Assert.Equal(HttpStatusCode.Conflict, await ana.UndoAsync());
        Assert.Equal(1, await ana.MembersAsync("test-1"));
    }

    [Fact]
    public async Task A_source_of_which_nothing_is_seen_is_not_looked_through()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var ana = await Reviewer.SignedInAsync(server, "ana");
        await ana.ImportAsync("theirs", Person("1", "Ermias Ghermay", "org=beta"));

        foreach (var source in new[] { "theirs", "nowhere", "No Code" })
        {
            using var begun = await ana.Client.PostAsJsonAsync($"{Reviewer.Route}/runs", new { source }, Stop);
            Assert.Equal(HttpStatusCode.NotFound, begun.StatusCode);
        }
    }

    [Fact]
    public async Task The_home_page_counts_what_waits_and_the_history_says_how_often_the_score_was_right()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var ana = await Reviewer.SignedInAsync(server, "ana");
        await ana.ImportAsync("desk", Person("1", "Ermias Ghermay"), Person("2", "Bo Karlsson"));
        await ana.ImportAsync("list", Person("3", "Ermias Ghermay"), Person("4", "Bo Karlsson"));
        await ana.LookAsync("desk");
        Assert.Contains("2 pairs", (await ana.GetAsync("/api/v1/home")).GetRawText(), StringComparison.Ordinal);

        await ana.DecideAsync("same", "one man");
        await ana.DecideAsync("different", "two men");

        var history = await ana.HistoryAsync();
        Assert.Equal(
            ["different two men in force", "same one man in force"],
            history
                .GetProperty("judgements")
                .EnumerateArray()
                .Select(j =>
                    $"{j.GetProperty("verdict").GetString()} {j.GetProperty("reason").GetString()} {j.GetProperty("state").GetString()}"
                )
                .Order(StringComparer.Ordinal)
        );
        var band = Assert.Single(history.GetProperty("agreement").GetProperty("bands").EnumerateArray());
        Assert.Equal(
            "1 1 0",
            string.Join(' ', new[] { "as_proposed", "otherwise", "unsure" }.Select(n => band.GetProperty(n).GetInt32()))
        );
        var csv = await ana.Client.GetStringAsync("/review/history.csv?filter=two", Stop);
        Assert.Contains("two men", csv, StringComparison.Ordinal);
        Assert.DoesNotContain("one man", csv, StringComparison.Ordinal);
    }

    private static IncomingRecord Person(string id, string name, string label = "", params (string, string)[] more) =>
        TemporaryStore.Person(id, name, label, more);

    private static string Counts(JsonElement run) =>
        string.Join(' ', new[] { "looked", "found", "kept" }.Select(n => run.GetProperty(n).GetInt32()));

    /// <param name="left">Source and external id.</param>
    internal static async Task JudgeAsync(
        Reviewer who,
        string left,
        string right,
        string verdict,
        HttpStatusCode expected
    )
    {
        using var answer = await who.Client.PostAsJsonAsync(
            "/api/v1/judgements",
            new
            {
                left = Reviewer.IdOf(left),
                right = Reviewer.IdOf(right),
                verdict,
                reason = "seen",
            },
            Stop
        );
        Assert.Equal(expected, answer.StatusCode);
    }
}
