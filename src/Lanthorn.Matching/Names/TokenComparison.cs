namespace Lanthorn.Matching;

/// <summary>How alike two parts of names are: 1 for the same, 0 when one cannot be a spelling of the other. Symmetric.</summary>
internal static class TokenComparison
{
    /// <summary>Below this two parts have nothing to do with each other.</summary>
    public const float Floor = 0.5f;

    private const float SameNameGroup = 0.92f;
    private const float InitialFits = 0.85f;
    private const float OtherNumber = 0.62f;
    private const float OtherScriptAtMost = 0.99f;
    private const float SoundsAtMost = 0.97f;

    /// <summary>Sound classes in which two spellings of one name may still differ.</summary>
    private const int ClassesApart = 3;

    public static float Compare(Token a, Token b)
    {
        if (ReferenceEquals(a, b) || (a.Text == b.Text && a.Kind == b.Kind))
            return 1;
        if (a.Canon is not null && b.Canon is not null && a.Canon == b.Canon && a.Kind == b.Kind)
            return a.Kind == TokenKind.Name ? SameNameGroup : 1;
        if (a.Kind is TokenKind.LegalForm or TokenKind.Number || b.Kind is TokenKind.LegalForm or TokenKind.Number)
            return a.Kind == TokenKind.Number && b.Kind == TokenKind.Number ? OtherNumber : 0;
        if (a.Kind == TokenKind.Initial || b.Kind == TokenKind.Initial)
            return CompareInitial(a, b);
        if (a.IsWeak != b.IsWeak)
            return 0;
        if (a.ClassesApart(b) > ClassesApart)
            return 0;
        var sounds = BySound(a, b);
        if (a.Script != b.Script)
            return Math.Min(sounds, OtherScriptAtMost);
        var letters = ByLetter(a, b);
        if (a.Script.IsSyllabic())
            return letters;
        return Math.Max(letters, Math.Min(sounds, SoundsAtMost));
    }

    private static float CompareInitial(Token a, Token b)
    {
        if (a.Kind == TokenKind.Initial && b.Kind == TokenKind.Initial && a.Script == b.Script)
            return 0;
        if (a.IsWeak || b.IsWeak || a.Phones.Length == 0 || b.Phones.Length == 0)
            return 0;
        var same = a.Script == b.Script ? a.Text[0] == b.Text[0] : Phones.Substitute(a.Phones[0], b.Phones[0]) <= 10;
        return same ? InitialFits : 0;
    }

    /// <summary>
    /// From the cost of the letters that differ to a likeness. Short words forgive less than long ones, a second error
    /// costs more than the first.
    /// </summary>
    private static float Likeness(int cost, float length)
    {
        var share = cost / (Phones.Whole * length);
        return Math.Max(0, 1 - share * (0.5f + 1.2f * share));
    }

    private static float BySound(Token a, Token b)
    {
        ReadOnlySpan<byte> x = a.Phones;
        ReadOnlySpan<byte> y = b.Phones;
        if (x.Length == 0 || y.Length == 0)
            return 0;
        var lossOfX = Phones.Losses(b.Script.IsAbjad());
        var lossOfY = Phones.Losses(a.Script.IsAbjad());
        Span<int> row = stackalloc int[Spellings.MaxPhones + 1];
        for (var j = 0; j < y.Length; j++)
            row[j + 1] = row[j] + lossOfY[y[j]];
        foreach (var phone in x)
        {
            var costs = Phones.SubstitutionsOf(phone);
            var loss = lossOfX[phone];
            var diagonal = row[0];
            row[0] += loss;
            for (var j = 0; j < y.Length; j++)
            {
                var best = Math.Min(diagonal + costs[y[j]], Math.Min(row[j + 1] + loss, row[j] + lossOfY[y[j]]));
                diagonal = row[j + 1];
                row[j + 1] = best;
            }
        }
        return Likeness(row[y.Length], (x.Length + y.Length) / 2f);
    }

    /// <summary>Letters lost, added, changed or swapped with their neighbour (optimal string alignment).</summary>
    private static float ByLetter(Token a, Token b)
    {
        var (x, y) = (a.Text, b.Text);
        if (x.Length > Spellings.MaxPhones || y.Length > Spellings.MaxPhones)
            return 0;
        var longest = Math.Max(x.Length, y.Length);
        if (Math.Abs(x.Length - y.Length) * 2 > longest)
            return 0;
        Span<int> before = stackalloc int[Spellings.MaxPhones + 1];
        Span<int> last = stackalloc int[Spellings.MaxPhones + 1];
        Span<int> row = stackalloc int[Spellings.MaxPhones + 1];
        for (var j = 0; j <= y.Length; j++)
            last[j] = j;
        for (var i = 1; i <= x.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= y.Length; j++)
            {
                var changed = last[j - 1] + (x[i - 1] == y[j - 1] ? 0 : 1);
                var best = Math.Min(changed, Math.Min(last[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && x[i - 1] == y[j - 2] && x[i - 2] == y[j - 1])
                    best = Math.Min(best, before[j - 2] + 1);
                row[j] = best;
            }
            var spare = before;
            before = last;
            last = row;
            row = spare;
        }
        return Likeness(last[y.Length] * Phones.Whole, longest);
    }
}
