using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Lanthorn.Knowledge;
using Lanthorn.Screening.Learning;
using Lanthorn.Tests.Removal;
using Lanthorn.Tests.Storage;

namespace Lanthorn.Tests.Screening;

/// <summary>From judged pairs to a version of the scorer that a second person switches on.</summary>
public sealed class ScorerTests
{
    private const string Route = "/api/v1/scorers";
    private const int Judged = 64;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, OnEachDatabase]
    public async Task What_people_judged_trains_a_version_that_scores_once_another_person_switched_it_on(
        Database database
    )
    {
        await using var server = await InstalledServer.StartAsync(Stop, on: database);
        using var ana = await Reviewer.SignedInAsync(server, "ana");
        using var lead = await server.SignedInAsync("lea", "operations-lead", "alpha", Stop);
        using var own = await server.SignedInAsync("max", "operations-lead", "alpha", Stop);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await TrainAsync(ana.Client)).Status);
        await JudgeAsync(ana);

        var (status, id) = await TrainAsync(own);
        Assert.Equal(HttpStatusCode.Created, status);
        Assert.StartsWith("lanthorn-v1+", id, StringComparison.Ordinal);
        Assert.Equal("lanthorn-v1", await InUseAsync(ana.Client));
        Assert.Equal(HttpStatusCode.Forbidden, await UseAsync(ana.Client, id));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await UseAsync(own, id));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await UseAsync(lead, id, reason: ""));
        Assert.Equal(HttpStatusCode.NotFound, await UseAsync(lead, "lanthorn-v1+2001-01-01.1"));

        var before = await ScoreAsync(ana.Client, "best");
        Assert.Equal(HttpStatusCode.NoContent, await UseAsync(lead, id));
        Assert.Equal(HttpStatusCode.Conflict, await UseAsync(lead, id));
        Assert.Equal(id, await InUseAsync(ana.Client));
        var after = await ScoreAsync(ana.Client, "best");
        Assert.True(after < before, $"{after} after, {before} before: another country counts more now");
        Assert.Equal(before, await ScoreAsync(ana.Client, "lanthorn-v1"));
        Assert.Equal(after, await ScoreAsync(ana.Client, id));

        // What a server that starts now on the same store scores by.
        var started = new Scorers(new ScorerVersions(server.Store), server.Store);
        Assert.Equal(id, await started.NameInUseAsync(Stop));

        // Records that ana does not see, and judgements that count no more, change no score: the version is what it was.
        await Reviewer.WriteAsync(
            server.Store,
            "c",
            [.. Enumerable.Range(0, 20).Select(n => TemporaryStore.Person($"h{n}", "Ermias Ghermayaa", "org=bravo"))]
        );
        await ReviewTests.JudgeAsync(ana, "a 1", "b 1", "withdrawn", HttpStatusCode.Created);
        await server.CaughtUpAsync(ana.Client, Stop);
        Assert.Equal(after, await ScoreAsync(ana.Client, "best"));

        Assert.Equal(HttpStatusCode.NoContent, await UseAsync(lead, "shipped"));
        Assert.Equal(before, await ScoreAsync(ana.Client, "best"));
    }

    [Fact]
    public async Task A_version_stays_what_it_is_when_a_judgement_is_taken_back_and_shows_its_figures()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var ana = await Reviewer.SignedInAsync(server, "ana");
        await JudgeAsync(ana);
        var (_, id) = await TrainAsync(ana.Client);
        var first = await ana.Client.GetStringAsync($"{Route}/{Uri.EscapeDataString(id)}", Stop);
        Assert.Contains("\"before\"", first, StringComparison.Ordinal);
        Assert.DoesNotContain("Ghermay", first, StringComparison.OrdinalIgnoreCase);

        await ReviewTests.JudgeAsync(ana, "a 0", "b 0", "withdrawn", HttpStatusCode.Created);

        Assert.Equal(first, await ana.Client.GetStringAsync($"{Route}/{Uri.EscapeDataString(id)}", Stop));
        using var page = await ana.Client.GetAsync($"/review/learning/{Uri.EscapeDataString(id)}", Stop);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    /// <summary>Pairs of one name each; those of two countries are judged different.</summary>
    private static async Task JudgeAsync(Reviewer ana)
    {
        await ana.ImportAsync("a", [.. Enumerable.Range(0, Judged).Select(at => Person(at, "er"))]);
        await ana.ImportAsync(
            "b",
            [.. Enumerable.Range(0, Judged).Select(at => Person(at, at % 2 == 0 ? "er" : "it"))]
        );
        for (var at = 0; at < Judged; at++)
            await ReviewTests.JudgeAsync(
                ana,
                $"a {at}",
                $"b {at}",
                at % 2 == 0 ? "same" : "different",
                HttpStatusCode.Created
            );
    }

    private static Lanthorn.Storage.IncomingRecord Person(int at, string country)
    {
        var properties = new Properties.Builder();
        properties.Add("name", $"Ermias Ghermay{(char)('a' + at % 26)}{(char)('a' + at / 26)}");
        properties.Add("nationality", country);
        return new($"{at}", $"test-{country}-{at}", Model.Get("Person"), properties.Build()) { Label = Label.Everyone };
    }

    private static async Task<(HttpStatusCode Status, string Id)> TrainAsync(HttpClient client)
    {
        using var answer = await client.PostAsync(Route, null, Stop);
        var told = await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
        return (answer.StatusCode, told.TryGetProperty("id", out var id) ? id.GetString()! : "");
    }

    private static async Task<HttpStatusCode> UseAsync(
        HttpClient client,
        string id,
        string reason = "figures looked at"
    )
    {
        using var answer = await client.PostAsJsonAsync(
            $"{Route}/{Uri.EscapeDataString(id)}/use",
            new { reason },
            Stop
        );
        return answer.StatusCode;
    }

    private static async Task<string> InUseAsync(HttpClient client) =>
        (await client.GetFromJsonAsync<JsonElement>(Route, Stop)).GetProperty("in_use").GetString()!;

    /// <summary>Somebody of that name and another country.</summary>
    private static async Task<double> ScoreAsync(HttpClient client, string algorithm)
    {
        using var answer = await client.PostAsJsonAsync(
            $"/match/default?algorithm={Uri.EscapeDataString(algorithm)}&cutoff=0.1&threshold=0.1&limit=1",
            new
            {
                queries = new
                {
                    q = new
                    {
                        schema = "Person",
                        properties = new { name = new[] { "Ermias Ghermayaa" }, nationality = new[] { "ly" } },
                    },
                },
            },
            Stop
        );
        var told = await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
        return told.GetProperty("responses")
            .GetProperty("q")
            .GetProperty("results")[0]
            .GetProperty("score")
            .GetDouble();
    }
}
