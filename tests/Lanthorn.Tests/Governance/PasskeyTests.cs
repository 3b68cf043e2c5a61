using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Lanthorn.Tests.Removal;
using Lanthorn.Tests.Storage;

namespace Lanthorn.Tests.Governance;

/// <summary>What is refused of passkeys; that they work is tried in a browser, which has an authenticator.</summary>
public sealed class PasskeyTests
{
    private const string Come = "/sign-in/passkey";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, OnEachDatabase]
    public async Task An_answer_that_no_authenticator_gave_opens_nothing_and_each_challenge_is_used_once(
        Database database
    )
    {
        await using var server = await InstalledServer.StartAsync(Stop, new HandTime(), on: database);
        await Browser.AddPersonAsync(server, "ana");
        using var browser = new Browser(server);
        using var asked = await browser.SendFormAsync("/sign-in", $"{Come}/begin", []);
        var begun = await asked.Content.ReadFromJsonAsync<JsonElement>(Stop);
        var options = JsonDocument.Parse(begun.GetProperty("options").GetString()!).RootElement;
        Assert.Equal("required", options.GetProperty("userVerification").GetString());
        Assert.Equal("127.0.0.1", options.GetProperty("rpId").GetString());

        foreach (var credential in new[] { "{}", "not json", "" })
        {
            using var answer = await browser.SendFormAsync(
                "/sign-in",
                Come,
                new() { ["step"] = begun.GetProperty("step").GetString()!, ["credential"] = credential }
            );
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }

        using var page = await browser.GetAsync("/account");
        Assert.Equal(HttpStatusCode.Redirect, page.StatusCode);
    }

    [Fact]
    public async Task A_made_up_key_is_not_added_and_a_session_s_challenge_is_its_own()
    {
        await using var server = await InstalledServer.StartAsync(Stop, new HandTime());
        using var ana = await Browser.SignedInAsync(server, "ana");
        using var eve = await Browser.SignedInAsync(server, "eve");
        using var asked = await ana.SendFormAsync("/account", "/account/passkeys/begin", []);
        var begun = await asked.Content.ReadFromJsonAsync<JsonElement>(Stop);
        foreach (var browser in new[] { eve, ana })
        {
            using var answer = await browser.SendFormAsync(
                "/account",
                "/account/passkeys",
                new()
                {
                    ["step"] = begun.GetProperty("step").GetString()!,
                    ["credential"] = "{}",
                    ["name"] = "made up",
                }
            );
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            Assert.DoesNotContain("made up", await browser.PageAsync("/account"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_passkey_of_somebody_else_does_not_exist()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var ana = await server.SignedInAsync("ana", "analyst", "alpha", Stop);

        using var answer = await ana.DeleteAsync("/api/v1/passkeys/none", Stop);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }
}
