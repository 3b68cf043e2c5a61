using System.Globalization;
using System.Text;
using Lanthorn.Matching;

namespace Lanthorn.Bench.Matching;

/// <summary>
/// Learns how the letters of a script are written in Latin, from pairs of spellings: for each letter and its place in the
/// word (first, inside, last) the probability of each group of at most three Latin letters, by expectation-maximisation
/// over all alignments. Writes the table that the engine embeds. The tenth of the pairs that the benchmark asks is left out.
/// </summary>
internal sealed class TrainLetters
{
    private const int Rounds = 12;
    private const int Groups = 27 * 27 * 27;
    private const int Longest = 3;
    private const double Rarest = 2e-4;

    /// <summary>What an alignment starts from: how likely a letter is written with none, one, two or three letters.</summary>
    private static readonly double[] LengthPrior = [0.08, 0.55, 0.27, 0.10];

    /// <summary>
    /// Letters that Persian, Urdu, Pashto and Kurdish add, and those that the pairs have too seldom, with their usual
    /// romanisations (BGN/PCGN tables). Each counts as so many sightings.
    /// </summary>
    private const double HandWritten = 40;

    private static readonly string[] ArabicAdditions =
    [
        "پ p pe pi pa",
        "چ ch c cha che chi",
        "ژ zh j zha",
        "گ g ga gu gh",
        "ڤ v va vi",
        "ټ t ta",
        "ډ d da",
        "ړ r ra",
        "ږ g zh ga",
        "ښ sh kh x",
        "څ ts s c tsa",
        "ځ dz z j",
        "ڼ n na",
        "ے e ay i y ai",
        "ں n",
        "ڑ r d",
        "ٹ t ta",
        "ڈ d da",
        "ھ h ha he",
        "ۆ o w",
        "ڵ l ll",
        "ڕ r rr",
        "ڭ g ng",
        "ۇ u",
        "ۋ v w",
        "ە e a eh",
    ];

    private readonly Dictionary<char, int> letters = [];
    private double[] probability = [];
    private double[] expected = [];

    public static async Task RunAsync(Options options, string to, CancellationToken cancellation)
    {
        var folder = Path.Combine(OfficialNames.NeedPack(options), "translit");
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        writer.Write((byte)LearntLetters.Version);
        writer.Write((byte)3);
        var sources = Sources();
        writer.Write(
            Following([
                .. sources.SelectMany(s => s.Item2).SelectMany(f => Transliteration.Read(Path.Combine(folder, f))),
            ])
        );
        foreach (var (script, files) in sources)
        {
            var pairs = files
                .SelectMany(f => Transliteration.Read(Path.Combine(folder, f)))
                .Where(p => !Transliteration.IsHeldOut(p))
                .Select(p =>
                    (Latin: Letters(p.Latin), Other: Folding.Fold(p.Other, script).Text, Weight: 1 + Math.Log(p.Count))
                )
                .Where(p => p.Latin.Length is > 0 and < 24 && p.Other.Length is > 0 and < 24)
                .ToList();
            if (script == Script.Arabic)
                pairs.AddRange(Additions());
            var training = new TrainLetters();
            training.Learn(pairs);
            writer.Write((byte)script);
            training.Write(writer);
        }
        writer.Flush();
        await File.WriteAllBytesAsync(to, stream.ToArray(), cancellation);
        Console.WriteLine($"{to}: {stream.Length:N0} bytes");
    }

    private static (Script, string[])[] Sources() =>
        [
            (Script.Arabic, ["coling2018_wd_arabic_80", "google_ar2en-train.txt"]),
            (Script.Hebrew, ["coling2018_wd_hebrew_16"]),
            (Script.Cyrillic, ["coling2018_wd_russian_80"]),
        ];

    private static IEnumerable<(byte[], string, double)> Additions() =>
        from line in ArabicAdditions
        let parts = line.Split(' ')
        from form in parts.Skip(1).Index()
        from frame in (string[])["{0}ا", "ا{0}ا", "ا{0}"]
        let sounded = frame.Replace("ا", "a", StringComparison.Ordinal)
        select (
            Letters(string.Format(CultureInfo.InvariantCulture, sounded, form.Item)),
            string.Format(CultureInfo.InvariantCulture, frame, parts[0]),
            HandWritten / (form.Index + 1)
        );

    /// <summary>The cost of each letter after each other one in Latin names, 0 being the end.</summary>
    private static byte[] Following(List<SpellingPair> pairs)
    {
        var counts = new double[27 * 27];
        foreach (var pair in pairs.Where(p => !Transliteration.IsHeldOut(p)))
        {
            var before = 0;
            foreach (var letter in Letters(pair.Latin).Append((byte)0))
            {
                counts[before * 27 + letter]++;
                before = letter;
            }
        }
        var costs = new byte[27 * 27];
        for (var before = 0; before < 27; before++)
        {
            var all = counts.AsSpan(before * 27, 27).ToArray().Sum() + 27;
            for (var letter = 0; letter < 27; letter++)
                costs[before * 27 + letter] = LearntLetters.CostOf((counts[before * 27 + letter] + 1) / all);
        }
        return costs;
    }

