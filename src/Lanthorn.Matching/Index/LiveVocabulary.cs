namespace Lanthorn.Matching;

/// <summary>A vocabulary that grows under its readers' eyes. One writer, many readers.</summary>
internal sealed class LiveVocabulary : Vocabulary
{
    private readonly Dictionary<TokenIdentity, Token> shared = [];
    private readonly LivePostings byKey = new();
    private Glance[] glances = new Glance[256];
    private Entry[] entries = new Entry[256];
    private int count;

    public override int Count => Volatile.Read(ref count);

    protected override ReadOnlySpan<Glance> Glances => Volatile.Read(ref glances);

    public override Token this[int token] => Volatile.Read(ref entries)[token].Token;

    /// <summary>The shared token equal to this one, added if it is new. Only for the one writer.</summary>
    public Token Share(Token token)
    {
        var identity = TokenIdentity.Of(token);
        if (shared.TryGetValue(identity, out var known))
            return known;
        var own = token.WithId(count);
        if (count == entries.Length)
        {
            // The words first: whoever sees the longer glances finds a word for each.
            Volatile.Write(ref entries, Longer(entries));
            Volatile.Write(ref glances, Longer(glances));
        }
        entries[count].Token = own;
        glances[count] = new(own.Shape, own.Canon is not null);
        Volatile.Write(ref count, count + 1);
        Span<ulong> keys = stackalloc ulong[TokenKeys.Max];
        foreach (var key in keys[..TokenKeys.Write(own, keys)])
            byKey.Add(key, own.Id);
        shared[identity] = own;
        return own;
    }

    /// <summary>Notes that a row bears a shared token. Only for the one writer.</summary>
    public void Post(Token token, int row, bool isAlone)
    {
        GrowingList.Append(ref entries[token.Id].Rows, row);
        if (isAlone)
            GrowingList.Append(ref entries[token.Id].RowsAlone, row);
    }

    public override ReadOnlySpan<int> RowsOf(int token)
    {
        var now = Volatile.Read(ref entries);
        return token < now.Length ? GrowingList.Read(ref now[token].Rows!) : default;
    }

    public override ReadOnlySpan<int> RowsAloneOf(int token)
    {
        var now = Volatile.Read(ref entries);
        return token < now.Length ? GrowingList.Read(ref now[token].RowsAlone!) : default;
    }

    protected override ReadOnlySpan<int> UnderKey(ulong key) => byKey.Find(key);

    private static T[] Longer<T>(T[] array)
    {
        var longer = new T[array.Length * 2];
        array.CopyTo(longer, 0);
        return longer;
    }

    private struct Entry
    {
        public Token Token;
        public int[]? Rows;
        public int[]? RowsAlone;
    }
}

/// <summary>Two parts of names that are the same in all of this are one word of a vocabulary.</summary>
internal readonly record struct TokenIdentity(
    string Text,
    Script Script,
    TokenKind Kind,
    float Weight,
    string? Canon,
    ulong NativeForms
)
{
    public static TokenIdentity Of(Token token) =>
        new(token.Text, token.Script, token.Kind, token.Weight, token.Canon, token.NativeForms);
}
