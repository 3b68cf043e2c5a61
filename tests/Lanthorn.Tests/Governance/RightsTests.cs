using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Lanthorn.Tests.Removal;
using Lanthorn.Tests.Storage;

namespace Lanthorn.Tests.Governance;

/// <summary>Requests of people about what is held of them, as the clock stands on the first of March 2026.</summary>
public sealed class RightsTests
{
    private const string Route = "/api/v1/rights";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, OnEachDatabase]
    public async Task Europol_36_an_access_request_goes_from_its_clock_to_the_answer_as_a_document(Database database)
    {
        await using var server = await InstalledServer.StartAsync(Stop, on: database);
        using var officer = await server.SignedInAsync("dora", "data-protection-officer", "alpha", Stop);
        await WriteAsync(server, officer, ("1", "Ermias Ghermay"), ("2", "Ana Somebody"));
        var request = await AddAsync(officer, "access", "ኤርምያስ ግርማይ\nErmias Girmay");
        Assert.Equal("2026-05-01", (await ShowAsync(officer, request)).GetProperty("due_on").GetString());

        Assert.Equal(HttpStatusCode.Conflict, await DoAsync(officer, request, "search", new { }));
        await CheckedAsync(officer, request);
        Assert.Equal(HttpStatusCode.OK, await DoAsync(officer, request, "search", new { }));
        var found = Assert.Single((await ShowAsync(officer, request)).GetProperty("records").EnumerateArray());
        Assert.Equal("Ermias Ghermay", found.GetProperty("caption").GetString());
        Assert.Equal(HttpStatusCode.Conflict, await DecideAsync(officer, request, "granted"));
        await MarkAsync(officer, request, found);
        Assert.Equal(HttpStatusCode.Conflict, await DecideAsync(officer, request, "granted"));
        await ConsultAsync(officer, request, "agrees");
        Assert.Equal(HttpStatusCode.Conflict, (await officer.GetAsync($"/rights/{request}/answer", Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, await DecideAsync(officer, request, "granted"));

        var english = await officer.GetStringAsync($"/rights/{request}/answer?lang=en", Stop);
        using var file = await officer.GetAsync($"/rights/{request}/answer.html?lang=fr", Stop);
        var french = WebUtility.HtmlDecode(await file.Content.ReadAsStringAsync(Stop));
        Assert.Contains("We hold one record about you", english, StringComparison.Ordinal);
        Assert.Contains("Ermias Ghermay", english, StringComparison.Ordinal);
        Assert.DoesNotContain("Ana Somebody", english, StringComparison.Ordinal);
        Assert.Contains("Nous détenons une fiche", french, StringComparison.Ordinal);
        Assert.Equal("attachment", file.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal(HttpStatusCode.NoContent, await DoAsync(officer, request, "answered", new { how = "by hand" }));
        Assert.Equal("answered", (await ShowAsync(officer, request)).GetProperty("state").GetString());
        var log = await officer.GetStringAsync("/api/v1/audit?limit=100", Stop);
        foreach (var step in new[] { "identity_checked", "searched", "marked", "asked", "decided", "answered" })
            Assert.Contains($"rights request {request}: {step}", log, StringComparison.Ordinal);
        Assert.Contains($"answer to rights request {request}", log, StringComparison.Ordinal);
    }

    [Theory, OnEachDatabase]
    public async Task LED_15_a_silent_refusal_reads_the_same_whether_something_is_held_or_not(Database database)
    {
        await using var server = await InstalledServer.StartAsync(Stop, on: database);
        using var officer = await server.SignedInAsync("dora", "data-protection-officer", "alpha", Stop);
        await WriteAsync(server, officer, ("1", "Ermias Ghermay"));
        var answers = new List<string>();
        foreach (var name in new[] { "Ermias Ghermay", "Nobody Whatsoever" })
        {
            var request = await AddAsync(officer, "access", name);
            await CheckedAsync(officer, request);
            await DoAsync(officer, request, "search", new { });
            foreach (var found in (await ShowAsync(officer, request)).GetProperty("records").EnumerateArray())
                await MarkAsync(officer, request, found);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, await DecideAsync(officer, request, "refused"));
            Assert.Equal(HttpStatusCode.NoContent, await DecideAsync(officer, request, "refused", "crime"));
            var page = await officer.GetStringAsync($"/rights/{request}/answer", Stop);
            answers.Add(
                page.Replace(request, "R", StringComparison.Ordinal).Replace(name, "N", StringComparison.Ordinal)
            );
        }

        Assert.Equal(answers[0], answers[1]);
        Assert.Contains("neither confirm nor deny", answers[0], StringComparison.Ordinal);
    }

    [Theory, OnEachDatabase]
    public async Task Europol_36_three_months_are_never_extended_and_the_directive_once(Database database)
    {
        await using var server = await InstalledServer.StartAsync(Stop, on: database);
        using var officer = await server.SignedInAsync("dora", "data-protection-officer", "alpha", Stop);
        var europol = await AddAsync(officer, "access", "Mira", law: "europol");
        var directive = await AddAsync(officer, "access", "Mira");
        var late = await AddAsync(officer, "access", "Mira", received: "2025-11-30");
        object Until(string day) => new { until = day, reason = "Section 7 of the national act" };

        Assert.Equal(HttpStatusCode.Conflict, await DoAsync(officer, europol, "extension", Until("2026-06-01")));
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            await DoAsync(officer, directive, "extension", Until("2026-08-02"))
        );
        Assert.Equal(HttpStatusCode.NoContent, await DoAsync(officer, directive, "extension", Until("2026-06-01")));
        Assert.Equal(HttpStatusCode.Conflict, await DoAsync(officer, directive, "extension", Until("2026-07-01")));
        Assert.Equal(HttpStatusCode.Conflict, await DoAsync(officer, late, "extension", Until("2026-04-01")));
        Assert.True((await ShowAsync(officer, late)).GetProperty("is_overdue").GetBoolean());
        Assert.Contains(
            "overdue since",
            await officer.GetStringAsync($"/rights/{late}", Stop),
            StringComparison.Ordinal
        );
    }

    [Theory, OnEachDatabase]
    public async Task A_provider_that_objects_keeps_its_record_out_and_a_grant_whole_is_refused(Database database)
    {
        await using var server = await InstalledServer.StartAsync(Stop, on: database);
        using var officer = await server.SignedInAsync("dora", "data-protection-officer", "alpha", Stop);
        await WriteAsync(server, officer, ("1", "Ermias Ghermay"));
        var request = await AddAsync(officer, "access", "Ermias Ghermay");
        await CheckedAsync(officer, request);
        await DoAsync(officer, request, "search", new { });
        await MarkAsync(officer, request, (await ShowAsync(officer, request)).GetProperty("records")[0]);
        await ConsultAsync(officer, request, "objects");

        Assert.Equal(HttpStatusCode.Conflict, await DecideAsync(officer, request, "granted"));
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            await DecideAsync(officer, request, "partly", "europol_security")
        );
        var unsearched = await AddAsync(officer, "access", "Ermias Ghermay");
        Assert.NotEqual(HttpStatusCode.NoContent, await DecideAsync(officer, unsearched, "partly", "excessive"));
        await CheckedAsync(officer, unsearched);
        Assert.Equal(HttpStatusCode.Conflict, await DecideAsync(officer, unsearched, "partly", "excessive"));
        Assert.Equal(HttpStatusCode.NoContent, await DecideAsync(officer, request, "partly", "inquiry"));
        var page = await officer.GetStringAsync($"/rights/{request}/answer", Stop);
        Assert.Contains("granted in part", page, StringComparison.Ordinal);
        // A ground that asks for silence is in the file, not in the letter.
        Assert.DoesNotContain("Article 15(1)(a)", page, StringComparison.Ordinal);
        Assert.DoesNotContain("held since", page, StringComparison.OrdinalIgnoreCase);
    }

    [Theory, OnEachDatabase]
    public async Task Requests_are_for_the_officer_of_their_organisation_alone_and_unreadable_in_the_database(
        Database database
    )
    {
        await using var server = await InstalledServer.StartAsync(Stop, on: database);
        using var officer = await server.SignedInAsync("dora", "data-protection-officer", "alpha", Stop);
        using var other = await server.SignedInAsync("otto", "data-protection-officer", "bravo", Stop);
        using var analyst = await server.SignedInAsync("ana", "analyst", "alpha", Stop);
        var request = await AddAsync(officer, "erasure", "Verborgen Geheim");

        foreach (var path in new[] { "/rights", "/rights/new", $"/rights/{request}", Route, "/rights.csv" })
            Assert.Equal(HttpStatusCode.NotFound, (await analyst.GetAsync(path, Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"{Route}/{request}", Stop)).StatusCode);
        Assert.Equal("[]", await other.GetStringAsync(Route, Stop));
        Assert.Contains(request, await officer.GetStringAsync("/rights.csv", Stop), StringComparison.Ordinal);
        Assert.DoesNotContain("Geheim", await officer.GetStringAsync("/rights", Stop), StringComparison.Ordinal);
        Assert.Contains("Geheim", await officer.GetStringAsync($"/rights/{request}", Stop), StringComparison.Ordinal);
        var kept = await server.Store.ReadOwnAsync(
            connection => Dapper.SqlMapper.QuerySingleAsync<string>(connection, "select subject from gov_request"),
            Stop
        );
        Assert.DoesNotContain("Geheim", kept, StringComparison.Ordinal);
    }

    internal static async Task WriteAsync(
        InstalledServer server,
        HttpClient client,
        params (string Id, string Name)[] people
    )
    {
        await Screening.SavedSearchTests.WriteAsync(
            server.Store,
            [.. people.Select(p => TemporaryStore.Person(p.Id, p.Name, "purpose=enforcement"))]
        );
        await server.CaughtUpAsync(client, Stop);
    }

    internal static async Task<string> AddAsync(
        HttpClient officer,
        string kind,
        string subject,
        string law = "directive",
        string received = "2026-02-01"
    )
    {
        using var answer = await officer.PostAsJsonAsync(
            Route,
            new
            {
                kind,
                law,
                received,
                subject,
                contact = "4 Harbour Street",
            },
            Stop
        );
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("reference").GetString()!;
    }

    internal static async Task<HttpStatusCode> DoAsync(HttpClient officer, string request, string step, object what)
    {
        using var answer = await officer.PostAsJsonAsync($"{Route}/{request}/{step}", what, Stop);
        return answer.StatusCode;
    }

    internal static Task<JsonElement> ShowAsync(HttpClient officer, string request) =>
        officer.GetFromJsonAsync<JsonElement>($"{Route}/{request}", Stop);

    internal static async Task CheckedAsync(HttpClient officer, string request) =>
        Assert.Equal(
            HttpStatusCode.NoContent,
            await DoAsync(officer, request, "identity", new { how = "passport shown" })
        );

    internal static async Task MarkAsync(HttpClient officer, string request, JsonElement found) =>
        Assert.Equal(
            HttpStatusCode.NoContent,
            await DoAsync(
                officer,
                request,
                "marks",
                new { record = found.GetProperty("record").GetString(), verdict = "person" }
            )
        );

    internal static Task<HttpStatusCode> DecideAsync(
        HttpClient officer,
        string request,
        string outcome,
        string? ground = null
    ) =>
        DoAsync(
            officer,
            request,
            "decision",
            new
            {
                outcome,
                ground,
                reason = "as the file says",
            }
        );

    internal static async Task ConsultAsync(HttpClient officer, string request, string verdict)
    {
        foreach (var provider in (await ShowAsync(officer, request)).GetProperty("to_ask").EnumerateArray())
        {
            using var asked = await officer.PostAsJsonAsync(
                $"{Route}/{request}/consultations",
                new { provider = provider.GetString(), text = "May we disclose it?" },
                Stop
            );
            Assert.Equal(HttpStatusCode.Created, asked.StatusCode);
            var id = (await asked.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("id").GetString();
            Assert.Equal(
                HttpStatusCode.NoContent,
                await DoAsync(officer, request, $"consultations/{id}/answer", new { verdict, text = "Answered" })
            );
        }
    }
}
