using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Lanthorn.Tests.Governance;

namespace Lanthorn.Tests.Pathways;

/// <summary>Who may do what behind the wall.</summary>
public sealed class PathwaysAccountTests
{
    private const string Fresh = "another lantern altogether";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Safeguard_9_The_administrator_behind_the_wall_reads_no_applicant_and_alone_manages_accounts()
    {
        await using var wall = await WalledServer.StartAsync();
        string[] content = ["/pathways/api/v1/applicants", "/pathways/applicants"];
        string[] management =
        [
            "/pathways/api/v1/accounts",
            "/pathways/accounts",
            "/pathways/api/v1/audit",
            "/pathways/audit",
        ];
        foreach (var role in wall.People.Select(p => p.Role))
        {
            using var client = wall.Behind(role);
            foreach (var path in content)
                Assert.Equal(role == "counsellor", (await client.GetAsync(path, Stop)).IsSuccessStatusCode);
            foreach (var path in management)
                Assert.Equal(role == "pathways-administrator", (await client.GetAsync(path, Stop)).IsSuccessStatusCode);
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/pathways/", Stop)).StatusCode);
        }
        using var administrator = wall.Behind("pathways-administrator");
        foreach (var path in management)
            Assert.False(WalledServer.HasMarker(await administrator.GetByteArrayAsync(path, Stop)), path);
    }

    [Fact]
    public async Task Safeguard_9_A_password_that_the_administrator_knows_opens_only_the_page_on_which_it_is_changed()
    {
        await using var wall = await WalledServer.StartAsync();
        using var administrator = wall.Behind("pathways-administrator");
        using var added = await administrator.PostAsJsonAsync(
            "/pathways/api/v1/accounts",
            new
            {
                name = "cora",
                role = "counsellor",
                organisation = "Advice Centre (fictional)",
            },
            Stop
        );
        var known = (await added.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("password").GetString()!;
        using var browser = new Browser(wall.Server);
        using var signedIn = await WallTests.SignInBehindAsync(browser, "cora", known);
        Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);

        foreach (var path in new[] { "/pathways/applicants", "/pathways/", "/pathways/api/v1/applicants" })
        {
            using var answer = await browser.GetAsync(path);
            Assert.Equal("/pathways/account", $"{answer.Headers.Location}");
        }
        using var changed = await browser.SendFormAsync(
            "/pathways/account",
            "/pathways/account/password",
            new()
            {
                ["current"] = known,
                ["fresh"] = Fresh,
                ["again"] = Fresh,
            }
        );
        Assert.Equal("/pathways/", $"{changed.Headers.Location}");
        using var open = await browser.GetAsync("/pathways/applicants");
        Assert.Equal(HttpStatusCode.OK, open.StatusCode);
        using var elsewhere = new Browser(wall.Server);
        using var old = await WallTests.SignInBehindAsync(elsewhere, "cora", known);
        Assert.Equal(HttpStatusCode.Unauthorized, old.StatusCode);
    }

