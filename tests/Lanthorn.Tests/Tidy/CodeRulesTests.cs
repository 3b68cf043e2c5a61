using System.Text.RegularExpressions;

namespace Lanthorn.Tests.Tidy;

public class CodeRulesTests
{
    [Fact]
    public void No_file_is_longer_than_the_style_allows() => OverCode(CodeRules.FileSize, ".cs", ".razor");

    [Fact]
    public void No_method_is_longer_than_the_style_allows() => OverCode(CodeRules.MethodSizes, ".cs");

    [Fact]
    public void No_constructor_takes_more_than_the_style_allows() => OverCode(CodeRules.ConstructorSizes, ".cs");

    [Fact]
    public void No_line_of_code_is_longer_than_the_style_allows() => OverCode(CodeRules.LineLengths, ".cs");

    [Fact]
    public void No_type_is_named_like_a_drawer() => OverCode(CodeRules.TypeNames, ".cs");

    [Fact]
    public void No_file_or_folder_is_named_like_a_drawer() =>
        Checkout.NoComplaints(
            from path in Checkout.Files
            where
                path.StartsWith("src/", StringComparison.Ordinal) || path.StartsWith("tests/", StringComparison.Ordinal)
            from part in path.Split('/')
            where CodeRules.IsDrawer(part.Split('.')[0])
            select $"{path}: {part} is the name of a drawer"
        );

    [Fact]
    public void Nothing_is_left_unfinished_in_the_source()
    {
        // Put together here, so that this file does not find itself.
        string[] words = ["TO" + "DO", "FIX" + "ME", "HA" + "CK", "XX" + "X", "NotImplemented" + "Exception"];
        var unfinished = new Regex($@"\b({string.Join('|', words)})\b");
        OverCode(
            (path, text) => unfinished.Matches(text).Select(m => $"{path}: {m.Value}"),
            ".cs",
            ".razor",
            ".sql",
            ".css",
            ".js",
            ".mjs"
        );
    }

    [Fact]
    public void No_regions_and_no_licence_headers()
    {
        OverCode(
            (path, text) =>
                text.Split('\n')
                    .Index()
                    .Where(line => IsRegion(line.Item) || (line.Index < 5 && IsLicenceHeader(line.Item)))
                    .Select(line => $"{path}:{line.Index + 1} {line.Item.Trim()}"),
            ".cs"
        );
        static bool IsRegion(string line) => line.TrimStart().StartsWith("#" + "region", StringComparison.Ordinal);
        static bool IsLicenceHeader(string line) =>
            line.StartsWith("//", StringComparison.Ordinal)
            && Regex.IsMatch(line, "copyright|licen[cs]ed|spdx", RegexOptions.IgnoreCase);
    }

    [Fact]
    public void The_rules_of_size_bite()
    {
        var statements = string.Concat(Enumerable.Repeat("x++;\n", CodeRules.MaxMethodLines - 3));
        Assert.Empty(CodeRules.MethodSizes("a.cs", $"class A {{ void M(int x)\n{{\n{statements}}} }}"));
        Assert.Single(CodeRules.MethodSizes("a.cs", $"class A {{ void M(int x)\n{{\n{statements}x--;\n}} }}"));
        Assert.Empty(CodeRules.FileSize("a.cs", new string('\n', CodeRules.MaxFileLines - 1) + "//\n"));
        Assert.Single(CodeRules.FileSize("a.cs", new string('\n', CodeRules.MaxFileLines) + "//\n"));
        Assert.Single(CodeRules.FileSize("a.razor", new string('\n', CodeRules.MaxRazorLines) + "<p/>\n"));
        Assert.Empty(CodeRules.ConstructorSizes("a.cs", $"class A({Parameters(7)});"));
        Assert.Single(CodeRules.ConstructorSizes("a.cs", $"class A({Parameters(8)});"));
        Assert.Single(CodeRules.ConstructorSizes("a.cs", $"class A {{ A({Parameters(8)}) {{ }} }}"));
        Assert.Empty(CodeRules.ConstructorSizes("a.cs", $"record A({Parameters(12)});"));
        Assert.Single(CodeRules.ConstructorSizes("a.cs", $"record A({Parameters(13)});"));
        Assert.Single(CodeRules.LineLengths("a.cs", $"// {new string('a', CodeRules.MaxCommentLength)}"));
        Assert.Single(CodeRules.LineLengths("a.cs", $"var {new string('a', CodeRules.MaxLineLength)} = 1;"));
        Assert.Empty(CodeRules.LineLengths("a.cs", $"var a = \"{new string('a', CodeRules.MaxLineLength)}\";"));
        static string Parameters(int count) => string.Join(", ", Enumerable.Range(0, count).Select(i => $"int p{i}"));
    }

    [Theory]
    [InlineData("class SourceManager;", 1)]
    [InlineData("interface IMatchService;", 1)]
    [InlineData("enum StringUtils { A }", 1)]
    [InlineData("class Database;", 0)]
    [InlineData("class Commons;", 0)]
    public void The_rule_of_names_bites(string code, int complaints) =>
        Assert.Equal(complaints, CodeRules.TypeNames("a.cs", code).Count());

    private static void OverCode(Func<string, string, IEnumerable<string>> rule, params string[] endings) =>
        Checkout.NoComplaints(
            Checkout
                .With("src/", endings)
                .Concat(Checkout.With("tests/", endings))
                .Concat(Checkout.With("bench/", endings))
                .SelectMany(path => rule(path, Checkout.Read(path)))
        );
}
