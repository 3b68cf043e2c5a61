using Lanthorn.Knowledge;
using static Lanthorn.Tests.Storage.TemporaryStore;

namespace Lanthorn.Tests.Storage;

public sealed class ChangeFeedTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, OnEachDatabase]
    public async Task Who_follows_ends_with_what_is_in_the_store(Database database)
    {
        await using var at = await CreateAsync(database);
        var records = Enumerable.Range(1, 500).Select(i => Person($"{i}", $"Person {i}")).ToList();
        await at.ImportAsync("list", true, records);
        await at.ImportAsync("list", true, [.. records.Skip(100)]);

        var followed = new HashSet<int>();
        var last = await at.Store.Changes.LastSequenceAsync(Stop);
        await foreach (var batch in at.Store.Changes.FollowAsync(0, Stop))
        {
            await foreach (var record in at.Store.Index.OfAsync(batch.Ordinals, Stop))
                _ = record.IsLive ? followed.Add(record.Ordinal) : followed.Remove(record.Ordinal);
            if (batch.LastSequence >= last)
                break;
        }

        var live = await at.Store.Index.AllAsync(Stop).Select(r => r.Ordinal).ToListAsync(Stop);
        Assert.Equal(400, live.Count);
        Assert.Equal(live.Order(), followed.Order());
    }

    [Theory, OnEachDatabase]
    public async Task What_another_process_writes_is_told_too(Database database)
    {
        await using var at = await CreateAsync(database);
        await using var other = await at.OpenOtherAsync();
        var told = other.Changes.FollowAsync(0, Stop).FirstAsync(Stop);

        await at.ImportAsync("list", true, Person("1", "Ana", "compartment=C"));

        var batch = await told;
        Assert.False(batch.JudgementsChanged);
        var record = await other.Index.OfAsync(batch.Ordinals, Stop).SingleAsync(Stop);
        Assert.True(other.Labels.For(Officer)[record.LabelId]);
        Assert.False(other.Labels.For(Analyst)[record.LabelId]);
    }

    [Theory, OnEachDatabase]
    public async Task A_judgement_is_told_of_both_records(Database database)
    {
        await using var at = await CreateAsync(database);
        await at.ImportAsync("list", true, Person("1", "Ana"), Person("2", "Anna"));
        var after = await at.Store.Changes.LastSequenceAsync(Stop);

        await at
            .Store.For(Analyst, Why)
            .JudgeAsync(
                new(Id("list", "1"), Id("list", "2"), Verdict.Same, Authority.Person, "ana", null, "known"),
                Stop
            );

        var batch = await at.Store.Changes.FollowAsync(after, Stop).FirstAsync(Stop);
        Assert.True(batch.JudgementsChanged);
        Assert.Equal(2, batch.Ordinals.Count);
    }
}
