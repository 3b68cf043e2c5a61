namespace Lanthorn.Matching;

/// <summary>What of a word, or of several written together, is compared: its letters and its sounds.</summary>
internal readonly ref struct Spelled(ReadOnlySpan<char> text, ReadOnlySpan<byte> phones, Script script)
{
    public Spelled(Token token)
        : this(token.Text, token.Phones, token.Script) { }

    public readonly ReadOnlySpan<char> Text = text;
    public readonly ReadOnlySpan<byte> Phones = phones;
    public readonly Script Script = script;
}
