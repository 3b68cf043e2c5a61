using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Lanthorn.Governance.Contracts;
using Lanthorn.Intake.Refreshing;
using Lanthorn.Platform;
using Lanthorn.Program;
using Lanthorn.Tests.Removal;
using Lanthorn.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Lanthorn.Tests.Intake;

/// <summary>Schedules by which lists are refreshed: a person switches one on, and nothing is fetched without.</summary>
public sealed class ScheduleTests : IAsyncLifetime
{
    private const string Un = "un-sc";
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly string folder = Directory.CreateTempSubdirectory("lanthorn-schedule-").FullName;
    private readonly HandTime time = new();
    private ListServer publisher = null!;
    private Installation installation = null!;
    private ServiceProvider services = null!;
    private Work ana = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private ScheduleSource Schedules => services.GetRequiredService<ScheduleSource>();

    private Accounts Accounts => services.GetRequiredService<Accounts>();

    public async ValueTask InitializeAsync()
    {
        publisher = await ListServer.StartAsync();
        publisher.Publish("un.xml", ListServer.UnList(("LYi.901", "Orin Vesselman")));
        installation = await Installation.OpenAsync(new Settings { Data = folder }, time, Stop);
        services = installation.BuildServices();
        await Accounts.AddPersonAsync(new("ana", null, "analyst", "local"), Stop);
        ana = (await Accounts.WorkOfAsync("ana", "test", Stop))!;
        var administrator = (await Accounts.WorkOfAsync(null, null, Stop))!;
        await services
            .GetRequiredService<AddressSource>()
            .HandleAsync(administrator, Un, [publisher.At("un.xml")], Stop);
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await installation.DisposeAsync();
        await publisher.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private Task<RefreshState> StateAsync() => services.GetRequiredService<RefreshStates>().OfAsync(Un, Stop);

    /// <summary>Looks at the schedules at a later (or, for a clock that is put back, earlier) time.</summary>
    private async Task<int> LaterAsync(TimeSpan by)
    {
        var before = publisher.Questions.Count;
        time.Move(by);
        await Schedules.RunDueAsync(Stop);
        return publisher.Questions.Count - before;
    }

    [Fact]
    public async Task Without_a_schedule_nothing_is_ever_fetched() =>
        Assert.Equal(0, await LaterAsync(TimeSpan.FromDays(400)));

    [Fact]
    public async Task A_list_is_refreshed_when_its_time_has_come_as_the_person_who_switched_the_schedule_on()
    {
        await Schedules.SetAsync(ana, Un, "24h", null, Stop);

        Assert.Equal(0, await LaterAsync(Day - TimeSpan.FromMinutes(1)));
        Assert.Equal(1, await LaterAsync(TimeSpan.FromMinutes(2)));
        Assert.Equal(0, await LaterAsync(TimeSpan.FromHours(2)));

        var state = await StateAsync();
        Assert.Equal((RefreshResult.Updated, "ana"), (state.Result, state.Schedule!.By));
        Assert.Equal(new DateTimeOffset(2026, 1, 3, 0, 0, 0, TimeSpan.Zero), state.Schedule.NextAt);
        var log = await installation.Store.Audit.ListAsync("ana", 100, 0, Stop);
        Assert.Contains(log, e => e.Body.GetProperty("justification").GetString() == $"scheduled refresh of {Un}");
    }

    [Fact]
    public async Task A_clock_that_jumps_ahead_makes_one_refresh_and_not_all_that_were_missed()
    {
        await Schedules.SetAsync(ana, Un, "6h", null, Stop);

        Assert.Equal(1, await LaterAsync(TimeSpan.FromDays(365)));
        Assert.Equal(0, await LaterAsync(TimeSpan.FromHours(5)));
        Assert.Equal(1, await LaterAsync(TimeSpan.FromHours(2)));
    }

    [Fact]
    public async Task A_clock_that_is_put_back_does_not_stop_a_schedule()
    {
        await Schedules.SetAsync(ana, Un, "1d", "04:30", Stop);

        Assert.Equal(0, await LaterAsync(TimeSpan.FromDays(-365)));
        Assert.Equal(1, await LaterAsync(Day));
        Assert.Equal(1, await LaterAsync(Day));
    }

    [Fact]
    public async Task A_schedule_ends_with_a_notice_when_its_account_is_locked()
    {
        await Schedules.SetAsync(ana, Un, "1d", null, Stop);
        await Accounts.LockAsync(TemporaryStore.Officer, "ana", Stop);

        Assert.Equal(0, await LaterAsync(2 * Day));
        await Accounts.UnlockAsync(TemporaryStore.Officer, "ana", Stop);
        Assert.Equal(0, await LaterAsync(2 * Day));

        var state = await StateAsync();
        Assert.Null(state.Schedule);
        Assert.Contains("account 'ana'", state.Notice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_refresh_is_said_and_the_schedule_goes_on()
    {
        await Schedules.SetAsync(ana, Un, "1d", null, Stop);
        publisher.Next(context =>
        {
            context.Response.StatusCode = 404;
            return Task.CompletedTask;
        });

        Assert.Equal(1, await LaterAsync(Day));
        Assert.Equal(RefreshResult.Failed, (await StateAsync()).Result);
        Assert.Equal(1, await LaterAsync(Day));
        Assert.Equal(RefreshResult.Updated, (await StateAsync()).Result);
    }

    [Fact]
    public async Task A_schedule_is_switched_off_and_both_stand_in_the_log()
    {
        await Schedules.SetAsync(ana, Un, "1d", null, Stop);
        await Schedules.SetAsync(ana, Un, ScheduleSource.Off, null, Stop);

        Assert.Equal(0, await LaterAsync(2 * Day));
        var log = await installation.Store.Audit.ListAsync("ana", 2, 0, Stop);
        Assert.Equal(
            [$"schedule switched off: source {Un}", $"schedule switched on, every 1d: source {Un}"],
            log.Select(e => e.Body.GetProperty("what").GetString())
        );
    }

    [Fact]
    public async Task Of_several_servers_one_runs_what_is_due()
    {
        await Schedules.SetAsync(ana, Un, "1d", null, Stop);
        time.Move(2 * Day);
        await using var other = installation.BuildServices();

        await Task.WhenAll(Schedules.RunDueAsync(Stop), other.GetRequiredService<ScheduleSource>().RunDueAsync(Stop));

        Assert.Single(publisher.Questions);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("1w", null)]
    [InlineData("0h", null)]
    [InlineData("-1d", null)]
    [InlineData("32d", null)]
    [InlineData("999999999999h", null)]
    [InlineData("1d", "25:00")]
    [InlineData("6h", "04:30")]
    public async Task What_is_no_schedule_is_refused(string every, string? at)
    {
        var refused = await Assert.ThrowsAsync<RefusedException>(() => Schedules.SetAsync(ana, Un, every, at, Stop));

        Assert.Equal(("schedule-times", 422), (refused.Refusal.Code, refused.Refusal.Status));
    }

    [Fact]
    public async Task Only_official_sources_and_accounts_that_may_import_have_schedules()
    {
        var administrator = new Work(ana.Viewer with { Purposes = [], Roles = ["administrator"] }, "test");

        foreach (var (work, source) in new[] { (ana, "tips"), (administrator, Un) })
        {
            var refused = await Assert.ThrowsAsync<RefusedException>(() =>
                Schedules.SetAsync(work, source, "1d", null, Stop)
            );
            Assert.Equal(404, refused.Refusal.Status);
        }
    }

    [Fact]
    public async Task The_server_refreshes_what_was_asked_for_and_what_is_due_and_says_how_it_ended()
    {
        await using var server = await InstalledServer.StartAsync(Stop, time);
        using var client = await server.SignedInAsync("bo", "analyst", "alpha", Stop);
        using var administrator = await server.SignedInAsync("adam", "administrator", "alpha", Stop);
        const string source = $"/api/v1/sources/{Un}";
        using var put = await administrator.PutAsJsonAsync(
            $"{source}/addresses",
            new { addresses = new[] { publisher.At("un.xml") } },
            Stop
        );
        using var notHers = await client.PutAsJsonAsync(
            $"{source}/addresses",
            new { addresses = Array.Empty<string>() },
            Stop
        );

        using var asked = await client.PostAsync($"{source}/refresh", null, Stop);
        var first = await EndedAsync(client, "updated");
        using var set = await client.PutAsJsonAsync($"{source}/schedule", new { every = "1h" }, Stop);
        var scheduled = await set.Content.ReadFromJsonAsync<JsonElement>(Stop);
        publisher.Publish("un.xml", ListServer.UnList(("LYi.901", "Orin Vesselmann")), "b");
        var before = first.GetProperty("result_at").GetDateTimeOffset();
        JsonElement later;
        do
        {
            time.Move(TimeSpan.FromSeconds(30));
            await Task.Delay(2, Stop);
            later = (await client.GetFromJsonAsync<JsonElement>(source, Stop)).GetProperty("fetching");
        } while (later.GetProperty("result_at").GetDateTimeOffset() == before);

        Assert.Equal(
            (HttpStatusCode.OK, HttpStatusCode.NotFound, HttpStatusCode.Accepted, HttpStatusCode.OK),
            (put.StatusCode, notHers.StatusCode, asked.StatusCode, set.StatusCode)
        );
        Assert.Contains("1 new or changed", first.GetProperty("result_text").GetString(), StringComparison.Ordinal);
        Assert.Equal("bo", scheduled.GetProperty("fetching").GetProperty("scheduled_by").GetString());
        Assert.Contains("1 new or changed", later.GetProperty("result_text").GetString(), StringComparison.Ordinal);

        async Task<JsonElement> EndedAsync(HttpClient asker, string result)
        {
            while (true)
            {
                var fetching = (await asker.GetFromJsonAsync<JsonElement>(source, Stop)).GetProperty("fetching");
                if (
                    !fetching.GetProperty("is_under_way").GetBoolean()
                    && fetching.GetProperty("result").GetString() == result
                )
                    return fetching;
                await Task.Delay(20, Stop);
            }
        }
    }
}
