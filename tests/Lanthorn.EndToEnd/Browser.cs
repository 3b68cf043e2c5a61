using Lanthorn.EndToEnd;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Browser))]

namespace Lanthorn.EndToEnd;

/// <summary>Starts Chromium, anew for each window: one that had many has been seen to stand still for half a minute.</summary>
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

    /// <summary>A window that shares no cookie with any other. Who opens it closes it.</summary>
    public async Task<IBrowserContext> OpenAsync(bool script = true)
    {
        Assert.SkipUnless(File.Exists(Chromium), "Chromium is not installed");
        await alone.WaitAsync();
        try
        {
            playwright ??= await Playwright.CreateAsync();
        }
        finally
        {
            alone.Release();
        }
        var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = Flags });
        return await browser.NewContextAsync(new() { JavaScriptEnabled = script });
    }

    public static async ValueTask CloseAsync(IEnumerable<IBrowserContext> windows)
    {
        foreach (var window in windows)
            await window.Browser!.DisposeAsync();
    }

    public ValueTask DisposeAsync()
    {
        playwright?.Dispose();
        alone.Dispose();
        return ValueTask.CompletedTask;
    }
}
