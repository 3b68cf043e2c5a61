using System.Net;
using Lanthorn.Tests.Removal;
using Lanthorn.Tests.Storage;

namespace Lanthorn.Tests.Governance;

/// <summary>Signing in at the identity provider of an organisation, on a provider of our own on loopback.</summary>
public sealed class SingleSignOnTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, OnEachDatabase]
    public async Task Whoever_has_a_verified_address_comes_into_his_account_and_stays_known_by_subject(
        Database database
    )
    {
        await using var provider = await LoopbackProvider.StartAsync(Stop);
        await using var server = await ServerAsync(provider, database);
        await Browser.AddPersonAsync(server, "ana");
        provider.Email = "ANA@lanthorn.example";
        using var browser = new Browser(server);
        Assert.Contains("through your organisation", await browser.PageAsync("/sign-in"), StringComparison.Ordinal);

        using var came = await ComeAsync(browser, "/account?a=1");

        Assert.True(provider.WasProven);
        var page = await came.Content.ReadAsStringAsync(Stop);
        Assert.Contains("content=\"0;url=/account?a=1\"", page, StringComparison.Ordinal);
        Assert.Contains("through your organisation", await browser.PageAsync("/account"), StringComparison.Ordinal);
        provider.Email = "new.address@lanthorn.example";
        provider.IsVerified = false;
        using var again = new Browser(server);
        using var same = await ComeAsync(again);
        Assert.True(await IsInAsync(again));
        var log = (await server.Store.Audit.ListAsync("ana", 5, 0, Stop)).Select(e => $"{e.Body}");
        Assert.Contains(log, e => e.Contains("sign-in through the organisation accepted", StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_account_is_made_and_none_is_opened_by_an_address_that_is_not_verified()
    {
        await using var provider = await LoopbackProvider.StartAsync(Stop);
        await using var server = await ServerAsync(provider);
        await Browser.AddPersonAsync(server, "ana");
        foreach (var (email, isVerified) in new[] { ("eve@lanthorn.example", true), ("ana@lanthorn.example", false) })
        {
            (provider.Email, provider.IsVerified) = (email, isVerified);
            using var browser = new Browser(server);

            using var answer = await ComeAsync(browser);

            Assert.Equal("/sign-in?single=refused", $"{answer.Headers.Location}");
            Assert.False(await IsInAsync(browser));
            var page = await browser.PageAsync("/sign-in?single=refused");
            Assert.Contains("role=\"alert\"", page, StringComparison.Ordinal);
        }
        Assert.Equal(2, (await server.Accounts.ListAsync(Stop)).Count);
    }

    [Fact]
    public async Task An_address_that_was_given_to_somebody_new_does_not_open_the_old_account()
    {
        await using var provider = await LoopbackProvider.StartAsync(Stop);
        await using var server = await ServerAsync(provider);
        await Browser.AddPersonAsync(server, "ana");
        provider.Email = "ana@lanthorn.example";
        using var first = new Browser(server);
        using var came = await ComeAsync(first);
        Assert.True(await IsInAsync(first));

        provider.Subject = "subject-2";
        using var second = new Browser(server);
        using var answer = await ComeAsync(second);

        Assert.Equal("/sign-in?single=refused", $"{answer.Headers.Location}");
        Assert.False(await IsInAsync(second));
    }

    [Fact]
    public async Task Whoever_is_shut_out_stays_out_and_a_foreign_answer_opens_nothing()
    {
        await using var provider = await LoopbackProvider.StartAsync(Stop);
        await using var server = await ServerAsync(provider);
        await Browser.AddPersonAsync(server, "ana");
        provider.Email = "ana@lanthorn.example";
        await server.Accounts.LockAsync(TemporaryStore.Officer, "ana", Stop);
        using var browser = new Browser(server);
        using var shut = await ComeAsync(browser);
        Assert.False(await IsInAsync(browser));
        await server.Accounts.UnlockAsync(TemporaryStore.Officer, "ana", Stop);
        using var begun = await browser.GetAsync("/sign-in/single");
        using var elsewhere = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        using var sent = await elsewhere.GetAsync(begun.Headers.Location, Stop);
        using var other = new Browser(server);

        using var forged = await other.GetAsync(sent.Headers.Location!.PathAndQuery);

        Assert.Equal("/sign-in?single=refused", $"{forged.Headers.Location}");
        Assert.False(await IsInAsync(other));
    }

    [Fact]
    public async Task Without_a_provider_there_is_no_such_way_and_one_that_is_away_is_said_so()
    {
        await using var plain = await InstalledServer.StartAsync(Stop);
        using var browser = new Browser(plain);
        using var none = await browser.GetAsync("/sign-in/single");
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        await using var server = await InstalledServer.StartAsync(
            Stop,
            TimeProvider.System,
            with: s => s with { OidcAuthority = "http://127.0.0.1:9", OidcClient = LoopbackProvider.Client }
        );
        using var other = new Browser(server);

        using var away = await other.GetAsync("/sign-in/single");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, away.StatusCode);
    }

    private static async Task<InstalledServer> ServerAsync(
        LoopbackProvider provider,
        Database database = Database.Sqlite
    )
    {
        var secret = Path.GetTempFileName();
        await File.WriteAllTextAsync(secret, LoopbackProvider.ClientSecret, Stop);
        return await InstalledServer.StartAsync(
            Stop,
            TimeProvider.System,
            on: database,
            with: s =>
                s with
                {
                    OidcAuthority = provider.Address,
                    OidcClient = LoopbackProvider.Client,
                    OidcClientSecretFile = secret,
                }
        );
    }

    /// <summary>To the provider and back, as a browser goes.</summary>
    private static async Task<HttpResponseMessage> ComeAsync(Browser browser, string next = "/")
    {
        using var begun = await browser.GetAsync($"/sign-in/single?next={Uri.EscapeDataString(next)}");
        Assert.Equal(HttpStatusCode.Redirect, begun.StatusCode);
        using var elsewhere = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        using var sent = await elsewhere.GetAsync(begun.Headers.Location, Stop);
        return await browser.GetAsync(sent.Headers.Location!.PathAndQuery);
    }

    private static async Task<bool> IsInAsync(Browser browser)
    {
        using var answer = await browser.GetAsync("/account");
        return answer.StatusCode == HttpStatusCode.OK;
    }
}
