using System.Globalization;
using Lanthorn.Storage;

namespace Lanthorn.Screening;

/// <summary>
/// What people write into the search: words and "phrases" that all have to be there, OR between alternatives, a minus before
/// what must not be there, and <c>field:value</c>. OR binds closer than the blank: <c>a b OR c</c> wants a, and b or c.
/// </summary>
internal static class SearchLanguage
{
    /// <summary>What can stand before a colon, with an example and what it does.</summary>
    public static readonly IReadOnlyList<(string Field, string Example, string Meaning)> Fields =
    [
        ("country", "country:ly", "a country of the record, by code or name"),
        ("topic", "topic:sanction", "a topic and those below it, such as sanction, crime, role.pep"),
        ("source", "source:un-sc", "said by this source"),
        ("schema", "schema:Vessel", "this kind of thing, and the kinds below it"),
        ("born", "born:1980", "born in a year, a month (1980-05) or on a day (1980-05-02)"),
        (
            "changed",
            "changed:>2026-01-01",
            "changed on a day, in a month or a year; with >, >=, <, <= after or before it"
        ),
        ("id", "id:Q123", "the id of an entity or record"),
    ];

    /// <summary>Signs that people and their keyboards use as quotation marks.</summary>
    private const string Quotes = "\"\u201c\u201d\u201e\u00ab\u00bb";

    /// <param name="Clauses">All of them hold.</param>
    internal sealed record Meaning(IReadOnlyList<TextClause> Clauses)
    {
        /// <summary>What could be a name: one text, or one for each alternative. Nothing where only fields are named.</summary>
        public IReadOnlyList<string> Names
        {
            get
            {
                var positive = Clauses.Where(c => !c.IsExcluded).ToList();
                var always = string.Join(
                    ' ',
                    positive
                        .Where(c => c.Alternatives.Count == 1)
                        .SelectMany(c => c.Alternatives)
                        .Where(IsText)
                        .Select(t => t.Value)
                );
                var choice = positive.FirstOrDefault(c => c.Alternatives.Count > 1 && c.Alternatives.All(IsText));
                string[] names = choice is null
                    ? [always]
                    : [.. choice.Alternatives.Select(t => $"{always} {t.Value}".Trim())];
                return [.. names.Where(n => n.Length > 0).Take(MostNames)];
            }
        }

        /// <summary>Words and phrases that are looked for, to be marked where they stand.</summary>
        public IEnumerable<string> Texts =>
            Clauses.Where(c => !c.IsExcluded).SelectMany(c => c.Alternatives).Where(IsText).Select(t => t.Value);

        /// <summary>In one line, for tests and for people who want to know how they were understood.</summary>
        public string InWords => string.Join(" AND ", Clauses.Select(Words));

        private static string Words(TextClause clause)
        {
            var any = string.Join(" OR ", clause.Alternatives.Select(Words));
            return (clause.IsExcluded ? "NOT " : "") + (clause.Alternatives.Count > 1 ? $"({any})" : any);
        }

        private static string Words(TextTerm term) =>
            term.Field switch
            {
                TextTerm.In.Words => term.Value,
                TextTerm.In.Phrase => $"\"{term.Value}\"",
                TextTerm.In.Changed => $"changed [{Day(term.Value)}, {Day(term.Before)})",
                _ => $"{term.Field.ToString().ToLowerInvariant()} {term.Value}",
            };

        private static string Day(string moment) => moment.Length == 0 ? "" : moment[..10];

        private static bool IsText(TextTerm term) => term.Field is TextTerm.In.Words or TextTerm.In.Phrase;
    }

    /// <summary>What was not understood.</summary>
    /// <param name="At">Where it begins, from 0.</param>
    /// <param name="Length">How long it is.</param>
    internal sealed record Mistake(int At, int Length, string Why, string WayOut)
    {
        public string InWords => string.Create(CultureInfo.InvariantCulture, $"At character {At + 1}: {Why}");
    }

    private const int MostNames = 4;

    /// <summary>What a query means, or the first thing in it that means nothing. Never throws.</summary>
    public static (Meaning? Meaning, Mistake? Mistake) Read(string text)
    {
        var reader = new SearchReader(text);
        return reader.Read() is { } mistake ? (null, mistake) : (new Meaning(reader.Clauses), null);
    }

    internal static bool IsQuote(char sign) => Quotes.Contains(sign);
}