    private static byte[] Letters(string latin) =>
        [.. Folding.Fold(latin, Script.Latin).Text.Where(char.IsAsciiLetterLower).Select(c => (byte)(c - 'a' + 1))];

    private void Learn(List<(byte[] Latin, string Other, double Weight)> pairs)
    {
        foreach (var letter in pairs.SelectMany(p => p.Other).Distinct().Order())
            letters[letter] = letters.Count;
        probability = new double[letters.Count * 3 * Groups];
        for (var c = 0; c < letters.Count * 3; c++)
        for (var g = 0; g < Groups; g++)
        {
            var length = LengthOf(g);
            if (length >= 0)
                probability[c * Groups + g] = LengthPrior[length] / Math.Pow(26, length);
        }
        for (var round = 0; round < Rounds; round++)
        {
            expected = new double[probability.Length];
            var likelihood = 0d;
            foreach (var (latin, other, weight) in pairs)
                likelihood += weight * Expect(latin, other, weight);
            Maximise();
            Console.WriteLine($"round {round}: mean log-likelihood {likelihood / pairs.Sum(p => p.Weight):0.000}");
        }
    }

    /// <summary>Groups are packed with the first letter highest; a letter after a gap is no group.</summary>
    private static int LengthOf(int group)
    {
        var (a, b, c) = (group / 729, group / 27 % 27, group % 27);
        return a > 0
            ? (
                b > 0 ? (c > 0 ? 3 : 2)
                : c > 0 ? -1
                : 1
            )
            : (b > 0 || c > 0 ? -1 : 0);
    }

    private static int Pack(ReadOnlySpan<byte> group) =>
        (group.Length > 0 ? group[0] * 729 : 0)
        + (group.Length > 1 ? group[1] * 27 : 0)
        + (group.Length > 2 ? group[2] : 0);

    private int Context(string other, int i) =>
        letters[other[i]] * 3
        + (
            i == 0 ? 0
            : i == other.Length - 1 ? 2
            : 1
        );

    private double Expect(byte[] latin, string other, double weight)
    {
        var (n, m) = (other.Length, latin.Length);
        var forward = new double[n + 1, m + 1];
        var backward = new double[n + 1, m + 1];
        (forward[0, 0], backward[n, m]) = (1, 1);
        for (var i = 0; i < n; i++)
        for (var j = 0; j <= m; j++)
            if (forward[i, j] > 0)
                for (var k = 0; k <= Longest && j + k <= m; k++)
                    forward[i + 1, j + k] += forward[i, j] * Of(other, i, latin, j, k);
        for (var i = n - 1; i >= 0; i--)
        for (var j = 0; j <= m; j++)
        for (var k = 0; k <= Longest && j + k <= m; k++)
            backward[i, j] += backward[i + 1, j + k] * Of(other, i, latin, j, k);
        var total = forward[n, m];
        if (total <= 1e-280)
            return -100;
        for (var i = 0; i < n; i++)
        for (var j = 0; j <= m; j++)
            if (forward[i, j] > 0)
                for (var k = 0; k <= Longest && j + k <= m; k++)
                    expected[Context(other, i) * Groups + Pack(latin.AsSpan(j, k))] +=
                        weight * forward[i, j] * Of(other, i, latin, j, k) * backward[i + 1, j + k] / total;
        return Math.Log(total);
    }

    private double Of(string other, int i, byte[] latin, int j, int k) =>
        probability[Context(other, i) * Groups + Pack(latin.AsSpan(j, k))];

    /// <summary>New probabilities; a place that was seldom seen borrows from the letter's other places.</summary>
    private void Maximise()
    {
        const double Borrowed = 4;
        for (var letter = 0; letter < letters.Count; letter++)
        {
            var anywhere = new double[Groups];
            for (var place = 0; place < 3; place++)
            for (var g = 0; g < Groups; g++)
                anywhere[g] += expected[(letter * 3 + place) * Groups + g];
            var all = anywhere.Sum();
            if (all <= 0)
                continue;
            for (var place = 0; place < 3; place++)
            {
                var start = (letter * 3 + place) * Groups;
                var own = expected.AsSpan(start, Groups);
                var sum = Borrowed;
                foreach (var e in own)
                    sum += e;
                for (var g = 0; g < Groups; g++)
                    probability[start + g] = (own[g] + Borrowed * anywhere[g] / all) / sum;
            }
        }
    }

    private void Write(BinaryWriter writer)
    {
        writer.Write((byte)letters.Count);
        foreach (var (letter, index) in letters.OrderBy(l => l.Value))
        {
            writer.Write((ushort)letter);
            for (var place = 0; place < 3; place++)
            {
                var start = (index * 3 + place) * Groups;
                var kept = Enumerable
                    .Range(0, Groups)
                    .Where(g => probability[start + g] >= Rarest)
                    .Select(g => (Group: g, Cost: LearntLetters.CostOf(probability[start + g])))
                    .ToList();
                writer.Write((ushort)kept.Count);
                foreach (var (group, cost) in kept)
                {
                    writer.Write((ushort)group);
                    writer.Write(cost);
                }
            }
        }
    }
}
