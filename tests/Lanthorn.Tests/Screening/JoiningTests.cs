using System.Globalization;
using System.Net;
using System.Text.Json;
using Lanthorn.Knowledge;
using Lanthorn.Matching;
using Lanthorn.Program;
using Lanthorn.Screening.Reviewing;
using Lanthorn.Storage;
using Lanthorn.Tests.Removal;
using Lanthorn.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Lanthorn.Tests.Screening;

/// <summary>What a program may join by itself, what it may not, and how it is taken apart.</summary>
[Collection(CommandLineCollection.Name)]
public sealed class JoiningTests
{
    private const string Born = "1985-04-12";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, OnEachDatabase]
    public async Task What_a_date_of_birth_confirms_is_joined_in_the_programs_name_and_the_rest_waits_for_a_person(
        Database database
    )
    {
        await using var server = await InstalledServer.StartAsync(Stop, on: database);
        using var ana = await Reviewer.SignedInAsync(server, "ana");
        await ana.ImportAsync("desk", Person("1", "Ermias Ghermay", Born), Person("2", "Bo Karlsson"));
        await ana.ImportAsync("list", Person("3", "Ermias Ghermay", Born), Person("4", "Bo Karlsson"));

        var run = await ana.LookAsync("desk", join: true);

        Assert.Equal("1 1", $"{run.GetProperty("joined")} {run.GetProperty("found")}");
        Assert.Equal(2, await ana.MembersAsync("test-1"));
        Assert.Equal("test-2 test-4", await ana.NamesAsync());
        var joined = Assert.Single((await ana.GetAsync($"{Reviewer.Route}/joined")).EnumerateArray());
        Assert.Equal("machine, lanthorn-v1", joined.GetProperty("by").GetString());
        Assert.InRange(joined.GetProperty("score").GetDouble(), JoinSure.LeastScore, 1);
        Assert.Equal([1, 1], joined.GetProperty("apart").EnumerateArray().Select(a => a.GetInt32()));
        var page = await ana.Client.GetStringAsync("/review/joined", Stop);
        Assert.Contains("machine, lanthorn-v1", page, StringComparison.Ordinal);

        Assert.Equal(0, (await ana.LookAsync("desk", join: true)).GetProperty("joined").GetInt32());
    }

    [Fact]
    public async Task A_persons_word_takes_apart_what_the_program_joined_for_good()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var ana = await Reviewer.SignedInAsync(server, "ana");
        await ana.ImportAsync("desk", Person("1", "Ermias Ghermay", Born), Person("2", "Ermias Ghermay", Born));
        await ana.LookAsync("desk", join: true);

        await ReviewTests.JudgeAsync(ana, "desk 1", "desk 2", "different", HttpStatusCode.Created);
        Assert.Equal(1, await ana.MembersAsync("test-1"));

        Assert.Equal(0, (await ana.LookAsync("desk", join: true)).GetProperty("joined").GetInt32());
        Assert.Equal(1, await ana.MembersAsync("test-1"));
        Assert.Equal(0, (await ana.GetAsync($"{Reviewer.Route}/joined")).GetArrayLength());
    }

    [Theory]
    [InlineData("org=alpha", "", "of one organisation with what is for all")]
    [InlineData("org=alpha", "org=alpha|beta", "of one organisation with what two share")]
    [InlineData("org=alpha;compartment=deep", "org=alpha", "out of a compartment")]
    public async Task The_program_never_joins_records_of_different_owners(string one, string other, string what)
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var ana = await Reviewer.SignedInAsync(server, "ana");
        await ana.ImportAsync("desk", Person("1", "Ermias Ghermay", Born, one));
        await ana.ImportAsync("list", Person("3", "Ermias Ghermay", Born, other));

        if (what == "out of a compartment")
        {
            var everyone = await FindAsync(server, "deep", new(SourceCode.Parse("desk").Value, null, Joins: true));
            Assert.Equal("0 1", $"{everyone.Progress.Joined} {everyone.Progress.Found}");
            return;
        }
        Assert.Equal(0, (await ana.LookAsync("desk", join: true)).GetProperty("joined").GetInt32());
        Assert.Equal("test-1 test-3", await ana.NamesAsync());
    }

    [Theory]
    [InlineData(SubjectCategory.Victim)]
    [InlineData(SubjectCategory.Witness)]
    [InlineData(SubjectCategory.SmuggledMigrant)]
    [InlineData(SubjectCategory.Minor)]
    public async Task Safeguard_1_the_program_joins_nobody_who_is_protected(SubjectCategory category)
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var ana = await Reviewer.SignedInAsync(server, "ana");
        await ana.ImportAsync(
            "desk",
            Person("1", "Ermias Ghermay", Born) with
            {
                Category = category,
            },
            Person("2", "Ermias Ghermay", Born) with
            {
                Category = category,
            }
        );

        Assert.Equal(0, (await ana.LookAsync("desk", join: true)).GetProperty("joined").GetInt32());
        Assert.Equal(1, await ana.MembersAsync("test-1"));
    }

    [Fact]
    public async Task A_corrected_birth_date_takes_the_programs_joining_back()
    {
        var time = new HandTime();
        await using var server = await InstalledServer.StartAsync(Stop, time);
        using var ana = await Reviewer.SignedInAsync(server, "ana");
        await ana.ImportAsync("desk", Person("1", "Ermias Ghermay", Born), Person("2", "Ermias Ghermay", Born));
        await ana.LookAsync("desk", join: true);
        Assert.Equal(2, await ana.MembersAsync("test-1"));

        time.Move(TimeSpan.FromHours(1));
        await ana.ImportAsync("desk", Person("2", "Ermias Ghermay", "1991-11-30"));
        await ana.LookAsync("desk", onlyNew: true, join: true);

        Assert.Equal(1, await ana.MembersAsync("test-1"));
    }

    [Fact]
    public async Task A_chain_of_joins_does_not_hold_together_what_contradicts_itself()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var ana = await Reviewer.SignedInAsync(server, "ana");
        // The second shares a passport with the first and the birth date with the third; the first and the third share nothing.
        await ana.ImportAsync(
            "desk",
            Person("1", "Yonas Tesfay", "1970-01-02", "", ("passportNumber", "EP1234567")),
            Person("2", "Yonas Tesfay", "1970-01-02", "", ("passportNumber", "EP1234567"), ("alias", "Rami Haddad")),
            Person("3", "Rami Haddad", "1970-01-02")
        );

        var run = await ana.LookAsync("desk", join: true);

        Assert.Equal(2, run.GetProperty("joined").GetInt32());
        Assert.Equal(2, await ana.MembersAsync("test-1"));
        Assert.Equal(1, await ana.MembersAsync("test-3"));
    }

    [Fact]
    public async Task A_stopped_search_keeps_what_it_found_goes_on_behind_it_and_looks_again_at_what_changed_since()
    {
        var time = new HandTime();
        await using var server = await InstalledServer.StartAsync(Stop, time);
        using var ana = await Reviewer.SignedInAsync(server, "ana");
        var source = SourceCode.Parse("desk").Value;
        await ana.ImportAsync("desk", Person("a", "Salim Old", Born), Person("b", "Salim Old", Born));
        time.Move(TimeSpan.FromHours(1));
        await ana.ImportAsync("desk", [.. Enumerable.Range(0, 150).Select(i => Person($"{i}", $"Nobody Number{i}"))]);
        time.Move(TimeSpan.FromHours(1));
        await ana.ImportAsync("desk", Person("c", "Bo Karlsson"), Person("d", "Bo Karlson"));
        time.Move(TimeSpan.FromHours(1));
        FindPairs.Progress? last = null;
        var began = time.GetUtcNow();
        await Assert.ThrowsAsync<OperationCanceledException>(() =>
            FindAsync(server, "ana", new(source, null, Joins: true), StopAfterOne)
        );
        Assert.Equal("100 0", $"{last!.Looked} {last.Joined}");
        Assert.NotNull(await ana.NamesAsync());
        time.Move(TimeSpan.FromHours(1));
        await ana.ImportAsync("desk", Person("7", "Ermias Ghermay", Born), Person("8", "Ermias Ghermay", Born));

        var answer = await FindAsync(server, "ana", new(source, null, Joins: true, new(began, last.Reached!.Value)));

        Assert.InRange(answer.Progress.Looked, 54, 56);
        Assert.Equal(2, answer.Progress.Joined);
        Assert.Equal(2, await ana.MembersAsync("test-a"));

        Task StopAfterOne(FindPairs.Progress progress)
        {
            last = progress;
            throw new OperationCanceledException();
        }
    }

    [Fact]
    public async Task Who_is_protected_later_is_taken_out_of_what_the_program_joined()
    {
        var time = new HandTime();
        await using var server = await InstalledServer.StartAsync(Stop, time);
        using var ana = await Reviewer.SignedInAsync(server, "ana");
        await ana.ImportAsync("desk", Person("1", "Ermias Ghermay", Born), Person("2", "Ermias Ghermay", Born));
        await ana.LookAsync("desk", join: true);
        time.Move(TimeSpan.FromHours(1));

        await ana.ImportAsync("desk", Person("2", "Ermias Ghermay", Born) with { Category = SubjectCategory.Victim });
        await ana.LookAsync("desk", onlyNew: true, join: true);

        Assert.Equal(1, await ana.MembersAsync("test-1"));
    }

    [Fact]
    public async Task Who_does_not_see_the_record_between_is_told_the_same_as_if_it_were_not_there()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var ana = await Reviewer.SignedInAsync(server, "ana");
        await ana.ImportAsync(
            "desk",
            Person("1", "Ermias Ghermay", Born),
            Person("2", "Ermias Ghermay", Born, "tlp=amber"),
            Person("3", "Ermias Ghermay", Born)
        );

        var run = await ana.LookAsync("desk", join: true);

        // Each of the three pairs by itself, not two of them and the third by way of the second.
        Assert.Equal(3, run.GetProperty("joined").GetInt32());
    }

    [Fact]
    public async Task The_verb_joins_and_tells_which_records_are_one()
    {
        var folder = Directory.CreateTempSubdirectory("lanthorn-joining-");
        try
        {
            var data = Path.Combine(folder.FullName, "data");
            var file = Path.Combine(folder.FullName, "people.csv");
            await File.WriteAllTextAsync(
                file,
                "id,name,born\n1,Ermias Ghermay,1985-04-12\n2,Ermias Ghermay,1985-04-12\n3,Bo Karlsson,1970-01-01\n",
                Stop
            );
            var mapping = Path.Combine(folder.FullName, "people.yml");
            await File.WriteAllTextAsync(
                mapping,
                "schema: Person\nid: id\nproperties:\n  name: name\n  birthDate: born\n",
                Stop
            );
            var groups = Path.Combine(folder.FullName, "clusters.csv");
            await RunAsync("import", file, "--source", "desk", "--mapping", mapping, "--data", data);

            var told = await RunAsync("dedupe", "--out", groups, "--data", data, "--json");

            using var summary = JsonDocument.Parse(told);
            Assert.Equal(
                "3 2 1",
                string.Join(
                    ' ',
                    new[] { "records", "clusters", "joined" }.Select(n => summary.RootElement.GetProperty(n).GetInt32())
                )
            );
            var rows = (await File.ReadAllLinesAsync(groups, Stop)).Skip(1).Select(l => l.Split(',')).ToList();
            Assert.Equal(["desk-1", "desk-2", "desk-3"], rows.Select(r => r[0]).Order(StringComparer.Ordinal));
            Assert.Single(rows.Where(r => r[0] != "desk-3").Select(r => r[1]).Distinct());
            Assert.All(
                rows,
                r => Assert.InRange(double.Parse(r[2], CultureInfo.InvariantCulture), JoinSure.LeastScore, 1)
            );
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_name_alone_is_never_sure()
    {
        var person = Prepared(("name", "Ermias Ghermay"));
        var dated = Prepared(("name", "Ermias Ghermay"), ("birthDate", Born));

        Assert.False(JoinSure.IsSure(Scorer.Compare(person, person, ScoreSettings.Default)));
        Assert.False(JoinSure.IsSure(Scorer.Compare(person, dated, ScoreSettings.Default)));
        Assert.True(JoinSure.IsSure(Scorer.Compare(dated, dated, ScoreSettings.Default)));
    }

    [Theory]
    [InlineData("1984", "1984")]
    [InlineData("1984", "1984-03-02")]
    [InlineData("1984-03", "1984-03-02")]
    [InlineData("1984-02-03", "1984-03-02")]
    [InlineData("1984-01-01", "1984-01-01")]
    public void A_date_that_is_the_same_only_in_part_is_never_sure(string one, string other)
    {
        var (left, right) = (Described(one), Described(other));

        Assert.False(JoinSure.IsSure(Scorer.Compare(left, right, ScoreSettings.Default)));
        Assert.True(
            JoinSure.IsSure(Scorer.Compare(Described("1984-03-02"), Described("1984-03-02"), ScoreSettings.Default))
        );

        static PreparedSubject Described(string born) =>
            Prepared(("name", "Rivka Dulezubur"), ("birthDate", born), ("gender", "female"), ("nationality", "il"));
    }

    private static PreparedSubject Prepared(params (string Name, string Value)[] properties)
    {
        var made = new Properties.Builder();
        foreach (var (name, value) in properties)
            made.Add(name, value);
        return PreparedSubject.Prepare(Model.Get("Person"), made.Build());
    }

    private static async Task<FindPairs.Answer> FindAsync(
        InstalledServer server,
        string account,
        FindPairs.Request request,
        Func<FindPairs.Progress, Task>? progress = null
    )
    {
        using var client = account == "deep" ? await server.SignedInAsync(account, "analyst", "alpha", Stop) : null;
        if (client is not null)
            await server.Accounts.LetIntoAsync(account, "deep", Stop);
        var work = await server.Accounts.NeedWorkOfAsync(account, "test", Stop);
        return await server
            .Services.GetRequiredService<FindPairs>()
            .HandleAsync(work, request, progress ?? (_ => Task.CompletedTask), Stop);
    }

    private static async Task<string> RunAsync(params string[] arguments)
    {
        await using var output = new StringWriter();
        await using var messages = new StringWriter();
        var exit = await new CommandLine(output, messages).RunAsync(arguments, Stop);
        Assert.True(exit == 0, messages.ToString());
        return output.ToString();
    }

    private static IncomingRecord Person(
        string id,
        string name,
        string? born = null,
        string label = "",
        params (string, string)[] more
    ) => TemporaryStore.Person(id, name, label, born is null ? more : [("birthDate", born), .. more]);
}
