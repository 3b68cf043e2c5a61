using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Screening;
using Lanthorn.Screening.Learning;
using Lanthorn.Screening.Reviewing;
using Lanthorn.Storage;
using Lanthorn.Tests.Storage;

namespace Lanthorn.Tests.Screening;

/// <summary>A judgement is previewed, made, undone; and then everything is as it was.</summary>
public sealed class JudgingTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static readonly Work Ana = new(TemporaryStore.Analyst, "test");

    [Theory, OnEachDatabase]
    public async Task Taking_apart_gives_what_the_preview_showed_and_restores_exactly_what_was(Database database)
    {
        await using var t = await TemporaryStore.CreateAsync(database, null, TestModules.All);
        await t.ImportAsync(
            "list",
            false,
            TemporaryStore.Person("1", "Ermias Ghermay"),
            TemporaryStore.Person("2", "Ermias Girmay"),
            TemporaryStore.Person("3", "Ermiyas Germay")
        );
        var before = await AllAsync(t);
        await JudgeAsync(t, "1", "2", "same");
        await JudgeAsync(t, "2", "3", "same");
        Assert.Equal(["1 2 3", "1 2 3", "1 2 3"], await AllAsync(t));

        var (left, right) = Judgement.Ordered(Id("1"), Id("2"));
        var preview = await Preview(t.Store)
            .HandleAsync(Ana, "test-1", ($"{left}", $"{right}", null), Verdict.Withdrawn, Stop);
        Assert.Equal(["2 3", "1"], preview!.After.Select(Names));
        Assert.Equal(["1 2 3", "1 2 3", "1 2 3"], await AllAsync(t));

        await JudgeAsync(t, "1", "2", "withdrawn");
        Assert.Equal(["1", "2 3", "2 3"], await AllAsync(t));
        await JudgeAsync(t, "2", "3", "withdrawn");
        Assert.Equal(before, await AllAsync(t));

        var entity = await Ana.On(t.Store).EntityAsync("test-2", "test", Stop);
        var history = JudgementHistory.Of(await Ana.On(t.Store).HistoryAsync(entity!, Stop));
        Assert.Equal(
            ["Withdrawn TakesBack", "Withdrawn TakesBack", "Same Undone", "Same Undone"],
            history.Select(h => $"{h.Judgement.Verdict} {h.Standing}")
        );
        Assert.All(history.Where(h => h.Standing == Standing.Undone), h => Assert.Equal("ana", h.By!.DecidedBy));
    }

    [Theory, OnEachDatabase]
    public async Task What_the_engine_joined_a_person_takes_apart_by_judging_it_different(Database database)
    {
        await using var t = await TemporaryStore.CreateAsync(database, null, TestModules.All);
        await t.ImportAsync("list", false, TemporaryStore.Person("1", "Ermias"), TemporaryStore.Person("2", "Ermias"));
        await Ana.On(t.Store)
            .JudgeAsync(new(Id("1"), Id("2"), Verdict.Same, Authority.Engine, "engine 1", 0.9, "alike"), Stop);
        var joined = (await Ana.On(t.Store).EntityAsync("test-1", "test", Stop))!;
        var undoing = JudgementHistory.Undoing(joined.Joins[0]);
        Assert.Equal(Verdict.Different, undoing);

        var preview = await Preview(t.Store)
            .HandleAsync(Ana, "test-1", ($"{Id("1")}", $"{Id("2")}", null), undoing, Stop);
        Assert.Equal(2, preview!.After.Count);

        await JudgeAsync(t, "1", "2", "different");
        Assert.Equal(["1", "2"], await AllAsync(t, "1", "2"));
        await JudgeAsync(t, "1", "2", "withdrawn");
        Assert.Equal(["1 2", "1 2"], (await AllAsync(t, "1", "2")));
    }

    [Theory, OnEachDatabase]
    public async Task Nobody_previews_a_judgement_on_a_record_that_he_does_not_see(Database database)
    {
        await using var t = await TemporaryStore.CreateAsync(database, null, TestModules.All);
        await t.ImportAsync(
            "list",
            false,
            TemporaryStore.Person("1", "Ermias"),
            TemporaryStore.Person("2", "Ermias", "org=bravo")
        );
        var preview = Preview(t.Store);

        Assert.Null(await preview.HandleAsync(Ana, "test-1", (null, $"{Id("2")}", null), Verdict.Same, Stop));
        Assert.Null(await preview.HandleAsync(Ana, "test-1", (null, null, "test-2"), Verdict.Same, Stop));
        Assert.Null(await preview.HandleAsync(Ana, "test-1", (null, null, "test-1"), Verdict.Same, Stop));
    }

    /// <summary>As the program judges, with a list of this code.</summary>
    internal static MakeJudgement On(Store store) => new(store, new(new HashSet<string> { "un-sc" }), new(store));

    private static RecordId Id(string number) => TemporaryStore.Id("list", number);

    private static async Task JudgeAsync(TemporaryStore t, string left, string right, string verdict) =>
        await Judge.HandleAsync(
            Ana,
            JudgingTests.On(t.Store),
            new($"{Id(left)}", $"{Id(right)}", verdict, "because"),
            Stop
        );

    private static string Names(Entity entity) =>
        string.Join(' ', entity.Members.Select(m => m.ExternalId).Order(StringComparer.Ordinal));

    private static async Task<List<string>> AllAsync(TemporaryStore t, params string[] numbers)
    {
        var found = new List<string>();
        foreach (var number in numbers.Length == 0 ? ["1", "2", "3"] : numbers)
            found.Add(Names((await Ana.On(t.Store).EntityAsync($"test-{number}", "test", Stop))!));
        return found;
    }

    private static PreviewJudgement Preview(Store store) =>
        new(store, On(store), new Scorers(new ScorerVersions(store), store));
}
