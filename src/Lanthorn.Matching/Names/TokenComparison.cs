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

    /// <summary>Martin and Martina, Maria and Mario: two names that are both well known and never each other's spelling.</summary>
    private const float OtherKnownName = 0.76f;

    private const float SoundsTheSame = 0.965f;

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
        if (a.IsWeak != b.IsWeak || !a.Shape.CanBeLike(b.Shape))
            return 0;
        if (Remembered.Find(a, b, out var slot, out var likeness))
            return likeness;
        likeness = CompareSpelled(new(a), new(b));
        if (NameParts.AreDifferent(a.NativeForms, b.NativeForms) && BySound(new(a), new(b)) < SoundsTheSame)
            likeness = Math.Min(likeness, OtherKnownName);
        Remembered.Keep(slot, a, b, likeness);
        return likeness;
    }

    /// <summary>By how it is written and how it sounds, whatever it is.</summary>
    public static float CompareSpelled(Spelled a, Spelled b)
    {
        if (a.Script != b.Script)
            return Math.Min(AcrossScripts(a, b), OtherScriptAtMost);
        var letters = ByLetter(a, b);
        if (a.Script.IsSyllabic() || letters >= SoundsAtMost)
            return letters;
        return Math.Max(letters, Math.Min(BySound(a, b), SoundsAtMost));
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

    private static float AcrossScripts(Spelled a, Spelled b)
    {
        var latin = a.Script == Script.Latin ? a : b;
        var other = a.Script == Script.Latin ? b : a;
        if (latin.Script == Script.Latin && LearntLetters.Of(other.Script) is { } learnt)
            return learnt.Likeness(other.Text, latin.Text);
        var sounds = BySound(a, b);
        var strictness = Math.Max(Strictness(a.Script), Strictness(b.Script));
        return Math.Max(0, 1 - strictness * (1 - sounds));
    }

    /// <summary>A Chinese syllable that is written a little otherwise is another one; Korean ones have more spellings.</summary>
    private static float Strictness(Script script) =>
        script switch
        {
            Script.Han => 5,
            Script.Hangul => 2.5f,
            _ => 1,
        };

    private static float BySound(Spelled a, Spelled b)
    {
        var x = a.Phones;
        var y = b.Phones;
        if (x.Length == 0 || y.Length == 0)
            return 0;
        var lossOfX = Phones.Losses(b.Script.IsAbjad());
        var lossOfY = Phones.Losses(a.Script.IsAbjad());
        Span<int> row = stackalloc int[Spellings.MaxPhones + 1];
        row[0] = 0;
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
    private static float ByLetter(Spelled a, Spelled b)
    {
        var x = a.Text;
        var y = b.Text;
        var longest = Math.Max(x.Length, y.Length);
        if (
            longest > Spellings.MaxPhones
            || x.Length == 0
            || y.Length == 0
            || Math.Abs(x.Length - y.Length) * 2 > longest
        )
            return 0;
        return Likeness(Edits.Count(x, y) * Phones.Whole, longest);
    }
}
