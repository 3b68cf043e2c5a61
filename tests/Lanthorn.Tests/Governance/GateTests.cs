using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Lanthorn.Governance;
using Lanthorn.Tests.Removal;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;

namespace Lanthorn.Tests.Governance;

/// <summary>What stands between the network and every route.</summary>
public sealed class GateTests
{
    /// <summary>What is open without sign-in, beside the files that the sign-in page needs.</summary>
    private static readonly string[] Open = ["/healthz", "/readyz", "/sign-in", "/sign-in/invitation"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_sign_in_every_route_but_the_open_ones_answers_nothing()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var program = server.Anybody();
        using var browser = new Browser(server);
        var routes = server
            .Routes.Where(r => r.Metadata.GetMetadata<StaticAssetDescriptor>() is null)
            .Where(r =>
                r.Metadata.GetMetadata<HttpMethodMetadata>() is not { HttpMethods: var methods }
                || methods.Contains("GET")
            )
            .Select(r => "/" + (r.RoutePattern.RawText ?? "").TrimStart('/'))
            .Where(r => !Open.Contains(r))
            .Distinct()
            .ToList();
        Assert.Contains("/api/v1/audit", routes);
        Assert.Contains("/account", routes);

        foreach (var route in routes.Append("/no-such-page"))
        {
            var path = Filled(route);
            using var answer = await program.GetAsync(path, Stop);
            Assert.True(
                answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.NotFound,
                $"{route}: {answer.StatusCode}"
            );
            using var page = await browser.GetAsync(path);
            Assert.True(
                page.StatusCode is HttpStatusCode.Redirect or HttpStatusCode.Unauthorized or HttpStatusCode.NotFound,
                $"{route}: {page.StatusCode}"
            );
            if (page.StatusCode == HttpStatusCode.Redirect)
                Assert.StartsWith("/sign-in", $"{page.Headers.Location}", StringComparison.Ordinal);
        }
        foreach (var path in Open)
            Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(path)).StatusCode);
    }

    [Fact]
    public async Task What_changes_something_is_closed_too()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var program = server.Anybody();
        foreach (var route in server.Routes)
        {
            var methods = route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [];
            var path = Filled(route.RoutePattern.RawText ?? "");
            foreach (var method in methods.Except(["GET", "HEAD", "OPTIONS"]).Where(_ => path != "/sign-in"))
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), path);
                request.Content = JsonContent.Create(new { });
                using var answer = await program.SendAsync(request, Stop);
                Assert.True(
                    answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.BadRequest,
                    $"{method} {path}: {answer.StatusCode}"
                );
            }
        }
    }

    [Fact]
    public async Task The_sign_in_page_gets_every_file_that_it_names()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var browser = new Browser(server);
        using var page = await browser.GetAsync("/sign-in");
        var html = await page.Content.ReadAsStringAsync(Stop);
        var named = html.Split("href=\"", StringSplitOptions.None)
            .Concat(html.Split("src=\"", StringSplitOptions.None))
            .Select(part => part[..Math.Max(part.IndexOf('"', StringComparison.Ordinal), 0)])
            .Where(path => path.StartsWith("/_content/", StringComparison.Ordinal))
            .Distinct()
            .ToList();
        Assert.InRange(named.Count, 8, 20);

        foreach (var path in named)
        {
            using var file = await browser.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, file.StatusCode);
            Assert.NotEmpty(await file.Content.ReadAsByteArrayAsync(Stop));
        }
    }

    [Fact]
    public async Task Every_answer_carries_the_strict_headers()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var browser = await Browser.SignedInAsync(server, "ana");
        using var nobody = new Browser(server);
        using var program = await server.SignedInAsync("ben", "analyst", "alpha", Stop);
        using var broken = new StringContent("{", System.Text.Encoding.UTF8, "application/json");
        var answers = new List<HttpResponseMessage>
        {
            await nobody.GetAsync("/sign-in"),
            await nobody.GetAsync("/nowhere"),
            await nobody.PostAsync("/sign-in", []),
            await nobody.GetAsync("/healthz"),
            await browser.GetAsync("/account"),
            await browser.GetAsync("/nowhere"),
            await browser.GetAsync("/audit"),
            await program.GetAsync("/api/v1/people", Stop),
            await program.PostAsync("/api/v1/tokens", broken, Stop),
        };
        Assert.Equal([200, 302, 400, 200, 200, 404, 404, 404, 400], answers.Select(a => (int)a.StatusCode));

        foreach (var answer in answers)
            using (answer)
            {
                string Header(string name) => answer.Headers.GetValues(name).Single();
                var policy = Header("Content-Security-Policy");
                Assert.StartsWith("default-src 'none'", policy, StringComparison.Ordinal);
                Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
                Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
                Assert.Equal("nosniff", Header("X-Content-Type-Options"));
                Assert.Equal("DENY", Header("X-Frame-Options"));
                Assert.Equal("no-referrer", Header("Referrer-Policy"));
                Assert.Equal("same-origin", Header("Cross-Origin-Opener-Policy"));
                Assert.False(answer.Headers.Contains("Server"));
            }
    }

    [Fact]
    public async Task What_depends_on_the_viewer_is_kept_by_nobody_else()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var browser = await Browser.SignedInAsync(server, "ana");
        foreach (var path in new[] { "/account", "/api/v1/account", "/api/v1/tokens", "/sources" })
        {
            using var answer = await browser.GetAsync(path);
            Assert.True(answer.Headers.CacheControl?.NoStore, path);
        }
    }

    [Fact]
    public async Task A_refusal_is_a_page_for_a_browser_and_a_problem_for_a_program()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var browser = await Browser.SignedInAsync(server, "ana");
        using var program = await server.SignedInAsync("ben", "analyst", "alpha", Stop);

        using var page = await browser.GetAsync("/nowhere");
        using var hidden = await browser.GetAsync("/audit");
        using var problem = await program.GetAsync("/nowhere", Stop);

        Assert.Equal("text/html", page.Content.Headers.ContentType!.MediaType);
        var said = await page.Content.ReadAsStringAsync(Stop);
        Assert.Contains("Nothing here", said, StringComparison.Ordinal);
        Assert.Equal(said, await hidden.Content.ReadAsStringAsync(Stop));
        Assert.Equal("application/problem+json", problem.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Roles_without_enforcement_access_are_told_that_search_does_not_exist()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        var body = new { queries = new { q = new { schema = "Person", properties = new { name = new[] { "x" } } } } };
        string[] paths = ["/search?q=x", "/search/default?q=x", "/entities/x", "/entities/x/adjacent", "/entity/x"];
        var without = Roles.All.Where(r => !r.Purposes.Contains("enforcement")).Select(r => r.Name).ToList();
        Assert.Contains("administrator", without);
        Assert.Contains("carrier", without);

        foreach (var role in without)
        {
            using var client = await server.SignedInAsync($"a.{role}", role, "alpha", Stop);
            foreach (var path in paths)
                Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(path, Stop)).StatusCode);
            using var match = await client.PostAsJsonAsync("/match/default", body, Stop);
            Assert.Equal(HttpStatusCode.NotFound, match.StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/", Stop)).StatusCode);
        }
    }

    [Fact]
    public async Task A_name_that_is_not_ours_gets_nothing()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var client = server.Anybody();
        foreach (var host in new[] { "evil.example", "localhost.evil.example", "127.0.0.2" })
        foreach (var path in new[] { "/sign-in", "/healthz", "/" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Host = host;
            using var answer = await client.SendAsync(request, Stop);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            var refusal = await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
            Assert.Equal("unknown-host", refusal.GetProperty("code").GetString());
        }
    }

    [Fact]
    public async Task A_token_decides_even_where_a_cookie_came_with_it()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var browser = await Browser.SignedInAsync(server, "ana");
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/api/v1/account")).StatusCode);

        using var answer = await browser.GetAsync("/api/v1/account", token: "nonsense");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    /// <summary>A path of the route: what stands in braces is something.</summary>
    private static string Filled(string route) =>
        "/" + string.Join('/', route.TrimStart('/').Split('/').Select(part => part.StartsWith('{') ? "x" : part));
}
