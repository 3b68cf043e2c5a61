using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Lanthorn.Program.Demonstration.World;

/// <summary>The scripts that names of the world are written in.</summary>
internal enum Script
{
    Latin,
    Arabic,
    Hebrew,
    Cyrillic,
    Greek,
    Armenian,
    Georgian,
    Geez,
    Bengali,
    Devanagari,
}

/// <summary>
/// Writes the sounds of a name in a script, by the table data/world/letters.tsv. A name is lower-case sounds, one character
/// each (<c>S</c> is sh, <c>K</c> kh, <c>G</c> gh). Plain rules of our own, not a standard of romanisation.
/// </summary>
internal static class Letters
{
    private const string Vowels = "aeiou";

    /// <summary>Where the vowel's form stands in a row of Ge'ez: lä lu li la lé lə lo.</summary>
    private const int GeezWithoutVowel = 5;

    private static readonly FrozenDictionary<char, int> GeezForms = new Dictionary<char, int>
    {
        ['u'] = 1,
        ['i'] = 2,
        ['a'] = 3,
        ['e'] = 4,
        ['o'] = 6,
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<char, string[]> Table = Tables
        .Read("letters")
        .ToFrozenDictionary(r => r[0][0], r => r[1..]);

    private static readonly FrozenDictionary<char, string> BengaliSigns = Signs("\u09BE\u09C7\u09BF\u09CB\u09C1");
    private static readonly FrozenDictionary<char, string> DevanagariSigns = Signs("\u093E\u0947\u093F\u094B\u0941");

    public static string Write(string sounds, Script script) =>
        script switch
        {
            Script.Geez => WriteGeez(sounds),
            Script.Bengali => WriteIndic(sounds, script, BengaliSigns, '\u09CD'),
            Script.Devanagari => WriteIndic(sounds, script, DevanagariSigns, '\u094D'),
            Script.Arabic => WriteArabic(sounds),
            Script.Hebrew => WriteHebrew(sounds),
            Script.Greek => Capital(Joined(sounds, script) is [.. var all, 'σ'] ? all + "ς" : Joined(sounds, script)),
            Script.Latin or Script.Cyrillic or Script.Armenian => Capital(Joined(sounds, script)),
            Script.Georgian => Joined(sounds, script),
            _ => throw new ArgumentOutOfRangeException(nameof(script)),
        };

    public static bool IsVowel(char sound) => Vowels.Contains(sound, StringComparison.Ordinal);

    private static FrozenDictionary<char, string> Signs(string inOrder) =>
        Vowels.Zip(inOrder).ToFrozenDictionary(p => p.First, p => $"{p.Second}");

    private static string Letter(char sound, Script script) =>
        Table[sound][
            (int)script switch
            {
                (int)Script.Latin => 0,
                (int)Script.Arabic => 1,
                (int)Script.Hebrew => 2,
                (int)Script.Cyrillic => 3,
                (int)Script.Greek => 4,
                (int)Script.Armenian => 5,
                (int)Script.Georgian => 6,
                (int)Script.Geez => 7,
                (int)Script.Bengali => 8,
                _ => 9,
            }
        ];

    private static string Joined(string sounds, Script script) => string.Concat(sounds.Select(s => Letter(s, script)));

    private static string Capital(string word) =>
        word.Length == 0 ? "" : string.Concat(char.ToUpper(word[0], CultureInfo.InvariantCulture), word[1..]);

    private static string WriteArabic(string sounds)
    {
        var rest = Joined(sounds[1..], Script.Arabic);
        return sounds[0] switch
        {
            'a' or 'u' => $"أ{rest}",
            'i' or 'e' => $"إ{rest}",
            'o' => $"أو{rest}",
            var first => Letter(first, Script.Arabic) + rest,
        };
    }

    private static string WriteHebrew(string sounds)
    {
        var word = Joined(sounds, Script.Hebrew);
        if (sounds[0] is 'e' or 'i' or 'o' or 'u')
            word = $"א{word}";
        return word switch
        {
            [.. var all, 'מ'] => all + "ם",
            [.. var all, 'נ'] => all + "ן",
            [.. var all, 'פ'] => all + "ף",
            _ => word,
        };
    }

    private static string WriteGeez(string sounds)
    {
        var word = new StringBuilder();
        for (var at = 0; at < sounds.Length; at++)
        {
            var row = Letter(sounds[at], Script.Geez)[0];
            if (IsVowel(sounds[at]))
                word.Append((char)(row + GeezForms[sounds[at]]));
            else if (at + 1 < sounds.Length && GeezForms.TryGetValue(sounds[at + 1], out var form))
                (at, _) = (at + 1, word.Append((char)(row + form)));
            else
                word.Append((char)(row + GeezWithoutVowel));
        }
        return word.ToString();
    }

    private static string WriteIndic(
        string sounds,
        Script script,
        FrozenDictionary<char, string> signs,
        char withoutVowel
    )
    {
        var word = new StringBuilder();
        for (var at = 0; at < sounds.Length; at++)
        {
            word.Append(Letter(sounds[at], script));
            if (IsVowel(sounds[at]))
                continue;
            if (at + 1 < sounds.Length && signs.TryGetValue(sounds[at + 1], out var sign))
                (at, _) = (at + 1, word.Append(sign));
            else if (at + 1 < sounds.Length)
                word.Append(withoutVowel);
        }
        return word.ToString();
    }
}
