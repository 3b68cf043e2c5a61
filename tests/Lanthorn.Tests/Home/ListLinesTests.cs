using System.Text.Json;
using Dapper;
using Lanthorn.Intake.Refreshing;
using Lanthorn.Intake.Starting;
using Lanthorn.Intake.Vintages;
using Lanthorn.Platform;
using Lanthorn.Storage;
using Lanthorn.Tests.Intake;
using Lanthorn.Tests.Storage;

namespace Lanthorn.Tests.Home;

/// <summary>What the home page says of lists and imports, on a store with the tables of Intake.</summary>
public sealed class ListLinesTests
{
    private static readonly string List = ListServer.UnList(("LYi.901", "Orin Vesselman"));

    /// <summary>The day of the list, and what it is until when it is old.</summary>
    private static readonly DateTimeOffset Edition = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, OnEachDatabase]
    public async Task A_list_that_grows_old_is_told_from_the_day_on_which_it_is_old(Database database)
    {
        var time = new HandTime();
        time.Move(Edition + TimeSpan.FromDays(8) - TimeSpan.FromMinutes(1) - time.GetUtcNow());
        await using var at = await IntakeFolder.CreateAsync(time, database);
        await at.ImportAsync("un-sc", "un", List);
        var lines = new ListLines(at.Sources);

        Assert.Empty(await lines.AskAsync(IntakeFolder.Ana, Stop));
        time.Move(TimeSpan.FromMinutes(1));
        var old = Assert.Single(await lines.AskAsync(IntakeFolder.Ana, Stop));
        Assert.Equal((StartKind.Warning, Edition + TimeSpan.FromDays(8)), (old.Kind, old.Since));
        Assert.Equal("/sources#un-sc", old.Href);
    }

    [Fact]
    public async Task A_refresh_that_failed_is_told_without_its_words_and_not_of_a_list_that_nobody_imported()
    {
        var time = new HandTime();
        await using var at = await IntakeFolder.CreateAsync(time);
        var states = new RefreshStates(at.Store);
        await at.ImportAsync("un-sc", "un", List);
        await states.ReportAsync("un-sc", RefreshResult.Failed, "secret words", Stop);
        await states.ReportAsync("us-ofac", RefreshResult.Failed, "secret words", Stop);
        var lines = new ListLines(at.Sources);

        var failed = Assert.Single(await lines.AskAsync(IntakeFolder.Ana, Stop));

        Assert.Equal(("un-sc could not be refreshed", time.GetUtcNow()), (failed.Text, failed.Since));
        Assert.DoesNotContain("secret", JsonSerializer.Serialize(failed), StringComparison.Ordinal);
        await states.ReportAsync("un-sc", RefreshResult.Unchanged, "", Stop);
        Assert.Empty(await lines.AskAsync(IntakeFolder.Ana, Stop));
    }

    [Theory, OnEachDatabase]
    public async Task What_changed_in_a_source_is_counted_by_what_the_viewer_sees_since_his_look(Database database)
    {
        var time = new HandTime();
        await using var at = await IntakeFolder.CreateAsync(time, database);
        var vintages = new SourceVintages(at.Store);
        var lines = new ChangeLines(at.Store, vintages, new CompareVintages(at.Store, vintages));
        var outsider = IntakeFolder.Ana with
        {
            Viewer = IntakeFolder.Ana.Viewer with { Name = "bob", Organisation = "beta" },
        };
        time.Move(TimeSpan.FromHours(1));
        await at.ImportAsync("un-sc", "un", ListServer.UnList(("LYi.901", "Orin"), ("LYi.902", "Bela")));
        await at.ImportAsync("tips", "ftm", IntakeFolder.Person("p-1", "Ana"));
        await HideAsync(at.Store, "un-sc-LYi.902", "p-1");
        await TellAsync(at.Store);

        var told = await lines.AskAsync(IntakeFolder.Ana, Stop);
        Assert.Equal(["New in tips: 1 added", "New in un-sc: 2 added"], told.Select(Said).Order());
        Assert.Equal(["New in un-sc: 1 added"], (await lines.AskAsync(outsider, Stop)).Select(Said));
        Assert.Empty(await lines.AskAsync(IntakeFolder.Ana with { LookedAt = time.GetUtcNow() }, Stop));

        var record = (await at.EntityAsync("un-sc-LYi.901"))!.Members[0].Id;
        await at.Store.EraseAsync(record, IntakeFolder.Ana.Viewer, "asked for", Stop);
        Assert.Empty(await lines.AskAsync(outsider, Stop));
    }

    [Fact]
    public async Task An_import_that_broke_off_is_told_until_one_of_its_source_came_in_well()
    {
        var time = new HandTime();
        await using var at = await IntakeFolder.CreateAsync(time);
        var lines = new ImportLines(at.Store, at.Imports);
        await BreakAsync(at);
        time.Move(TimeSpan.FromMinutes(5));

        var broken = Assert.Single(await lines.AskAsync(IntakeFolder.Ana, Stop));
        Assert.Equal((StartKind.Warning, "tips was not imported to its end"), (broken.Kind, broken.Text));
        time.Move(TimeSpan.FromMinutes(5));
        await at.ImportAsync("tips", "ftm", IntakeFolder.Person("p-1", "Ana"));
        Assert.Empty(await lines.AskAsync(IntakeFolder.Ana, Stop));
    }

    /// <summary>Gives a record the label of another.</summary>
    private static async Task HideAsync(Store store, string record, string like)
    {
        var changed = await store.WriteAsync(
            (connection, transaction) =>
                connection.ExecuteAsync(
                    """
                    update record set label_id = (select label_id from record where public_id = @like)
                    where public_id = @record and exists (select 1 from record where public_id = @like)
                    """,
                    new { record, like },
                    transaction
                ),
            Stop
        );
        Assert.Equal(1, changed);
    }

    private static string Said(StartLine line) => $"{line.Text}: {string.Join(", ", line.News)}";

    /// <summary>An import of which nothing was heard any more.</summary>
    private static async Task BreakAsync(IntakeFolder at)
    {
        await at.ImportAsync("tips", "ftm", IntakeFolder.Person("p-1", "Ana"));
        await at.Store.WriteAsync(
            (connection, transaction) =>
                connection.ExecuteAsync(
                    "update intake_imports set state = 'running', finished_at = null",
                    transaction: transaction
                ),
            Stop
        );
    }

    /// <summary>The news as the server delivers them.</summary>
    private static async Task TellAsync(Store store)
    {
        var subscriber = new VintageFeed(store).Subscriber;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var told = 0;
        await foreach (var message in store.Outbox.FollowAsync(subscriber.Name, subscriber.Topic, over.Token))
        {
            await subscriber.TakeAsync(message, Stop);
            await store.Outbox.ConfirmAsync(subscriber.Name, message, Stop);
            if (SourceChanged.Of(message).IsFinished && ++told == 2)
                break;
        }
    }
}
