namespace Lanthorn.Matching;

/// <summary>Under what a subject is found by its names.</summary>
internal static class Posted
{
    /// <summary>The parts of its names; those that identify nobody alone only where a name has no others.</summary>
    /// <remarks>A word is alone that is the only identifying one of its name, or of a name without any.</remarks>
    public static IEnumerable<(Token Word, bool IsAlone)> WordsOf(PreparedSubject subject)
    {
        foreach (var name in subject.PreparedNames)
        {
            var hasStrong = name.StrongCount > 0;
            foreach (var token in name.Tokens)
                if (!hasStrong || !token.IsWeak)
                    yield return (token, name.StrongCount <= 1);
        }
    }

    /// <summary>The keys of neighbouring parts that someone may write as one word.</summary>
    public static IEnumerable<ulong> JoinedOf(PreparedSubject subject)
    {
        foreach (var name in subject.PreparedNames)
        foreach (var run in Runs.Of(name.Tokens))
            if (TokenKeys.OfJoined(name.Tokens.AsSpan(run)) is > 0 and var key)
                yield return key;
    }
}

/// <summary>The runs of neighbouring parts that someone may write as one word.</summary>
internal static class Runs
{
    /// <summary>Two neighbours, or two with a particle between them (Nur al-Din), or a name of at most four parts as a whole.</summary>
    public static IEnumerable<Range> Of(Token[] tokens)
    {
        for (var i = 0; i + 1 < tokens.Length; i++)
        {
            yield return i..(i + 2);
            if (i + 2 < tokens.Length && (tokens[i + 1].IsWeak || tokens.Length == 3))
                yield return i..(i + 3);
        }
        if (tokens.Length == 4)
            yield return ..4;
    }
}
