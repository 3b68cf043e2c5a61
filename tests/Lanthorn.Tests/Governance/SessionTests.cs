using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Lanthorn.Tests.Removal;
using Lanthorn.Tests.Storage;

namespace Lanthorn.Tests.Governance;

/// <summary>When a session ends.</summary>
public sealed partial class SessionTests
{
    private const string Fresh = "another lantern altogether";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_password_ends_every_session_but_the_one_that_chose_it()
    {
        await using var server = await InstalledServer.StartAsync(Stop, new HandTime());
        using var browser = await Browser.SignedInAsync(server, "ana");
        using var copy = browser.Copy(server);
        Assert.True(await IsInAsync(copy));

        using var answer = await ChangePasswordAsync(browser, Browser.Password, Fresh, Fresh);

        Assert.Contains("password is changed", await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.False(await IsInAsync(copy));
        Assert.True(await IsInAsync(browser));
        using var old = await copy.SignInAsync("ana");
        Assert.Equal(HttpStatusCode.Unauthorized, old.StatusCode);
        using var again = await copy.SignInAsync("ana", Fresh);
        Assert.Equal(HttpStatusCode.Redirect, again.StatusCode);
    }

    [Theory]
    [InlineData("wrong", Fresh, Fresh, "not your password")]
    [InlineData(Browser.Password, Fresh, "another", "differ")]
    [InlineData(Browser.Password, "short", "short", "12 to 200 characters")]
    public async Task A_password_is_changed_only_by_who_knows_it_and_into_a_good_one(
        string current,
        string fresh,
        string again,
        string said
    )
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var browser = await Browser.SignedInAsync(server, "ana");

        using var answer = await ChangePasswordAsync(browser, current, fresh, again);

        Assert.Contains(said, await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        using var elsewhere = new Browser(server);
        using var signedIn = await elsewhere.SignInAsync("ana");
        Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);
    }

    [Fact]
    public async Task A_lock_ends_the_session_and_it_does_not_come_back()
    {
        await using var server = await InstalledServer.StartAsync(Stop, new HandTime());
        using var browser = await Browser.SignedInAsync(server, "ana");
        using var copy = browser.Copy(server);

        await server.Accounts.LockAsync(TemporaryStore.Officer, "ana", Stop);
        Assert.False(await IsInAsync(browser));
        await server.Accounts.UnlockAsync(TemporaryStore.Officer, "ana", Stop);

        Assert.False(await IsInAsync(copy));
    }

    [Fact]
    public async Task Other_sessions_are_ended_by_hand()
    {
        await using var server = await InstalledServer.StartAsync(Stop, new HandTime());
        using var browser = await Browser.SignedInAsync(server, "ana");
        using var copy = browser.Copy(server);

        using var answer = await browser.SendFormAsync("/account", "/account", [], "end-sessions");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.False(await IsInAsync(copy));
        Assert.True(await IsInAsync(browser));
    }

    [Fact]
    public async Task Whoever_signs_out_is_out()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var browser = await Browser.SignedInAsync(server, "ana");

        using var answer = await browser.SendFormAsync("/account", "/sign-out", []);

