using System.Text.Json;
using Microsoft.Playwright;

namespace Lanthorn.EndToEnd;

/// <summary>The tour of the README, walked in a real browser, and what a world of its own promises besides.</summary>
[Collection(nameof(WorldServer))]
public sealed class TourTests(WorldServer server) : IAsyncDisposable
{
    private const string Organiser = "Tarik Velomadru";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private readonly Browser browser = new();

    public ValueTask DisposeAsync() => browser.DisposeAsync();

    [Fact]
    public async Task The_tour_of_the_README_goes_as_it_says()
    {
        var page = await SignedInAsync("demo-analyst");
        await NoticeAsync(page);

        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync(Organiser);
        await page.Keyboard.PressAsync("Enter");
        await page.ArrivesAtAsync("**/search?q=*");
        var found = await page.Locator("[data-result]").AllInnerTextsAsync();
        Assert.All(
            (string[])["world-registry", "world-liaison", "world-police-alpha", "world-partner", "world-taskforce"],
            source => Assert.Contains(found, f => f.Contains(source, StringComparison.Ordinal))
        );
        Assert.Contains(found, f => f.Contains("تاريك فيلومادرو", StringComparison.Ordinal));
        await NoticeAsync(page);

        await page.Locator("[data-result]", new() { HasText = "world-police-alpha" })
            .GetByRole(AriaRole.Link)
            .First.ClickAsync();
        await page.ArrivesAtAsync("**/entity/world-police-alpha-*");
        var content = await page.ContentAsync();
        Assert.Contains("alleged organiser", content, StringComparison.Ordinal);
        Assert.Contains("ZZ00000000", content, StringComparison.Ordinal);
        Assert.Contains("Velomardoo", content, StringComparison.Ordinal);
        await NoticeAsync(page);

        await page.GotoAsync($"{server.Address}search?q={Uri.EscapeDataString("Ermias Ghermay")}");
        Assert.Contains(
            "Ghermay",
            await page.Locator("[data-result]").First.InnerTextAsync(),
            StringComparison.OrdinalIgnoreCase
        );

        await page.GotoAsync($"{server.Address}sources");
        Assert.Contains("Police of the harbour (fictional)", await page.ContentAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_of_somebody_with_accounts_and_payments_fits_a_narrow_telephone()
    {
        var page = await SignedInAsync("demo-analyst");
        await page.SetViewportSizeAsync(360, 740);
        await page.GotoAsync($"{server.Address}search?q={Uri.EscapeDataString(Organiser)}");
        await page.Locator("[data-result]", new() { HasText = "world-finance" })
            .GetByRole(AriaRole.Link)
            .First.ClickAsync();
        await page.ArrivesAtAsync("**/entity/world-finance-*");

        Assert.Contains("Payments received", await page.ContentAsync(), StringComparison.Ordinal);
        Assert.Equal(
            0,
            await page.EvaluateAsync<int>("Math.max(0, document.documentElement.scrollWidth - innerWidth)")
        );
    }

    [Theory]
    [InlineData("demo-analyst-north", "world-police-north", "world-police-alpha")]
    [InlineData("demo-liaison-officer", "world-police-alpha", "world-taskforce")]
    [InlineData("demo-liaison-south", "world-partner", "world-finance")]
    public async Task Each_account_sees_its_own_part_of_the_world(string account, string seen, string unseen)
    {
        var page = await SignedInAsync(account);

        await page.GotoAsync($"{server.Address}search?q={Uri.EscapeDataString(Organiser)}");

        var found = string.Join('\n', await page.Locator("[data-result]").AllInnerTextsAsync());
        Assert.Contains(seen, found, StringComparison.Ordinal);
        Assert.DoesNotContain(unseen, found, StringComparison.Ordinal);
        await page.GotoAsync($"{server.Address}sources");
        Assert.DoesNotContain(unseen, await page.ContentAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_truth_lies_beside_the_credentials_and_names_records_that_are_there()
    {
        var lines = await File.ReadAllLinesAsync(Path.Combine(server.Data, "lanthorn-world-truth.csv"), Stop);

        Assert.Equal("record,thing,kind,network,role", lines[0]);
        var organiser = lines.First(l =>
            l.Contains("world-police-alpha", StringComparison.Ordinal)
            && l.EndsWith(",organiser", StringComparison.Ordinal)
        );
        using var client = server.Client();
        using var answer = await client.GetAsync($"/entities/{organiser.Split(',')[0]}", Stop);
        var entity = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Stop)).RootElement;
        Assert.Equal("Person", entity.GetProperty("schema").GetString());
    }

    [Fact]
    public async Task The_notice_says_that_the_world_is_fictional_on_every_page()
    {
        var page = await SignedInAsync("demo-analyst");
        foreach (
            var path in (string[])["", "search?q=Velomadru", "sources", "imports", "import", "records/new", "account"]
        )
        {
            await page.GotoAsync($"{server.Address}{path}");
            await NoticeAsync(page);
        }
    }

    private static async Task NoticeAsync(IPage page) =>
        Assert.Contains("nobody in it exists", await page.Locator("body").InnerTextAsync(), StringComparison.Ordinal);

    private async Task<IPage> SignedInAsync(string account)
    {
        var who = server.Credentials.First(c => c.Name == account);
        var page = await browser.NewPageAsync();
        await page.GotoAsync($"{server.Address}sign-in");
        await page.Locator("input[name=email]").FillAsync(who.Email);
        await page.Locator("input[name=password]").FillAsync(who.Password);
        await page.Locator("form[action^='/sign-in'] button[type=submit]").ClickAsync();
        await page.ArrivesAtAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
        return page;
    }
}
