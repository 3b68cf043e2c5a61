using Lanthorn.Governance.Contracts;
using Lanthorn.Platform;
using Lanthorn.Tests.Removal;

namespace Lanthorn.Tests.Governance;

/// <summary>Where the server may listen.</summary>
public sealed class ListeningGuardTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("http://127.0.0.1:5080")]
    [InlineData("http://localhost:5080;http://[::1]:5080")]
    public async Task On_this_machine_it_always_may(string urls)
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        await ListeningGuard.EnsureMayListenAsync(new Settings { Urls = urls }, server.Accounts, Stop);
    }

    [Theory]
    [InlineData("http://0.0.0.0:5080")]
    [InlineData("http://127.0.0.1:5080;http://*:5081")]
    [InlineData("http://+:80")]
    [InlineData("http://[::]:80")]
    [InlineData("https://lanthorn.example")]
    [InlineData("http://localhost.evil.example:80")]
    public async Task Beyond_it_somebody_must_answer_for_it_and_nothing_travel_in_the_clear(string urls)
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        var open = new Settings { Urls = urls };
        Assert.Contains("no administrator", await RefusedAsync(server, open), StringComparison.Ordinal);

        await Browser.AddPersonAsync(server, "adi", "administrator");

        Assert.Contains("without TLS", await RefusedAsync(server, open), StringComparison.Ordinal);
        var behind = open with { TrustedProxies = "10.0.0.2" };
        await ListeningGuard.EnsureMayListenAsync(behind, server.Accounts, Stop);
        var encrypted = open with { Urls = "https://0.0.0.0:443", Certificate = "lanthorn.pfx" };
        await ListeningGuard.EnsureMayListenAsync(encrypted, server.Accounts, Stop);
        var half = encrypted with { Urls = "https://0.0.0.0:443;http://0.0.0.0:80" };
        Assert.Contains("without TLS", await RefusedAsync(server, half), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_administrator_who_cannot_sign_in_answers_for_nothing()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var token = await server.SignedInAsync("adi", "administrator", "alpha", Stop);
        var open = new Settings { Urls = "http://0.0.0.0:80", TrustedProxies = "10.0.0.2" };
        Assert.Contains("no administrator", await RefusedAsync(server, open), StringComparison.Ordinal);
        await Browser.AddPersonAsync(server, "ada", "administrator");
        await ListeningGuard.EnsureMayListenAsync(open, server.Accounts, Stop);

        await server.Accounts.LockAsync(Storage.TemporaryStore.Officer, "ada", Stop);

        Assert.Contains("no administrator", await RefusedAsync(server, open), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense", "")]
    [InlineData("http://127.0.0.1:5080", "the proxy")]
    public async Task What_is_no_address_is_named(string urls, string proxies)
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        var settings = new Settings { Urls = urls, TrustedProxies = proxies };
        Assert.Contains("is no address", await RefusedAsync(server, settings), StringComparison.Ordinal);
    }

    private static async Task<string> RefusedAsync(InstalledServer server, Settings settings)
    {
        var refused = await Assert.ThrowsAsync<RefusedException>(() =>
            ListeningGuard.EnsureMayListenAsync(settings, server.Accounts, Stop)
        );
        return refused.Refusal.InWords;
    }
}
