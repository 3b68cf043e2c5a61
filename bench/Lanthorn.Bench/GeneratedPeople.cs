using System.Text.Json;

namespace Lanthorn.Bench;

/// <summary>
/// Persons who do not exist, by the number: names of syllables, given names few and family names many, borne as unevenly as
/// real ones are (the n-th name by a share of 1/n). Every fifth has an alias in Arabic letters, every twentieth in Cyrillic.
/// Seeded: the same number gives the same persons.
/// </summary>
internal static class GeneratedPeople
{
    public const int Seed = 20261124;

    private const int GivenNames = 8_000;
    private const int FamilyNames = 250_000;

    /// <summary>Names that many people bear stand at the head of the given ones, as they do in any real list.</summary>
    private static readonly string[] Frequent =
    [
        "Mohamed",
        "Ahmed",
        "Maria",
        "Ali",
        "Ivan",
        "Abdul",
        "Jose",
        "Hassan",
        "Ibrahim",
        "Fatima",
        "Omar",
        "Yusuf",
        "Khalid",
        "Mahmoud",
        "Hussein",
        "Anna",
        "Juan",
        "Mustafa",
        "Olga",
        "David",
        "Sergei",
        "Carlos",
        "Abdullah",
        "Elena",
        "Said",
        "Alexander",
        "Michael",
        "Saleh",
        "Daniel",
        "Aisha",
    ];

    /// <summary>One sound as the three alphabets write it.</summary>
    private sealed record Sound(string Latin, string Arabic, string Cyrillic);

    private static readonly Sound[] Beginnings =
    [
        new("b", "ب", "б"),
        new("d", "د", "д"),
        new("f", "ف", "ф"),
        new("g", "غ", "г"),
        new("h", "ه", "х"),
        new("j", "ج", "дж"),
        new("k", "ك", "к"),
        new("l", "ل", "л"),
        new("m", "م", "м"),
        new("n", "ن", "н"),
        new("r", "ر", "р"),
        new("s", "س", "с"),
        new("sh", "ش", "ш"),
        new("t", "ت", "т"),
        new("v", "ف", "в"),
        new("w", "و", "в"),
        new("y", "ي", "й"),
        new("z", "ز", "з"),
        new("kh", "خ", "х"),
        new("p", "ب", "п"),
    ];

    private static readonly Sound[] Vowels =
    [
        new("a", "ا", "а"),
        new("i", "ي", "и"),
        new("o", "و", "о"),
        new("u", "و", "у"),
        new("e", "", "е"),
        new("a", "", "а"),
    ];

    private static readonly Sound[] Endings =
    [
        new("", "", ""),
        new("", "", ""),
        new("", "", ""),
        new("", "", ""),
        new("n", "ن", "н"),
        new("r", "ر", "р"),
        new("m", "م", "м"),
        new("d", "د", "д"),
        new("l", "ل", "л"),
        new("s", "س", "с"),
        new("f", "ف", "ф"),
        new("k", "ك", "к"),
        new("b", "ب", "б"),
        new("sh", "ش", "ш"),
        new("t", "ت", "т"),
    ];

    private static readonly string[] Countries =
    [
        "ly",
        "er",
        "et",
        "sy",
        "tn",
        "eg",
        "sd",
        "af",
        "pk",
        "bd",
        "ua",
        "gr",
    ];

    private enum Letters
    {
        Latin,
        Arabic,
        Cyrillic,
    }

    public static string Name(Random random) => Name(Ranks(random), Letters.Latin);

    /// <summary>One FollowTheMoney entity a line.</summary>
    public static IEnumerable<string> Lines(int count)
    {
        var random = new Random(Seed);
        for (var i = 0; i < count; i++)
        {
            var ranks = Ranks(random);
            var alias =
                i % 20 == 7 ? Name(ranks, Letters.Cyrillic)
                : i % 5 == 3 ? Name(ranks, Letters.Arabic)
                : Name(random);
            yield return JsonSerializer.Serialize(
                new
                {
                    id = $"bench-{i}",
                    schema = "Person",
                    properties = new
                    {
                        name = new[] { Name(ranks, Letters.Latin) },
                        alias = new[] { alias },
                        birthDate = new[]
                        {
                            $"{random.Next(1940, 2005)}-{random.Next(1, 13):00}-{random.Next(1, 29):00}",
                        },
                        nationality = new[] { Countries[random.Next(Countries.Length)] },
                        passportNumber = new[] { $"X{random.Next(1_000_000, 9_999_999)}" },
                    },
                }
            );
        }
    }

    /// <summary>What a line says of the person, as JSON.</summary>
    public static byte[] PropertiesOf(string line)
    {
        using var entity = JsonDocument.Parse(line);
        return JsonSerializer.SerializeToUtf8Bytes(entity.RootElement.GetProperty("properties"));
    }

    private static int[] Ranks(Random random)
    {
        var given = Enumerable.Range(0, random.Next(1, 3)).Select(_ => Zipf(random, GivenNames));
        return [.. given, GivenNames + Zipf(random, FamilyNames)];
    }

    /// <summary>The n-th of so many with a probability near 1/n.</summary>
    private static int Zipf(Random random, int count) => (int)Math.Pow(count, random.NextDouble());

    private static string Name(int[] ranks, Letters letters) =>
        string.Join(' ', ranks.Select(rank => Word(rank, letters)));

    private static string Word(int rank, Letters letters)
    {
        if (letters == Letters.Latin && rank < Frequent.Length)
            return Frequent[rank];
        var random = new Random(rank);
        var syllables = rank < GivenNames ? 2 : random.Next(2, 4);
        var word = string.Concat(
            Enumerable
                .Range(0, syllables)
                .SelectMany(_ => new[] { Any(Beginnings), Any(Vowels), Any(Endings) })
                .Select(s =>
                    letters == Letters.Latin ? s.Latin
                    : letters == Letters.Arabic ? s.Arabic
                    : s.Cyrillic
                )
        );
        return letters == Letters.Arabic ? word : char.ToUpperInvariant(word[0]) + word[1..];

        Sound Any(Sound[] sounds) => sounds[random.Next(sounds.Length)];
    }
}
