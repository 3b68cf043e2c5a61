namespace Lanthorn.Matching;

/// <summary>
/// The parts of all indexed names, each once, with the rows that bear it. Typing errors and other scripts are looked up
/// here, among some hundred thousand words, rather than among millions of names. One writer, many readers.
/// </summary>
internal sealed class Vocabulary
{
    private readonly Dictionary<(string, Script, TokenKind, float, string?), Token> shared = [];
    private readonly PostingTable byKey = new();
    private Entry[] entries = new Entry[256];
    private int count;

    public int Count => Volatile.Read(ref count);

    /// <summary>The shared token equal to this one, added if it is new. Only for the one writer.</summary>
    public Token Share(Token token)
    {
        var identity = (token.Text, token.Script, token.Kind, token.Weight, token.Canon);
        if (shared.TryGetValue(identity, out var known))
            return known;
        var own = token.WithId(count);
        if (count == entries.Length)
        {
            var longer = new Entry[entries.Length * 2];
            entries.CopyTo(longer, 0);
            Volatile.Write(ref entries, longer);
        }
        (entries[count].Token, entries[count].Shape) = (own, own.Shape);
        entries[count].HasCanon = own.Canon is not null;
        Volatile.Write(ref count, count + 1);
        Span<ulong> keys = stackalloc ulong[TokenKeys.Max];
        foreach (var key in keys[..TokenKeys.Write(own, keys)])
            byKey.Add(key, own.Id);
        shared[identity] = own;
        return own;
    }

    /// <summary>Notes that a row bears a shared token. Only for the one writer.</summary>
    public void Post(Token token, int row) => Postings.Append(ref entries[token.Id].Rows, row);

    /// <summary>The rows that bear a token.</summary>
    public ReadOnlySpan<int> RowsOf(int token)
    {
        var now = Volatile.Read(ref entries);
        return token < now.Length ? Postings.Read(ref now[token].Rows!) : default;
    }

    /// <summary>Every token that may be a spelling of this one, with its likeness, most alike first.</summary>
    /// <param name="isGuess">For words put together by guess: fewer keys.</param>
    /// <param name="seen">A mark per token; at least <see cref="Count"/> long, and never before marked with this mark.</param>
    public void FindAlike(Token token, bool isGuess, int[] seen, int mark, List<(int Token, float Likeness)> into)
    {
        var now = Volatile.Read(ref entries);
        Span<ulong> keys = stackalloc ulong[TokenKeys.Max];
        var written = isGuess ? TokenKeys.WriteFew(token, keys) : TokenKeys.Write(token, keys);
        foreach (var key in keys[..written])
        foreach (var id in byKey.Find(key))
        {
            if (id >= now.Length || id >= seen.Length || seen[id] == mark)
                continue;
            seen[id] = mark;
            ref readonly var entry = ref now[id];
            if (!token.Shape.CanBeLike(entry.Shape) && !(entry.HasCanon && token.Canon is not null))
                continue;
            var likeness = TokenComparison.Compare(token, entry.Token);
            if (likeness >= TokenComparison.Floor)
                into.Add((id, likeness));
        }
        into.Sort(static (a, b) => b.Likeness.CompareTo(a.Likeness));
    }

    private struct Entry
    {
        public Token Token;
        public Shape Shape;
        public bool HasCanon;
        public int[]? Rows;
    }
}