    [Fact]
    public async Task A_counsellor_adds_and_opens_applicants_by_page_and_api_and_another_organisation_sees_none()
    {
        await using var wall = await WalledServer.StartAsync();
        using var browser = await WallTests.SignedInBehindAsync(wall, "counsellor");
        using var added = await browser.SendFormAsync(
            "/pathways/applicants",
            "/pathways/applicants",
            new() { ["name"] = "Fictional Traveller", ["note"] = "asks about study" }
        );
        var address = $"{added.Headers.Location}";
        using var page = await browser.GetAsync(address);
        Assert.Contains("asks about study", await page.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        using var counsellor = wall.Behind("counsellor");
        var path = address.Replace("/pathways/", "/pathways/api/v1/", StringComparison.Ordinal);
        var read = await counsellor.GetFromJsonAsync<JsonElement>(path, Stop);
        Assert.Equal("Fictional Traveller", read.GetProperty("name").GetString());

        using var other = await AddedAsync(wall, "cleo", "counsellor", "Another Centre (fictional)");
        using var foreign = await other.GetAsync(address);

        Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
        using var none = await other.GetAsync("/pathways/applicants");
        var list = await none.Content.ReadAsStringAsync(Stop);
        Assert.Contains("No applicants yet", list, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lock_ends_sessions_and_tokens_rest_until_it_is_taken_back()
    {
        await using var wall = await WalledServer.StartAsync();
        using var browser = await WallTests.SignedInBehindAsync(wall, "counsellor");
        using var counsellor = wall.Behind("counsellor");
        using var administrator = wall.Behind("pathways-administrator");

        (
            await administrator.PostAsync("/pathways/api/v1/accounts/demo-counsellor/lock", null, Stop)
        ).EnsureSuccessStatusCode();

        using var page = await browser.GetAsync("/pathways/applicants");
        Assert.StartsWith("/pathways/sign-in", $"{page.Headers.Location}", StringComparison.Ordinal);
        using var refused = await counsellor.GetAsync("/pathways/api/v1/applicants", Stop);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        (
            await administrator.PostAsync("/pathways/api/v1/accounts/demo-counsellor/unlock", null, Stop)
        ).EnsureSuccessStatusCode();
        using var again = await counsellor.GetAsync("/pathways/api/v1/applicants", Stop);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        using var own = await administrator.PostAsync(
            "/pathways/api/v1/accounts/demo-pathways-administrator/lock",
            null,
            Stop
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, own.StatusCode);
    }

    [Fact]
    public async Task Wrong_passwords_lock_an_account_for_a_while_and_a_token_makes_no_token()
    {
        await using var wall = await WalledServer.StartAsync();
        var counsellor = wall.People.First(p => p.Role == "counsellor");
        using var browser = new Browser(wall.Server);
        for (var i = 0; i < 5; i++)
            using (var wrong = await WallTests.SignInBehindAsync(browser, counsellor.Name, "not the password"))
                Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);

        using var right = await WallTests.SignInBehindAsync(browser, counsellor.Name, counsellor.Password);

        Assert.Equal(HttpStatusCode.Unauthorized, right.StatusCode);
        using var client = wall.Behind("counsellor");
        using var made = await client.PostAsJsonAsync("/pathways/api/v1/tokens", new { name = "more" }, Stop);
        Assert.Equal(HttpStatusCode.Forbidden, made.StatusCode);
    }

    [Fact]
    public async Task A_form_without_the_proof_of_a_page_changes_nothing_and_every_answer_has_the_strict_headers()
    {
        await using var wall = await WalledServer.StartAsync();
        using var browser = await WallTests.SignedInBehindAsync(wall, "counsellor");

        using var forged = await browser.PostAsync("/pathways/applicants", new() { ["name"] = "Forged" });
        using var page = await browser.GetAsync("/pathways/applicants");
        using var nowhere = await browser.GetAsync("/pathways/nowhere");

        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, nowhere.StatusCode);
        Assert.DoesNotContain("Forged", await page.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        foreach (var answer in new[] { forged, page, nowhere })
        {
            Assert.StartsWith(
                "default-src 'none'",
                answer.Headers.GetValues("Content-Security-Policy").Single(),
                StringComparison.Ordinal
            );
            Assert.True(answer.Headers.CacheControl?.NoStore);
            Assert.Equal("DENY", answer.Headers.GetValues("X-Frame-Options").Single());
        }
        Assert.DoesNotContain("palette.js", await page.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_administrator_manages_accounts_on_the_page_and_the_pages_speak_french()
    {
        await using var wall = await WalledServer.StartAsync();
        using var browser = await WallTests.SignedInBehindAsync(wall, "pathways-administrator");
        using var added = await browser.SendFormAsync(
            "/pathways/accounts",
            "/pathways/accounts",
            new()
            {
                ["name"] = "Nadia",
                ["role"] = "employer",
                ["organisation"] = "Works (fictional)",
            }
        );
        var page = await added.Content.ReadAsStringAsync(Stop);
        Assert.Contains("Password of nadia", page, StringComparison.Ordinal);
        using var twice = await browser.SendFormAsync(
            "/pathways/accounts",
            "/pathways/accounts",
            new()
            {
                ["name"] = "nadia",
                ["role"] = "analyst",
                ["organisation"] = "Works (fictional)",
            }
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, twice.StatusCode);
        using var log = await browser.GetAsync("/pathways/audit");
        Assert.Contains(
            "account nadia added as employer",
            await log.Content.ReadAsStringAsync(Stop),
            StringComparison.Ordinal
        );

        using var chosen = await browser.SendFormAsync(
            "/pathways/",
            "/pathways/language",
            new() { ["language"] = "fr", ["next"] = "/pathways/accounts" }
        );

        Assert.Equal("/pathways/accounts", $"{chosen.Headers.Location}");
        using var french = await browser.GetAsync("/pathways/accounts");
        Assert.Contains("Ajouter un compte", await french.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://evil.example/", "/pathways/")]
    [InlineData("//evil.example/pathways/", "/pathways/")]
    [InlineData("/sign-in", "/pathways/")]
    [InlineData("/pathways\\evil", "/pathways/")]
    [InlineData("/pathways/applicants", "/pathways/applicants")]
    public async Task Signing_in_leads_nowhere_but_behind_the_wall(string next, string to)
    {
        await using var wall = await WalledServer.StartAsync();
        var counsellor = wall.People.First(p => p.Role == "counsellor");
        using var browser = new Browser(wall.Server);

        using var answer = await browser.SendFormAsync(
            "/pathways/sign-in",
            "/pathways/sign-in",
            new()
            {
                ["email"] = counsellor.Name,
                ["password"] = counsellor.Password,
                ["next"] = next,
            }
        );

        Assert.Equal(to, $"{answer.Headers.Location}");
    }

    private static async Task<Browser> AddedAsync(WalledServer wall, string name, string role, string organisation)
    {
        using var administrator = wall.Behind("pathways-administrator");
        using var added = await administrator.PostAsJsonAsync(
            "/pathways/api/v1/accounts",
            new
            {
                name,
                role,
                organisation,
            },
            Stop
        );
        var known = (await added.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("password").GetString()!;
        var browser = new Browser(wall.Server);
        using var signedIn = await WallTests.SignInBehindAsync(browser, name, known);
        using var changed = await browser.SendFormAsync(
            "/pathways/account",
            "/pathways/account/password",
            new()
            {
                ["current"] = known,
                ["fresh"] = Fresh,
                ["again"] = Fresh,
            }
        );
        Assert.Equal("/pathways/", $"{changed.Headers.Location}");
        return browser;
    }
}
