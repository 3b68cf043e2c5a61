using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Lanthorn.EndToEnd;

/// <summary>
/// The pictures of the guide are of the pages as they are. With LANTHORN_UPDATE=1 those that look different are taken anew.
/// </summary>
[Collection(nameof(WorldServer))]
public sealed partial class GuidePicturesTests(WorldServer server) : IAsyncDisposable
{
    private const string Folder = "docs/guide";
    private const int MaxBytes = 200_000;
    private const int MaxWidth = 1280;

    /// <summary>Letters in which a picture is told to those who do not see it, at least.</summary>
    private const int LeastWords = 20;

    /// <summary>Moments, durations and entry numbers are others in every run: the pictures have the same for all.</summary>
    private const string WriteOver = """
        () => {
          const same = [
            [/\d{4}-\d\d-\d\d \d\d:\d\d(:\d\d)?/g, '2026-11-26 09:30'],
            [/\d{1,2} [A-Z][a-z]+ \d{4}, \d\d:\d\d/g, '26 November 2026, 09:30'],
            [/\bentry \d+(:\d+)?/g, 'entry 3:117'],
            [/\bimport \d{13}\b/g, 'import 1795669931752'],
            [/\d+ of the newest \d+ entries/g, '30 of the newest 76 entries'],
            [/\b[0-9a-f]{32}\b/g, '019f2b6c51d07c3e8f0a4d1b2c3e4f50'],
            [/made \S+ · until \S+/g, 'made 2026-11-26 · until 2027-11-26'],
            [/^\s*\d+\.\d s\s*$/g, '0.4 s'],
          ];
          const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          for (let text = texts.nextNode(); text; text = texts.nextNode())
            for (const [what, by] of same)
              text.data = text.data.replace(what, by);
          // The number of the bell is at most a minute old.
          for (const number of document.querySelectorAll('.ln-bell b')) number.remove();
        }
        """;

    private const string Panels = """
        () => {
          globalThis.panels = [...document.querySelectorAll('main .ln-card, .ln-rail')]
            .filter(panel => panel.getBoundingClientRect().top < innerHeight - 100);
          return panels.length;
        }
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static bool IsUpdate => Environment.GetEnvironmentVariable("LANTHORN_UPDATE") == "1";

    private static string Readme => Path.Combine(Checkout.Root, "README.md");

    private readonly Browser browser = new();

    public ValueTask DisposeAsync() => browser.DisposeAsync();

    [Fact]
    public async Task Every_picture_that_a_page_names_is_taken_here_and_told_in_words_and_none_is_taken_for_nothing()
    {
        var named = new List<string>();
        foreach (var page in Directory.EnumerateFiles(Path.Combine(Checkout.Root, Folder), "*.md").Append(Readme))
        foreach (Match picture in Picture().Matches(await File.ReadAllTextAsync(page, Stop)))
        {
            var (words, file) = (picture.Groups["words"].Value, picture.Groups["file"].Value);
            Assert.True(words.Length >= LeastWords, $"{page}: {file} is not told in words");
            Assert.Equal(
                Path.Combine(Checkout.Root, Folder, Path.GetFileName(file)),
                Path.GetFullPath(file, Path.GetDirectoryName(page)!)
            );
            named.Add(Path.GetFileName(file));
        }

        string[] taken = [.. GuidePictures.All.Select(p => p.File).Order(StringComparer.Ordinal)];
        Assert.Equal(taken, named.Distinct().Order(StringComparer.Ordinal).ToArray());
        var there = Directory.EnumerateFiles(Path.Combine(Checkout.Root, Folder), "*.png").ToList();
        Assert.Equal(taken, there.Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal).ToArray());
        Assert.All(there, f => Assert.InRange(new FileInfo(f).Length, 1, MaxBytes));
        Assert.All(GuidePictures.All, p => Assert.InRange(p.Size.Width, 1, MaxWidth));
    }

    [Fact]
    public async Task A_missing_panel_and_larger_letters_make_a_picture_different_and_another_drawing_does_not()
    {
        var (page, empty) = (await SignedInAsync("demo-analyst"), await browser.NewPageAsync());
        await page.GotoAsync($"{server.Address}search?q=Velomadru");
        await page.EvaluateAsync(WriteOver);
        var before = await page.ScreenshotAsync();
        var panels = await page.EvaluateAsync<int>(Panels);
        Assert.True(panels >= 6, $"{panels} panels");
        for (var at = 0; at < panels; at++)
        {
            await page.EvaluateAsync("at => { panels[at].style.visibility = 'hidden'; }", at);
            var without = await DifferenceAsync();
            Assert.True(without > PictureComparison.Limit, $"panel {at} makes {PictureComparison.InWords(without)}");
            await page.EvaluateAsync("at => { panels[at].style.visibility = ''; }", at);
        }
        Assert.InRange(await DifferenceAsync(), 0, 0.1);

        await StyleAsync("-webkit-text-stroke: 0.1px; letter-spacing: 0.002em");
        var drawn = await DifferenceAsync();
        TestContext.Current.SendDiagnosticMessage($"drawn otherwise: {PictureComparison.InWords(drawn)}");
        Assert.InRange(drawn, 0, PictureComparison.Limit);
        await StyleAsync("font-size: 106%");
        Assert.InRange(await DifferenceAsync(), PictureComparison.Limit, double.MaxValue);

        async Task<double> DifferenceAsync() =>
            await PictureComparison.DifferenceAsync(empty, before, await page.ScreenshotAsync());

        Task StyleAsync(string style) => page.EvaluateAsync("style => document.body.style = style", style);
    }

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
        await page.ArrivesAtAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
        return page;
    }

    [GeneratedRegex(@"!\[(?<words>[^\]]*)\]\((?<file>[^)]+)\)")]
    private static partial Regex Picture();
}
