using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Dapper;
using Lanthorn.Governance;
using Lanthorn.Governance.Identity;
using Lanthorn.Tests.Removal;
using Lanthorn.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Lanthorn.Tests.Governance;

/// <summary>The second step of signing in.</summary>
public sealed partial class SecondFactorTests
{
    private const string Page = "/account/second-factor";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>RFC 6238, appendix B, for SHA-1: the last six of its eight digits.</summary>
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void RFC_6238_its_test_vectors_hold(long seconds, string code)
    {
        var secret = Encoding.ASCII.GetBytes("12345678901234567890");
        var moment = DateTimeOffset.FromUnixTimeSeconds(seconds);

        Assert.Equal(code, Totp.Code(secret, Totp.StepAt(moment)));
        Assert.Equal(Totp.StepAt(moment), Totp.Find(secret, code, moment, 0));
        Assert.Null(Totp.Find(secret, code, moment, Totp.StepAt(moment)));
        Assert.Null(Totp.Find(secret, code, moment + TimeSpan.FromMinutes(2), 0));
    }

    /// <summary>RFC 4648, section 10.</summary>
    [Theory]
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void RFC_4648_its_test_vectors_hold(string text, string expected) =>
        Assert.Equal(expected, Totp.ToBase32(Encoding.ASCII.GetBytes(text)));

    [Theory, OnEachDatabase]
    public async Task Whoever_switched_it_on_signs_in_with_password_and_code_and_no_code_twice(Database database)
    {
        var time = new HandTime();
        await using var server = await InstalledServer.StartAsync(Stop, time, on: database);
        using var browser = await Browser.SignedInAsync(server, "ana");
        var (secret, _) = await EnrolAsync(browser, time);
        time.Move(TimeSpan.FromMinutes(2));
        using var other = new Browser(server);

        var step = await PasswordAsync(other);
        Assert.False(await IsInAsync(other));
        var code = CodeOf(secret, time);
        using var wrong = await CodeAsync(other, step, code == "000000" ? "000001" : "000000");
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        using var right = await CodeAsync(other, step, code);

        Assert.Equal(HttpStatusCode.Redirect, right.StatusCode);
        Assert.True(await IsInAsync(other));
        using var third = new Browser(server);
        using var again = await CodeAsync(third, await PasswordAsync(third), code);
        Assert.Equal(HttpStatusCode.Unauthorized, again.StatusCode);
        Assert.False(await IsInAsync(third));
    }

