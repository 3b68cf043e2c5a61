using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dapper;
using Lanthorn.Storage;
using Lanthorn.Tests.Removal;
using Lanthorn.Tests.Storage;
using static Lanthorn.Tests.Governance.RightsTests;

namespace Lanthorn.Tests.Governance;

/// <summary>What erasing and restricting on request does to everybody else.</summary>
public sealed class RestrictionTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, OnEachDatabase]
    public async Task LED_16_a_restricted_record_is_found_by_nobody_else_until_it_is_lifted_whatever_is_imported(
        Database database
    )
    {
        await using var server = await InstalledServer.StartAsync(Stop, on: database);
        using var officer = await server.SignedInAsync("dora", "data-protection-officer", "alpha", Stop);
        using var analyst = await server.SignedInAsync("ana", "analyst", "alpha", Stop);
        await WriteAsync(server, officer, ("1", "Ermias Ghermay"), ("2", "Ermias Girmay"));
        Assert.Equal((2, 2), await SeenAsync(server, analyst));
        var request = await GrantedAsync(officer, "restriction");

        using var done = await officer.PostAsJsonAsync($"/api/v1/rights/{request}/carry-out", new { }, Stop);

        Assert.Equal(HttpStatusCode.OK, done.StatusCode);
        Assert.Equal((1, 1), await SeenAsync(server, analyst));
        Assert.Equal((2, 2), await SeenAsync(server, officer));
        await WriteAsync(server, officer, ("1", "Ermias Ghermay"));
        Assert.Equal((1, 1), await SeenAsync(server, analyst));
        await WriteAsync(server, officer, ("1", "Ermias Ghermay Tesfay"));
        Assert.Equal((1, 1), await SeenAsync(server, analyst));
        var record = (await ShowAsync(officer, request)).GetProperty("certificates")[0].GetProperty("record");

        Assert.Equal(
            HttpStatusCode.Conflict,
            await DoAsync(officer, request, "lift", new { record = "", reason = "x" })
        );
        Assert.Equal(
            HttpStatusCode.NoContent,
            await DoAsync(officer, request, "lift", new { record = record.GetString(), reason = "the court said so" })
        );
        Assert.Equal((2, 2), await SeenAsync(server, analyst));
    }

    [Theory, OnEachDatabase]
    public async Task LED_16_an_erased_record_is_gone_for_good_and_its_certificate_stands_in_the_answer(
        Database database
    )
    {
        await using var server = await InstalledServer.StartAsync(Stop, on: database);
        using var officer = await server.SignedInAsync("dora", "data-protection-officer", "alpha", Stop);
        await WriteAsync(server, officer, ("1", "Ermias Ghermay"), ("2", "Ermias Girmay"));
        var request = await GrantedAsync(officer, "erasure");
        Assert.Equal(HttpStatusCode.Conflict, await DoAsync(officer, request, "answered", new { how = "by hand" }));

        Assert.Equal(HttpStatusCode.OK, await DoAsync(officer, request, "carry-out", new { }));

        Assert.Equal((1, 1), await SeenAsync(server, officer));
        await WriteAsync(server, officer, ("1", "Ermias Ghermay"));
        Assert.Equal((1, 1), await SeenAsync(server, officer));
        var shown = await ShowAsync(officer, request);
        var number = shown.GetProperty("certificates")[0].GetProperty("number").GetString()!;
        var page = await officer.GetStringAsync($"/rights/{request}/answer?lang=en", Stop);
        Assert.Contains($"Certificate {number}", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Ghermay", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, await DoAsync(officer, request, "carry-out", new { }));
    }

    [Theory, OnEachDatabase]
    public async Task LED_16_a_restriction_outlasts_the_undoing_of_an_import_and_leaves_nothing_behind(
        Database database
    )
    {
        await using var server = await InstalledServer.StartAsync(Stop, on: database);
        using var officer = await server.SignedInAsync("dora", "data-protection-officer", "alpha", Stop);
        using var analyst = await server.SignedInAsync("ana", "analyst", "alpha", Stop);
        await WriteAsync(server, officer, ("1", "Ermias Ghermay"), ("2", "Ermias Girmay"));
        var request = await GrantedAsync(officer, "restriction");
        Assert.Equal(HttpStatusCode.OK, await DoAsync(officer, request, "carry-out", new { }));
        await WriteAsync(server, officer, ("1", "Ermias Ghermay Tesfay"));
        var import = await server.Store.ReadOwnAsync(
            c => c.ExecuteScalarAsync<long>("select max(id) from import"),
            Stop
        );
        var viewer = await server.ViewerOfAsync("dora", Stop);

        await new ImportUndo(server.Store).RunAsync(
            new(import, viewer, new Justification("a test"), "a test", (_, _, _) => Task.CompletedTask),
            Stop
        );

        Assert.Equal((1, 1), await SeenAsync(server, analyst));
        var record = (await ShowAsync(officer, request)).GetProperty("certificates")[0].GetProperty("record");
        var lifting = new { record = record.GetString(), reason = "the court said so" };
        Assert.Equal(HttpStatusCode.NoContent, await DoAsync(officer, request, "lift", lifting));
        Assert.Equal((2, 2), await SeenAsync(server, analyst));
    }

    /// <summary>A request about the first record, as far as its decision.</summary>
    private static async Task<string> GrantedAsync(HttpClient officer, string kind)
    {
        var request = await AddAsync(officer, kind, "Applicant");
        await CheckedAsync(officer, request);
        await DoAsync(officer, request, "search", new { names = "Ermias Ghermay" });
        foreach (var found in (await ShowAsync(officer, request)).GetProperty("records").EnumerateArray())
            await DoAsync(
                officer,
                request,
                "marks",
                new
                {
                    record = found.GetProperty("record").GetString(),
                    verdict = found.GetProperty("entity").GetString() == "test-1" ? "person" : "somebody_else",
                }
            );
        await ConsultAsync(officer, request, "agrees");
        Assert.Equal(HttpStatusCode.NoContent, await DecideAsync(officer, request, "granted"));
        return request;
    }

    /// <summary>How many of the two records matching and the export of a search give; the page of the first is there or not.</summary>
    private static async Task<(int Matched, int Exported)> SeenAsync(InstalledServer server, HttpClient client)
    {
        await server.CaughtUpAsync(client, Stop);
        using var answer = await client.PostAsJsonAsync(
            "/match/default?threshold=0.5&cutoff=0.3",
            new
            {
                queries = new { q = new { schema = "Person", properties = new { name = new[] { "Ermias Ghermay" } } } },
            },
            Stop
        );
        var matched = (await answer.Content.ReadFromJsonAsync<JsonElement>(Stop))
            .GetProperty("responses")
            .GetProperty("q")
            .GetProperty("results")
            .GetArrayLength();
        var search = await client.GetFromJsonAsync<JsonElement>("/search/default?q=ermias", Stop);
        Assert.Equal(matched, search.GetProperty("total").GetProperty("value").GetInt32());
        var file = await client.GetStringAsync("/search.csv?q=ermias", Stop);
        var first = (await client.GetAsync("/entity/test-1", Stop)).StatusCode == HttpStatusCode.OK;
        Assert.Equal(first, file.Contains("test-1", StringComparison.Ordinal));
        var history = (await client.GetAsync("/api/v1/records/test-1/history", Stop)).StatusCode == HttpStatusCode.OK;
        Assert.Equal(first, history);
        var next = await client.GetStringAsync("/api/v1/review/next", Stop);
        Assert.True(first || !next.Contains("test-1", StringComparison.Ordinal));
        return (matched, file.Split("\r\n").Count(l => l.Contains("test-", StringComparison.Ordinal)));
    }
}
