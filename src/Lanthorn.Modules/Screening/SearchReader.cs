using Lanthorn.Storage;

namespace Lanthorn.Screening;

/// <summary>Walks once over a query and gathers its clauses; stops at the first mistake.</summary>
internal sealed class SearchReader(string text)
{
    private const string InQuotes = "Put it in \"quotation marks\" to look for it as it stands";

    private readonly List<TextClause> clauses = [];
    private int at;
    private int terms;

    /// <summary>Where an OR or AND stands that still waits for what comes after it; less than 0 for none.</summary>
    private int waiting = -1;
    private bool isOr;

    public IReadOnlyList<TextClause> Clauses => clauses;

    public SearchLanguage.Mistake? Read()
    {
        while (true)
        {
            while (at < text.Length && char.IsWhiteSpace(text[at]))
                at++;
            if (at == text.Length)
                return waiting < 0 ? null : Lonely(waiting);
            if (ReadTerm() is { } mistake)
                return mistake;
        }
    }

    private SearchLanguage.Mistake? ReadTerm()
    {
        var start = at;
        var isExcluded = text[at] == '-' && at + 1 < text.Length && !char.IsWhiteSpace(text[at + 1]);
        if (isExcluded)
            at++;
        if (SearchLanguage.IsQuote(text[at]))
            return ReadQuoted() is { } phrase
                ? Take(new(TextTerm.In.Phrase, phrase), isExcluded, start)
                : Unclosed(start);
        var word = ReadWord();
        if (word is "OR" or "AND" && !isExcluded)
            return TakeOperator(word, start);
        var colon = word.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || !IsField(word.AsSpan(0, colon)) || word.AsSpan(colon + 1).StartsWith("//"))
            return Take(new(TextTerm.In.Words, word), isExcluded, start);
        var value = word[(colon + 1)..];
        if (value.Length == 0 && at < text.Length && SearchLanguage.IsQuote(text[at]))
        {
            if (ReadQuoted() is not { } quoted)
                return Unclosed(start);
            value = quoted;
        }
        var (term, why, wayOut) = SearchFields.Read(word[..colon], value);
        return term is null ? Wrong(start, why, wayOut) : Take(term, isExcluded, start);
    }

    /// <summary>Up to a blank or a quotation mark.</summary>
    private string ReadWord()
    {
        var start = at;
        while (at < text.Length && !char.IsWhiteSpace(text[at]) && !SearchLanguage.IsQuote(text[at]))
            at++;
        return text[start..at];
    }

    /// <summary>What stands between two quotation marks; null where the second is missing or nothing is between them.</summary>
    private string? ReadQuoted()
    {
        var start = ++at;
        while (at < text.Length && !SearchLanguage.IsQuote(text[at]))
            at++;
        var quoted = text[start..at].Trim();
        if (at == text.Length || quoted.Length == 0)
            return null;
        at++;
        return quoted;
    }

    private SearchLanguage.Mistake? TakeOperator(string word, int start)
    {
        if (clauses.Count == 0 || waiting >= 0)
            return Lonely(start);
        (waiting, isOr) = (start, word == "OR");
        return null;
    }

    private SearchLanguage.Mistake? Take(TextTerm term, bool isExcluded, int start)
    {
        if (++terms > TextTerm.MaxTerms)
            return Wrong(start, $"a search has at most {TextTerm.MaxTerms} parts", "Leave some out");
        if (waiting >= 0 && isOr)
        {
            if (isExcluded || clauses[^1].IsExcluded)
                return Wrong(start, "OR stands beside something excluded", "Write -one -two for neither of two");
            clauses[^1] = new([.. clauses[^1].Alternatives, term]);
        }
        else
            clauses.Add(new([term], isExcluded));
        waiting = -1;
        return null;
    }

    /// <summary>Small letters before a colon are meant as a field; "IMO:" or "Re:" are not.</summary>
    private static bool IsField(ReadOnlySpan<char> word) => !word.ContainsAnyExceptInRange('a', 'z');

    private SearchLanguage.Mistake Wrong(int start, string why, string wayOut) =>
        new(start, at - start, why, wayOut.Length > 0 ? wayOut : InQuotes);

    private SearchLanguage.Mistake Unclosed(int start) =>
        new(
            start,
            text.Length - start,
            "a quotation mark without its pair, or with nothing in it",
            "Close it after the phrase, or take it away"
        );

    private SearchLanguage.Mistake Lonely(int start)
    {
        var length = text.AsSpan(start).StartsWith("OR") ? 2 : 3;
        return new(
            start,
            length,
            $"{text.Substring(start, length)} stands between two things, and one is missing",
            "Write what is missing, or write it small to look for it as a word"
        );
    }
}
