namespace Lanthorn.Matching;

/// <summary>
/// How alike the names of a query and of a record are, from what the search has found already: no two parts are compared
/// again, and what it did not find counts as unlike. Good enough to choose the few that are scored.
/// </summary>
internal static class RoughScore
{
    public static float Of(PreparedSubject query, PreparedSubject candidate, LikeWords words, bool isJoined)
    {
        var best = 0f;
        var kind = (SubjectKind)Math.Min((int)query.Kind, (int)candidate.Kind);
        for (var name = 0; name < words.Names; name++)
            foreach (var other in candidate.PreparedNames)
            {
                var own = query.PreparedNames[name];
                var share = (float)(Scorer.ShareOf(own.Kind, 1, 1) * Scorer.ShareOf(other.Kind, 1, 1));
                if (share <= best)
                    continue;
                var value = isJoined
                    ? NameComparison.Compare(own, other, kind)
                    : Compare(own, name, other, words, kind);
                best = Math.Max(best, value * share);
            }
        return best;
    }

    private static float Compare(PreparedName own, int name, PreparedName other, LikeWords words, SubjectKind kind)
    {
        var (x, y) = (own.Tokens, other.Tokens);
        if (x.Length == 0 || y.Length == 0)
            return 0;
        var hasStrong = own.StrongCount > 0;
        var hasAny = false;
        Span<float> likeness = stackalloc float[x.Length * y.Length];
        for (var i = 0; i < x.Length; i++)
        {
            var isSearched = Search.IsSearched(x[i], hasStrong);
            for (var j = 0; j < y.Length; j++)
            {
                var value =
                    x[i].Kind == TokenKind.Initial || y[j].Kind == TokenKind.Initial
                        ? TokenComparison.Compare(x[i], y[j])
                    : isSearched ? words.LikenessOf(name, i, y[j].Id)
                    : x[i].Text == y[j].Text ? 1
                    : 0;
                likeness[i * y.Length + j] = value;
                hasAny |= isSearched && value > 0;
            }
        }
        return hasAny ? NameComparison.CompareAsFound(x, y, likeness, kind) : 0;
    }
}
