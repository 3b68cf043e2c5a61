using System.Runtime.InteropServices;
using System.Text;

namespace Lanthorn.Matching;

/// <summary>A vocabulary that lies in a file. A word becomes an object when it is first compared.</summary>
internal sealed class FrozenVocabulary : Vocabulary
{
    private readonly FrozenColumns columns;
    private readonly Glance[] glances;
    private readonly Token?[] tokens;
    private readonly string[] canons;
    private readonly FrozenPostings byKey;
    private readonly FrozenLists rows;
    private readonly FrozenLists rowsAlone;
    private readonly AlikeWords asked = new();

    public FrozenVocabulary(FrozenColumns columns)
    {
        this.columns = columns;
        glances = MemoryMarshal.Cast<byte, Glance>(columns["words.glances"].Span).ToArray();
        tokens = new Token?[glances.Length];
        canons = Encoding.UTF8.GetString(columns["words.canons"].Span).Split('\n');
        byKey = new(columns["words.keys"], columns["words.cells"], columns["words.numbers"]);
        rows = new(columns["words.rowstarts"], columns["words.rows"]);
        rowsAlone = new(columns["words.alonestarts"], columns["words.alone"]);
    }

    public override int Count => glances.Length;

    protected override ReadOnlySpan<Glance> Glances => glances;

    public override Token this[int token] => Volatile.Read(ref tokens[token]) ?? Read(token);

    public override ReadOnlySpan<int> RowsOf(int token) => rows[token];

    public override ReadOnlySpan<int> RowsAloneOf(int token) => rowsAlone[token];

    public override void FindAlike(
        Token token,
        bool isGuess,
        int[] seen,
        int mark,
        List<(int Token, float Likeness)> into
    )
    {
        var key = AlikeWords.KeyOf(token, isGuess);
        if (asked.Find(key, into))
            return;
        base.FindAlike(token, isGuess, seen, mark, into);
        asked.Keep(key, into);
    }

    protected override ReadOnlySpan<int> UnderKey(ulong key) => byKey.Find(key);

    /// <summary>Two readers may make it at once: all that is compared is equal, and one of them stays.</summary>
    private Token Read(int token)
    {
        var head = MemoryMarshal.Cast<byte, WordHead>(columns["words.heads"].Span);
        ref readonly var own = ref head[token];
        ref readonly var next = ref head[token + 1];
        var text = MemoryMarshal.Cast<byte, char>(columns["words.text"].Span)[own.Text..next.Text];
        var phones = columns["words.phones"].Span[own.Phones..next.Phones];
        var made = new Token(
            new string(text),
            own.Script,
            phones.ToArray(),
            own.Kind,
            own.Weight,
            own.Canon < 0 ? null : canons[own.Canon]
        )
        {
            Id = token,
            NativeForms = own.NativeForms,
        };
        return Interlocked.CompareExchange(ref tokens[token], made, null) ?? made;
    }
}

/// <summary>Where the text and the sounds of a word begin, those of the next one being where they end, and what else it is.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct WordHead(
    ulong NativeForms,
    int Text,
    int Phones,
    float Weight,
    int Canon,
    Script Script,
    TokenKind Kind
);
