using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Lanthorn.Knowledge;
using Lanthorn.Tests.Removal;
using Lanthorn.Tests.Storage;

namespace Lanthorn.Tests.Screening;

/// <summary>Held against the rules of the Reconciliation Service API 0.2.</summary>
public sealed class ReconcilingTests
{
    private const string Route = "/reconcile";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_manifest_says_what_there_is_and_where()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var ana = await FilledAsync(server);

        var manifest = await ana.GetFromJsonAsync<JsonElement>(Route, Stop);
        var address = $"{ana.BaseAddress}".TrimEnd('/');

        Assert.Equal(["0.2"], manifest.GetProperty("versions").EnumerateArray().Select(v => v.GetString()));
        foreach (var text in new[] { "name", "identifierSpace", "schemaSpace", "documentation" })
            Assert.NotEmpty(manifest.GetProperty(text).GetString()!);
        Assert.Equal($"{address}/entity/{{{{id}}}}", Text(manifest, "view", "url"));
        Assert.Contains("{{id}}", Text(manifest, "preview", "url"), StringComparison.Ordinal);
        Assert.True(manifest.GetProperty("preview").GetProperty("width").TryGetInt32(out _));
        Assert.Contains("Person", manifest.GetProperty("defaultTypes").EnumerateArray().Select(t => Text(t, "id")));
        string[] places =
        [
            Place(manifest.GetProperty("suggest").GetProperty("entity")) + "?prefix=Ermias",
            Place(manifest.GetProperty("suggest").GetProperty("type")) + "?prefix=per",
            Place(manifest.GetProperty("suggest").GetProperty("property")) + "?prefix=birth",
            Place(manifest.GetProperty("extend").GetProperty("propose_properties")) + "?type=Person",
            Text(manifest, "preview", "url").Replace("{{id}}", "test-1", StringComparison.Ordinal),
        ];
        foreach (var place in places)
        {
            using var answer = await ana.GetAsync(place, Stop);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
        var posted = await SendAsync(ana, Route, []);
        Assert.Equal(manifest.GetRawText(), posted.GetRawText());

        static string Place(JsonElement service) => Text(service, "service_url") + Text(service, "service_path");
    }

    [Fact]
    public async Task Candidates_have_the_form_of_the_protocol_and_their_features_add_up_to_the_score()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var ana = await FilledAsync(server);
        const string queries = """
            {"q0": {"query": "Ermias Girmay", "type": "Person", "limit": 3,
                    "properties": [{"pid": "Person:birthDate", "v": "1980-02-03"}, {"pid": "country", "v": ["Libya"]},
                                   {"pid": "nationality", "v": {"id": "Q1016", "name": "Libya"}}]},
             "second": {"query": "nobody at all is called so"}}
            """;

        var posted = await SendAsync(ana, Route, [("queries", queries)]);
        var asked = await ana.GetFromJsonAsync<JsonElement>($"{Route}?queries={Uri.EscapeDataString(queries)}", Stop);

