using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Lanthorn.Governance.Contracts;
using Lanthorn.Governance.Identity;
using Lanthorn.Tests.Removal;
using Lanthorn.Tests.Storage;

namespace Lanthorn.Tests.Governance;

/// <summary>How people get in at first, and services that never do.</summary>
public sealed partial class InvitationTests
{
    private const string Chosen = "lamps along the whole quay";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, OnEachDatabase]
    public async Task An_invited_person_chooses_a_password_once_and_the_secret_is_in_no_address_and_no_log(
        Database database
    )
    {
        await using var server = await InstalledServer.StartAsync(Stop, new HandTime(), on: database);
        using var adi = await Browser.SignedInAsync(server, "adi", "administrator");
        using var answer = await adi.SendFormAsync(
            "/people",
            "/people",
            new()
            {
                ["name"] = "ana",
                ["role"] = "analyst",
                ["organisation"] = "alpha",
                ["email"] = "ana@alpha.example",
            },
            "invite"
        );
        var secret = Link().Match(await answer.Content.ReadAsStringAsync(Stop)).Groups[1].Value;
        Assert.NotEmpty(secret);
        using var ana = new Browser(server);

        using var chosen = await AcceptAsync(ana, secret, Chosen);
        using var again = await AcceptAsync(ana, secret, "another one that is long");

        Assert.Equal("/sign-in", $"{chosen.Headers.Location}");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.StatusCode);
        using var signedIn = await ana.SignInAsync("ana@alpha.example", Chosen);
        Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);
        var log = string.Concat((await server.Store.Audit.ListAsync(null, 50, 0, Stop)).Select(e => $"{e.Body}"));
        Assert.Contains("password chosen by invitation: ana", log, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invitation_ends_after_three_days_and_with_a_newer_one()
    {
        var time = new HandTime();
        await using var server = await InstalledServer.StartAsync(Stop, time);
        using var adi = await server.SignedInAsync("adi", "administrator", "alpha", Stop);
        var request = new
        {
            name = "ana",
            role = "analyst",
            organisation = "alpha",
        };
        using var made = await adi.PostAsJsonAsync("/api/v1/people/invitations", request, Stop);
        var first = await SecretAsync(made);
        using var newer = await adi.PostAsync("/api/v1/people/ana/invitation", null, Stop);
        var second = await SecretAsync(newer);
        using var browser = new Browser(server);
        using var replaced = await AcceptAsync(browser, first, Chosen);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, replaced.StatusCode);

        time.Move(Invitations.Life);
        using var late = await AcceptAsync(browser, second, Chosen);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, late.StatusCode);
        Assert.Contains("has ended", await late.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Theory, OnEachDatabase]
    public async Task The_first_administrator_is_made_once_and_never_where_there_is_one(Database database)
    {
        await using var server = await InstalledServer.StartAsync(Stop, new HandTime(), on: database);
        var earlier = await FirstAsync(server);
        var secret = await FirstAsync(server);
        using var browser = new Browser(server);
        const string first = "/sign-in/invitation?first=true";
        using var old = await AcceptAsync(browser, earlier!, Chosen, first, "adi");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, old.StatusCode);

        using var made = await AcceptAsync(browser, secret!, Chosen, first, "adi");

        Assert.Equal("/sign-in", $"{made.Headers.Location}");
        using var signedIn = await browser.SignInAsync("adi", Chosen);
        Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);
        Assert.Contains("Invite a person", await browser.PageAsync("/people"), StringComparison.Ordinal);
        Assert.Null(await FirstAsync(server));
        using var twice = await AcceptAsync(browser, secret!, Chosen, first, "eve");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, twice.StatusCode);
    }

    [Fact]
    public async Task The_first_administrator_s_link_is_worth_nothing_once_there_is_one_by_another_way()
    {
        await using var server = await InstalledServer.StartAsync(Stop, new HandTime());
        var secret = await FirstAsync(server);
        await Browser.AddPersonAsync(server, "adi", "administrator");
        using var browser = new Browser(server);

        using var late = await AcceptAsync(browser, secret!, Chosen, "/sign-in/invitation?first=true", "eve");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, late.StatusCode);
        Assert.Null(await server.Accounts.FindAsync("eve", Stop));
    }

    [Theory, OnEachDatabase]
    public async Task A_service_has_tokens_and_no_sign_in_and_rests_with_its_owner(Database database)
    {
        await using var server = await InstalledServer.StartAsync(Stop, new HandTime(), on: database);
        using var adi = await server.SignedInAsync("adi", "administrator", "alpha", Stop);
        await Browser.AddPersonAsync(server, "ana");
        var service = new
        {
            name = "feeder",
            role = "analyst",
            organisation = "alpha",
            owner = "ana",
        };
        using var added = await adi.PostAsJsonAsync("/api/v1/people/services", service, Stop);
        Assert.Equal(HttpStatusCode.Created, added.StatusCode);

        using var made = await adi.PostAsJsonAsync("/api/v1/people/feeder/tokens", new { name = "n", days = 7 }, Stop);
        var token = (await made.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("token").GetString()!;
        using var feeder = server.WithToken(token);
        (await feeder.GetAsync("/api/v1/account", Stop)).EnsureSuccessStatusCode();
        using var more = await feeder.PostAsJsonAsync("/api/v1/tokens", new { name = "mine" }, Stop);
        Assert.Equal(HttpStatusCode.Forbidden, more.StatusCode);
        foreach (var way in new[] { "password", "invitation" })
        {
            using var refused = await adi.PostAsync($"/api/v1/people/feeder/{way}", null, Stop);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        }
        using var search = await feeder.GetAsync("/search/default?q=x", Stop);
        Assert.Equal((HttpStatusCode)428, search.StatusCode);
        feeder.DefaultRequestHeaders.Add("X-Justification", "test");
        (await feeder.GetAsync("/search/default?q=x", Stop)).EnsureSuccessStatusCode();
        var logged = (await server.Store.Audit.ListAsync("feeder", 1, 0, Stop))[0].Body;
        Assert.Equal("analyst service", logged.GetProperty("roles").GetString());

        (await adi.PostAsync("/api/v1/people/ana/lock", null, Stop)).EnsureSuccessStatusCode();

        using var rests = await feeder.GetAsync("/api/v1/account", Stop);
        Assert.Equal(HttpStatusCode.Unauthorized, rests.StatusCode);
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("feeder")]
    public async Task A_service_is_answered_for_by_a_person_who_can_be_asked(string owner)
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var adi = await server.SignedInAsync("adi", "administrator", "alpha", Stop);
        await server.Accounts.AddPersonAsync(new("feeder", null, "analyst", "alpha") { Owner = "adi" }, Stop);
        var service = new
        {
            name = "second",
            role = "analyst",
            organisation = "alpha",
            owner,
        };

        using var added = await adi.PostAsJsonAsync("/api/v1/people/services", service, Stop);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, added.StatusCode);
    }

    [Fact]
    public async Task A_token_that_nobody_uses_is_pointed_out_after_a_month()
    {
        var time = new HandTime();
        await using var server = await InstalledServer.StartAsync(Stop, time);
        using var adi = await Browser.SignedInAsync(server, "adi", "administrator");
        await Browser.AddPersonAsync(server, "ana");
        await server.Accounts.AddTokenAsync("ana", "script", TimeSpan.FromDays(90), null, Stop);
        Assert.DoesNotContain("unused", await adi.PageAsync("/people/ana"), StringComparison.Ordinal);

        time.Move(TimeSpan.FromDays(31));
        using var again = await adi.SignInAsync("adi");

        Assert.Contains("unused for a month", await adi.PageAsync("/people/ana"), StringComparison.Ordinal);
    }

    private static Task<HttpResponseMessage> AcceptAsync(
        Browser browser,
        string code,
        string password,
        string page = "/sign-in/invitation",
        string name = ""
    ) =>
        browser.SendFormAsync(
            page,
            page,
            new()
            {
                ["code"] = code,
                ["name"] = name,
                ["fresh"] = password,
                ["again"] = password,
            }
        );

    private static async Task<string?> FirstAsync(InstalledServer server) =>
        (await FirstAdministrator.AddressAsync(server.Services, Stop))?.Split('#')[1];

    private static async Task<string> SecretAsync(HttpResponseMessage made) =>
        (await made.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("link").GetString()!.Split('#')[1];

    [GeneratedRegex("/sign-in/invitation#(lth_[A-Za-z0-9_-]+)")]
    private static partial Regex Link();
}
