using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Lanthorn.EndToEnd;

/// <summary>Waits for a page to be there. Asking the browser again and again misses no event that came a moment too early.</summary>
internal static class Arriving
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <param name="pattern">Of the whole address; * stands for anything.</param>
    public static Task ArrivesAtAsync(this IPage page, string pattern)
    {
        var wanted = new Regex($"^{Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal)}$");
        return page.ArrivesAtAsync(wanted.IsMatch);
    }

    public static async Task ArrivesAtAsync(this IPage page, Func<string, bool> isThere)
    {
        var began = Stopwatch.GetTimestamp();
        while (!isThere(page.Url) || !await IsLoadedAsync(page))
        {
            if (Stopwatch.GetElapsedTime(began) > Longest)
                Assert.Fail($"The browser stays at {page.Url}.");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    private static async Task<bool> IsLoadedAsync(IPage page)
    {
        try
        {
            return await page.EvaluateAsync<string>("document.readyState") == "complete";
        }
        catch (PlaywrightException)
        {
            // The page was left at this moment.
            return false;
        }
    }
}
