using System.Globalization;

namespace Lanthorn.Program.Demonstration.World;

/// <summary>How sources write what they heard: other romanisations, slips of the pen, dates that are partly wrong.</summary>
internal static class Spellings
{
    /// <summary>Sounds that clerks of different countries write differently.</summary>
    private static readonly (string Ours, string[] Theirs)[] Romanisations =
    [
        ("sh", ["ch", "sch"]),
        ("kh", ["ch", "h"]),
        ("gh", ["g", "rh"]),
        ("j", ["dj", "g"]),
        ("k", ["c", "q"]),
        ("u", ["ou", "oo"]),
        ("i", ["y", "ee"]),
        ("y", ["i"]),
        ("z", ["s"]),
        ("f", ["ph"]),
        ("v", ["w"]),
        ("d", ["dh"]),
        ("r", ["rr"]),
        ("l", ["ll"]),
        ("m", ["mm"]),
    ];

    /// <summary>A family name that nobody bears: sounds in three or four syllables.</summary>
    public static string InventFamily(Chance chance)
    {
        const string consonants = "bdfgklmnprstvz";
        const string vowels = "aaeiiou";
        const string ends = "nrlsm";
        var name = "";
        for (var syllables = 3 + (chance.In100(30) ? 1 : 0); syllables > 0; syllables--)
            name += $"{consonants[chance.Below(consonants.Length)]}{vowels[chance.Below(vowels.Length)]}";
        return chance.In100(40) ? name + ends[chance.Below(ends.Length)] : name;
    }

    /// <summary>The Latin spelling as a clerk of another country writes it.</summary>
    public static string Romanised(string sounds, Chance chance)
    {
        var word = Letters.Write(sounds, Script.Latin).ToLowerInvariant();
        var possible = Romanisations.Where(r => word.Contains(r.Ours, StringComparison.Ordinal)).ToList();
        if (possible.Count > 0)
        {
            var (ours, theirs) = chance.Pick(possible);
            var at = word.IndexOf(ours, StringComparison.Ordinal);
            word = word[..at] + chance.Pick(theirs) + word[(at + ours.Length)..];
        }
        return Capital(word);
    }

    /// <summary>A slip of the pen: a letter left out, doubled, or changed with its neighbour.</summary>
    public static string Slipped(string word, Chance chance)
    {
        if (word.Length < 5)
            return word;
        var at = 1 + chance.Below(word.Length - 2);
        var slipped = chance.Below(3) switch
        {
            0 => word.Remove(at, 1),
            1 => word.Insert(at, $"{word[at]}"),
            _ => $"{word[..at]}{word[at + 1]}{word[at]}{word[(at + 2)..]}",
        };
        return slipped;
    }

    /// <summary>The day as a source has it: mostly right, sometimes only the year, turned round or beside it; null for none.</summary>
    public static string? Date(DateOnly day, Chance chance) =>
        chance.Below(100) switch
        {
            < 8 => null,
            < 20 => day.Year.ToString(CultureInfo.InvariantCulture),
            < 26 when day.Day <= 12 => Text(new(day.Year, day.Day, day.Month)),
            < 30 => Text(day.AddYears(chance.In100(50) ? 1 : -1)),
            < 34 => Text(day.AddDays(chance.In100(50) ? 1 : -1)),
            < 37 => $"{day.Year}-01-01",
            _ => Text(day),
        };

    public static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Capital(string word) =>
        string.Concat(char.ToUpper(word[0], CultureInfo.InvariantCulture), word[1..]);
}
