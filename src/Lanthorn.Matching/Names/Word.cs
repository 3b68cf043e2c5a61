namespace Lanthorn.Matching;

/// <summary>A word of a name with the place it has there, so that what matched can be marked in the original.</summary>
/// <param name="Text">Folded: see <see cref="Folding"/>.</param>
/// <param name="Sound">The text from which the sounds are read: where diacritics decide, with them spelt out.</param>
internal readonly record struct Word(string Text, string Sound, Script Script, int Start, int Length)
{
    public int End => Start + Length;
}
