using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Lanthorn.Governance.Contracts;
using Lanthorn.Platform;
using Lanthorn.Tests.Removal;
using Lanthorn.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Lanthorn.Tests.Governance;

/// <summary>The public door, the desk behind it, and what an officer holds.</summary>
public sealed partial class ComplaintTests
{
    private const string Officer = "fundamental-rights-officer";
    private const string Words = "They kept my telephone in Zuwara";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, OnEachDatabase]
    public async Task Safeguard_18_a_complaint_goes_through_the_public_door_to_an_answer_that_its_receipt_reads(
        Database database
    )
    {
        await using var server = await InstalledServer.StartAsync(Stop, on: database);
        using var officer = await server.SignedInAsync("fred", Officer, "alpha", Stop);
        using var analyst = await server.SignedInAsync("ana", "analyst", "alpha", Stop);
        using var anybody = server.Anybody();
        var receipt = await ComplainAsync(anybody, "fr");
        Assert.Contains("attend d", await LookAsync(anybody, "fr", receipt), StringComparison.Ordinal);

        var list = await officer.GetFromJsonAsync<JsonElement>("/api/v1/complaints", Stop);
        var reference = Assert.Single(list.EnumerateArray()).GetProperty("reference").GetString()!;
        Assert.Equal(Words, list[0].GetProperty("text").GetString());
        Assert.Equal(HttpStatusCode.NoContent, await ActAsync(officer, reference, new { act = "take" }));
        var named = new
        {
            act = "name",
            kind = "partnership",
            subject = "P-1",
        };
        Assert.Equal(HttpStatusCode.NoContent, await ActAsync(officer, reference, named));
        var complaints = server.Services.GetRequiredService<Complaints>();
        Assert.Equal(1, await complaints.OpenAboutAsync(SubjectKind.Partnership, "P-1", Stop));
        var refused = await Assert.ThrowsAsync<RefusedException>(() =>
            complaints.NeedNoneOpenAsync(SubjectKind.Partnership, "P-1", Stop)
        );
        Assert.Equal("complaint-open", refused.Refusal.Code);
        var answer = new
        {
            act = "answer",
            outcome = "founded",
            text = "You were right, it is given back",
        };
        Assert.Equal(HttpStatusCode.NoContent, await ActAsync(officer, reference, answer));

        Assert.Contains(
            "You were right",
            await LookAsync(anybody, "en", receipt.ToLowerInvariant()),
            StringComparison.Ordinal
        );
        await complaints.NeedNoneOpenAsync(SubjectKind.Partnership, "P-1", Stop);
        Assert.Equal(HttpStatusCode.Conflict, await ActAsync(officer, reference, answer));
        foreach (var path in new[] { "/complaints", $"/complaints/{reference}", "/api/v1/complaints", "/holds" })
            Assert.Equal(HttpStatusCode.NotFound, (await analyst.GetAsync(path, Stop)).StatusCode);
        var kept = await server.Store.ReadOwnAsync(
            connection => Dapper.SqlMapper.QuerySingleAsync<string>(connection, "select text from gov_complaint"),
            Stop
        );
        Assert.DoesNotContain("Zuwara", kept, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "ltr")]
    [InlineData("fr", "ltr")]
    [InlineData("ar", "rtl")]
    [InlineData("prs", "rtl")]
    [InlineData("ps", "rtl")]
    [InlineData("bn", "ltr")]
    public async Task The_door_speaks_six_languages_without_cookie_or_script(string language, string direction)
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var anybody = server.Anybody();

        using var answer = await anybody.GetAsync($"/info/{language}/complaint", Stop);
        var page = await answer.Content.ReadAsStringAsync(Stop);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains($"lang=\"{language}\" dir=\"{direction}\"", page, StringComparison.Ordinal);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(language != "en", page.Contains("role=\"note\"", StringComparison.Ordinal));
        using var posted = await PostAsync(anybody, $"/info/{language}/complaint", ("text", Words));
        Assert.False(posted.Headers.Contains("Set-Cookie"));
        Assert.Equal(HttpStatusCode.NotFound, (await anybody.GetAsync("/info/xx/complaint", Stop)).StatusCode);
    }

    [Fact]
    public async Task The_door_says_when_it_was_too_much_and_keeps_nothing_of_where_it_came_from()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var anybody = server.Anybody();
        for (var knock = 0; knock < 5; knock++)
            await ComplainAsync(anybody, "en");

        using var sixth = await PostAsync(anybody, "/info/en/complaint", ("text", Words));
        using var empty = await PostAsync(anybody, "/info/en/complaint", ("text", " "));
        using var longer = await PostAsync(anybody, "/info/en/complaint", ("text", new string('x', 5_001)));
        using var unknown = await PostAsync(anybody, "/info/en/complaint/answer", ("receipt", "ABCDE"));

        Assert.Equal(HttpStatusCode.TooManyRequests, sixth.StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, empty.StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, longer.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Contains(Words, await sixth.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        var log = await server.Store.Audit.ListAsync(null, 100, 0, Stop);
        Assert.Contains(log, e => $"{e.Body}".Contains("public door", StringComparison.Ordinal));
        Assert.DoesNotContain(log, e => $"{e.Body}".Contains("127.0.0.1", StringComparison.Ordinal));
    }

    [Theory, OnEachDatabase]
    public async Task Safeguard_18_what_the_officer_holds_is_neither_changed_nor_accepted_until_it_is_lifted(
        Database database
    )
    {
        await using var server = await InstalledServer.StartAsync(Stop, on: database);
        using var officer = await server.SignedInAsync("fred", Officer, "alpha", Stop);
        using var one = await server.SignedInAsync("one", "programme-manager", "alpha", Stop);
        using var two = await server.SignedInAsync("two", "operations-lead", "alpha", Stop);
        var (undertaking, evidence) = await PromisedAsync(one);
        var change = new
        {
            act = "due",
            value = "2026-09-01",
            reason = "later",
        };
        var place = new
        {
            kind = "undertaking",
            subject = undertaking,
            reason = "A complaint is open",
        };
        Assert.Equal(HttpStatusCode.NotFound, (await one.PostAsJsonAsync("/api/v1/holds", place, Stop)).StatusCode);
        using var placed = await officer.PostAsJsonAsync("/api/v1/holds", place, Stop);
        var hold = (await placed.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("reference").GetString();

        async Task<HttpStatusCode> ChangeAsync() =>
            (await one.PostAsJsonAsync($"/api/v1/undertakings/{undertaking}/changes", change, Stop)).StatusCode;
        async Task<HttpStatusCode> AcceptAsync() =>
            (
                await two.PostAsJsonAsync(
                    $"/api/v1/undertakings/{undertaking}/evidence/{evidence}/decision",
                    new { accept = true, reason = "seen" },
                    Stop
                )
            ).StatusCode;
        Assert.Equal(HttpStatusCode.Conflict, await ChangeAsync());
        Assert.Equal(HttpStatusCode.Conflict, await AcceptAsync());
        foreach (var reader in new[] { one, officer })
            Assert.Contains(
                "A complaint is open",
                await reader.GetStringAsync($"/undertakings/{undertaking}", Stop),
                StringComparison.Ordinal
            );
        using var lifted = await officer.PostAsJsonAsync(
            $"/api/v1/holds/{hold}/lift",
            new { reason = "answered" },
            Stop
        );

        Assert.Equal(HttpStatusCode.NoContent, lifted.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, await ChangeAsync());
        Assert.Equal(HttpStatusCode.NoContent, await AcceptAsync());
    }

    private static async Task<(string Undertaking, string Evidence)> PromisedAsync(HttpClient client)
    {
        const string route = "/api/v1/undertakings";
        using var added = await client.PostAsJsonAsync(
            route,
            new
            {
                promiser = "Ministry",
                promisee = "Alliance",
                text = "Train ten people",
                strand = "respond",
                due = "2026-08-01",
                measure = "people trained",
                label = "org=alpha;tlp=green",
                source = "Declaration",
            },
            Stop
        );
        var reference = (await added.Content.ReadFromJsonAsync<JsonElement>(Stop))
            .GetProperty("reference")
            .GetString()!;
        using var offered = await client.PostAsJsonAsync(
            $"{route}/{reference}/evidence",
            new
            {
                kind = "count",
                text = "list",
                amount = 10,
            },
            Stop
        );
        var offer = await offered.Content.ReadFromJsonAsync<JsonElement>(Stop);
        return (reference, offer.GetProperty("id").GetString()!);
    }

    private static async Task<string> ComplainAsync(HttpClient anybody, string language)
    {
        using var answer = await PostAsync(anybody, $"/info/{language}/complaint", ("text", Words));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return Receipt().Match(await answer.Content.ReadAsStringAsync(Stop)).Value;
    }

    private static async Task<string> LookAsync(HttpClient anybody, string language, string receipt)
    {
        using var answer = await PostAsync(anybody, $"/info/{language}/complaint/answer", ("receipt", receipt));
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Stop));
    }

    private static async Task<HttpStatusCode> ActAsync(HttpClient officer, string reference, object act)
    {
        using var answer = await officer.PostAsJsonAsync($"/api/v1/complaints/{reference}/acts", act, Stop);
        return answer.StatusCode;
    }

    private static async Task<HttpResponseMessage> PostAsync(
        HttpClient client,
        string path,
        (string Name, string Value) field
    )
    {
        using var form = new FormUrlEncodedContent([KeyValuePair.Create(field.Name, field.Value)]);
        return await client.PostAsync(new Uri(path, UriKind.Relative), form, Stop);
    }

    [GeneratedRegex("[0-9A-Z]{5}(-[0-9A-Z]{5}){3}")]
    private static partial Regex Receipt();
}