        Assert.Equal("/sign-in", $"{answer.Headers.Location}");
        Assert.False(await IsInAsync(browser));
    }

    [Fact]
    public async Task A_session_without_requests_ends()
    {
        var time = new HandTime();
        await using var server = await InstalledServer.StartAsync(Stop, time);
        using var browser = await Browser.SignedInAsync(server, "ana");
        time.Move(TimeSpan.FromHours(7));
        Assert.True(await IsInAsync(browser));

        time.Move(TimeSpan.FromHours(7));
        Assert.True(await IsInAsync(browser));
        time.Move(TimeSpan.FromHours(9));

        Assert.False(await IsInAsync(browser));
    }

    [Theory, OnEachDatabase]
    public async Task A_session_is_listed_with_its_browser_and_refused_at_the_request_after_it_was_ended(
        Database database
    )
    {
        await using var server = await InstalledServer.StartAsync(Stop, new HandTime(), on: database);
        using var browser = await Browser.SignedInAsync(server, "ana");
        using var other = new Browser(server);
        other.UserAgent("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0");
        using var signedIn = await other.SignInAsync("ana");
        var page = await browser.PageAsync("/account");
        Assert.Contains("Firefox · Linux", WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        var id = EndForm().Match(page).Groups[1].Value;

        using var answer = await browser.SendFormAsync("/account", "/account", [], $"end-session-{id}");

        Assert.Contains("session has ended", await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.False(await IsInAsync(other));
        Assert.True(await IsInAsync(browser));
        var log = await server.Store.Audit.ListAsync("ana", 5, 0, Stop);
        Assert.Contains(log, e => $"{e.Body}".Contains($"session ended of ana: {id}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_session_of_somebody_else_does_not_exist()
    {
        await using var server = await InstalledServer.StartAsync(Stop, new HandTime());
        using var ana = await Browser.SignedInAsync(server, "ana");
        using var eve = await server.SignedInAsync("eve", "analyst", "alpha", Stop);
        using var adi = await server.SignedInAsync("adi", "administrator", "alpha", Stop);
        var listed = await adi.GetFromJsonAsync<JsonElement>("/api/v1/people/ana/sessions", Stop);
        var id = listed[0].GetProperty("id").GetString();

        using var mine = await eve.DeleteAsync($"/api/v1/sessions/{id}", Stop);
        using var theirs = await eve.GetAsync("/api/v1/people/ana/sessions", Stop);
        using var all = await eve.DeleteAsync("/api/v1/people/ana/sessions", Stop);

        Assert.Equal(HttpStatusCode.NotFound, mine.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, theirs.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, all.StatusCode);
        Assert.True(await IsInAsync(ana));
    }

    [Theory, OnEachDatabase]
    public async Task An_administrator_ends_somebodys_sessions_and_tokens_go_on(Database database)
    {
        await using var server = await InstalledServer.StartAsync(Stop, new HandTime(), on: database);
        using var ana = await Browser.SignedInAsync(server, "ana");
        var token = await server.Accounts.AddTokenAsync("ana", "script", null, "test", Stop);
        using var script = server.WithToken(token);
        using var adi = await server.SignedInAsync("adi", "administrator", "alpha", Stop);

        using var answer = await adi.DeleteAsync("/api/v1/people/ana/sessions", Stop);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.False(await IsInAsync(ana));
        (await script.GetAsync("/api/v1/account", Stop)).EnsureSuccessStatusCode();
        var left = await adi.GetFromJsonAsync<JsonElement>("/api/v1/people/ana/sessions", Stop);
        Assert.Equal(0, left.GetArrayLength());
    }

    [Fact]
    public async Task Signing_out_ends_the_session_also_for_whoever_copied_the_cookie()
    {
        await using var server = await InstalledServer.StartAsync(Stop, new HandTime());
        using var browser = await Browser.SignedInAsync(server, "ana");
        using var copy = browser.Copy(server);

        using var answer = await browser.SendFormAsync("/account", "/sign-out", []);

        Assert.Equal("/sign-in", $"{answer.Headers.Location}");
        Assert.False(await IsInAsync(copy));
    }

    [Fact]
    public async Task A_session_ends_after_a_day_however_busy_it_is()
    {
        var time = new HandTime();
        await using var server = await InstalledServer.StartAsync(Stop, time);
        using var browser = await Browser.SignedInAsync(server, "ana");
        for (var hour = 0; hour < 23; hour++)
        {
            time.Move(TimeSpan.FromHours(1));
            Assert.True(await IsInAsync(browser));
        }

        time.Move(TimeSpan.FromHours(1));

        Assert.False(await IsInAsync(browser));
    }

    [GeneratedRegex("end-session-([0-9a-f]{32})")]
    private static partial Regex EndForm();

    private static Task<HttpResponseMessage> ChangePasswordAsync(
        Browser browser,
        string current,
        string fresh,
        string again
    ) =>
        browser.SendFormAsync(
            "/account",
            "/account",
            new()
            {
                ["current"] = current,
                ["fresh"] = fresh,
                ["again"] = again,
            },
            "change-password"
        );

    private static async Task<bool> IsInAsync(Browser browser)
    {
        using var answer = await browser.GetAsync("/account");
        return answer.StatusCode == HttpStatusCode.OK;
    }
}
