using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Lanthorn.Governance;
using Lanthorn.Knowledge;
using Lanthorn.Tests.Removal;

namespace Lanthorn.Tests.Governance;

/// <summary>Managing accounts over the API.</summary>
public sealed class PeopleTests
{
    private const string People = "/api/v1/people";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_administrator_makes_an_account_with_which_somebody_signs_in()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var admin = await server.SignedInAsync("adi", "administrator", "alpha", Stop);
        using var organisation = await admin.PostAsJsonAsync("/api/v1/organisations", new { name = "bravo" }, Stop);
        Assert.Equal(HttpStatusCode.Created, organisation.StatusCode);

        using var answer = await admin.PostAsJsonAsync(
            People,
            new
            {
                name = "ana",
                role = "analyst",
                organisation = "bravo",
                email = "ana@bravo.example",
            },
            Stop
        );

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var password = (await answer.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("password").GetString()!;
        using var browser = new Browser(server);
        using var signedIn = await browser.SignInAsync("ana@bravo.example", password);
        Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);
        Assert.Contains("bravo", await admin.GetStringAsync("/api/v1/organisations", Stop), StringComparison.Ordinal);
        Assert.DoesNotContain(password, await admin.GetStringAsync(People, Stop), StringComparison.Ordinal);
        var logged = (await server.Store.Audit.ListAsync("adi", 10, 0, Stop)).Select(e => $"{e.Body}").ToList();
        Assert.Contains(logged, e => e.Contains("account added: ana, analyst", StringComparison.Ordinal));
        Assert.DoesNotContain(password, string.Concat(logged), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lock_a_role_and_a_password_take_effect_at_once()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var admin = await server.SignedInAsync("adi", "administrator", "alpha", Stop);
        using var ana = await server.SignedInAsync("ana", "analyst", "alpha", Stop);
        Assert.Equal(HttpStatusCode.OK, (await ana.GetAsync("/search/default?q=x", Stop)).StatusCode);

        (await admin.PutAsJsonAsync($"{People}/ana/role", new { role = "editor" }, Stop)).EnsureSuccessStatusCode();
        Assert.Equal(HttpStatusCode.NotFound, (await ana.GetAsync("/search/default?q=x", Stop)).StatusCode);
        (await admin.PostAsync($"{People}/ana/lock", null, Stop)).EnsureSuccessStatusCode();
        Assert.Equal(HttpStatusCode.Unauthorized, (await ana.GetAsync("/api/v1/account", Stop)).StatusCode);
        (await admin.PostAsync($"{People}/ana/unlock", null, Stop)).EnsureSuccessStatusCode();
        Assert.Equal(HttpStatusCode.OK, (await ana.GetAsync("/api/v1/account", Stop)).StatusCode);

        using var answer = await admin.PostAsync($"{People}/ana/password", null, Stop);
        var password = (await answer.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("password").GetString()!;
        using var browser = new Browser(server);
        using var signedIn = await browser.SignInAsync("ana", password);
        Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);
    }

    [Fact]
    public async Task An_account_that_cannot_be_is_refused_with_the_reason()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var admin = await server.SignedInAsync("adi", "administrator", "alpha", Stop);
        (string Name, string Role, string Organisation, string? Password, int Status, string Code)[] wrong =
        [
            ("ADI", "analyst", "alpha", null, 409, "account-taken"),
            ("x", "counsellor", "alpha", null, 422, "unknown-role"),
            ("x", "analyst", "nowhere", null, 422, "unknown-organisation"),
            ("a@b", "analyst", "alpha", null, 422, "account-name"),
            ("x", "analyst", "alpha", "short", 422, "password-length"),
            ("x", "analyst", "a|b", null, 422, "organisation-name"),
        ];
        foreach (var (name, role, organisation, password, status, code) in wrong)
        {
            var request = new
            {
                name,
                role,
                organisation,
                password,
            };
            using var answer = await admin.PostAsJsonAsync(People, request, Stop);
            Assert.Equal(status, (int)answer.StatusCode);
            var refusal = await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
            Assert.Equal(code, refusal.GetProperty("code").GetString());
        }
    }

    [Fact]
    public async Task Nobody_changes_his_own_role_or_lock_and_the_operator_stays()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var admin = await server.SignedInAsync("adi", "administrator", "alpha", Stop);

        foreach (var (name, code) in new[] { ("Adi", "own-account"), ("operator", "operator-stays") })
        foreach (
            var answer in new[]
            {
                await admin.PostAsync($"{People}/{name}/lock", null, Stop),
                await admin.PutAsJsonAsync($"{People}/{name}/role", new { role = "analyst" }, Stop),
            }
        )
            using (answer)
            {
                var refusal = await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
                Assert.Equal(code, refusal.GetProperty("code").GetString());
            }
    }

    [Fact]
    public async Task For_everybody_else_there_is_nothing_to_manage_and_nothing_to_oversee()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        foreach (var role in Roles.All.Select(r => r.Name))
        {
            using var client = await server.SignedInAsync($"a.{role}", role, "alpha", Stop);
            var manages = Roles.Managing.Contains(role) ? HttpStatusCode.OK : HttpStatusCode.NotFound;
            var oversees = Roles.Overseeing.Contains(role) ? HttpStatusCode.OK : HttpStatusCode.NotFound;
            foreach (var path in new[] { People, "/api/v1/organisations" })
                Assert.Equal(manages, (await client.GetAsync(path, Stop)).StatusCode);
            foreach (var path in new[] { "/api/v1/audit", "/api/v1/audit/verify", "/audit" })
                Assert.Equal(oversees, (await client.GetAsync(path, Stop)).StatusCode);
            Assert.Equal(
                oversees == HttpStatusCode.OK,
                (await client.GetStringAsync("/account", Stop)).Contains("href=\"/audit\"", StringComparison.Ordinal)
            );
        }
    }

    [Fact]
    public void Every_purpose_and_every_mark_has_words()
    {
        Assert.All(Label.KnownPurposes, p => Assert.NotEmpty(Purposes.InWords(p)));
        Assert.All(Enum.GetValues<Tlp>(), t => Assert.NotEmpty(Purposes.InWords(t)));
    }
}
