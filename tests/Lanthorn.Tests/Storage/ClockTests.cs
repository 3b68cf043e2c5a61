using Lanthorn.Knowledge;
using Lanthorn.Storage;
using Lanthorn.Tests.Governance;
using Lanthorn.Tests.Removal;
using static Lanthorn.Tests.Storage.TemporaryStore;

namespace Lanthorn.Tests.Storage;

/// <summary>The clock on the wall is set back and forth: what happened keeps the order in which it happened.</summary>
public sealed class ClockTests
{
    private static readonly TimeSpan[] Jumps =
    [
        TimeSpan.FromDays(-400),
        TimeSpan.FromDays(2_000),
        TimeSpan.FromMilliseconds(-1),
        TimeSpan.Zero,
        TimeSpan.FromDays(-3_000),
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, OnEachDatabase]
    public async Task Versions_imports_and_the_change_feed_stay_in_order(Database database)
    {
        var time = new HandTime();
        await using var at = await CreateAsync(database, time);
        await at.ImportAsync("list", true, Person("1", "Ana 0"), Person("2", "Bo"));
        var (imports, sequence) = (new List<long> { await LastImportAsync(at) }, 0L);
        for (var jump = 0; jump < Jumps.Length; jump++)
        {
            time.Move(Jumps[jump]);
            await at.ImportAsync("list", true, Person("1", $"Ana {jump + 1}"), Person(jump % 2 == 0 ? "3" : "2", "Bo"));
            imports.Add(await LastImportAsync(at));
            var next = await at.Store.Changes.LastSequenceAsync(Stop);
            Assert.True(next > sequence);
            sequence = next;
        }

        Assert.Equal(imports.Order().Distinct(), imports);
        var versions = await at.Store.For(Analyst, Why).VersionsAsync(Id("list", "1"), "test", Stop);
        Assert.Equal(
            ["Ana 5", "Ana 4", "Ana 3", "Ana 2", "Ana 1", "Ana 0"],
            versions.Select(v => v.Properties.First("name")!)
        );
        Assert.Equal([6, 5, 4, 3, 2, 1], versions.Select(v => v.Version));
        foreach (var import in imports.AsEnumerable().Reverse().Take(Jumps.Length))
            await new ImportUndo(at.Store).RunAsync(
                new(import, Analyst, Why, "test", (_, _, _) => Task.CompletedTask),
                Stop
            );
        var first = (await at.Store.For(Analyst, Why).EntityAsync("test-1", "test", Stop))!;
        Assert.Equal(("Ana 0", 1), (first.Caption, first.Members[0].Version));
    }

    [Theory, OnEachDatabase]
    public async Task The_last_word_of_a_person_counts_whatever_the_clock_said(Database database)
    {
        var time = new HandTime();
        await using var at = await CreateAsync(database, time);
        await at.ImportAsync("list", true, Person("1", "Ana"), Person("2", "Anna"));
        var reading = at.Store.For(Analyst, Why);
        for (var jump = 0; jump < Jumps.Length; jump++)
        {
            var verdict = jump % 2 == 0 ? Verdict.Same : Verdict.Withdrawn;
            await reading.JudgeAsync(
                new(Id("list", "1"), Id("list", "2"), verdict, Authority.Person, "ana", null, $"{jump}"),
                Stop
            );

            var entity = (await reading.EntityAsync("test-1", "test", Stop))!;

            Assert.Equal(verdict == Verdict.Same ? 2 : 1, entity.Members.Count);
            Assert.Equal($"{jump}", (await reading.HistoryAsync(entity, Stop))[0].Reason);
            time.Move(Jumps[jump]);
        }
    }

    [Theory, OnEachDatabase]
    public async Task The_chains_of_the_log_hold(Database database)
    {
        var time = new HandTime();
        await using var at = await CreateAsync(database, time);
        foreach (var jump in Jumps)
        {
            await at.ImportAsync("list", false, Person("1", $"Ana {jump}"));
            await at.Store.Audit.SealAsync(Stop);
            time.Move(jump);
            await at.ReopenAsync();
        }

        Assert.Null(await at.Store.Audit.VerifyAsync(Stop));
        var entries = await at.Store.Audit.ListAsync(null, 1_000, 0, Stop);
        Assert.Equal(entries.Select(e => e.Id).OrderDescending(), entries.Select(e => e.Id));
    }

    [Fact]
    public async Task A_session_lives_on_when_the_clock_goes_back_and_ends_when_its_hours_are_over()
    {
        var time = new HandTime();
        await using var server = await InstalledServer.StartAsync(Stop, time);
        using var browser = await Browser.SignedInAsync(server, "ana");

        time.Move(TimeSpan.FromHours(-30));
        var back = await IsInAsync(browser);
        time.Move(TimeSpan.FromHours(30));
        var again = await IsInAsync(browser);
        time.Move(TimeSpan.FromHours(30));

        Assert.Equal((true, true, false), (back, again, await IsInAsync(browser)));
    }

    private static async Task<bool> IsInAsync(Browser browser)
    {
        using var answer = await browser.GetAsync("/account");
        return answer.IsSuccessStatusCode;
    }

    private static Task<long> LastImportAsync(TemporaryStore at) =>
        at.Store.ReadOwnAsync(
            async connection =>
            {
                await using var command = connection.CreateCommand();
                command.CommandText = "select max(id) from import";
                return (long)(await command.ExecuteScalarAsync(Stop))!;
            },
            Stop
        );
}
