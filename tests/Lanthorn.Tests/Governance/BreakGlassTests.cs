using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Lanthorn.Governance.BreakGlass;
using Lanthorn.Tests.Removal;
using Lanthorn.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Lanthorn.Tests.Governance;

/// <summary>Wider sight for a time: two persons, a reason, and a trail that nobody overlooks.</summary>
public sealed class BreakGlassTests
{
    private const string Api = "/api/v1/break-glass";
    private const string Page = "/break-glass";
    private const string Reason = "a boat is adrift and its crew is known by another name";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, OnEachDatabase]
    public async Task Two_persons_a_case_and_a_time_open_it_and_every_read_is_marked(Database database)
    {
        await using var server = await InstalledServer.StartAsync(Stop, new HandTime(), on: database);
        using var edi = await Browser.SignedInAsync(server, "edi", "editor");
        using var dpo = await server.SignedInAsync("dora", "data-protection-officer", "alpha", Stop);
        Assert.Equal(HttpStatusCode.NotFound, await SearchAsync(edi));
        var id = await AskAsync(edi, server);
        Assert.Equal(HttpStatusCode.NotFound, await SearchAsync(edi));
        using var early = await edi.SendFormAsync(Page, Page, [], $"begin-{id}");
        Assert.Equal(HttpStatusCode.NotFound, await SearchAsync(edi));

        Assert.Equal(HttpStatusCode.NoContent, await DecideAsync(dpo, id));
        Assert.Equal(HttpStatusCode.NotFound, await SearchAsync(edi));
        using var begun = await edi.SendFormAsync(Page, Page, [], $"begin-{id}");

        Assert.Equal(HttpStatusCode.OK, await SearchAsync(edi));
        var read = (await server.Store.Audit.ListAsync("edi", 1, 0, Stop))[0].Body;
        Assert.Contains("break-glass", read.GetProperty("roles").GetString(), StringComparison.Ordinal);
        Assert.StartsWith(
            $"break-glass {id}: {Reason}",
            read.GetProperty("justification").GetString(),
            StringComparison.Ordinal
        );
        Assert.Equal("case 12", read.GetProperty("case").GetString());
        Assert.Contains(
            "everything that you read is marked",
            await edi.PageAsync("/account"),
            StringComparison.Ordinal
        );
        using var written = await edi.SendFormAsync(Page, "/records/new", new() { ["schema"] = "Person" });
        Assert.Equal(HttpStatusCode.Forbidden, written.StatusCode);
        using var ended = await edi.SendFormAsync(Page, Page, [], $"end-{id}");
        Assert.Equal(HttpStatusCode.NotFound, await SearchAsync(edi));
    }

    [Theory, OnEachDatabase]
    public async Task One_person_alone_cannot_whatever_his_role(Database database)
    {
        await using var server = await InstalledServer.StartAsync(Stop, new HandTime(), on: database);
        foreach (var role in new[] { "administrator", "data-protection-officer", "analyst" })
        {
            using var asker = await server.SignedInAsync($"a.{role}", role, "alpha", Stop);
            var id = await AskAsync(asker, "liaison-officer");

            var alone = await DecideAsync(asker, id);

            Assert.Equal(role == "analyst" ? HttpStatusCode.NotFound : HttpStatusCode.Forbidden, alone);
            using var other = await server.SignedInAsync($"b.{role}", "operations-lead", "alpha", Stop);
            Assert.Equal(HttpStatusCode.NotFound, await DecideAsync(other, id));
            using var begun = await asker.PostAsync($"{Api}/{id}/begin", null, Stop);
            Assert.Equal(HttpStatusCode.Forbidden, begun.StatusCode);
        }
    }

    [Fact]
    public async Task It_ends_in_time_also_before_anybody_writes_that_down()
    {
        var time = new HandTime();
        await using var server = await InstalledServer.StartAsync(Stop, time);
        using var edi = await Browser.SignedInAsync(server, "edi", "editor");
        using var adi = await server.SignedInAsync("adi", "administrator", "alpha", Stop);
        var id = await AskAsync(edi, server);
        await DecideAsync(adi, id);
        using var begun = await edi.SendFormAsync(Page, Page, [], $"begin-{id}");
        Assert.Equal(HttpStatusCode.OK, await SearchAsync(edi));

        time.Move(TimeSpan.FromHours(2));

        Assert.Equal(HttpStatusCode.NotFound, await SearchAsync(edi));
        await server.Services.GetRequiredService<UseSight>().EndOverdueAsync(Stop);
        var log = (await server.Store.Audit.ListAsync("system", 50, 0, Stop)).Select(e => $"{e.Body}");
        Assert.Single(log, e => e.Contains($"break-glass ended in time: {id}", StringComparison.Ordinal));
    }

    [Theory, OnEachDatabase]
    public async Task The_trail_is_loud(Database database)
    {
        var time = new HandTime();
        await using var server = await InstalledServer.StartAsync(Stop, time, on: database);
        using var dpo = await server.SignedInAsync("dora", "data-protection-officer", "alpha", Stop);
        using var fro = await server.SignedInAsync("fred", "fundamental-rights-officer", "alpha", Stop);
        using var adi = await server.SignedInAsync("adi", "administrator", "alpha", Stop);
        using var edi = await Browser.SignedInAsync(server, "edi", "editor");
        string[] steps =
        [
            "edi asked for wider sight",
            "adi granted wider sight to edi",
            "edi used wider sight for the first time",
            "The wider sight of edi has ended",
        ];
        var id = "";
        Func<Task>[] acts =
        [
            async () => id = await AskAsync(edi, server),
            async () => await DecideAsync(adi, id),
            async () => (await edi.SendFormAsync(Page, Page, [], $"begin-{id}")).Dispose(),
            async () => (await edi.SendFormAsync(Page, Page, [], $"end-{id}")).Dispose(),
        ];
        for (var step = 0; step < acts.Length; step++)
        {
            time.Move(TimeSpan.FromMinutes(1));
            await acts[step]();
            foreach (var officer in new[] { dpo, fro })
            {
                var notices = await officer.GetStringAsync("/api/v1/notices", Stop);
                Assert.All(steps[..(step + 1)], s => Assert.Contains(s, notices, StringComparison.Ordinal));
                Assert.All(steps[(step + 1)..], s => Assert.DoesNotContain(s, notices, StringComparison.Ordinal));
            }
        }
        var log = (await server.Store.Audit.ListAsync(null, 50, 0, Stop)).Select(e => $"{e.Body}").ToList();
        foreach (var what in new[] { "asked for", "granted", "used for the first time", "ended by hand" })
            Assert.Single(log, e => e.Contains($"break-glass {what}: {id}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_decides_is_told_and_a_request_that_nobody_decides_lapses()
    {
        var time = new HandTime();
        await using var server = await InstalledServer.StartAsync(Stop, time);
        await Browser.AddPersonAsync(server, "adi", "administrator");
        using var adi = server.WithToken(await server.Accounts.AddTokenAsync("adi", "t", null, null, Stop));
        using var ana = await server.SignedInAsync("ana", "analyst", "alpha", Stop);
        var id = await AskAsync(ana, "liaison-officer");
        Assert.Contains("ana asks for wider sight", await adi.GetStringAsync("/", Stop), StringComparison.Ordinal);

        time.Move(Glass.Waits);

        Assert.DoesNotContain("asks for wider sight", await adi.GetStringAsync("/", Stop), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await DecideAsync(adi, id));
    }

    [Theory]
    [InlineData("administrator", "case 12", Reason, 1)]
    [InlineData("data-protection-officer", "case 12", Reason, 1)]
    [InlineData("analyst", "case 12", Reason, 1)]
    [InlineData("nobody", "case 12", Reason, 1)]
    [InlineData("", "case 12", Reason, 1)]
    [InlineData("liaison-officer", "", Reason, 1)]
    [InlineData("liaison-officer", "case 12", "short", 1)]
    [InlineData("liaison-officer", "case 12", Reason, 0)]
    [InlineData("liaison-officer", "case 12", Reason, 9)]
    public async Task What_cannot_be_granted_is_not_asked(string role, string atCase, string reason, int hours)
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var ana = await server.SignedInAsync("ana", "analyst", "alpha", Stop);
        var request = new
        {
            role,
            @case = atCase,
            reason,
            hours,
        };

        using var answer = await ana.PostAsJsonAsync(Api, request, Stop);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
    }

    [Fact]
    public async Task Others_do_not_see_that_somebody_asked_and_another_session_carries_nothing()
    {
        await using var server = await InstalledServer.StartAsync(Stop, new HandTime());
        using var edi = await Browser.SignedInAsync(server, "edi", "editor");
        using var adi = await server.SignedInAsync("adi", "administrator", "alpha", Stop);
        using var ana = await server.SignedInAsync("ana", "analyst", "alpha", Stop);
        var id = await AskAsync(edi, server);
        Assert.DoesNotContain(id, await ana.GetStringAsync(Api, Stop), StringComparison.Ordinal);
        await DecideAsync(adi, id);
        using var begun = await edi.SendFormAsync(Page, Page, [], $"begin-{id}");
        using var other = new Browser(server);
        using var signedIn = await other.SignInAsync("edi");

        Assert.Equal(HttpStatusCode.OK, await SearchAsync(edi));
        Assert.Equal(HttpStatusCode.NotFound, await SearchAsync(other));
        var token = await server.Accounts.AddTokenAsync("edi", "script", null, "test", Stop);
        using var script = server.WithToken(token);
        using var narrow = await script.GetAsync("/search/default?q=x", Stop);
        Assert.Equal(HttpStatusCode.NotFound, narrow.StatusCode);
    }

    /// <summary>Through the page, for two hours as an analyst.</summary>
    private static async Task<string> AskAsync(Browser browser, InstalledServer server)
    {
        using var asked = await browser.SendFormAsync(
            Page,
            Page,
            new()
            {
                ["case"] = "case 12",
                ["reason"] = Reason,
                ["role"] = "analyst",
                ["hours"] = "2",
            },
            "ask-glass"
        );
        Assert.Contains("It is asked", await asked.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        var work = (await server.Accounts.WorkOfAsync("edi", null, Stop))!;
        return (await server.Services.GetRequiredService<GlassBook>().ListAsync(work, Stop))[0].Id;
    }

    private static async Task<string> AskAsync(HttpClient client, string role)
    {
        var request = new
        {
            role,
            @case = "case 12",
            reason = Reason,
            hours = 1,
        };
        using var answer = await client.PostAsJsonAsync(Api, request, Stop);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("id").GetString()!;
    }

    private static async Task<HttpStatusCode> DecideAsync(HttpClient client, string id)
    {
        using var answer = await client.PostAsJsonAsync($"{Api}/{id}/decision", new { grant = true }, Stop);
        return answer.StatusCode;
    }

    private static async Task<HttpStatusCode> SearchAsync(Browser browser)
    {
        using var answer = await browser.GetAsync("/search/default?q=x");
        return answer.StatusCode;
    }
}
