using System.Text.RegularExpressions;

namespace Lanthorn.Tests.Tidy;

/// <summary>A Markdown page: its titles, its links and what it names in backticks, outside comments and fenced blocks.</summary>
internal sealed partial class Document
{
    private readonly string prose;

    public Document(string text) => prose = Fence().Replace(Comment().Replace(text, ""), "");

    public int Titles => Title().Count(prose);

    /// <summary>Targets inside the repository, without their fragments.</summary>
    public IEnumerable<string> Links =>
        from link in Link().Matches(Span().Replace(prose, ""))
        let target = link.Groups["target"].Value.Split('#')[0]
        where target.Length > 0 && !target.Contains(':', StringComparison.Ordinal)
        select Uri.UnescapeDataString(target);

    public IEnumerable<string> Spans => Span().Matches(prose).Select(s => s.Groups["code"].Value);

    /// <summary>Spans that are paths of the repository: those under its folders, and names of source files.</summary>
    public IEnumerable<string> Paths => Spans.Where(s => PathSpan().IsMatch(s)).Select(s => s.TrimEnd('/'));

    /// <summary>Spans that can only be names in code: two humps or more, or a name with a member, such as Label.Sees.</summary>
    public IEnumerable<string> Names => Spans.Select(s => CallSpan().Replace(s, "")).Where(s => NameSpan().IsMatch(s));

    [GeneratedRegex("<!--.*?-->", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex("^```.*?^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();

    [GeneratedRegex("^# .+$", RegexOptions.Multiline)]
    private static partial Regex Title();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)[^)]*\)")]
    private static partial Regex Link();

    [GeneratedRegex("`(?<code>[^`\n]+)`")]
    private static partial Regex Span();

    [GeneratedRegex(
        @"^((src|tests|docs|bench|\.ci|\.config)/[\w./\-]+|[\w./\-]+\.(cs|razor|csproj|slnx|props|sql|md))$"
    )]
    private static partial Regex PathSpan();

    [GeneratedRegex(@"\([^()]*\)$")]
    private static partial Regex CallSpan();

    [GeneratedRegex(@"^([A-Z][a-z0-9]+){2,}(\.[A-Z]\w+)*$|^[A-Z][a-z]\w*(\.[A-Z][a-z]\w*)+$")]
    private static partial Regex NameSpan();
}
