using System.Text.RegularExpressions;
using System.Xml.Linq;
using CsCheck;
using Lanthorn.Web;
using Microsoft.AspNetCore.Components;

namespace Lanthorn.Tests.Web;

public sealed partial class ComponentTests
{
    [Fact]
    public async Task Every_component_is_rendered_here_and_none_writes_what_the_content_security_policy_forbids()
    {
        var rendered = await Rendered.Everything();
        var components = typeof(Shell)
            .Assembly.GetExportedTypes()
            .Where(t => typeof(ComponentBase).IsAssignableFrom(t))
            .Select(t => t.Name);
        Assert.Equal(components.Order(StringComparer.Ordinal), rendered.Keys.Order(StringComparer.Ordinal));
        foreach (var (name, html) in rendered)
        {
            Assert.False(Forbidden().IsMatch(html), $"{name}: {Forbidden().Match(html)}");
            Assert.DoesNotContain("://", html, StringComparison.Ordinal);
        }
    }

    /// <summary>Style attributes, handlers in attributes, style elements, scripts with content.</summary>
    [GeneratedRegex("""\sstyle\s*=|\son[a-z]+\s*=|<style|<script(?![^>]*\ssrc=)""", RegexOptions.IgnoreCase)]
    private static partial Regex Forbidden();

    [Fact]
    public async Task Isolated_text_is_escaped_and_has_a_direction_of_its_own()
    {
        var html = await Rendered.Html<Isolated>(("Text", "<b>\u202Eيوسف</b>"));
        Assert.StartsWith("<bdi dir=\"auto\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", html, StringComparison.Ordinal);
        Assert.Equal("<b>\u202Eيوسف</b>", Rendered.Text(html));
    }

    [Theory]
    [InlineData("يوسف الصالحي", "und-Arab")]
    [InlineData("ዩሱፍ ሳልሒ", "und-Ethi")]
    [InlineData("Юсуф", "und-Cyrl")]
    [InlineData("יוסף", "he")]
    [InlineData("გიორგი 12", "ka")]
    [InlineData("王小明", "und-Hani")]
    [InlineData("山田たろう", "ja")]
    [InlineData("金정은", "ko")]
    [InlineData("Youssef", null)]
    [InlineData("Youssef يوسف", null)]
    [InlineData("+218 91 000 0471", null)]
    [InlineData("", null)]
    public async Task Isolated_text_has_the_language_that_its_script_tells(string text, string? language)
    {
        var html = await Rendered.Html<Isolated>(("Text", text));
        Assert.Equal(language, Attribute(html, "lang"));
    }

    [Fact]
    public void The_parts_shown_add_up_to_the_score_shown()
    {
        // Sums of as many parts as a score has, in any proportion: what is shown is rounded, and still adds up.
        Gen.Double[-1, 1]
            .Array[1, 12]
            .Sample(
                parts =>
                {
                    var shown = Hundredths.Of(parts, parts.Sum());
                    return shown.Sum() == Hundredths.Rounded(parts.Sum())
                        && shown.Zip(parts).All(p => Math.Abs(p.First - (p.Second * 100)) <= 1.0001);
                },
                seed: "0003KQ7yHnM4",
                iter: 2000
            );
    }

    [Fact]
    public async Task A_part_shows_its_sign_its_reason_and_what_matched()
    {
        var html = (await Rendered.Everything())["ScoreParts"];
        var rows = XElement.Parse(html).Descendants("tr").ToArray();
        Assert.Equal(["+0.42", "−0.05", "0.37"], rows.Select(r => Points(r).Value));
        Assert.Equal(
            ["100", "11.9"],
            rows.SelectMany(r => r.Descendants("rect")).Select(r => r.Attribute("width")!.Value)
        );
        Assert.Equal("ln-bar neg", rows[1].Descendants("svg").Single().Attribute("class")!.Value);
        Assert.Equal(["Youssef", "يوسف"], rows[0].Descendants("mark").Select(m => m.Value));
        Assert.Contains("1 January is often a stand-in", rows[1].Value, StringComparison.Ordinal);
    }

    private static XElement Points(XElement row) =>
        row.Descendants("span").Single(s => s.Attribute("class")?.Value == "ln-points");