        Assert.Equal(posted.GetRawText(), asked.GetRawText());
        Assert.Equal(["q0", "second"], posted.EnumerateObject().Select(q => q.Name));
        Assert.Equal(0, posted.GetProperty("second").GetProperty("result").GetArrayLength());
        var found = posted.GetProperty("q0").GetProperty("result").EnumerateArray().ToList();
        Assert.InRange(found.Count, 2, 3);
        Assert.Equal("test-1", Text(found[0], "id"));
        Assert.Equal("Ermias Ghermay", Text(found[0], "name"));
        Assert.Equal("Person", Text(found[0].GetProperty("type")[0], "id"));
        Assert.Equal(found.OrderByDescending(Score), found);
        Assert.All(
            found,
            candidate =>
            {
                Assert.InRange(Score(candidate), 50, 100);
                var features = candidate.GetProperty("features").EnumerateArray().ToList();
                Assert.Equal(Score(candidate), features.Sum(f => f.GetProperty("value").GetDouble()), 2);
                Assert.All(
                    features,
                    f => Assert.Contains(Text(f, "id"), Lanthorn.Matching.Features.All.Select(k => k.Name))
                );
            }
        );
    }

    [Fact]
    public async Task No_score_makes_a_match_only_the_id_of_the_entity_does()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var ana = await FilledAsync(server);

        var answer = await SendAsync(
            ana,
            Route,
            [
                (
                    "queries",
                    """
                    {"name": {"query": "Ermias Ghermay", "properties": [{"pid": "birthDate", "v": "1980-02-03"}]},
                     "id": {"query": "test-2"}, "other kind": {"query": "test-2", "type": "Vessel"},
                     "hidden": {"query": "test-4"}}
                    """
                ),
            ]
        );

        var byName = answer.GetProperty("name").GetProperty("result").EnumerateArray().ToList();
        Assert.InRange(Score(byName[0]), 90, 100);
        Assert.All(byName, c => Assert.False(c.GetProperty("match").GetBoolean()));
        var byId = Assert.Single(answer.GetProperty("id").GetProperty("result").EnumerateArray());
        Assert.True(byId.GetProperty("match").GetBoolean());
        Assert.Equal(100, Score(byId));
        Assert.Equal(0, answer.GetProperty("other kind").GetProperty("result").GetArrayLength());
        Assert.Equal(0, answer.GetProperty("hidden").GetProperty("result").GetArrayLength());
    }

    [Fact]
    public async Task Types_narrow_as_strictly_as_is_asked()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var ana = await FilledAsync(server);
        (string Type, string Strict, int Found)[] asked =
        [
            ("\"Person\"", "any", 2),
            ("\"Vessel\"", "any", 1),
            ("[\"Person\", \"Vessel\"]", "any", 3),
            ("[\"Vessel\", \"Person\"]", "all", 0),
            ("[\"LegalEntity\", \"Person\"]", "all", 2),
            ("\"Vessel\"", "should", 3),
            ("null", "any", 3),
        ];

        foreach (var (type, strict, found) in asked)
        {
            var query = $$$"""{"q": {"query": "Ermias Ghermay", "type": {{{type}}}, "type_strict": "{{{strict}}}"}}""";
            var answer = await SendAsync(ana, Route, [("queries", query)]);
            Assert.Equal((query, found), (query, answer.GetProperty("q").GetProperty("result").GetArrayLength()));
        }
    }

    [Fact]
    public async Task Columns_are_filled_with_what_the_viewer_sees_and_nothing_of_what_he_does_not()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var ana = await FilledAsync(server);
        const string extend = """
            {"ids": ["test-1", "test-4", "nobody"],
             "properties": [{"id": "name"}, {"id": "country", "settings": {"limit": "1"}}, {"id": "Person:birthDate"}]}
            """;

        var answer = await SendAsync(ana, Route, [("extend", extend)]);

        Assert.Equal(
            ["name", "country", "Person:birthDate"],
            answer.GetProperty("meta").EnumerateArray().Select(m => Text(m, "id"))
        );
        var rows = answer.GetProperty("rows");
        Assert.Equal(
            """{"name":[{"str":"Ermias Ghermay"}],"country":[{"str":"Eritrea"}],"Person:birthDate":[{"str":"1980-02-03"}]}""",
            rows.GetProperty("test-1").GetRawText()
        );
        const string nothing = """{"name":[],"country":[],"Person:birthDate":[]}""";
        Assert.Equal(nothing, rows.GetProperty("test-4").GetRawText());
        Assert.Equal(nothing, rows.GetProperty("nobody").GetRawText());
    }

    [Fact]
    public async Task What_is_typed_is_completed()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var ana = await FilledAsync(server);
        async Task<List<JsonElement>> Suggested(string path) =>
            [.. (await ana.GetFromJsonAsync<JsonElement>(path, Stop)).GetProperty("result").EnumerateArray()];

        var all = await Suggested($"{Route}/suggest/entity?prefix=Ermias+Gh");
        Assert.Equal("test-1", Text(all[0], "id"));
        Assert.NotEmpty(Text(all[0], "description"));
        Assert.Equal("Person", Text(all[0].GetProperty("notable")[0], "id"));
        Assert.Equal(
            all.Skip(1).Select(e => Text(e, "id")),
            (await Suggested($"{Route}/suggest/entity?prefix=Ermias+Gh&cursor=1")).Select(e => Text(e, "id"))
        );
        Assert.NotEmpty(await Suggested($"{Route}/list/suggest/entity?prefix=Ermias+Ghermay"));
        Assert.Equal("Person", Text((await Suggested($"{Route}/suggest/type?prefix=per"))[0], "id"));
        Assert.Equal("birthCountry", Text((await Suggested($"{Route}/suggest/property?prefix=birth"))[0], "id"));
        Assert.Empty(await Suggested($"{Route}/suggest/type?prefix=nothing+is+called+so"));
    }

    [Fact]
    public async Task The_preview_is_a_page_without_script_or_links_away()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var ana = await FilledAsync(server);

        var page = await ana.GetStringAsync($"{Route}/preview?id=test-1", Stop);
        using var hidden = await ana.GetAsync($"{Route}/preview?id=test-4", Stop);
        using var none = await ana.GetAsync($"{Route}/preview", Stop);

        Assert.Contains("Ermias Ghermay", page, StringComparison.Ordinal);
        Assert.Contains("1980-02-03", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<a ", page, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    [Fact]
    public async Task What_is_no_batch_of_queries_is_refused_with_the_place()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var ana = await FilledAsync(server);
        (string Queries, string Code)[] wrong =
        [
            ("not JSON", "bad-shape"),
            ("[]", "bad-shape"),
            ("{\"q\": {}}", "bad-shape"),
            ("{\"q\": {\"query\": \"\\ud800\"}}", "bad-shape"),
            ("{\"q\": {\"query\": \"a\"}, \"q\": {\"query\": \"b\"}}", "bad-shape"),
            ("{\"q\": {\"query\": \"a\", \"limit\": 100000}}", "bad-shape"),
            ("{\"q\": {\"query\": \"a\", \"limit\": 1.5}}", "bad-shape"),
            ("{\"q\": {\"query\": \"a\", \"type_strict\": \"very\"}}", "bad-shape"),
            ("{\"q\": {\"query\": \"a\", \"properties\": [{\"pid\": \"birthDate\"}]}}", "bad-shape"),
            ("{\"q\": {\"query\": \"a\", \"properties\": [{\"pid\": \"birthday\", \"v\": 1}]}}", "unknown-property"),
            ("{\"q\": {\"query\": \"a\", \"type\": \"Unicorn\"}}", "unknown-schema"),
            ("{\"q\": {\"query\": \"a\", \"type\": \"Ownership\"}}", "schema-not-matchable"),
        ];

        foreach (var (queries, code) in wrong)
        {
            var (status, problem) = await RefusedAsync(ana, Route, [("queries", queries)]);
            Assert.InRange((int)status, 400, 422);
            Assert.Equal((queries, code), (queries, Text(problem, "code")));
            Assert.StartsWith("queries", Text(problem, "field"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Too_much_at_once_scripts_and_datasets_that_are_not_there_are_refused()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var ana = await FilledAsync(server);
        static string Many(int queries, string type) =>
            $"{{{string.Join(',', Enumerable.Range(0, queries).Select(i => $"\"q{i}\":{{\"query\":\"a\",\"type\":{type}}}"))}}}";
        async Task<string> Code(string path, params (string, string)[] form) =>
            Text((await RefusedAsync(ana, path, form)).Problem, "code");

        Assert.Equal("too-many-queries", await Code(Route, ("queries", Many(10_000, "null"))));
        Assert.Equal("too-many-queries", await Code(Route, ("queries", Many(51, "[\"Person\",\"Vessel\"]"))));
        Assert.Equal("not-found", await Code($"{Route}/nowhere", ("queries", Many(1, "null"))));
        Assert.Equal("not-found", await Code($"{Route}/nowhere"));
        Assert.Equal("not-found", await Code($"{Route}/nowhere", ("extend", """{"ids":[],"properties":[]}""")));
        Assert.Equal("no-jsonp", await Code($"{Route}?callback=run"));
        Assert.Equal("bad-shape", await Code(Route, ("extend", """{"ids":"test-1","properties":[]}""")));
        Assert.Equal("unknown-property", await Code(Route, ("extend", """{"ids":[],"properties":[{"id":"shoe"}]}""")));
        using var json = await ana.PostAsJsonAsync(Route, new { queries = 1 }, Stop);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, json.StatusCode);
        Assert.Equal("{}", (await SendAsync(ana, Route, [("queries", "{}")])).GetRawText());
    }

    [Fact]
    public async Task What_was_asked_and_read_stands_in_the_audit_log()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var ana = await FilledAsync(server);
        using var officer = await server.SignedInAsync("olga", "data-protection-officer", "alpha", Stop);

        await SendAsync(ana, Route, [("queries", """{"q": {"query": "Ermias Ghermay"}}""")]);

        var log = await officer.GetStringAsync("/api/v1/audit", Stop);
        Assert.Contains("POST /reconcile/default", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_is_taken_as_a_password_here_and_nowhere_else()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var ana = await FilledAsync(server);
        var token = ana.DefaultRequestHeaders.Authorization!.Parameter!;
        async Task<HttpResponseMessage> Basic(string path, string credentials)
        {
            using var anybody = server.Anybody();
            anybody.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
                "Basic",
                Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials))
            );
            return await anybody.GetAsync(path, Stop);
        }

        using var taken = await Basic(Route, $"ana:{token}");
        using var elsewhere = await Basic("/catalog", $"ana:{token}");
        using var wrong = await Basic(Route, $"ana:{token[..^1]}");
        using var none = await Basic(Route, token);
        using var inAddress = await server.Anybody().GetAsync($"{Route}?token={token}&access_token={token}", Stop);

        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        Assert.All(
            [elsewhere, wrong, none, inAddress],
            answer => Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode)
        );
        Assert.Equal(["Bearer"], elsewhere.Headers.WwwAuthenticate.Select(h => h.Scheme));
        Assert.Equal(["Bearer", "Basic"], inAddress.Headers.WwwAuthenticate.Select(h => h.Scheme));
    }

    /// <summary>Two people and a vessel of alike names whom ana sees, and one person whom she does not.</summary>
    private static async Task<HttpClient> FilledAsync(InstalledServer server)
    {
        var ana = await server.SignedInAsync("ana", "analyst", "alpha", Stop);
        await SavedSearchTests.WriteAsync(
            server.Store,
            TemporaryStore.Person(
                "1",
                "Ermias Ghermay",
                "",
                ("birthDate", "1980-02-03"),
                ("country", "er"),
                ("country", "ly")
            ),
            TemporaryStore.Person("2", "Ermias Girmay"),
            TemporaryStore.Person("3", "Ermias Ghermay") with
            {
                Schema = Model.Get("Vessel"),
            },
            TemporaryStore.Person("4", "Ermias Ghermay") with
            {
                Label = Label.Parse("purpose=enforcement;org=beta").Value,
            }
        );
        await server.CaughtUpAsync(ana, Stop);
        return ana;
    }

    private static async Task<JsonElement> SendAsync(HttpClient client, string path, (string Name, string Text)[] form)
    {
        using var content = new FormUrlEncodedContent(form.Select(f => KeyValuePair.Create(f.Name, f.Text)));
        using var answer = await client.PostAsync(path, content, Stop);
        var text = await answer.Content.ReadAsStringAsync(Stop);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, text);
        return JsonDocument.Parse(text).RootElement;
    }

    private static async Task<(HttpStatusCode Status, JsonElement Problem)> RefusedAsync(
        HttpClient client,
        string path,
        (string Name, string Text)[] form
    )
    {
        using var content = new FormUrlEncodedContent(form.Select(f => KeyValuePair.Create(f.Name, f.Text)));
        using var answer = await client.PostAsync(path, content, Stop);
        Assert.False(answer.IsSuccessStatusCode);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(Stop));
    }

    private static double Score(JsonElement candidate) => candidate.GetProperty("score").GetDouble();

    private static string Text(JsonElement json, params string[] path) =>
        path.Aggregate(json, (at, name) => at.GetProperty(name)).GetString()!;
}
