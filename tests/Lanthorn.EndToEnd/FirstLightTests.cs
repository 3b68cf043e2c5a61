using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Lanthorn.EndToEnd;

/// <summary>The main job on real input: a name in any script finds who it is, through the API and the command line.</summary>
[Collection(nameof(DemonstrationServer))]
public sealed class FirstLightTests(DemonstrationServer server)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Ermias Ghermay")]
    [InlineData("إرمياس غيرماي")]
    [InlineData("ኤርሚያስ ግርማይ")]
    [InlineData("Ermyas Girmay")]
    [InlineData("Ghermay Ermias")]
    public async Task Ermias_Ghermay_is_found_first_in_any_script_and_spelling(string name)
    {
        var answer = await server.MatchAsync("default", "Person", name, Stop);

        var first = answer.GetProperty("results").EnumerateArray().First();
        Assert.Contains(Ids(first), id => id is "un-sc-LYi.021" or "us-ofac-24004");
        Assert.True(first.GetProperty("match").GetBoolean());
    }

    [Theory]
    [InlineData("LYi.022", "Fitiwi Abdelrazak")]
    [InlineData("LYi.022", "Fitwi Abdulrazzaq")]
    [InlineData("LYi.023", "Ahmad Oumar al-Dabbashi")]
    [InlineData("LYi.023", "Ahmed Omar Dabbashi")]
    [InlineData("LYi.023", "أحمد عمر الدباشي")]
    [InlineData("LYi.024", "Musab Abu Qarin")]
    [InlineData("LYi.024", "مصعب أبو قرين")]
    [InlineData("LYi.025", "Mohammed Kachlaf")]
    [InlineData("LYi.025", "Muhammad Kashlaf")]
    [InlineData("LYi.026", "Abd al-Rahman al-Milad")]
    [InlineData("LYi.026", "Abdurrahman Salem Milad")]
    [InlineData("LYi.026", "عبد الرحمن سالم إبراهيم الميلاد")]
    public async Task The_other_listed_smugglers_are_found_first_by_most_spellings(string reference, string name)
    {
        var answer = await server.MatchAsync("default", "Person", name, Stop, "?threshold=0.5&limit=3");

        var first = answer.GetProperty("results").EnumerateArray().First();
        Assert.Contains(
            Ids(first),
            id => id == $"un-sc-{reference}" || id.StartsWith("us-ofac-", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task The_parts_of_a_score_add_up_to_it()
    {
        var answer = await server.MatchAsync("default", "Person", "Ermias Girmay", Stop);

        var first = answer.GetProperty("results").EnumerateArray().First();
        var parts = first
            .GetProperty("explanations")
            .EnumerateObject()
            .Sum(p => p.Value.GetProperty("score").GetDouble());
        Assert.Equal(first.GetProperty("score").GetDouble(), parts, 4);
    }

    [Fact]
    public async Task The_command_line_finds_the_same_person()
    {
        using var folder = new TemporaryFolder();
        var queries = folder.File("queries.jsonl");
        await File.WriteAllTextAsync(
            queries,
            """{"id":"a","schema":"Person","properties":{"name":["ኤርሚያስ ግርማይ"]}}""" + "\n",
            Encoding.UTF8,
            Stop
        );

        var (exit, output, messages) = await LanthornProcess.RunAsync(server.Data, Stop, "match", "--queries", queries);

        Assert.True(exit == 0, messages);
        var line = JsonDocument.Parse(output.Trim()).RootElement;
        var first = line.GetProperty("results").EnumerateArray().First();
        Assert.Contains(Ids(first), id => id is "un-sc-LYi.021" or "us-ofac-24004");
    }

    [Fact]
    public async Task With_the_official_files_every_listed_entity_is_in_and_counted()
    {
        Assert.SkipWhen(DemonstrationServer.Pack is null, "LANTHORN_PACK names no folder");
        using var client = server.Client();

        var catalog = await client.GetFromJsonAsync<JsonElement>("/catalog", Stop);

        var counts = catalog
            .GetProperty("datasets")
            .EnumerateArray()
            .ToDictionary(d => d.GetProperty("name").GetString()!, d => d.GetProperty("entity_count").GetInt32());
        Assert.Equal(1003, counts["un-sc"]);
        Assert.Equal(8976, counts["us-ofac"]);
    }

    [Theory]
    [InlineData(
        "/match/nowhere",
        """{"queries":{"q":{"schema":"Person","properties":{"name":["a"]}}}}""",
        HttpStatusCode.NotFound,
        ""
    )]
    [InlineData("/match/default", "not json", HttpStatusCode.UnprocessableEntity, "body")]
    [InlineData(
        "/match/default",
        """{"queries":{"q":{"properties":{}}}}""",
        HttpStatusCode.UnprocessableEntity,
        "queries.q.schema"
    )]
    [InlineData(
        "/match/default",
        """{"queries":{"q":{"schema":"Person","properties":{"name":[{}]}}}}""",
        HttpStatusCode.UnprocessableEntity,
        "queries.q.properties.name"
    )]
    [InlineData("/match/default", """{"queries":{}}""", HttpStatusCode.BadRequest, "queries")]
    [InlineData(
        "/match/default?limit=501",
        """{"queries":{"q":{"schema":"Person","properties":{"name":["a"]}}}}""",
        HttpStatusCode.UnprocessableEntity,
        "limit"
    )]
    [InlineData(
        "/match/default?algorithm=oracle",
        """{"queries":{"q":{"schema":"Person","properties":{"name":["a"]}}}}""",
        HttpStatusCode.BadRequest,
        "algorithm"
    )]
    public async Task A_request_that_is_wrong_is_told_what_and_where(
        string path,
        string body,
        HttpStatusCode status,
        string field
    )
    {
        using var client = server.Client();

        using var answer = await client.PostAsync(
            path,
            new StringContent(body, Encoding.UTF8, "application/json"),
            Stop
        );

        var json = await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
        Assert.Equal(status, answer.StatusCode);
        Assert.False(string.IsNullOrEmpty(json.GetProperty("detail").GetString()));
        if (field.Length > 0)
            Assert.StartsWith(field, json.GetProperty("field").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_batch_of_a_hundred_is_answered_and_one_more_is_too_much()
    {
        using var client = server.Client();
        object Batch(int size) =>
            new
            {
                queries = Enumerable
                    .Range(0, size)
                    .ToDictionary(
                        i => $"q{i}",
                        i => new { schema = "Person", properties = new { name = new[] { $"Nobody Number {i}" } } }
                    ),
            };

        using var hundred = await client.PostAsJsonAsync("/match/default", Batch(100), Stop);
        using var tooMany = await client.PostAsJsonAsync("/match/default", Batch(101), Stop);

        Assert.Equal(HttpStatusCode.OK, hundred.StatusCode);
        Assert.Equal("100", hundred.Headers.GetValues("x-batch-size").Single());
        Assert.Equal(HttpStatusCode.BadRequest, tooMany.StatusCode);
    }

    [Theory]
    [InlineData("/search/default?q=ermias")]
    [InlineData("/entities/un-sc-LYi.021")]
    [InlineData("/catalog")]
    [InlineData("/algorithms")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/metrics")]
    [InlineData("/api/v1/me")]
    public async Task Without_a_signature_there_is_nothing(string path)
    {
        using var client = server.Client(role: null);

        using var answer = await client.GetAsync(path, Stop);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Theory]
    [InlineData("editor")]
    [InlineData("programme-manager")]
    [InlineData("carrier")]
    [InlineData("platform")]
    public async Task Roles_without_enforcement_access_find_nothing(string role)
    {
        using var client = server.Client(role);

        foreach (
            var path in new[]
            {
                "/search/default?q=ermias",
                "/entities/un-sc-LYi.021",
                "/entities/un-sc-LYi.021/adjacent",
            }
        )
        {
            using var answer = await client.GetAsync(path, Stop);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
        using var match = await client.PostAsync(
            "/match/default",
            new StringContent("{}", Encoding.UTF8, "application/json"),
            Stop
        );
        Assert.Equal(HttpStatusCode.NotFound, match.StatusCode);
    }

    private static IEnumerable<string> Ids(JsonElement entity) =>
        entity
            .GetProperty("referents")
            .EnumerateArray()
            .Select(r => r.GetString()!)
            .Prepend(entity.GetProperty("id").GetString()!);
}
