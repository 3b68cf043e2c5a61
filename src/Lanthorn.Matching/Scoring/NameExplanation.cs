namespace Lanthorn.Matching;

/// <summary>Says in words which parts of two names met and which did not.</summary>
internal static class NameExplanation
{
    private const float SpellingFrom = 0.8f;

    public static ScorePart Of(
        PreparedName query,
        PreparedName candidate,
        SubjectKind queryKind,
        SubjectKind candidateKind,
        SubjectKind kind
    )
    {
        var pairings = new List<Pairing>();
        NameComparison.Compare(query, candidate, kind, pairings);
        pairings.Sort((p, q) => p.A.CompareTo(q.A));
        var left = NameReader.ReadParts(query.Written, queryKind);
        var right = NameReader.ReadParts(candidate.Written, candidateKind);
        var pairs = new List<TokenPair>();
        foreach (var p in pairings)
            pairs.Add(
                new(
                    PieceOf(query.Written, left, p.A, p.CountA),
                    PieceOf(candidate.Written, right, p.B, p.CountB),
                    HowOf(p, left[p.A].Token, right[p.B].Token),
                    p.Likeness
                )
            );
        return new("", 0, Words(query, candidate, pairs, pairings), query.Written, candidate.Written) { Pairs = pairs };
    }

    private static string Words(
        PreparedName query,
        PreparedName candidate,
        List<TokenPair> pairs,
        List<Pairing> pairings
    )
    {
        var said = pairs.Select(p =>
            p.How switch
            {
                PartMatch.Same => $"{p.Query.Text} is the same",
                PartMatch.Spelling => $"{p.Query.Text} is a spelling of {p.Candidate.Text}",
                PartMatch.OtherScript => $"{p.Query.Text} is {p.Candidate.Text} in another script",
                PartMatch.Initial => $"{p.Query.Text} may stand for {p.Candidate.Text}",
                _ => $"{p.Query.Text} resembles {p.Candidate.Text}",
            }
        );
        var onlyQuery = Only(query, pairings.Select(p => (p.A, p.CountA)));
        var onlyCandidate = Only(candidate, pairings.Select(p => (p.B, p.CountB)));
        var rest = (onlyQuery, onlyCandidate) switch
        {
            ("", "") => "",
            (_, "") => $"only the query has {onlyQuery}",
            ("", _) => $"only the candidate has {onlyCandidate}",
            _ => $"{onlyQuery} does not fit {onlyCandidate}",
        };
        return string.Join("; ", rest.Length == 0 ? said : said.Append(rest));
    }

    private static string Only(PreparedName name, IEnumerable<(int From, int Count)> taken)
    {
        var paired = taken.SelectMany(t => Enumerable.Range(t.From, t.Count)).ToHashSet();
        return string.Join(' ', name.Tokens.Where((t, i) => !paired.Contains(i) && !t.IsWeak).Select(t => t.Text));
    }

    private static PartMatch HowOf(Pairing pairing, Token a, Token b) =>
        a.Kind == TokenKind.Initial != (b.Kind == TokenKind.Initial) ? PartMatch.Initial
        : a.Script != b.Script ? PartMatch.OtherScript
        : pairing.Likeness >= 1 && pairing.CountA == 1 && pairing.CountB == 1 ? PartMatch.Same
        : pairing.Likeness >= SpellingFrom ? PartMatch.Spelling
        : PartMatch.Similar;

    private static Piece PieceOf(string written, List<(Token Token, Word Word)> parts, int from, int count)
    {
        var (start, end) = (int.MaxValue, 0);
        for (var i = from; i < from + count; i++)
            (start, end) = (Math.Min(start, parts[i].Word.Start), Math.Max(end, parts[i].Word.End));
        return new(start, end - start, written[start..end]);
    }
}
