using Lanthorn.Platform;
using Lanthorn.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Lanthorn.Tests.Storage;

/// <summary>The outbox: no news without what it tells of, none lost, in order.</summary>
public sealed class OutboxTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static async Task<List<SourceChanged>> TakeAsync(Store store, string subscriber, int count, bool confirm)
    {
        var taken = new List<SourceChanged>();
        await foreach (var message in store.Outbox.FollowAsync(subscriber, SourceChanged.Topic, Stop))
        {
            taken.Add(SourceChanged.Of(message));
            if (confirm)
                await store.Outbox.ConfirmAsync(subscriber, message, Stop);
            if (taken.Count == count)
                break;
        }
        return taken;
    }

    [Theory, OnEachDatabase]
    public async Task Each_import_tells_once_what_it_did(Database database)
    {
        await using var at = await TemporaryStore.CreateAsync(database);
        await at.ImportAsync("one", true, TemporaryStore.Person("1", "Ana"), TemporaryStore.Person("2", "Bo"));
        await at.ImportAsync("one", true, TemporaryStore.Person("1", "Anna"), TemporaryStore.Person("3", "Cy"));
        await at.ImportAsync("two", false, TemporaryStore.Person("1", "Dee"));

        var news = await TakeAsync(at.Store, "test", 3, confirm: true);

        Assert.Equal(
            [("one", 2, 0, 0), ("one", 1, 1, 1), ("two", 1, 0, 0)],
            news.Select(n => (n.Source, n.Added, n.Changed, n.Ended))
        );
        Assert.All(news, n => Assert.True(n.IsFinished));
        Assert.Equal(news.OrderBy(n => n.Import).Select(n => n.Import), news.Select(n => n.Import));
    }

    [Theory, OnEachDatabase]
    public async Task What_was_not_confirmed_comes_again_after_a_restart_and_what_was_does_not(Database database)
    {
        await using var at = await TemporaryStore.CreateAsync(database);
        foreach (var source in new[] { "a", "b", "c" })
            await at.ImportAsync(source, false, TemporaryStore.Person("1", "Ana"));

        await TakeAsync(at.Store, "test", 1, confirm: true);
        await TakeAsync(at.Store, "test", 1, confirm: false);
        await at.ReopenAsync();
        var again = await TakeAsync(at.Store, "test", 2, confirm: true);
        var others = await TakeAsync(at.Store, "other", 3, confirm: true);

        Assert.Equal(["b", "c"], again.Select(n => n.Source));
        Assert.Equal(["a", "b", "c"], others.Select(n => n.Source));
    }

    [Theory, OnEachDatabase]
    public async Task An_import_that_is_not_written_tells_nothing(Database database)
    {
        await using var at = await TemporaryStore.CreateAsync(database);
        var start = new ImportStart(
            Lanthorn.Knowledge.SourceCode.Parse("one").Value,
            TemporaryStore.Analyst,
            "test",
            true,
            []
        );
        var overtaken = await at.Store.BeginImportAsync(start, Stop);
        await at.ImportAsync("one", true, TemporaryStore.Person("1", "Ana"));

        await Assert.ThrowsAsync<RefusedByStoreException>(() => overtaken.FinishAsync(Stop));
        await at.ImportAsync("two", true, TemporaryStore.Person("1", "Ana"));

        Assert.Equal(["one", "two"], (await TakeAsync(at.Store, "test", 2, confirm: true)).Select(n => n.Source));
    }

    [Theory, OnEachDatabase]
    public async Task A_subscriber_that_fails_gets_the_message_again_and_keeps_no_other_waiting(Database database)
    {
        var time = new HandTime();
        await using var at = await TemporaryStore.CreateAsync(database, time);
        await at.ImportAsync("one", true, TemporaryStore.Person("1", "Ana"));
        var (failing, working) = (new List<string>(), new TaskCompletionSource<string>());
        var recovered = new TaskCompletionSource();
        using var delivery = new OutboxDelivery(
            at.Store,
            [
                new("failing", SourceChanged.Topic, (message, _) => Fail(SourceChanged.Of(message).Source)),
                new(
                    "working",
                    SourceChanged.Topic,
                    (message, _) =>
                    {
                        working.TrySetResult(SourceChanged.Of(message).Source);
                        return Task.CompletedTask;
                    }
                ),
            ],
            NullLogger<OutboxDelivery>.Instance
        );
        await delivery.StartAsync(Stop);

        Assert.Equal("one", await working.Task);
        while (!recovered.Task.IsCompleted)
        {
            time.Move(TimeSpan.FromSeconds(1));
            await Task.Delay(5, Stop);
        }
        await delivery.StopAsync(Stop);

        Assert.Equal(["one", "one", "one"], failing);

        Task Fail(string source)
        {
            failing.Add(source);
            if (failing.Count < 3)
                throw new InvalidOperationException("not yet");
            recovered.TrySetResult();
            return Task.CompletedTask;
        }
    }

    [Theory, OnEachDatabase]
    public async Task Old_messages_go_when_everybody_has_taken_them(Database database)
    {
        var time = new HandTime();
        await using var at = await TemporaryStore.CreateAsync(database, time);
        await at.ImportAsync("one", true, TemporaryStore.Person("1", "Ana"));
        await at.ImportAsync("two", true, TemporaryStore.Person("1", "Ana"));
        await TakeAsync(at.Store, "slow", 1, confirm: true);
        await TakeAsync(at.Store, "quick", 2, confirm: true);
        time.Move(Outbox.KeptFor + TimeSpan.FromDays(1));

        await at.Store.Outbox.SweepAsync(["slow", "quick"], Stop);

        Assert.Equal("two", Assert.Single(await TakeAsync(at.Store, "new", 1, confirm: false)).Source);
    }
}
