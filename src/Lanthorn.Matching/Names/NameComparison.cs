namespace Lanthorn.Matching;

/// <summary>One pair of parts that was found to belong together; either side may be several neighbouring parts.</summary>
internal readonly record struct Pairing(int A, int CountA, int B, int CountB, float Likeness);

/// <summary>
/// How alike two names are. Parts are paired one to one, best first; parts that only one name has cost little (left
/// out), parts of both that do not belong together cost much (different). Symmetric: the names are put in a fixed order.
/// </summary>
internal static class NameComparison
{
    /// <summary>How much more two parts that contradict each other count than parts that agree.</summary>
    private const float Contradiction = 1.5f;
    private const float Missing = 0.17f;

    /// <summary>A person is not known by one name of several, nor by two that many bear.</summary>
    private const float OneOfSeveral = 0.72f;
    private const float TooLittle = 1f;
    private const float Enough = 2.3f;

    /// <summary>What it adds that both names end, or begin, with the same part.</summary>
    private const float SameEnd = 0.35f;
    private const float SameBeginning = 0.15f;

    /// <summary>Fund and Fund II are two funds.</summary>
    private const float OneNumbered = 0.82f;
    private const float OtherOrder = 0.03f;
    private const float JoinFloor = 0.78f;
    private const float Acronym = 0.8f;

    /// <summary>The likeness at which two parts say neither same nor different.</summary>
    private const float Undecided = 0.55f;

    public static float Compare(PreparedName a, PreparedName b, SubjectKind kind, List<Pairing>? pairings = null)
    {
        var (x, y) = (a.Tokens, b.Tokens);
        if (x.Length == 0 || y.Length == 0)
            return 0;
        if (pairings is null && a.HasSameTokens(b))
            return 1;
        var isSwapped = Order(x, y) > 0;
        if (isSwapped)
            (x, y) = (y, x);
        Span<float> likeness = stackalloc float[x.Length * y.Length];
        var hasAny = false;
        var isWeakOnly = a.StrongCount == 0 && b.StrongCount == 0;
        for (var i = 0; i < x.Length; i++)
        for (var j = 0; j < y.Length; j++)
        {
            var value = TokenComparison.Compare(x[i], y[j]);
            likeness[i * y.Length + j] = value;
            hasAny |= value >= TokenComparison.Floor && (!x[i].IsWeak || isWeakOnly);
        }
        Span<Pairing> room = stackalloc Pairing[Math.Min(x.Length, y.Length)];
        var alignment = new Alignment(x, y, room);
        if (hasAny)
            alignment.PairBest(likeness);
        alignment.PairJoined();
        if (pairings is not null)
            foreach (var p in alignment.Pairs)
                pairings.Add(isSwapped ? new(p.B, p.CountB, p.A, p.CountA, p.Likeness) : p);
        if (a.HasSameTokens(b))
            return 1;
        var score = Score(alignment, kind);
        return kind == SubjectKind.Person ? score : Math.Max(score, CompareAcronym(x, y));
    }

    /// <summary>The same from likenesses that are known, row by row of x; what is written together or apart is not looked for.</summary>
    public static float CompareAsFound(Token[] x, Token[] y, ReadOnlySpan<float> likeness, SubjectKind kind)
    {
        Span<Pairing> room = stackalloc Pairing[Math.Min(x.Length, y.Length)];
        var alignment = new Alignment(x, y, room);
        alignment.PairBest(likeness);
        return Score(alignment, kind);
    }

    private static float Score(in Alignment alignment, SubjectKind kind)
    {
        var (agreement, paired, contradicted, sure) = (0f, 0f, 0f, 0f);
        foreach (var pair in alignment.Pairs)
        {
            var weight = alignment.WeightOf(pair);
            var agreed = Agreement(pair.Likeness);
            agreement += weight * agreed;
            paired += weight;
            contradicted += weight * (1 - agreed);
            sure += weight * agreed * agreed;
        }
        var (onlyX, onlyY) = alignment.LeftOver();
        var both = Math.Min(onlyX, onlyY);
        var one = Math.Max(onlyX, onlyY) - both;
        if (agreement <= 0)
            return 0;
        var against = Contradiction * (contradicted + both * (1 + 0.12f * Math.Max(0, paired - 2)));
        var score = agreement / (agreement + against + Missing * one);
        if (one >= 0.5f && kind is SubjectKind.Person)
            score *= ShareOfWhole(sure + alignment.Frame(SameBeginning, SameEnd));
        else if (one > 0 && kind is not SubjectKind.Person)
            score *= agreement / (agreement + 0.45f * one) * (alignment.IsOneNumbered() ? OneNumbered : 1);
        return score * (1 - OtherOrder * alignment.Disorder());
    }

    /// <summary>How surely somebody is meant by some of the parts of a name; rare ones tell more, doubtful ones less.</summary>
    private static float ShareOfWhole(float sure) =>
        OneOfSeveral + (1 - OneOfSeveral) * Math.Clamp((sure - TooLittle) / (Enough - TooLittle), 0, 1);

    private static float Agreement(float likeness)
    {
        if (likeness <= Undecided)
            return 0;
        var doubt = (1 - likeness) / (1 - Undecided);
        return 1 - doubt * MathF.Sqrt(MathF.Sqrt(doubt));
    }

    /// <summary>PLA and People's Liberation Army.</summary>
    private static float CompareAcronym(Token[] x, Token[] y)
    {
        if (IsAcronym(x, y) || IsAcronym(y, x))
            return Acronym;
        return 0;
    }

    private static bool IsAcronym(Token[] shortName, Token[] longName)
    {
        Token? acronym = null;
        foreach (var token in shortName)
        {
            if (token.Kind == TokenKind.LegalForm)
                continue;
            if (acronym is not null)
                return false;
            acronym = token;
        }
        if (acronym is not { Text.Length: >= 3 and <= 6 })
            return false;
        var at = 0;
        foreach (var token in longName)
        {
            if (token.Kind is TokenKind.LegalForm or TokenKind.Stop)
                continue;
            if (at == acronym.Text.Length || token.Text[0] != acronym.Text[at++])
                return false;
        }
        return at == acronym.Text.Length;
    }

    private static int Order(Token[] x, Token[] y)
    {
        for (var i = 0; i < Math.Min(x.Length, y.Length); i++)
        {
            var order = string.CompareOrdinal(x[i].Text, y[i].Text);
            if (order == 0)
                order = (int)x[i].Kind - (int)y[i].Kind;
            if (order != 0)
                return order;
        }
        return x.Length.CompareTo(y.Length);
    }

    /// <summary>A likeness that joined parts must reach.</summary>
    internal static bool Joins(float likeness) => likeness >= JoinFloor;
}
