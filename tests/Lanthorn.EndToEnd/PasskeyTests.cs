using Microsoft.Playwright;

namespace Lanthorn.EndToEnd;

/// <summary>Passkeys in a browser, with the authenticator that it has for tests.</summary>
[Collection(nameof(DemonstrationServer))]
public sealed class PasskeyTests(DemonstrationServer server)
{
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
        await page.WaitForURLAsync($"{server.Address}");
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
