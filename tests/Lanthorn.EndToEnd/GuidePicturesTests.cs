using Microsoft.Playwright;

namespace Lanthorn.EndToEnd;

/// <summary>
/// The pictures of the guide are of the pages as they are. With LANTHORN_UPDATE=1 those that look different are taken anew.
/// </summary>
[Collection(nameof(WorldServer))]
public sealed class GuidePicturesTests(WorldServer server) : IAsyncDisposable
{
    private const string Folder = "docs/guide";

    /// <summary>Moments, durations and entry numbers are others in every run: the pictures have the same for all.</summary>
    private const string WriteOver = """
        () => {
          const same = [
            [/\d{4}-\d\d-\d\d \d\d:\d\d(:\d\d)?/g, '2026-11-26 09:30'],
            [/\d{1,2} [A-Z][a-z]+ \d{4}, \d\d:\d\d/g, '26 November 2026, 09:30'],
            [/\bentry \d+/g, 'entry 4711'],
            [/^\s*\d+\.\d s\s*$/g, '0.4 s'],
          ];
          const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          for (let text = texts.nextNode(); text; text = texts.nextNode())
            for (const [what, by] of same)
              text.data = text.data.replace(what, by);
          // The number of the bell is at most a minute old.
          for (const number of document.querySelectorAll('.ln-bell b')) number.textContent = '9';
        }
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static bool IsUpdate => Environment.GetEnvironmentVariable("LANTHORN_UPDATE") == "1";

    private readonly Browser browser = new();

    public ValueTask DisposeAsync() => browser.DisposeAsync();

    [Fact]
    public async Task The_pictures_of_the_guide_are_of_the_pages_as_they_are()
    {
        var empty = await browser.NewPageAsync();
        var pages = new Dictionary<string, IPage>(StringComparer.Ordinal);
        var different = new List<string>();
        foreach (var picture in GuidePictures.All)
        {
            if (!pages.TryGetValue(picture.Account, out var page))
                pages.Add(picture.Account, page = await SignedInAsync(picture.Account));
            var now = await TakeAsync(page, picture);
            var file = Path.Combine(Checkout.Root, Folder, picture.File);
            var difference = File.Exists(file)
                ? await PictureComparison.DifferenceAsync(empty, await File.ReadAllBytesAsync(file, Stop), now)
                : double.PositiveInfinity;
            TestContext.Current.SendDiagnosticMessage($"{picture.File}: {PictureComparison.InWords(difference)}");
            if (difference <= PictureComparison.Limit)
                continue;
            if (IsUpdate)
                await File.WriteAllBytesAsync(file, now, Stop);
            else
                different.Add($"{Folder}/{picture.File} (differs by {PictureComparison.InWords(difference)})");
        }
        Assert.True(
            different.Count == 0,
            $"No longer as the pages are: {string.Join(", ", different)}. If the change is meant, run this test with "
                + "LANTHORN_UPDATE=1, look at the pictures and commit them."
        );
    }

    private async Task<byte[]> TakeAsync(IPage page, GuidePicture picture)
    {
        await page.SetViewportSizeAsync(picture.Size.Width, picture.Size.Height);
        if (picture.Path is { } path)
            await page.GotoAsync($"{server.Address}{path}");
        if (picture.Doing is { } doing)
            await doing(page);
        await page.Locator(picture.Shows).First.WaitForAsync();
        await page.EvaluateAsync(WriteOver);
        await page.EvaluateAsync("() => document.fonts.ready.then(() => true)");
        return await page.ScreenshotAsync(
            new() { Animations = ScreenshotAnimations.Disabled, Caret = ScreenshotCaret.Hide }
        );
    }

    private async Task<IPage> SignedInAsync(string account)
    {
        var who = server.Credentials.First(c => c.Name == account);
        var page = await browser.NewPageAsync(
            new BrowserNewContextOptions
            {
                Locale = "en-GB",
                TimezoneId = "UTC",
                ColorScheme = ColorScheme.Light,
                ReducedMotion = ReducedMotion.Reduce,
            }
        );
        await page.GotoAsync($"{server.Address}sign-in");
        await page.Locator("input[name=email]").FillAsync(who.Email);
        await page.Locator("input[name=password]").FillAsync(who.Password);
        await page.Locator("form[action^='/sign-in'] button[type=submit]").ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
        return page;
    }
}
