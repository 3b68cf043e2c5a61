using System.Collections.Frozen;

namespace Lanthorn.Matching;

/// <summary>Reads the scripts whose letters have mostly one reading each: Arabic, Hebrew, Cyrillic, Greek.</summary>
internal sealed class LetterTable
{
    private readonly FrozenDictionary<char, Phone[]> letters;
    private readonly FrozenDictionary<(char, char), Phone[]> pairs;

    /// <param name="letters">Letters and their sounds: <c>"ب B"</c>; several letters may share a line's sounds: <c>"كک K"</c>.</param>
    /// <param name="pairs">Two letters that are read together: <c>"ου U"</c>.</param>
    public LetterTable(string[] letters, string[] pairs)
    {
        var single = new Dictionary<char, Phone[]>();
        foreach (var line in letters)
        {
            var (signs, sounds) = Split(line);
            foreach (var sign in signs)
                single[sign] = sounds;
        }
        this.letters = single.ToFrozenDictionary();
        this.pairs = pairs.Select(Split).ToFrozenDictionary(p => (p.Signs[0], p.Signs[1]), p => p.Sounds);
    }

    public void Read(ReadOnlySpan<char> word, ref PhoneBuffer phones)
    {
        for (var i = 0; i < word.Length; i++)
        {
            Phone[]? sounds;
            if (i + 1 < word.Length && pairs.TryGetValue((word[i], word[i + 1]), out sounds))
                i++;
            else if (!letters.TryGetValue(word[i], out sounds))
                continue;
            foreach (var sound in sounds)
                phones.Add(sound);
        }
    }

    private static (string Signs, Phone[] Sounds) Split(string line)
    {
        var parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return (parts[0], [.. parts.Skip(1).Select(Enum.Parse<Phone>)]);
    }
}
