using Microsoft.Playwright;

namespace Lanthorn.EndToEnd;

/// <summary>The Chromium of one test, started when it first opens a page; no page shares a cookie with another.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private const string Chromium = "/usr/bin/chromium";

    private static readonly string[] Flags =
    [
        "--no-sandbox",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-gpu",
    ];

    private IPlaywright? playwright;
    private IBrowser? browser;

    public Task<IPage> NewPageAsync(bool script = true) =>
        NewPageAsync(new BrowserNewContextOptions { JavaScriptEnabled = script });

    public async Task<IPage> NewPageAsync(BrowserNewContextOptions options)
    {
        Assert.SkipUnless(File.Exists(Chromium), "Chromium is not installed");
        playwright ??= await Playwright.CreateAsync();
        browser ??= await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = Flags });
        var window = await browser.NewContextAsync(options);
        return await window.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
            await browser.DisposeAsync();
        playwright?.Dispose();
    }
}
