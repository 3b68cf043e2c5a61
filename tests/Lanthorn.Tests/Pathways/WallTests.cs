using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Lanthorn.Knowledge;
using Lanthorn.Pathways;
using Lanthorn.Storage;
using Lanthorn.Tests.Governance;
using Lanthorn.Tests.Removal;
using Lanthorn.Tests.Storage;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;

namespace Lanthorn.Tests.Pathways;

/// <summary>
/// Attacks on the purpose wall, from every route and with every role of the enforcement side, and back. The marker is the name
/// of a fictional applicant behind the wall.
/// </summary>
public sealed class WallTests
{
    /// <summary>Nearly the marker, so that what only repeats the question shows nothing.</summary>
    private static readonly string[] Nearly = ["Walproof Marker", "wallprof marker", "Marker", "nurse"];

    private static readonly string[] Searches = ["marker", "-zuwara", "walproof OR marker", "schema:Person", "nurse"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [OnEachDatabase]
    public async Task Safeguard_9_No_role_finds_the_marker_on_any_route_of_the_enforcement_side(Database database)
    {
        await using var wall = await WalledServer.StartAsync(database);
        var ids = await ApplicantIdsAsync(wall);
        var questions = new ReadPaths.Questions([.. ids, "x"], Nearly, Searches, ["default", "pathways"], ["pathways"]);
        var asked = 0;
        // The routes ask the same of both databases: on the second every third role does.
        var every = database == Database.Sqlite ? 1 : 3;
        foreach (var role in Lanthorn.Governance.Roles.All.Where((r, at) => r.Name != "operator" && at % every == 0))
        {
            using var client = await wall.Server.SignedInAsync($"a.{role.Name}", role.Name, "alpha", Stop);
            foreach (var route in RemovalLawTests.Readers(wall.Server))
            foreach (var ask in ReadPaths.Of(route, questions))
                asked += await ShowsNothingAsync(client, ask);
            foreach (var route in ReadPaths.WithoutRecords.Where(r => !r.Contains('{', StringComparison.Ordinal)))
                asked += await ShowsNothingAsync(client, () => new(HttpMethod.Get, route));
            foreach (var (method, path, _) in Asked(wall.Server.Routes).Where(r => r.Method != "GET"))
                asked += await ShowsNothingAsync(client, () => Sent(method, path));
        }
        Assert.InRange(asked, 1_000, int.MaxValue);
        Assert.Empty(await wall.MarkedAsync());
    }

    /// <summary>The attack itself is tried: what is on this side of the wall it finds.</summary>
    [Theory]
    [OnEachDatabase]
    public async Task The_attack_finds_the_marker_where_it_lies_on_the_enforcement_side(Database database)
    {
        await using var wall = await WalledServer.StartAsync(database);
        using var analyst = await wall.Server.SignedInAsync("ana", "analyst", "alpha", Stop);
        var viewer = await wall.Server.ViewerOfAsync("ana", Stop);
        var start = new ImportStart(SourceCode.Parse("leak").Value, viewer, "test", IsComplete: true, []);
        var writer = await wall.Server.Store.BeginImportAsync(start, Stop);
        await writer.WriteAsync([TemporaryStore.Person("m", PathwaysDemonstration.Marker)], Stop);
        await writer.FinishAsync(Stop);
        await wall.Server.CaughtUpAsync(analyst, Stop);

        var questions = new ReadPaths.Questions(["test-m"], Nearly, Searches, ["default", "leak"], ["leak"]);
        var found = new HashSet<string>();
        foreach (var route in RemovalLawTests.Readers(wall.Server))
        foreach (var ask in ReadPaths.Of(route, questions))
        {
            using var request = ask();
            using var answer = await analyst.SendAsync(request, Stop);
            if (WalledServer.HasMarker(await answer.Content.ReadAsByteArrayAsync(Stop)))
                found.Add(route);
        }

        Assert.Contains("/search/{dataset}", found);
        Assert.Contains("/match/{dataset}", found);
        Assert.Contains("/entities/{id}", found);
        Assert.NotEmpty(await wall.MarkedAsync());
    }

    [Fact]
    public async Task Safeguard_9_No_token_of_the_enforcement_side_opens_anything_behind_the_wall()
    {
        await using var wall = await WalledServer.StartAsync();
        var asked = Asked(wall.Routes).Where(r => !r.IsOpen).ToList();
        Assert.Contains(("GET", "/pathways/api/v1/applicants", false), asked);
        Assert.InRange(asked.Count, 20, int.MaxValue);

        foreach (var role in Lanthorn.Governance.Roles.All.Select(r => r.Name))
        {
            using var client = await wall.Server.SignedInAsync($"a.{role}", role, "alpha", Stop);
            foreach (var (method, path, _) in asked)
            {
                using var request = Sent(method, path);
                using var answer = await client.SendAsync(request, Stop);
                var isRefused = answer.StatusCode == HttpStatusCode.Unauthorized;
                Assert.True(isRefused, $"{role} {method} {path}: {answer.StatusCode}");
            }
            using var unknown = await client.GetAsync("/pathways/no-such-page", Stop);
            Assert.Equal(HttpStatusCode.Unauthorized, unknown.StatusCode);
        }
    }

    [Fact]
    public async Task Safeguard_9_No_token_from_behind_the_wall_opens_anything_on_the_enforcement_side()
    {
        await using var wall = await WalledServer.StartAsync();
        var asked = Asked(wall.Server.Routes).Where(r => !r.IsOpen).ToList();
        Assert.InRange(asked.Count, 100, int.MaxValue);

        foreach (var person in wall.People)
        {
            using var client = wall.Behind(person.Role);
            foreach (var (method, path, _) in asked)
            {
                using var request = Sent(method, path);
                using var answer = await client.SendAsync(request, Stop);
                // A form without its proof is refused before anybody is asked for.
                var isRefused = answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.BadRequest;
                Assert.True(
                    isRefused && (method != "GET" || answer.StatusCode != HttpStatusCode.BadRequest),
                    $"{method} {path}: {answer.StatusCode}"
                );
            }
        }
    }

    [Fact]
    public async Task Safeguard_9_A_session_of_one_side_is_none_on_the_other()
    {
        await using var wall = await WalledServer.StartAsync();
        using var enforcement = await Browser.SignedInAsync(wall.Server, "ana");
        using var counsellor = await SignedInBehindAsync(wall, "counsellor");

        foreach (var (_, path, _) in Asked(wall.Routes).Where(r => r is { Method: "GET", IsOpen: false }))
        {
            using var answer = await enforcement.GetAsync(path);
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
            Assert.StartsWith("/pathways/sign-in", $"{answer.Headers.Location}", StringComparison.Ordinal);
        }
        foreach (var path in new[] { "/", "/account", "/search?q=x", "/audit" })
        {
            using var answer = await counsellor.GetAsync(path);
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
            Assert.StartsWith("/sign-in", $"{answer.Headers.Location}", StringComparison.Ordinal);
        }
        using var own = await counsellor.GetAsync("/pathways/applicants");
        Assert.Contains(
            PathwaysDemonstration.Marker,
            await own.Content.ReadAsStringAsync(Stop),
            StringComparison.Ordinal
        );
        using var other = await enforcement.GetAsync("/account");
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public async Task Safeguard_9_A_password_of_one_side_opens_no_session_on_the_other()
    {
        await using var wall = await WalledServer.StartAsync();
        await Browser.AddPersonAsync(wall.Server, "ana");
        var counsellor = wall.People.First(p => p.Role == "counsellor");
        using var browser = new Browser(wall.Server);

        using var there = await SignInBehindAsync(browser, "ana", Browser.Password);
        using var here = await browser.SignInAsync(counsellor.Email, counsellor.Password);

        Assert.Equal(HttpStatusCode.Unauthorized, there.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, here.StatusCode);
        var roles = Lanthorn.Governance.Roles.All.Select(r => r.Name);
        Assert.Empty(Lanthorn.Pathways.Accounts.Roles.All.Select(r => r.Name).Intersect(roles));
    }

    /// <summary>A page of the other side is the same site to a browser; its script sends the cookie, and gets nothing for it.</summary>
    [Fact]
    public async Task Safeguard_9_No_script_of_a_page_of_the_enforcement_side_reads_with_the_cookie_of_a_counsellor()
    {
        await using var wall = await WalledServer.StartAsync();
        var cookies = new CookieContainer();
        using var client = wall.Server.Anybody(cookies);
        var counsellor = wall.People.First(p => p.Role == "counsellor");
        using var form = await client.GetAsync("/pathways/sign-in", Stop);
        var proof = (await form.Content.ReadAsStringAsync(Stop))
            .Split("RequestVerificationToken\" value=\"")[1]
            .Split('"')[0];
        using var typed = new FormUrlEncodedContent(
            new Dictionary<string, string>
            {
                ["email"] = counsellor.Name,
                ["password"] = counsellor.Password,
                ["__RequestVerificationToken"] = proof,
            }
        );
        using var signedIn = await client.PostAsync("/pathways/sign-in", typed, Stop);
        Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);

        foreach (
            var (mode, status) in new[] { ("navigate", 200), ("cors", 401), ("same-origin", 401), ("no-cors", 401) }
        )
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/pathways/api/v1/applicants");
            request.Headers.Add("Sec-Fetch-Mode", mode);
            using var answer = await client.SendAsync(request, Stop);
            Assert.Equal(status, (int)answer.StatusCode);
        }
    }