    [Theory]
    [InlineData(0, 3, "2|3|2", "1 to 10 of 25")]
    [InlineData(2, 3, "2|1|2", "21 to 25 of 25")]
    [InlineData(5, 14, "5|1|5|7|14|7", "51 to 60 of 135")]
    public async Task The_pager_links_the_neighbours_the_first_and_the_last_page(
        int page,
        int pages,
        string linked,
        string range
    )
    {
        var html = await Rendered.Html<Pager>(
            ("Page", page),
            ("PageSize", 10),
            ("Total", (pages * 10) - 5),
            ("Href", (Func<int, string>)(p => $"/search?q=a&page={p + 1}"))
        );
        var nav = XElement.Parse(html);
        var targets = nav.Elements("a").Select(a => a.Attribute("href")!.Value);
        Assert.Equal(linked.Split('|').Select(p => $"/search?q=a&page={p}"), targets);
        Assert.Equal($"Page {page + 1}", nav.Elements("b").Single().Value);
        Assert.EndsWith(range, Rendered.Text(html), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_filter_keeps_what_its_address_asks_for_and_so_do_its_files()
    {
        var form = (await Rendered.Everything())["TableFilter"];

        Assert.Contains("""name="country" value="ly" """, form, StringComparison.Ordinal);
        Assert.Contains(
            "/ports.csv?country=ly&sort=port&order=desc&filter=a",
            System.Net.WebUtility.HtmlDecode(form),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task One_page_needs_no_pager()
    {
        var html = await Rendered.Html<Pager>(
            ("Page", 0),
            ("PageSize", 10),
            ("Total", 10),
            ("Href", (Func<int, string>)(p => $"/{p}"))
        );
        Assert.Equal("", html.Trim());
    }

    [Fact]
    public async Task A_pager_beyond_the_last_page_leads_back()
    {
        var html = await Rendered.Html<Pager>(
            ("Page", 99),
            ("PageSize", 10),
            ("Total", 25),
            ("Href", (Func<int, string>)(p => $"/{p}"))
        );
        var nav = XElement.Parse(html);
        Assert.Equal(["/1", "/0", "/1"], nav.Elements("a").Select(a => a.Attribute("href")!.Value));
        Assert.Equal("Page 3", nav.Elements("b").Single().Value);
    }

    [Fact]
    public async Task Source_numbers_lead_to_the_records_on_the_page()
    {
        var html = (await Rendered.Everything())["SourceNumbers"];
        Assert.Equal(
            ["#record-1", "#record-2"],
            XElement.Parse(html).Elements("a").Select(a => a.Attribute("href")!.Value)
        );
    }

    [Theory]
    [InlineData("H0", "ln-h0")]
    [InlineData("H2", "ln-h2")]
    [InlineData("H1 H3", "ln-h1 ln-h3")]
    public async Task Every_handling_code_has_its_chip(string code, string classes)
    {
        var html = await Rendered.Html<HandlingChip>(("Code", code));
        var chips = XElement.Parse($"<p>{html}</p>").Elements("span").ToArray();
        Assert.Equal(classes.Split(' ').Select(c => $"ln-chip {c}"), chips.Select(c => c.Attribute("class")!.Value));
        Assert.Equal(code.Split(' '), chips.Select(c => c.Value[..2]));
    }

    [Fact]
    public async Task A_tlp_mark_is_written_as_the_standard_writes_it()
    {
        var html = (await Rendered.Everything())["TlpChip"];
        Assert.Equal("TLP:AMBER+STRICT", Rendered.Text(html));
        Assert.Contains("ln-tlp-amber-strict", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_evaluation_says_its_words_to_who_cannot_hover()
    {
        var html = (await Rendered.Everything())["EvaluationChip"];
        Assert.Equal("B3, usually reliable", Rendered.Text(html));
    }

    [Fact]
    public async Task Progress_without_a_known_end_has_no_value()
    {
        var unknown = await Rendered.Html<Progress>(("Value", 3L), ("Max", 0L), ("Text", "3 records"));
        Assert.Null(Attribute(unknown, "value"));
        Assert.Equal("3", Attribute((await Rendered.Everything())["Progress"], "value"));
    }

    [Fact]
    public async Task The_frame_marks_the_current_page_keeps_the_search_and_says_what_is_fictional()
    {
        var html = (await Rendered.Everything())["Shell"];
        Assert.Contains("href=\"/search\" aria-current=\"page\"", html, StringComparison.Ordinal);
        Assert.Equal("يوسف", Attribute(html, "value"));
        Assert.Contains("Everything here is fictional.", html, StringComparison.Ordinal);
        Assert.Contains("href=\"#main\"", html, StringComparison.Ordinal);
        var silent = await Rendered.Html<Shell>(
            ("Body", Rendered.Fragment("")),
            ("Areas", Array.Empty<RailArea>()),
            ("Who", "")
        );
        Assert.DoesNotContain("ln-fiction", silent, StringComparison.Ordinal);
    }

    private static string? Attribute(string html, string name) =>
        Regex.Match(html, $"\\s{name}=\"([^\"]*)\"") is { Success: true } match
            ? System.Net.WebUtility.HtmlDecode(match.Groups[1].Value)
            : null;
}
