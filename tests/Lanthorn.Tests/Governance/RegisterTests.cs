using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Lanthorn.Tests.Removal;
using Lanthorn.Tests.Storage;

namespace Lanthorn.Tests.Governance;

/// <summary>Registers, breaches, statistics and what the supervisory authority gets, as the clock stands on 1 March 2026, noon.</summary>
public sealed class RegisterTests
{
    private const string Activities = "/api/v1/registers/activities";
    private const string Breaches = "/api/v1/registers/breaches";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, OnEachDatabase]
    public async Task LED_24_the_register_begins_with_templates_that_an_officer_takes_over(Database database)
    {
        await using var server = await InstalledServer.StartAsync(Stop, on: database);
        using var officer = await server.SignedInAsync("dora", "data-protection-officer", "alpha", Stop);
        using var rights = await server.SignedInAsync("fred", "fundamental-rights-officer", "alpha", Stop);
        using var far = await server.SignedInAsync("otto", "data-protection-officer", "bravo", Stop);
        using var analyst = await server.SignedInAsync("ana", "analyst", "alpha", Stop);
        var before = await officer.GetFromJsonAsync<JsonElement>(Activities, Stop);
        var template = before[0];
        Assert.True(template.GetProperty("is_template").GetBoolean());
        var fields = template
            .GetProperty("fields")
            .EnumerateObject()
            .ToDictionary(p => p.Name, p => p.Name == "basis" ? "Police Act, section 4" : p.Value.GetString()!);
        var code = template.GetProperty("reference").GetString();

        using var kept = await officer.PostAsJsonAsync(Activities, new { fields, template = code }, Stop);
        fields["basis"] = "";
        using var empty = await officer.PostAsJsonAsync(Activities, new { fields }, Stop);
        using var refused = await rights.PostAsJsonAsync(Activities, new { fields }, Stop);

        Assert.Equal(HttpStatusCode.Created, kept.StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, empty.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        var after = await rights.GetFromJsonAsync<JsonElement>(Activities, Stop);
        Assert.Equal(before.GetArrayLength(), after.GetArrayLength());
        Assert.Single(after.EnumerateArray(), e => !e.GetProperty("is_template").GetBoolean());
        Assert.DoesNotContain("section 4", await far.GetStringAsync(Activities, Stop), StringComparison.Ordinal);
        Assert.Contains(
            "section 4",
            await officer.GetStringAsync("/registers/activities.csv", Stop),
            StringComparison.Ordinal
        );
        var reference = (await kept.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("reference").GetString();
        Assert.Contains(
            "section 4",
            await officer.GetStringAsync($"/registers/activities/{reference}", Stop),
            StringComparison.Ordinal
        );
        foreach (var path in new[] { "/registers", "/registers/breaches", "/oversight", "/oversight/export.zip" })
            Assert.Equal(HttpStatusCode.NotFound, (await analyst.GetAsync(path, Stop)).StatusCode);
    }

    [Theory, OnEachDatabase]
    public async Task LED_30_the_authority_is_told_within_72_hours_or_with_the_reasons_for_the_delay(Database database)
    {
        await using var server = await InstalledServer.StartAsync(Stop, on: database);
        using var officer = await server.SignedInAsync("dora", "data-protection-officer", "alpha", Stop);
        var inTime = await BreachAsync(officer, "2026-02-26T13:00", "risk");
        var late = await BreachAsync(officer, "2026-02-26T11:00", "high");
        var none = await BreachAsync(officer, "2026-02-01T11:00", "unlikely");
        Assert.Equal(
            (inTime, "runs", late, "overdue", none, "not_needed"),
            (
                inTime,
                await StateAsync(officer, inTime),
                late,
                await StateAsync(officer, late),
                none,
                await StateAsync(officer, none)
            )
        );

        Assert.Equal(HttpStatusCode.NoContent, await ToldAsync(officer, inTime, new { }));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await ToldAsync(officer, late, new { }));
        Assert.Equal(HttpStatusCode.NoContent, await ToldAsync(officer, late, new { reason = "the log was lost" }));
        Assert.Equal(HttpStatusCode.Conflict, await ToldAsync(officer, late, new { reason = "again" }));
        Assert.Equal("in_time", await StateAsync(officer, inTime));
        Assert.Equal("late", await StateAsync(officer, late));
        Assert.Contains(
            "are not told",
            await officer.GetStringAsync("/registers/breaches", Stop),
            StringComparison.Ordinal
        );
        using var told = await officer.PostAsJsonAsync($"{Breaches}/{late}/people", new { how = "by letter" }, Stop);
        Assert.Equal(HttpStatusCode.NoContent, told.StatusCode);
        Assert.DoesNotContain(
            "are not told",
            await officer.GetStringAsync("/registers/breaches", Stop),
            StringComparison.Ordinal
        );
    }

    [Theory, OnEachDatabase]
    public async Task Safeguard_19_the_supervisor_gets_registers_statistics_and_a_log_that_holds_as_one_file(
        Database database
    )
    {
        await using var server = await InstalledServer.StartAsync(Stop, on: database);
        using var officer = await server.SignedInAsync("dora", "data-protection-officer", "alpha", Stop);
        var request = await RightsTests.AddAsync(officer, "access", "Somebody");
        Assert.Equal(
            HttpStatusCode.NoContent,
            await RightsTests.DecideAsync(officer, request, "refused", "identity_not_proven")
        );
        await BreachAsync(officer, "2026-02-28T11:00", "risk");

        var bytes = await officer.GetByteArrayAsync("/api/v1/oversight/export?year=2026", Stop);

        using var zip = new ZipArchive(new MemoryStream(bytes));
        string Text(string name)
        {
            using var reader = new StreamReader(zip.GetEntry(name)!.Open());
            return reader.ReadToEnd();
        }
        Assert.Contains("Records about networks", Text("processing-activities.csv"), StringComparison.Ordinal);
        Assert.Contains("The disk was lost", Text("breaches.csv"), StringComparison.Ordinal);
        var numbers = Text("statistics.csv");
        Assert.Contains("requests received,access,1", numbers, StringComparison.Ordinal);
        Assert.Contains("\"Article 12(5), Directive (EU) 2016/680\",1", numbers, StringComparison.Ordinal);
        Assert.Contains("breaches,runs,1", numbers, StringComparison.Ordinal);
        Assert.Contains("\"holds\":true", Text("audit-verification.json"), StringComparison.Ordinal);
        Assert.Contains($"rights request {request}: decided", Text("audit.csv"), StringComparison.Ordinal);
        Assert.Contains("all chains of the log hold", Text("README.txt"), StringComparison.Ordinal);
        var last = await server.Store.Audit.ListAsync("dora", 1, 0, Stop);
        Assert.Contains("supervisory authority", $"{last[0].Body}", StringComparison.Ordinal);
        var lines = (await officer.GetFromJsonAsync<JsonElement>("/api/v1/oversight/statistics", Stop)).GetProperty(
            "lines"
        );
        var disclosures = lines.EnumerateArray().Single(l => l.GetProperty("what").GetString() == "disclosure");
        Assert.Equal(1, disclosures.GetProperty("count").GetInt32());
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await officer.GetAsync("/oversight/export.zip?year=2027", Stop)).StatusCode
        );
        Assert.Contains(
            "Statistics of 2026",
            await officer.GetStringAsync("/oversight/statistics", Stop),
            StringComparison.Ordinal
        );
    }

    private static async Task<string> BreachAsync(HttpClient officer, string aware, string risk)
    {
        using var answer = await officer.PostAsJsonAsync(
            Breaches,
            new
            {
                what = "The disk was lost",
                aware,
                people = "two hundred contacts",
                consequences = "they could be recognised",
                measures = "keys changed",
                risk,
            },
            Stop
        );
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("reference").GetString()!;
    }

    private static async Task<HttpStatusCode> ToldAsync(HttpClient officer, string breach, object notification)
    {
        using var answer = await officer.PostAsJsonAsync($"{Breaches}/{breach}/notification", notification, Stop);
        return answer.StatusCode;
    }

    private static async Task<string?> StateAsync(HttpClient officer, string breach) =>
        (await officer.GetFromJsonAsync<JsonElement>(Breaches, Stop))
            .EnumerateArray()
            .Single(b => b.GetProperty("reference").GetString() == breach)
            .GetProperty("state")
            .GetString();
}
