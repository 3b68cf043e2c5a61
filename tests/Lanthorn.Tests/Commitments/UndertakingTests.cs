using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Lanthorn.Commitments.Contracts;
using Lanthorn.Program.Demonstration.World;
using Lanthorn.Tests.Removal;
using Lanthorn.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Lanthorn.Tests.Commitments;

/// <summary>Undertakings through the whole program, as its clock stands on the first of March 2026.</summary>
public sealed class UndertakingTests
{
    private const string Route = "/api/v1/undertakings";
    private const string Shared = "org=alpha;tlp=green";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, OnEachDatabase]
    public async Task What_was_due_yesterday_is_late_to_owner_and_secretariat_until_evidence_is_accepted(
        Database database
    )
    {
        await using var server = await InstalledServer.StartAsync(Stop, on: database);
        using var keeper = await server.SignedInAsync("keeper", "programme-manager", "alpha", Stop);
        using var other = await server.SignedInAsync("other", "operations-lead", "alpha", Stop);
        using var owner = await server.SignedInAsync("owner", "partner-country-officer", "alpha", Stop);
        var reference = await AddAsync(keeper, Promise("owner", "2026-02-28"));

        foreach (var client in new[] { keeper, owner })
        {
            Assert.Equal("late", await StateAsync(client, reference));
            var page = await client.GetStringAsync($"/undertakings/{reference}", Stop);
            Assert.Contains(">late</span>", page, StringComparison.Ordinal);
        }
        Assert.Contains(reference, await owner.GetStringAsync("/api/v1/home", Stop), StringComparison.Ordinal);
        Assert.Contains("1 undertaking is late", await keeper.GetStringAsync("/", Stop), StringComparison.Ordinal);

        var evidence = await OfferAsync(owner, reference, 10);
        Assert.Equal("late", await StateAsync(owner, reference));
        Assert.Contains("1 piece of evidence waits", await other.GetStringAsync("/", Stop), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, await DecideAsync(other, reference, evidence, accept: true));

        foreach (var client in new[] { keeper, owner })
            Assert.Equal("delivered", await StateAsync(client, reference));
        Assert.DoesNotContain("is late", await keeper.GetStringAsync("/", Stop), StringComparison.Ordinal);
    }

    [Theory, OnEachDatabase]
    public async Task Whoever_offers_evidence_does_not_accept_it_and_what_is_decided_stays(Database database)
    {
        await using var server = await InstalledServer.StartAsync(Stop, on: database);
        using var one = await server.SignedInAsync("one", "programme-manager", "alpha", Stop);
        using var two = await server.SignedInAsync("two", "operations-lead", "alpha", Stop);
        using var partner = await server.SignedInAsync("partner", "partner-country-officer", "alpha", Stop);
        var reference = await AddAsync(one, Promise("one", "2026-05-01"));
        var evidence = await OfferAsync(one, reference, 10);

        Assert.Equal(HttpStatusCode.Forbidden, await DecideAsync(one, reference, evidence, accept: true));
        Assert.Equal(HttpStatusCode.Forbidden, await DecideAsync(partner, reference, evidence, accept: true));
        Assert.Equal(HttpStatusCode.NoContent, await DecideAsync(two, reference, evidence, accept: false));
        Assert.Equal(HttpStatusCode.Conflict, await DecideAsync(two, reference, evidence, accept: true));

        Assert.Equal("open", await StateAsync(one, reference));
        var ownPage = await partner.GetStringAsync($"/undertakings/{reference}", Stop);
        Assert.DoesNotContain("/change\"", ownPage, StringComparison.Ordinal);
        Assert.Contains("/evidence\"", ownPage, StringComparison.Ordinal);
    }

    [Theory, OnEachDatabase]
    public async Task Another_day_keeps_the_old_one_with_who_and_why(Database database)
    {
        await using var server = await InstalledServer.StartAsync(Stop, on: database);
        using var keeper = await server.SignedInAsync("keeper", "programme-manager", "alpha", Stop);
        using var partner = await server.SignedInAsync("partner", "partner-country-officer", "alpha", Stop);
        var reference = await AddAsync(keeper, Promise("keeper", "2026-02-01"));
        var change = new
        {
            act = "due",
            value = "2026-06-01",
            reason = "the election",
        };

        using var refused = await partner.PostAsJsonAsync($"{Route}/{reference}/changes", change, Stop);
        using var changed = await keeper.PostAsJsonAsync($"{Route}/{reference}/changes", change, Stop);

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, changed.StatusCode);
        var shown = await keeper.GetFromJsonAsync<JsonElement>($"{Route}/{reference}", Stop);
        var done = shown.GetProperty("history")[0];
        Assert.Equal("2026-02-01", done.GetProperty("before").GetString());
        Assert.Equal("2026-06-01", done.GetProperty("after").GetString());
        Assert.Equal("keeper", done.GetProperty("by").GetString());
        Assert.Equal("the election", done.GetProperty("reason").GetString());
        Assert.Equal("open", shown.GetProperty("undertaking").GetProperty("state").GetString());
    }

    [Theory, OnEachDatabase]
    public async Task Evidence_on_a_record_counts_only_for_whoever_sees_the_record(Database database)
    {
        await using var server = await InstalledServer.StartAsync(Stop, on: database);
        using var lead = await server.SignedInAsync("lead", "operations-lead", "alpha", Stop);
        using var second = await server.SignedInAsync("second", "operations-lead", "alpha", Stop);
        using var manager = await server.SignedInAsync("manager", "programme-manager", "alpha", Stop);
        await Screening.SavedSearchTests.WriteAsync(
            server.Store,
            TemporaryStore.Person("1", "Mira", "purpose=enforcement")
        );
        var reference = await AddAsync(lead, Promise("lead", "2026-02-01"));
        using var offered = await lead.PostAsJsonAsync(
            $"{Route}/{reference}/evidence",
            new
            {
                kind = "record",
                text = "seen",
                record = "test-1",
                amount = 10,
            },
            Stop
        );
        var id = (await offered.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("id").GetString()!;
        Assert.Equal(HttpStatusCode.NotFound, await DecideAsync(manager, reference, id, accept: true));
        Assert.Equal(HttpStatusCode.NoContent, await DecideAsync(second, reference, id, accept: true));

        Assert.Equal("delivered", await StateAsync(lead, reference));
        Assert.Equal("late", await StateAsync(manager, reference));
    }

    [Theory, OnEachDatabase]
    public async Task A_table_leaves_as_a_spreadsheet_and_roles_without_part_find_nothing(Database database)
    {
        await using var server = await InstalledServer.StartAsync(Stop, on: database);
        using var keeper = await server.SignedInAsync("keeper", "programme-manager", "alpha", Stop);
        using var editor = await server.SignedInAsync("editor", "editor", "alpha", Stop);
        using var far = await server.SignedInAsync("far", "programme-manager", "bravo", Stop);
        var reference = await AddAsync(keeper, Promise("keeper", "2026-02-01"));

        var sheet = await keeper.GetByteArrayAsync("/undertakings.xlsx?state=late", Stop);
        var csv = await keeper.GetStringAsync("/undertakings.csv?state=late", Stop);

        Assert.Equal("PK"u8.ToArray(), sheet[..2]);
        Assert.Contains(reference, csv, StringComparison.Ordinal);
        Assert.DoesNotContain(
            reference,
            await keeper.GetStringAsync("/undertakings.csv?state=open", Stop),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(reference, await far.GetStringAsync("/undertakings.csv", Stop), StringComparison.Ordinal);
        foreach (var path in new[] { "/undertakings", $"/undertakings/{reference}", Route, "/projects" })
            Assert.Equal(HttpStatusCode.NotFound, (await editor.GetAsync(path, Stop)).StatusCode);
    }

    [Theory, OnEachDatabase]
    public async Task The_world_comes_once_and_another_scale_leaves_what_people_added(Database database)
    {
        await using var server = await InstalledServer.StartAsync(Stop, on: database);
        using var keeper = await server.SignedInAsync("keeper", "programme-manager", "alpha", Stop);
        var own = await AddAsync(keeper, Promise("keeper", "2026-05-01"));
        var undertakings = server.Services.GetRequiredService<Undertakings>();
        var today = new DateOnly(2026, 3, 1);
        async Task BringAsync(int scale) =>
            await undertakings.BringAsync("w", $"{scale}", [.. new FictionalWorld(scale).Undertakings(today)], Stop);

        await BringAsync(2);
        var two = await ReferencesAsync(keeper);
        var last = new FictionalWorld(2).Undertakings(today).Last(u => two.Contains(u.Line.Reference)).Line.Reference;
        await OfferAsync(keeper, last, 1);
        await BringAsync(1);
        var one = await ReferencesAsync(keeper);
        await BringAsync(1);

        Assert.Equal(one, await ReferencesAsync(keeper));
        Assert.Equal("1", await undertakings.EditionAsync("w", Stop));
        Assert.Contains(own, one);
        Assert.Contains(last, one);
        Assert.InRange(one.Count, 5, two.Count - 1);
        var states = new FictionalWorld(1).Undertakings(today).Select(u => u.Line.Due < today).Distinct();
        Assert.Equal(2, states.Count());
    }

    private static object Promise(string owner, string due) =>
        new
        {
            promiser = "Ministry",
            promisee = "Alliance",
            text = "Train ten people",
            strand = "respond",
            due,
            measure = "people trained",
            unit = "people",
            target = 10,
            owner,
            label = Shared,
            source = "Declaration",
        };

    private static async Task<string> AddAsync(HttpClient client, object promise)
    {
        using var answer = await client.PostAsJsonAsync(Route, promise, Stop);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("reference").GetString()!;
    }

    private static async Task<string> OfferAsync(HttpClient client, string reference, decimal amount)
    {
        using var answer = await client.PostAsJsonAsync(
            $"{Route}/{reference}/evidence",
            new
            {
                kind = "count",
                text = "list of participants",
                amount,
            },
            Stop
        );
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("id").GetString()!;
    }

    private static async Task<HttpStatusCode> DecideAsync(
        HttpClient client,
        string reference,
        string evidence,
        bool accept
    )
    {
        using var answer = await client.PostAsJsonAsync(
            $"{Route}/{reference}/evidence/{evidence}/decision",
            new { accept, reason = "checked" },
            Stop
        );
        return answer.StatusCode;
    }

    private static async Task<string?> StateAsync(HttpClient client, string reference) =>
        (await client.GetFromJsonAsync<JsonElement>($"{Route}/{reference}", Stop))
            .GetProperty("undertaking")
            .GetProperty("state")
            .GetString();

    private static async Task<List<string>> ReferencesAsync(HttpClient client) =>
        [
            .. (await client.GetFromJsonAsync<JsonElement>(Route, Stop))
                .EnumerateArray()
                .Select(u => u.GetProperty("reference").GetString()!)
                .Order(StringComparer.Ordinal),
        ];
}
