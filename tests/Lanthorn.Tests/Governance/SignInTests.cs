using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Lanthorn.Governance;
using Lanthorn.Tests.Removal;
using Lanthorn.Tests.Storage;

namespace Lanthorn.Tests.Governance;

/// <summary>Coming in with a password.</summary>
public sealed partial class SignInTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_signs_in_gets_to_where_he_wanted()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        await Browser.AddPersonAsync(server, "ana");
        using var browser = new Browser(server);
        using var sent = await browser.GetAsync("/account?a=1&b=2");
        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        Assert.Equal("/sign-in?next=%2Faccount%3Fa%3D1%26b%3D2", $"{sent.Headers.Location}");

        using var answer = await browser.SignInAsync("ANA@lanthorn.example", next: "/account?a=1&b=2");

        Assert.Equal("/account?a=1&b=2", $"{answer.Headers.Location}");
        using var page = await browser.GetAsync("/account");
        Assert.Contains("ana@lanthorn.example", await page.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_link_leads_to_another_server()
    {
        var time = new HandTime();
        await using var server = await InstalledServer.StartAsync(Stop, time);
        await Browser.AddPersonAsync(server, "ana");
        string[] elsewhere =
        [
            "https://evil.example/",
            "//evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "/\t/evil.example",
            "javascript:alert(1)",
            "account",
            "/ä",
            "",
        ];
        foreach (var next in elsewhere)
        {
            using var browser = new Browser(server);
            using var answer = await browser.SignInAsync("ana", next: next);
            Assert.True($"{answer.Headers.Location}" == "/", $"{next} leads to {answer.Headers.Location}");
        }
    }

    [Fact]
    public async Task Unknown_wrong_and_locked_get_the_same_answer()
    {
        await using var server = await InstalledServer.StartAsync(Stop, new HandTime());
        await Browser.AddPersonAsync(server, "ana");
        await Browser.AddPersonAsync(server, "ben");
        await server.Accounts.LockAsync(TemporaryStore.Officer, "ben", Stop);
        using var browser = new Browser(server);

        var answers = new List<string>();
        foreach (var (name, password) in new[] { ("none", "x"), ("ana", "wrong"), ("ben", Browser.Password) })
        {
            using var answer = await browser.SignInAsync(name, password);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            var page = await answer.Content.ReadAsStringAsync(Stop);
            answers.Add(Proof().Replace(page, "").Replace($"value=\"{name}\"", "", StringComparison.Ordinal));
        }

        Assert.Single(answers.Distinct());
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_the_account_for_a_quarter_of_an_hour()
    {
        var time = new HandTime();
        await using var server = await InstalledServer.StartAsync(Stop, time);
        await Browser.AddPersonAsync(server, "ana");
        using var browser = new Browser(server);
        for (var i = 0; i < SignIn.MaxWrong; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(browser, "wrong"));

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(browser, Browser.Password));
        time.Move(SignIn.Locked - TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(browser, Browser.Password));
        time.Move(TimeSpan.FromSeconds(2));

        Assert.Equal(HttpStatusCode.Redirect, await StatusAsync(browser, Browser.Password));
    }

    [Fact]
    public async Task Four_wrong_passwords_do_not_lock_and_the_right_one_forgives_them()
    {
        var time = new HandTime();
        await using var server = await InstalledServer.StartAsync(Stop, time);
        await Browser.AddPersonAsync(server, "ana");
        for (var round = 0; round < 2; round++)
        {
            using var browser = new Browser(server);
            for (var i = 0; i < SignIn.MaxWrong - 1; i++)
                Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(browser, "wrong"));
            Assert.Equal(HttpStatusCode.Redirect, await StatusAsync(browser, Browser.Password));
            time.Move(TimeSpan.FromMinutes(1));
        }
    }

    [Fact]
    public async Task Signing_in_is_limited_to_ten_attempts_a_minute_and_says_when_to_come_back()
    {
        var time = new HandTime();
        await using var server = await InstalledServer.StartAsync(Stop, time);
        using var browser = new Browser(server);
        for (var i = 0; i < 10; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(browser, "wrong"));

        using var answer = await browser.SignInAsync("ana", "wrong");

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Equal(6, int.Parse(answer.Headers.GetValues("Retry-After").Single(), CultureInfo.InvariantCulture));
        time.Move(TimeSpan.FromSeconds(6));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(browser, "wrong"));
    }

    [Fact]
    public async Task A_page_elsewhere_cannot_sign_somebody_in_or_send_his_forms()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var browser = await Browser.SignedInAsync(server, "ana");
        var typed = new Dictionary<string, string>
        {
            ["email"] = "ana",
            ["password"] = Browser.Password,
            ["justification"] = "forged",
            ["_handler"] = "end-sessions",
        };

        foreach (var form in new[] { "/sign-in", "/sign-out", "/account/reason", "/account", "/api/v1/tokens" })
        {
            using var answer = await browser.PostAsync(form, typed);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }
        using var still = await browser.GetAsync("/account");
        Assert.Equal(HttpStatusCode.OK, still.StatusCode);
    }

    [Fact]
    public async Task The_reason_is_chosen_once_and_leads_back()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var browser = await Browser.SignedInAsync(server, "ana");

        using var answer = await browser.SendFormAsync(
            "/account",
            "/account/reason",
            new()
            {
                ["justification"] = "operation Lighthouse",
                ["case"] = "case-7",
                ["next"] = "/sources",
            }
        );

        Assert.Equal("/sources", $"{answer.Headers.Location}");
        using var page = await browser.GetAsync("/sources");
        Assert.Contains("operation Lighthouse", await page.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        using var search = await browser.GetAsync("/search?q=petrova");
        search.EnsureSuccessStatusCode();
        var logged = (await server.Store.Audit.ListAsync("ana", 1, 0, Stop))[0].Body;
        Assert.Equal("operation Lighthouse", logged.GetProperty("justification").GetString());
        Assert.Equal("case-7", logged.GetProperty("case").GetString());
    }

    [Fact]
    public async Task Every_attempt_is_logged_without_what_was_typed()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        await Browser.AddPersonAsync(server, "ana");
        using var browser = new Browser(server);

        await StatusAsync(browser, "typed by mistake");
        await StatusAsync(browser, Browser.Password);

        var log = (await server.Store.Audit.ListAsync("ana", 10, 0, Stop)).Select(e => e.Body).ToList();
        Assert.Equal(["sign-in accepted", "sign-in refused"], log.Select(e => e.GetProperty("what").GetString()));
        Assert.DoesNotContain("mistake", string.Concat(log), StringComparison.Ordinal);
        Assert.DoesNotContain(Browser.Password, string.Concat(log), StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode> StatusAsync(Browser browser, string password)
    {
        using var answer = await browser.SignInAsync("ana", password);
        return answer.StatusCode;
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"[^\"]*\"")]
    private static partial Regex Proof();
}
