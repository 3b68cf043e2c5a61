using System.Globalization;
using System.Text;
using Lanthorn.Knowledge;
using Lanthorn.Matching;

namespace Lanthorn.Bench.Matching;

/// <summary>
/// Pairs of names made from chance (seeded): any Unicode, mixed scripts, listed names with letters lost, doubled, swapped and
/// put in from elsewhere. Each pair is scored with its reasons; nothing may fail, and the laws hold: the same both ways, 0 to 1,
/// the parts are the score. The long form of what the tests try with some thousands.
/// </summary>
internal static class FuzzNames
{
    private const int Seed = 20261126;
    private const int MaxParts = 6;
    private const double Exact = 1e-9;

    private static readonly Schema[] Schemata = [Model.Get("Person"), Model.Get("Company"), Model.Get("Vessel")];

    /// <summary>Blocks of the scripts that are read, and of some that are not.</summary>
    private static readonly (int From, int To)[] Blocks =
    [
        (0x20, 0x7F),
        (0xA0, 0x24F),
        (0x300, 0x36F),
        (0x370, 0x5FF),
        (0x600, 0x6FF),
        (0x900, 0xDFF),
        (0x10A0, 0x13FF),
        (0x1E00, 0x20CF),
        (0x3040, 0x30FF),
        (0x4E00, 0x9FFF),
        (0xAC00, 0xD7A3),
        (0xFB50, 0xFEFF),
        (0x1F300, 0x1F6FF),
        (0x20000, 0x2A6DF),
    ];

    public static async Task<int> RunAsync(Options options, CancellationToken cancellation)
    {
        var names = options.Pack is null
            ? ["Ermias Ghermay", "إرمياس غيرماي", "Иван Петров"]
            : (await OfficialNames.ReadAsync(options, cancellation)).SelectMany(e => e.Names).ToArray();
        var failures = 0;
        Parallel.For(
            0,
            Environment.ProcessorCount,
            new ParallelOptions { CancellationToken = cancellation },
            worker =>
            {
                var random = new Random(Seed + worker);
                for (var pair = worker; pair < options.Records; pair += Environment.ProcessorCount)
                {
                    if (pair % 10_000 == worker)
                        cancellation.ThrowIfCancellationRequested();
                    var (a, b) = (Name(random, names), Name(random, names));
                    if (random.Next(3) == 0)
                        b = Damaged(random, a);
                    if (Fault(a, b, Schemata[random.Next(Schemata.Length)]) is { } fault)
                    {
                        Interlocked.Increment(ref failures);
                        Console.WriteLine($"{fault}: {Escaped(a)} | {Escaped(b)}");
                    }
                }
            }
        );
        Console.WriteLine($"{options.Records:N0} pairs, seed {Seed}: {failures} failures");
        return failures;
    }

    private static string? Fault(string a, string b, Schema schema)
    {
        try
        {
            var (one, other) = (NameScore.Compare(a, b, schema), NameScore.Compare(b, a, schema));
            return !double.IsFinite(one.Value) || one.Value is < 0 or > 1 ? $"score {one.Value}"
                : Math.Abs(one.Value - other.Value) > Exact ? $"{one.Value} one way, {other.Value} the other"
                : Math.Abs(one.Value - one.Parts.Sum(p => p.Points)) > Exact ? "the parts are not the score"
                : null;
        }
        // Whatever it is: it is a finding.
#pragma warning disable CA1031
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return $"{failure.GetType().Name} {failure.Message}";
        }
    }

    private static string Name(Random random, string[] names)
    {
        if (random.Next(2) == 0)
            return names[random.Next(names.Length)];
        var name = new StringBuilder();
        for (var part = random.Next(1, MaxParts); part > 0; part--)
        {
            var (from, to) = Blocks[random.Next(Blocks.Length)];
            for (var letter = random.Next(1, 12); letter > 0; letter--)
                name.Append(char.ConvertFromUtf32(random.Next(from, to + 1)));
            name.Append(' ');
        }
        // Half of a pair of surrogates is text, too, for whoever sends it.
        if (random.Next(20) == 0)
            name.Append((char)random.Next(0xD800, 0xE000));
        return name.ToString();
    }

    private static string Damaged(Random random, string name)
    {
        var text = new StringBuilder(name);
        for (var times = random.Next(1, 4); times > 0 && text.Length > 1; times--)
        {
            var at = random.Next(text.Length - 1);
            _ = random.Next(4) switch
            {
                0 => text.Remove(at, 1),
                1 => text.Insert(at, text[at]),
                2 => text.Insert(at, (char)random.Next(0x20, 0x700)),
                _ => Swapped(text, at),
            };
        }
        return text.ToString();
    }

    private static StringBuilder Swapped(StringBuilder text, int at)
    {
        (text[at], text[at + 1]) = (text[at + 1], text[at]);
        return text;
    }

    private static string Escaped(string text) =>
        string.Concat(
            text.Select(c =>
                c is >= ' ' and < '\u007F' ? $"{c}" : string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}")
            )
        );
}
