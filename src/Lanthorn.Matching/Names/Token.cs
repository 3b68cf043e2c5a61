namespace Lanthorn.Matching;

/// <summary>What a part of a name is, which decides how much it weighs and what it can be compared with.</summary>
internal enum TokenKind : byte
{
    Name,
    Initial,
    Particle,
    Title,
    LegalForm,
    Generic,
    Place,
    Number,
    Stop,
}

/// <summary>
/// One part of a name, read once: how it is written (folded within its script), how it sounds, how much it weighs.
/// Immutable; equal parts are shared by all names in an index.
/// </summary>
internal sealed class Token
{
    /// <param name="text">Lower case, without diacritics, letter variants of the script made one.</param>
    /// <param name="canon">What it stands for (a legal form, a number, a group of nicknames), or null.</param>
    public Token(string text, Script script, byte[] phones, TokenKind kind, float weight, string? canon)
    {
        (Text, Script, Phones, Kind, Weight, Canon) = (text, script, phones, kind, weight, canon);
        Shape = new(text, phones, script);
        Serial = Interlocked.Increment(ref serials);
    }

    private static uint serials;

    public string Text { get; }
    public Script Script { get; }
    public byte[] Phones { get; }
    public TokenKind Kind { get; }
    public float Weight { get; }
    public string? Canon { get; }

    public Shape Shape { get; }

    /// <summary>See <see cref="NameParts"/>; 0 for what is no well-known name.</summary>
    public ulong NativeForms { get; init; }

    /// <summary>Another for each token of this process.</summary>
    public uint Serial { get; }

    /// <summary>The token's number in the vocabulary of the index that shares it; -1 outside.</summary>
    public int Id { get; init; } = -1;

    public Token WithId(int id) =>
        new(Text, Script, Phones, Kind, Weight, Canon) { Id = id, NativeForms = NativeForms };

    /// <summary>Kinds that identify nobody alone: candidates are not looked up by them.</summary>
    public bool IsWeak => Kind is TokenKind.Particle or TokenKind.Title or TokenKind.LegalForm or TokenKind.Stop;

    public override string ToString() => Text;
}
