using System.Text;
using Microsoft.Playwright;

namespace Lanthorn.EndToEnd;

/// <summary>A picture of the guide: who looks at which page.</summary>
/// <param name="File">In <c>docs/guide</c>.</param>
/// <param name="Account">Of the demonstration.</param>
/// <param name="Path">Null is the page to which the picture before led.</param>
/// <param name="Shows">What has to be seen before the picture is taken, as a selector.</param>
/// <param name="Doing">What the person does on the page before.</param>
internal sealed record GuidePicture(
    string File,
    string Account,
    string? Path,
    (int Width, int Height) Size,
    string Shows,
    Func<IPage, Task>? Doing = null
);

/// <summary>
/// All pictures of the guide, in the order in which they are taken: a walk through the fictional world, in which what one step
/// leaves is seen in the next.
/// </summary>
internal static class GuidePictures
{
    private const string Analyst = "demo-analyst";
    private const string Administrator = "demo-administrator";

    /// <summary>Two records about one man, whom nobody has brought together yet.</summary>
    private const string OfPolice = "world-police-alpha-0fd97280e66a70";
    private const string OfLiaison = "world-liaison-74dfc9270c9550";

    /// <summary>Made for the pictures, with the mistakes that tables have.</summary>
    private const string Table = """
        Aktenzeichen,Nachname,Vorname,geboren,Nationalität,Telefon
        T-101,Quillmar,Tessaro,1988-04-12,Erewhon,+447700900421
        T-102,Quillmar,Ondrej,1990-05-09,ly,+447700900422
        T-103,Brakhollen,Siv,31/02/1979,tn,+447700900423
        T-104,Harwendo,Mikal,1985-01-09,eg,+447700900424
        """;

    public static IReadOnlyList<GuidePicture> All { get; } =
    [
        new(
            "search.png",
            Analyst,
            $"search?q={Uri.EscapeDataString("تاريك فيلومادرو")}",
            (1200, 760),
            "[data-result] .ln-parts",
            page => page.Locator("[data-result] details summary").First.ClickAsync()
        ),
        new(
            "table.png",
            Analyst,
            "search?q=Velomadru+schema%3APerson&view=table",
            (1280, 640),
            "table input[type=checkbox]",
            ChooseAsync
        ),
        new(
            "bulk.png",
            Analyst,
            null,
            (1200, 440),
            "form[action='/bulk']",
            page => page.GetByRole(AriaRole.Button, new() { Name = "See what would happen" }).ClickAsync()
        ),
        new("entity.png", Analyst, $"entity/{OfPolice}", (1200, 780), "button[value=remove]", BookmarkAsync),
        new(
            "judge.png",
            Analyst,
            $"entity/{OfPolice}/judge?other={OfLiaison}",
            (1200, 780),
            "form[action='/entity/judge']"
        ),
        new(
            "import.png",
            Analyst,
            "search?q=country%3Aly+schema%3APerson",
            (1200, 880),
            "#columns",
            SaveAndUploadAsync
        ),
        new("quarantine.png", Analyst, null, (1200, 860), "#quarantine", ImportAsync),
        new("mend.png", Analyst, null, (1200, 640), "h1:has-text('Mend row')", MendAsync),
        new("undo.png", Analyst, null, (1200, 620), "form[action$='/undo/confirmed']", UndoAsync),
        new("audit.png", Administrator, $"audit?account={Analyst}&filter=import", (1200, 700), ".ln-log li"),
        new("searches.png", Analyst, "searches", (1200, 380), "[data-saved]"),
        new("home.png", Analyst, "", (1200, 560), "[data-line=watched]"),
        new("notices.png", Analyst, "notices", (1200, 420), "main section"),
        new("sources.png", Analyst, "sources?filter=world", (1200, 760), "main table"),
        new("account.png", Administrator, "account", (1200, 800), "main form"),
    ];

    private static async Task ChooseAsync(IPage page)
    {
        var boxes = page.Locator("table input[name=records]");
        for (var at = 0; at < 3; at++)
            await boxes.Nth(at).CheckAsync();
        await page.Locator("select[name=act]").SelectOptionAsync("Same");
    }

    private static Task BookmarkAsync(IPage page) =>
        page.GetByRole(AriaRole.Button, new() { Name = "Bookmark", Exact = true }).ClickAsync();

    private static async Task SaveAndUploadAsync(IPage page)
    {
        await page.Locator("#save summary").ClickAsync();
        await page.Locator("#save input[name=name]").FillAsync("People of Libya");
        await page.Locator("#save input[name=note]").FillAsync("For the weekly picture");
        await page.Locator("#save button").ClickAsync();
        await page.Locator("[data-saved]").WaitForAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Sources", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Import files" }).ClickAsync();
        await page.Locator("input[name=files]")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "harbour-tips.csv",
                    MimeType = "text/csv",
                    Buffer = Encoding.UTF8.GetBytes(Table),
                }
            );
        await page.GetByRole(AriaRole.Button, new() { Name = "Import", Exact = true }).ClickAsync();
    }

    private static async Task ImportAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Show the records" }).ClickAsync();
        await page.Locator("#import input[name=source]").FillAsync("harbour-tips");
        await page.Locator("#import input[name=evaluation]").FillAsync("B3");
        await page.GetByRole(AriaRole.Button, new() { Name = "Import", Exact = true }).ClickAsync();
    }

    private static Task MendAsync(IPage page) =>
        page.Locator("#quarantine a[href*='/quarantine/']", new() { HasText = "Mend" }).First.ClickAsync();

    private static async Task UndoAsync(IPage page)
    {
        await page.GoBackAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Undo…" }).ClickAsync();
    }
}
