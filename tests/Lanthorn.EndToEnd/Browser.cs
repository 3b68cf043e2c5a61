using Lanthorn.EndToEnd;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Browser))]

namespace Lanthorn.EndToEnd;

/// <summary>One Chromium for all tests, started by the first that needs it; each test has windows of its own.</summary>
public sealed class Browser : IAsyncDisposable
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

    private readonly SemaphoreSlim alone = new(1);
    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>A window that shares no cookie with any other. Who opens it closes it.</summary>
    public async Task<IBrowserContext> OpenAsync(bool script = true)
    {
        Assert.SkipUnless(File.Exists(Chromium), "Chromium is not installed");
        await alone.WaitAsync();
        try
        {
            playwright ??= await Playwright.CreateAsync();
            browser ??= await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = Flags });
        }
        finally
        {
            alone.Release();
        }
        return await browser.NewContextAsync(new() { JavaScriptEnabled = script });
    }

    /// <summary>Chromium now and then takes half a minute to close a window: nobody waits for that.</summary>
    public static async ValueTask CloseAsync(IEnumerable<IBrowserContext> windows) =>
        await Task.WhenAny(Task.WhenAll(windows.Select(w => w.CloseAsync())), Task.Delay(TimeSpan.FromSeconds(1)));

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
            await browser.DisposeAsync();
        playwright?.Dispose();
        alone.Dispose();
    }
}
