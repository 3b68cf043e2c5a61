using Microsoft.Playwright;

namespace Lanthorn.EndToEnd;

/// <summary>The workbench as a person uses it, in a real browser.</summary>
[Collection(nameof(DemonstrationServer))]
public sealed class WorkbenchTests(DemonstrationServer server) : IAsyncDisposable
{
    private readonly Browser browser = new();

    public ValueTask DisposeAsync() => browser.DisposeAsync();

    [Fact]
    public async Task An_analyst_signs_in_types_a_name_in_Tigrinya_and_sees_who_it_is_and_why()
    {
        var said = new List<string>();
        var page = await SignedInAsync("analyst", said);

        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("ኤርሚያስ ግርማይ");
        await page.Keyboard.PressAsync("Enter");
        await page.ArrivesAtAsync("**/search?q=*");
        var first = page.Locator("[data-result]").First;
        Assert.Contains("Ghermay", await first.InnerTextAsync(), StringComparison.OrdinalIgnoreCase);

        await first.GetByRole(AriaRole.Link).First.ClickAsync();
        await page.ArrivesAtAsync("**/entity/*");
        Assert.Contains("LYi.021", await page.ContentAsync(), StringComparison.Ordinal);
        Assert.Empty(said);
    }

    [Fact]
    public async Task The_palette_leads_by_keys_alone_to_a_page_and_to_somebody()
    {
        var said = new List<string>();
        var page = await SignedInAsync("analyst", said);
        await page.GotoAsync($"{server.Address}sources");

        await page.Keyboard.PressAsync("Control+k");
        await page.Locator("dialog input[name=q]").WaitForAsync();
        await page.Keyboard.TypeAsync("imports");
        await page.Locator("dialog a[href='/imports']:only-of-type").WaitForAsync();
        await page.Locator("dialog a[href^='/search?q=imports']").WaitForAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Enter");
        await page.ArrivesAtAsync("**/imports");

        await page.Keyboard.PressAsync("Control+k");
        await page.Locator("dialog input[name=q]").WaitForAsync();
        await page.Keyboard.TypeAsync("Ermias Ghermay");
        await page.Locator("dialog a[href^='/entity/']").First.WaitForAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.ArrivesAtAsync("**/entity/*");
        Assert.Empty(said);
    }

