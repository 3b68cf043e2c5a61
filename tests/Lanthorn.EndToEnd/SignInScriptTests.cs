using Microsoft.Playwright;

namespace Lanthorn.EndToEnd;

/// <summary>What the scripts of signing in do; passkeys with the authenticator that the browser has for tests.</summary>
[Collection(nameof(DemonstrationServer))]
public sealed class SignInScriptTests(DemonstrationServer server)
{
    [Fact]
    public async Task Without_script_nothing_about_passkeys_is_shown()
    {
        await using var browser = new Browser();
        var page = await browser.NewPageAsync(script: false);

        await page.GotoAsync($"{server.Address}sign-in");

        await Assertions.Expect(page.Locator("form[data-passkey]")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task The_code_of_an_invitation_goes_from_the_address_into_its_field()
    {
        await using var browser = new Browser();
        var page = await browser.NewPageAsync();

        await page.GotoAsync($"{server.Address}sign-in/invitation#lth_example");

        await Assertions.Expect(page.Locator("input[name=code]")).ToHaveValueAsync("lth_example");
        Assert.DoesNotContain("lth_example", page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_passkey_is_added_opens_the_account_without_a_password_and_no_more_once_removed()
    {
        await using var browser = new Browser();
        var page = await browser.NewPageAsync();
        var devtools = await page.Context.NewCDPSessionAsync(page);
        await devtools.SendAsync("WebAuthn.enable");
        await devtools.SendAsync(
            "WebAuthn.addVirtualAuthenticator",
            new()
            {
                ["options"] = new Dictionary<string, object>
                {
                    ["protocol"] = "ctap2",
                    ["transport"] = "internal",
                    ["hasResidentKey"] = true,
                    ["hasUserVerification"] = true,
                    ["isUserVerified"] = true,
                    ["automaticPresenceSimulation"] = true,
                },
            }
        );
        var who = server.As("carrier");
        await page.GotoAsync($"{server.Address}sign-in");
        await Assertions.Expect(page.Locator("[data-failed]")).ToBeHiddenAsync();
        await page.GetByLabel("E-mail address or account name").FillAsync(who.Email);
        await page.GetByLabel("Password").FillAsync(who.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();

        await page.GotoAsync($"{server.Address}account");
        await page.GetByLabel("Name for a new one").FillAsync("bridge");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        await Assertions.Expect(page.Locator("#passkeys")).ToContainTextAsync("bridge");
        await page.Context.ClearCookiesAsync();
        await page.GotoAsync($"{server.Address}sign-in");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await page.ArrivesAtAsync($"{server.Address}");
        await page.GotoAsync($"{server.Address}account");
        await Assertions.Expect(page.Locator("#sessions")).ToContainTextAsync("with a passkey");

        await page.GetByRole(AriaRole.Button, new() { Name = "Remove the passkey bridge" }).ClickAsync();
        await Assertions.Expect(page.Locator("#passkeys")).Not.ToContainTextAsync("bridge");
        await page.Context.ClearCookiesAsync();
        await page.GotoAsync($"{server.Address}sign-in");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await Assertions.Expect(page.Locator("#refused")).ToBeVisibleAsync();
    }
}
