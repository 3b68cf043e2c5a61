namespace Lanthorn.Matching;

/// <summary>What a glance at a word tells; kept together for all words of a vocabulary.</summary>
/// <param name="HasCanon">It stands for something that differently written words may stand for as well.</param>
internal readonly record struct Glance(Shape Shape, bool HasCanon);

/// <summary>
/// The parts of all indexed names, each once, with the rows that bear it. Typing errors and other scripts are looked up
/// here, among some hundred thousand words, rather than among millions of names.
/// </summary>
internal abstract class Vocabulary
{
    /// <summary>A word of the same script less like what is asked for than this finds nobody: too many are.</summary>
    public const float Floor = 0.65f;

    public abstract int Count { get; }

    /// <summary>By number; may be longer than <see cref="Count"/>.</summary>
    protected abstract ReadOnlySpan<Glance> Glances { get; }

    public abstract Token this[int token] { get; }

    /// <summary>The rows that bear a token, in ascending order.</summary>
    public abstract ReadOnlySpan<int> RowsOf(int token);

    /// <summary>The rows one of whose names consists of this token alone.</summary>
    public abstract ReadOnlySpan<int> RowsAloneOf(int token);

    /// <summary>Every token that may be a spelling of this one, with its likeness, most alike first.</summary>
    /// <param name="isGuess">For words put together by guess: fewer keys.</param>
    /// <param name="seen">A mark per token; at least <see cref="Count"/> long, and never before marked with this mark.</param>
    public virtual void FindAlike(
        Token token,
        bool isGuess,
        int[] seen,
        int mark,
        List<(int Token, float Likeness)> into
    )
    {
        var glances = Glances;
        Span<ulong> keys = stackalloc ulong[TokenKeys.Max];
        var written = isGuess ? TokenKeys.WriteFew(token, keys) : TokenKeys.Write(token, keys);
        foreach (var key in keys[..written])
        foreach (var id in UnderKey(key))
        {
            if (id >= glances.Length || id >= seen.Length || seen[id] == mark)
                continue;
            seen[id] = mark;
            ref readonly var glance = ref glances[id];
            if (
                !(token.Shape.CanBeLike(glance.Shape) && token.Shape.IsNear(glance.Shape))
                && !(glance.HasCanon && token.Canon is not null)
            )
                continue;
            var likeness = TokenComparison.Compare(token, this[id]);
            if (likeness >= (token.Script == this[id].Script ? Floor : TokenComparison.Floor))
                into.Add((id, likeness));
        }
        into.Sort(static (a, b) => b.Likeness.CompareTo(a.Likeness));
    }

    protected abstract ReadOnlySpan<int> UnderKey(ulong key);
}