    [Fact]
    public async Task The_keys_are_shown_and_closing_them_gives_the_focus_back()
    {
        var page = await SignedInAsync("analyst", []);
        await page.GotoAsync($"{server.Address}imports");
        await page.Locator("a[href='/sources']").FocusAsync();

        await page.Keyboard.PressAsync("?");
        await page.Locator("dialog kbd").First.WaitForAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.Locator("dialog").WaitForAsync(new() { State = WaitForSelectorState.Detached });

        Assert.Equal("/sources", await page.EvaluateAsync<string>("document.activeElement.getAttribute('href')"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_search_is_saved_looked_at_again_and_deleted(bool script)
    {
        var said = new List<string>();
        var page = await SignedInAsync("analyst", said, script);
        await page.GotoAsync($"{server.Address}search?q=country%3Aly+-dabashi");
        await page.Locator("#save summary").ClickAsync();
        await page.Locator("#save input[name=name]").FillAsync($"Libya {script}");
        await page.Locator("#save button").ClickAsync();
        await page.ArrivesAtAsync("**/searches");

        var saved = page.Locator("[data-saved]", new() { HasText = $"Libya {script}" });
        Assert.Contains("nothing new", await saved.InnerTextAsync(), StringComparison.Ordinal);
        await saved.GetByRole(AriaRole.Button, new() { Name = "See what is new" }).ClickAsync();
        await page.ArrivesAtAsync("**/search?q=country*since=*");
        await page.GoBackAsync();
        await page.GotoAsync($"{server.Address}searches");
        await saved.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Assertions.Expect(saved).ToHaveCountAsync(0);
        Assert.Empty(said);
    }

    [Fact]
    public async Task A_page_on_paper_has_who_printed_it_and_no_navigation()
    {
        var page = await SignedInAsync("analyst", []);
        await page.GotoAsync($"{server.Address}search?q=country%3Aly");
        Assert.False(await page.Locator("[data-printed]").First.IsVisibleAsync());

        await page.EmulateMediaAsync(new() { Media = Media.Print });

        Assert.Contains(
            "analyst",
            await page.Locator("[data-printed]").First.InnerTextAsync(),
            StringComparison.Ordinal
        );
        Assert.True(await page.Locator("[data-printed]").Last.IsVisibleAsync());
        Assert.False(await page.Locator(".ln-rail").IsVisibleAsync());
        Assert.False(await page.Locator(".ln-top").IsVisibleAsync());
    }

    [Fact]
    public async Task Search_and_entity_pages_work_without_script()
    {
        var page = await SignedInAsync("analyst", [], script: false);

        await page.GotoAsync(
            $"{server.Address}search?q=%D8%A5%D8%B1%D9%85%D9%8A%D8%A7%D8%B3+%D8%BA%D9%8A%D8%B1%D9%85%D8%A7%D9%8A"
        );

        Assert.Contains(
            "Ghermay",
            await page.Locator("[data-result]").First.InnerTextAsync(),
            StringComparison.OrdinalIgnoreCase
        );
    }

    [Fact]
    public async Task The_page_of_the_API_lists_its_routes_and_fetches_nothing_from_elsewhere()
    {
        var said = new List<string>();
        var page = await SignedInAsync("analyst", said);

        await page.GotoAsync($"{server.Address}docs");

        await page.GetByText("Who I am here, and what I may see")
            .First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        Assert.Empty(said);
    }

    [Fact]
    public async Task Without_script_an_analyst_writes_about_an_entity_bookmarks_it_and_finds_it_on_the_start_page()
    {
        var page = await SignedInAsync("analyst", [], script: false);
        await page.GotoAsync($"{server.Address}entity/un-sc-LYi.021");
        Assert.Equal(1, await page.Locator("svg.ln-map").CountAsync());
        Assert.NotEqual(0, await page.GetByText("sources differ").CountAsync());

        await page.Locator("#annotations textarea").Last.FillAsync("Asked the desk in Tunis");
        await page.GetByRole(AriaRole.Button, new() { Name = "Write" }).ClickAsync();
        await page.Locator(".ln-prose", new() { HasText = "Asked the desk in Tunis" }).First.WaitForAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Bookmark" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Take the bookmark away" }).WaitForAsync();
        await page.GotoAsync($"{server.Address}");
        await page.Locator("main [data-line=watched] a").First.ClickAsync();
        Assert.EndsWith("/entity/un-sc-LYi.021", page.Url, StringComparison.Ordinal);
        await page.GetByRole(AriaRole.Button, new() { Name = "Take the bookmark away" }).ClickAsync();
        Assert.Equal(1, await page.GetByRole(AriaRole.Button, new() { Name = "Bookmark", Exact = true }).CountAsync());
    }

    [Theory]
    [InlineData("search?q=Ermias+Ghermay")]
    [InlineData("")]
    [InlineData("entity/un-sc-LYi.021")]
    [InlineData("entity/un-sc-LYi.021/access")]
    [InlineData("entity/un-sc-LYi.021/judge?other=un-sc-LYi.022")]
    [InlineData("search?q=contry%3Aly")]
    [InlineData("searches")]
    [InlineData("go?q=er")]
    [InlineData("imports")]
    [InlineData("sources")]
    [InlineData("sources/un-sc/changes")]
    [InlineData("import")]
    [InlineData("account")]
    [InlineData("notices")]
    public async Task A_page_fits_a_narrow_telephone(string path)
    {
        var page = await SignedInAsync("analyst", []);
        await page.SetViewportSizeAsync(360, 740);

        await page.GotoAsync($"{server.Address}{path}");

        Assert.Equal(
            0,
            await page.EvaluateAsync<int>("Math.max(0, document.documentElement.scrollWidth - innerWidth)")
        );
    }

    [Fact]
    public async Task Someone_who_is_not_signed_in_is_sent_to_the_sign_in_page_and_back()
    {
        var page = await browser.NewPageAsync();

        await page.GotoAsync($"{server.Address}entity/un-sc-LYi.021");
        Assert.Contains("/sign-in", page.Url, StringComparison.Ordinal);
        await SignInAsync(page, "analyst");

        Assert.EndsWith("/entity/un-sc-LYi.021", page.Url, StringComparison.Ordinal);
    }

    private async Task<IPage> SignedInAsync(string role, List<string> said, bool script = true)
    {
        var page = await browser.NewPageAsync(script);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                said.Add(message.Text);
        };
        page.PageError += (_, error) => said.Add(error);
        await page.GotoAsync($"{server.Address}sign-in");
        await SignInAsync(page, role);
        return page;
    }

    private async Task SignInAsync(IPage page, string role)
    {
        var who = server.As(role);
        await page.Locator("input[name=email]").FillAsync(who.Email);
        await page.Locator("input[name=password]").FillAsync(who.Password);
        await page.Locator("form[action^='/sign-in'] button[type=submit]").ClickAsync();
        await page.ArrivesAtAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
    }
}