    [Fact]
    public async Task Safeguard_9_What_is_asked_behind_the_wall_leaves_no_trace_in_the_log_of_the_enforcement_side()
    {
        await using var wall = await WalledServer.StartAsync();
        using var overseer = await wall.Server.SignedInAsync("dpo", "data-protection-officer", "alpha", Stop);
        var before = await overseer.GetStringAsync("/api/v1/audit?limit=500", Stop);
        using var counsellor = wall.Behind("counsellor");
        foreach (var id in await ApplicantIdsAsync(wall))
            (await counsellor.GetAsync($"/pathways/api/v1/applicants/{id}", Stop)).EnsureSuccessStatusCode();

        var after = await overseer.GetStringAsync("/api/v1/audit?limit=500", Stop);

        Assert.DoesNotContain("counsellor", after, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(Entries(before) + 1, Entries(after));
        static int Entries(string json) => JsonDocument.Parse(json).RootElement.GetProperty("entries").GetArrayLength();
    }

    [Theory]
    [OnEachDatabase]
    public async Task Safeguard_9_The_measurements_of_the_enforcement_side_name_nothing_behind_the_wall(
        Database database
    )
    {
        await using var wall = await WalledServer.StartAsync(database);
        using var analyst = await wall.Server.SignedInAsync("ana", "analyst", "alpha", Stop);
        using var counsellor = wall.Behind("counsellor");
        for (var i = 0; i < 3; i++)
            (await counsellor.GetAsync("/pathways/api/v1/applicants", Stop)).EnsureSuccessStatusCode();

        var metrics = await analyst.GetStringAsync("/metrics", Stop);

        Assert.Contains("http_requests_received_total", metrics, StringComparison.Ordinal);
        Assert.DoesNotContain("pathways", metrics, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<IReadOnlyList<string>> ApplicantIdsAsync(WalledServer wall)
    {
        using var counsellor = wall.Behind("counsellor");
        var listed = await counsellor.GetFromJsonAsync<JsonElement>("/pathways/api/v1/applicants", Stop);
        var found = listed
            .EnumerateArray()
            .Single(a => a.GetProperty("name").GetString() == PathwaysDemonstration.Marker);
        return [found.GetProperty("id").GetString()!];
    }

    [Theory]
    [InlineData("/pathways/sign-in")]
    [InlineData("/pathways/sign-in/")]
    public async Task Safeguard_9_Passwords_are_not_guessed_without_end_at_either_writing_of_the_address(string address)
    {
        await using var wall = await WalledServer.StartAsync(Database.Sqlite);
        using var client = wall.Server.Anybody();
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i <= 10; i++)
        {
            using var typed = new FormUrlEncodedContent([new("name", "nobody"), new("password", $"guess number {i}")]);
            using var answer = await client.PostAsync(address, typed, Stop);
            statuses.Add(answer.StatusCode);
        }
        Assert.Equal(HttpStatusCode.TooManyRequests, statuses[^1]);
        Assert.DoesNotContain(HttpStatusCode.TooManyRequests, statuses.Take(10));
    }

    private static async Task<int> ShowsNothingAsync(HttpClient client, Func<HttpRequestMessage> ask)
    {
        using var request = ask();
        using var answer = await client.SendAsync(request, Stop);
        var body = await answer.Content.ReadAsByteArrayAsync(Stop);
        var head = Encoding.UTF8.GetBytes($"{answer.Headers}{answer.Content.Headers}");
        Assert.False(
            WalledServer.HasMarker(body) || WalledServer.HasMarker(head),
            $"{request.Method} {request.RequestUri} shows the marker"
        );
        // What is rubbish to a route is refused; nothing breaks of it.
        Assert.True(
            answer.StatusCode != HttpStatusCode.InternalServerError,
            $"{request.Method} {request.RequestUri} failed"
        );
        return 1;
    }

    /// <summary>Every way to ask a route: methods, a filled path, and whether it is open to everybody.</summary>
    private static IEnumerable<(string Method, string Path, bool IsOpen)> Asked(IEnumerable<RouteEndpoint> routes) =>
        from route in routes
        where route.Metadata.GetMetadata<StaticAssetDescriptor>() is null
        let isOpen = route.Metadata.GetMetadata<IAllowAnonymous>() is not null
        from method in route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]
        select (method, WalledServer.Filled(route), isOpen);

    private static HttpRequestMessage Sent(string method, string path)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method != "GET")
            request.Content = JsonContent.Create(
                new
                {
                    id = "x",
                    name = Nearly[0],
                    query = Searches[0],
                    search = Searches[0],
                    text = Nearly[0],
                }
            );
        return request;
    }

    internal static async Task<Browser> SignedInBehindAsync(WalledServer wall, string role)
    {
        var person = wall.People.First(p => p.Role == role);
        var browser = new Browser(wall.Server);
        using var answer = await SignInBehindAsync(browser, person.Email, person.Password);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return browser;
    }

    internal static Task<HttpResponseMessage> SignInBehindAsync(Browser browser, string name, string password) =>
        browser.SendFormAsync(
            "/pathways/sign-in",
            "/pathways/sign-in",
            new() { ["email"] = name, ["password"] = password }
        );
}
