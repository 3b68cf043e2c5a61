using System.Net;
using Lanthorn.Tests.Removal;
using Lanthorn.Tests.Storage;

namespace Lanthorn.Tests.Governance;

/// <summary>When a session ends.</summary>
public sealed class SessionTests
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