    [Fact]
    public async Task A_recovery_code_opens_once()
    {
        var time = new HandTime();
        await using var server = await InstalledServer.StartAsync(Stop, time);
        using var browser = await Browser.SignedInAsync(server, "ana");
        var (_, codes) = await EnrolAsync(browser, time);
        Assert.Equal(SecondFactor.RecoveryCodes, codes.Count);

        using var first = new Browser(server);
        using var opened = await CodeAsync(first, await PasswordAsync(first), codes[0].ToUpperInvariant());
        using var second = new Browser(server);
        using var refused = await CodeAsync(second, await PasswordAsync(second), codes[0]);

        Assert.Equal(HttpStatusCode.Redirect, opened.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Contains("9 recovery codes are left", await first.PageAsync(Page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_codes_lock_like_wrong_passwords_and_a_right_password_forgives_none()
    {
        var time = new HandTime();
        await using var server = await InstalledServer.StartAsync(Stop, time);
        using var browser = await Browser.SignedInAsync(server, "ana");
        var (secret, _) = await EnrolAsync(browser, time);
        time.Move(TimeSpan.FromMinutes(2));
        using var other = new Browser(server);
        for (var i = 0; i < SignIn.MaxWrong; i++)
        {
            using var wrong = await CodeAsync(other, await PasswordAsync(other), "x");
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
            time.Move(TimeSpan.FromSeconds(30));
        }

        using var locked = await other.SignInAsync("ana");
        Assert.Equal(HttpStatusCode.Unauthorized, locked.StatusCode);
        time.Move(SignIn.Locked);
        using var right = await CodeAsync(other, await PasswordAsync(other), CodeOf(secret, time));
        Assert.Equal(HttpStatusCode.Redirect, right.StatusCode);
    }

    [Fact]
    public async Task The_password_is_forgotten_when_the_code_takes_too_long()
    {
        var time = new HandTime();
        await using var server = await InstalledServer.StartAsync(Stop, time);
        using var browser = await Browser.SignedInAsync(server, "ana");
        var (secret, _) = await EnrolAsync(browser, time);
        using var other = new Browser(server);
        var step = await PasswordAsync(other);

        time.Move(Steps.Longest);
        using var late = await CodeAsync(other, step, CodeOf(secret, time));

        Assert.Equal(HttpStatusCode.Unauthorized, late.StatusCode);
        Assert.False(await IsInAsync(other));
    }

    [Theory, OnEachDatabase]
    public async Task Whose_role_needs_one_gets_nowhere_without_and_is_led_to_it(Database database)
    {
        var time = new HandTime();
        await using var server = await InstalledServer.StartAsync(Stop, time, on: database);
        using var adi = await server.SignedInAsync("adi", "administrator", "alpha", Stop);
        using var browser = await Browser.SignedInAsync(server, "ana");
        using var editor = await Browser.SignedInAsync(server, "edi", "editor");
        using var set = await adi.PutAsJsonAsync(
            "/api/v1/people/second-factor-roles",
            new { roles = new[] { "analyst" } },
            Stop
        );
        set.EnsureSuccessStatusCode();

        using var home = await browser.GetAsync("/");
        Assert.Equal(Page, $"{home.Headers.Location}");
        using var form = await browser.SendFormAsync(Page, "/account/reason", new() { ["justification"] = "test" });
        Assert.Equal(Page, $"{form.Headers.Location}");
        Assert.True(await IsInAsync(editor));
        await EnrolAsync(browser, time);
        Assert.True(await IsInAsync(browser));
        Assert.DoesNotContain("remove-factor", await browser.PageAsync(Page), StringComparison.Ordinal);

        using var reset = await adi.DeleteAsync("/api/v1/people/ana/second-factor", Stop);
        Assert.Equal(HttpStatusCode.NoContent, reset.StatusCode);
        using var back = await browser.GetAsync("/account");
        Assert.StartsWith("/sign-in", $"{back.Headers.Location}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_else_knows_the_password_gives_the_owner_no_secret_and_is_out_when_it_is_switched_on()
    {
        var time = new HandTime();
        await using var server = await InstalledServer.StartAsync(Stop, time);
        using var owner = await Browser.SignedInAsync(server, "ana");
        using var thief = new Browser(server);
        using var signedIn = await thief.SignInAsync("ana");
        Assert.True(await IsInAsync(thief));
        using var begun = await thief.SendFormAsync(Page, Page, [], "begin-factor");
        Assert.Contains("confirm-factor", await thief.PageAsync(Page), StringComparison.Ordinal);

        Assert.DoesNotContain("confirm-factor", await owner.PageAsync(Page), StringComparison.Ordinal);
        await EnrolAsync(owner, time);

        Assert.True(await IsInAsync(owner));
        Assert.False(await IsInAsync(thief));
    }

    [Fact]
    public async Task A_right_password_forgives_no_wrong_code()
    {
        var time = new HandTime();
        await using var server = await InstalledServer.StartAsync(Stop, time);
        using var browser = await Browser.SignedInAsync(server, "ana");
        await EnrolAsync(browser, time);
        var signIn = server.Services.GetRequiredService<SignIn>();
        var person = (await server.Accounts.FindAsync("ana", Stop))!;
        for (var i = 0; i < SignIn.MaxWrong - 1; i++)
            Assert.False(await signIn.KnowsCodeAsync(person, "wrong", Stop));

        Assert.True(await signIn.KnowsPasswordAsync(person, Browser.Password, Stop));
        Assert.False(await signIn.KnowsCodeAsync(person, "wrong", Stop));

        Assert.NotNull((await server.Accounts.FindAsync("ana", Stop))!.LockedUntil);
    }

    [Fact]
    public async Task It_is_switched_off_only_with_a_code_and_its_secret_is_in_no_table_in_the_clear()
    {
        var time = new HandTime();
        await using var server = await InstalledServer.StartAsync(Stop, time);
        using var browser = await Browser.SignedInAsync(server, "ana");
        var (secret, _) = await EnrolAsync(browser, time);
        var kept = await server.Store.ReadOwnAsync(
            c => c.QuerySingleAsync<string>("select secret from gov_totp"),
            Stop
        );
        Assert.DoesNotContain(Totp.ToBase32(secret), kept, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Convert.ToBase64String(secret), kept, StringComparison.Ordinal);
        time.Move(TimeSpan.FromMinutes(2));

        using var wrong = await browser.SendFormAsync(Page, Page, new() { ["code"] = "12" }, "remove-factor");
        Assert.Contains("not the code", await wrong.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        using var right = await browser.SendFormAsync(
            Page,
            Page,
            new() { ["code"] = CodeOf(secret, time) },
            "remove-factor"
        );

        Assert.Contains("is off", await right.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        using var other = new Browser(server);
        using var signedIn = await other.SignInAsync("ana");
        Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);
    }

    [Fact]
    public async Task The_api_enrols_too()
    {
        var time = new HandTime();
        await using var server = await InstalledServer.StartAsync(Stop, time);
        using var ana = await server.SignedInAsync("ana", "analyst", "alpha", Stop);
        using var begun = await ana.PostAsync($"/api/v1{Page}", null, Stop);
        var answer = await begun.Content.ReadFromJsonAsync<JsonElement>(Stop);
        var secret = FromBase32(answer.GetProperty("secret").GetString()!);
        Assert.StartsWith(
            "otpauth://totp/Lanthorn:ana?secret=",
            answer.GetProperty("uri").GetString(),
            StringComparison.Ordinal
        );

        using var wrong = await ana.PostAsJsonAsync($"/api/v1{Page}/confirm", new { code = "1" }, Stop);
        using var right = await ana.PostAsJsonAsync(
            $"/api/v1{Page}/confirm",
            new { code = CodeOf(secret, time) },
            Stop
        );

        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        var codes = await right.Content.ReadFromJsonAsync<JsonElement>(Stop);
        Assert.Equal(SecondFactor.RecoveryCodes, codes.GetProperty("recovery_codes").GetArrayLength());
    }

    /// <summary>Through the page: secret, first code, recovery codes.</summary>
    internal static async Task<(byte[] Secret, IReadOnlyList<string> Codes)> EnrolAsync(
        Browser browser,
        TimeProvider time
    )
    {
        using var begun = await browser.SendFormAsync(Page, Page, [], "begin-factor");
        var page = await begun.Content.ReadAsStringAsync(Stop);
        Assert.Contains("<svg class=\"ln-qr\"", page, StringComparison.Ordinal);
        var secret = FromBase32(Secret().Match(page).Groups[1].Value.Replace(" ", "", StringComparison.Ordinal));
        using var confirmed = await browser.SendFormAsync(
            Page,
            Page,
            new() { ["code"] = CodeOf(secret, time) },
            "confirm-factor"
        );
        var answer = await confirmed.Content.ReadAsStringAsync(Stop);
        return (secret, [.. RecoveryCode().Matches(answer).Select(m => m.Value)]);
    }

    internal static string CodeOf(byte[] secret, TimeProvider time) => Totp.Code(secret, Totp.StepAt(time.GetUtcNow()));

    private static async Task<string> PasswordAsync(Browser browser)
    {
        using var answer = await browser.SignInAsync("ana");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return Step().Match(await answer.Content.ReadAsStringAsync(Stop)).Groups[1].Value;
    }

    private static Task<HttpResponseMessage> CodeAsync(Browser browser, string step, string code) =>
        browser.SendFormAsync(
            "/sign-in",
            "/sign-in/code",
            new()
            {
                ["step"] = step,
                ["code"] = code,
                ["next"] = "/",
            }
        );

    private static byte[] FromBase32(string text)
    {
        const string letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var bits = string.Concat(
            text.Select(c => Convert.ToString(letters.IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0'))
        );
        return [.. bits.Chunk(8).Where(b => b.Length == 8).Select(b => Convert.ToByte(new string(b), 2))];
    }

    private static async Task<bool> IsInAsync(Browser browser)
    {
        using var answer = await browser.GetAsync("/account");
        return answer.StatusCode == HttpStatusCode.OK;
    }

    [GeneratedRegex("ln-secret\"[^>]*>([A-Z2-7 ]+)<")]
    private static partial Regex Secret();

    [GeneratedRegex("name=\"step\" value=\"([^\"]+)\"")]
    private static partial Regex Step();

    [GeneratedRegex("[a-z2-7]{4}(?:-[a-z2-7]{4}){3}")]
    private static partial Regex RecoveryCode();
}
