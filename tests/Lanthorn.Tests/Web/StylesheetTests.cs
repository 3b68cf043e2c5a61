using System.Text.RegularExpressions;
using Lanthorn.Tests.Tidy;

namespace Lanthorn.Tests.Web;

public sealed partial class StylesheetTests
{
    private static readonly string Assets = Path.Combine(Checkout.Root, "src", "Lanthorn.Web", "wwwroot");

    public static TheoryData<string> Written =>
        [
            .. Directory
                .EnumerateFiles(Assets)
                .Where(f => Path.GetExtension(f) is ".css" or ".js")
                .Select(f => Path.GetFileName(f)),
        ];

    [Theory]
    [MemberData(nameof(Written))]
    public async Task Nothing_comes_from_another_host(string file)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(Assets, file), TestContext.Current.CancellationToken);
        Assert.DoesNotContain("//", LineComment().Replace(text, ""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_font_file_that_is_named_is_there()
    {
        foreach (var sheet in new[] { "fonts.css", Path.Combine("lib", "noto-sans-sc", "wght.css") })
        {
            var path = Path.Combine(Assets, sheet);
            var text = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
            var named = Url().Matches(text).Select(m => m.Groups[1].Value).ToArray();
            Assert.NotEmpty(named);
            Assert.All(named, f => Assert.True(File.Exists(Path.Combine(Path.GetDirectoryName(path)!, f)), f));
        }
    }

    [Fact]
    public async Task The_document_links_only_files_that_are_there()
    {
        var html = (await Rendered.Everything())["Document"];
        const string Root = "/_content/Lanthorn.Web/";
        var linked = Link().Matches(html).Select(m => m.Groups[1].Value).ToArray();
        Assert.True(linked.Length >= 7, html);
        Assert.All(linked, l => Assert.StartsWith(Root, l, StringComparison.Ordinal));
        Assert.All(linked, l => Assert.True(File.Exists(Path.Combine(Assets, l[Root.Length..])), l));
    }

    [Fact]
    public async Task Every_class_that_a_component_writes_has_a_style()
    {
        var styles = string.Concat(
            await Task.WhenAll(
                Directory
                    .EnumerateFiles(Assets, "*.css")
                    .Select(f => File.ReadAllTextAsync(f, TestContext.Current.CancellationToken))
            )
        );
        var styled = ClassInStyle().Matches(styles).Select(m => m.Groups[1].Value).ToHashSet();
        var written = (await Rendered.Everything())
            .Values.SelectMany(html => ClassAttribute().Matches(html))
            .SelectMany(m => m.Groups[1].Value.Split(' '))
            .Distinct();
        Assert.Empty(written.Except(styled));
    }

    /// <summary>Every token of colour in one theme is one in the other: text on its ground is readable in both (WCAG AA).</summary>
    [Theory]
    [InlineData("ink", "paper")]
    [InlineData("ink", "card")]
    [InlineData("ink-2", "paper")]
    [InlineData("ink-2", "card")]
    [InlineData("ink-2", "line-2")]
    [InlineData("link", "paper")]
    [InlineData("link", "card")]
    [InlineData("know", "raised")]
    [InlineData("ok", "ok-back")]
    [InlineData("warn", "warn-back")]
    [InlineData("warn", "warn-back-2")]
    [InlineData("bad", "bad-back")]
    [InlineData("bad", "card")]
    [InlineData("ink", "mark")]
    [InlineData("on-navy", "navy")]
    [InlineData("on-navy", "primary-2")]
    [InlineData("on-navy-2", "navy-2")]
    public async Task Text_can_be_read_on_its_ground_in_both_themes(string text, string ground)
    {
        var sheet = await File.ReadAllTextAsync(
            Path.Combine(Assets, "lanthorn.css"),
            TestContext.Current.CancellationToken
        );
        var (textLight, textDark) = Colours(sheet, text);
        var (groundLight, groundDark) = Colours(sheet, ground);
        Assert.InRange(Contrast(textLight, groundLight), 4.5, 21);
        Assert.InRange(Contrast(textDark, groundDark), 4.5, 21);
    }

    private static (string Light, string Dark) Colours(string sheet, string token)
    {
        var found = Regex.Match(sheet, $@"--ln-{token}: (?:light-dark\((#\w+), (#\w+)\)|(#\w+));");
        Assert.True(found.Success, token);
        return found.Groups[3].Success
            ? (found.Groups[3].Value, found.Groups[3].Value)
            : (found.Groups[1].Value, found.Groups[2].Value);
    }

    /// <summary>The contrast ratio of WCAG 2.2, from 1 to 21.</summary>
    private static double Contrast(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string colour)
    {
        var hex = colour.Length == 4 ? string.Concat(colour[1..].Select(c => $"{c}{c}")) : colour[1..];
        var parts = Convert
            .FromHexString(hex)
            .Select(b => b / 255.0)
            .Select(c => c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4))
            .ToArray();
        return (0.2126 * parts[0]) + (0.7152 * parts[1]) + (0.0722 * parts[2]);
    }

    [GeneratedRegex(@"^\s*//.*$", RegexOptions.Multiline)]
    private static partial Regex LineComment();

    [GeneratedRegex("""url\(["']?([^"')]+)""")]
    private static partial Regex Url();

    [GeneratedRegex("(?:href|src)=\"([^\"]+)\"")]
    private static partial Regex Link();

    [GeneratedRegex(@"\.((?:ln-)?[a-z][\w-]*)")]
    private static partial Regex ClassInStyle();

    [GeneratedRegex("class=\"([^\"]+)\"")]
    private static partial Regex ClassAttribute();
}
