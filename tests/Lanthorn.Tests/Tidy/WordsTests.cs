using System.Text.RegularExpressions;
using System.Xml.Linq;
using Lanthorn.Knowledge;

namespace Lanthorn.Tests.Tidy;

/// <summary>Every word that a page shows can be shown in every language that there is a resource file for.</summary>
public sealed partial class WordsTests
{
    private const string Folder = "src/Lanthorn.Web/Words";

    /// <summary>Names and endings that are the same in every language.</summary>
    private static readonly string[] Same =
    [
        "Lanthorn",
        "Pathways",
        "CSV",
        "XLSX",
        "TLP",
        "Authorization",
        "Bearer",
        "TOKEN",
    ];

    public static TheoryData<string> Languages =>
        [.. Checkout.With($"{Folder}/Words.", ".resx").Select(f => f.Split('.')[^2]).Where(l => l.Length == 2)];

    [Theory, MemberData(nameof(Languages))]
    public void Every_text_of_the_pages_is_translated(string language)
    {
        var known = Texts(language);

        Checkout.NoComplaints(
            from text in Used()
            where !known.ContainsKey(text.Text)
            select $"{text.File}: '{text.Text}' is not in Words.{language}.resx"
        );
    }

    [Theory, MemberData(nameof(Languages))]
    public void Every_translation_has_the_values_of_its_text(string language) =>
        Checkout.NoComplaints(
            from text in Texts(language)
            where !Holes(text.Key).SequenceEqual(Holes(text.Value))
            select $"'{text.Key}' and '{text.Value}' in Words.{language}.resx have different values"
        );

    /// <summary>What the pages do not say themselves are the words of the model, of codes, and of what the engine answers.</summary>
    [Theory, MemberData(nameof(Languages))]
    public void No_translation_is_left_of_a_text_that_is_gone(string language)
    {
        var used = Used().Select(u => u.Text).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var literals = Checkout
            .With("src/", ".cs", ".razor")
            .SelectMany(f => AnyLiteral().Matches(Checkout.Read(f)).Select(m => Plain(m.Groups[1].Value)))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        used.UnionWith(Model.Schemata.Values.SelectMany(s => new[] { s.Label, s.Plural }));
        used.UnionWith(Model.Schemata.Values.SelectMany(s => s.Properties.Values).Select(p => p.Label));
        used.UnionWith(
            Model.Schemata.Values.SelectMany(s => s.Properties.Values).SelectMany(p => p.Type.Values.Values)
        );
        used.UnionWith(Enum.GetNames<SubjectCategory>());
        used.UnionWith(Enum.GetNames<SubjectCategory>().Select(n => n.ToLowerInvariant()));
        used.UnionWith(Enum.GetNames<Lanthorn.Storage.Operation>().Select(n => n.ToLowerInvariant()));
        used.UnionWith(Enum.GetNames<Lanthorn.Platform.Area>());

        Checkout.NoComplaints(
            from text in Texts(language).Keys
            where !used.Contains(text) && !literals.Contains(text)
            select $"'{text}' in Words.{language}.resx is used nowhere"
        );
    }

    [Fact]
    public void No_page_has_words_that_cannot_be_translated() =>
        Checkout.NoComplaints(
            from file in Checkout.With("src/", ".razor")
            from word in Bare(Checkout.Read(file))
            select $"{file}: '{word}' stands in the page itself: write @T(\"…\")"
        );

    private static IEnumerable<(string File, string Text)> Used() =>
        from file in Checkout.With("src/", ".cs", ".razor")
        where !file.EndsWith("/Words.cs", StringComparison.Ordinal)
        from match in Call().Matches(Checkout.Read(file))
        from text in Literal().Matches(match.Value).Select(m => Plain(m.Groups[1].Value))
        select (file, text);

    private static Dictionary<string, string> Texts(string language) =>
        XDocument
            .Parse(Checkout.Read($"{Folder}/Words.{language}.resx"))
            .Root!.Elements("data")
            .ToDictionary(
                d => d.Attribute("name")!.Value,
                d => d.Element("value")!.Value,
                StringComparer.OrdinalIgnoreCase
            );

    private static IEnumerable<string> Holes(string text) =>
        Hole().Matches(text).Select(m => m.Value).Order(StringComparer.Ordinal);

    private static string Plain(string literal) =>
        literal.Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal);

    /// <summary>The words of the markup that are neither a tag, an attribute, an expression nor code.</summary>
    private static IEnumerable<string> Bare(string razor)
    {
        var markup = Code().Split(razor)[0];
        markup = Typed().Replace(Comment().Replace(markup, ""), "");
        foreach (var line in Between().Matches(markup).Select(m => m.Groups[1].Value))
        {
            var left = Expression().Replace(line, " ");
            foreach (var word in Word().Matches(left).Select(m => m.Value).Except(Same))
                yield return word;
        }
    }

    /// <summary>A call of T or Later with one literal first, or of T with a number and two.</summary>
    [GeneratedRegex(
        """(?<![\w.])(?:T|Later)\(\s*(?:"(?:[^"\\]|\\.)*"|[^"()]*(?:\([^()]*\))?[^"()]*,\s*"(?:[^"\\]|\\.)*",\s*"(?:[^"\\]|\\.)*"\))"""
    )]
    private static partial Regex Call();

    [GeneratedRegex(
        """
            "((?:[^"\\]|\\.)*)"
            """,
        RegexOptions.IgnorePatternWhitespace
    )]
    private static partial Regex Literal();

    [GeneratedRegex(
        """
            "((?:[^"\\\n]|\\.)*)"
            """,
        RegexOptions.IgnorePatternWhitespace
    )]
    private static partial Regex AnyLiteral();

    [GeneratedRegex(@"\{[0-9]\}")]
    private static partial Regex Hole();

    [GeneratedRegex(@"(?m)^@(?:code|functions)\s*\{")]
    private static partial Regex Code();

    [GeneratedRegex(@"@\*.*?\*@", RegexOptions.Singleline)]
    private static partial Regex Comment();

    /// <summary>Keys, and what is typed as it stands; and what Razor repeats or leaves out.</summary>
    [GeneratedRegex(@"<(kbd|code)\b[^>]*>.*?</\1>|@(?:foreach|if) \([^{]*\)\s*\{")]
    private static partial Regex Typed();

    /// <summary>What stands between two tags on one line.</summary>
    [GeneratedRegex(@"(?<![=\-\s@(])>([^<>\n]+)<(?!=)")]
    private static partial Regex Between();

    /// <summary>An expression of Razor: in brackets, or a name with what is called on it.</summary>
    [GeneratedRegex(
        @"@\((?:[^()]|\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))*\)|@[\w.?!]+(?:\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))?(?:\[[^\]]*\])?(?:\.\w+)*|\{[^}]*\}|&\w+;"
    )]
    private static partial Regex Expression();

    [GeneratedRegex(@"[A-Za-z]{3,}")]
    private static partial Regex Word();
}
