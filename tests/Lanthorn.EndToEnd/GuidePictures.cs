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

    /// <summary>Three of the records about one man, whom nobody has brought together yet.</summary>
    private const string OfPolice = "world-police-alpha-0fd97280e66a70";
    private const string OfBank = "world-finance-ba0222ee0fa030";
    private const string OfLiaison = "world-liaison-74dfc9270c9550";

    /// <summary>Made for the pictures, and bad in places as tables are.</summary>
    private const string Table = """
        Aktenzeichen,Nachname,Vorname,geboren,nationality,Telefon
        T-101,Quillmar,Tessaro,1988-04-12,Erewhon,+999 555 0101
        T-102,Quillmar,Ondrej,31/02/1990,ly,+999 555 0102
        T-103,Brakhollen,Siv,1979-11-30,tn,+999 555 0103
        ,Harwendo,Mikal,1985-01-09,eg,+999 555 0104
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
            (1200, 640),
            "table input[type=checkbox]",
            ChooseTwoAsync
        ),
        new(
            "bulk.png",
            Analyst,
            null,
            (1200, 560),
            "form[action='/bulk']",
            page => page.GetByRole(AriaRole.Button, new() { Name = "See what would happen" }).ClickAsync()
        ),
        new("entity.png", Analyst, $"entity/{OfPolice}", (1200, 900), "#annotations", BookmarkAsync),
        new("judge.png", Analyst, $"entity/{OfPolice}/judge?other={OfLiaison}", (1200, 760), "form[action='/entity/judge']"),
        new("timeline.png", Analyst, $"entity/{OfBank}#timeline", (1200, 760), "#timeline"),
        new("import.png", Analyst, "import", (1200, 900), "#columns", UploadAsync),
        new("records.png", Analyst, null, (1200, 760), "#records", ShowRecordsAsync),
        new("quarantine.png", Analyst, null, (1200, 800), "#quarantine", ImportAsync),
        new("mend.png", Analyst, null, (1200, 640), "form", page => page.Locator("#quarantine a[href*='/quarantine/']").First.ClickAsync()),
        new("undo.png", Analyst, null, (1200, 560), "form[action$='/undo/confirmed']", UndoAsync),
        new("searches.png", Analyst, "search?q=country%3Aly+schema%3AVessel", (1200, 480), "[data-saved]", SaveSearchAsync),
        new("home.png", Analyst, "", (1200, 760), "[data-line=watched]"),
        new("notices.png", Analyst, "notices", (1200, 480), "main section"),
        new("sources.png", Administrator, "sources?filter=world", (1200, 760), "main table"),
        new("audit.png", Administrator, "audit?account=demo-analyst", (1200, 760), ".ln-log li"),
        new("account.png", Administrator, "account", (1200, 800), "main form"),
    ];

    private static async Task ChooseTwoAsync(IPage page)
    {
        var boxes = page.Locator("table input[name=records]");
        await boxes.Nth(0).CheckAsync();
        await boxes.Nth(1).CheckAsync();
        await page.Locator("select[name=act]").SelectOptionAsync("Same");
    }

    private static Task BookmarkAsync(IPage page) =>
        page.GetByRole(AriaRole.Button, new() { Name = "Bookmark", Exact = true }).ClickAsync();

    private static async Task UploadAsync(IPage page)
    {
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

    private static Task ShowRecordsAsync(IPage page) =>
        page.GetByRole(AriaRole.Button, new() { Name = "Show the records" }).ClickAsync();

    private static async Task ImportAsync(IPage page)
    {
        await page.Locator("#import input[name=source]").FillAsync("harbour-tips");
        await page.Locator("#import input[name=evaluation]").FillAsync("B3");
        await page.GetByRole(AriaRole.Button, new() { Name = "Import", Exact = true }).ClickAsync();
    }

    private static async Task UndoAsync(IPage page)
    {
        await page.GoBackAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Undo…" }).ClickAsync();
    }

    private static async Task SaveSearchAsync(IPage page)
    {
        await page.Locator("#save summary").ClickAsync();
        await page.Locator("#save input[name=name]").FillAsync("Vessels under the flag of Libya");
        await page.Locator("#save input[name=note]").FillAsync("For the weekly picture");
        await page.Locator("#save button").ClickAsync();
    }
}
