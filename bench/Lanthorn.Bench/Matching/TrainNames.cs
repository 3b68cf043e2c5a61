using System.Buffers.Binary;
using Lanthorn.Matching;

namespace Lanthorn.Bench.Matching;

/// <summary>
/// Makes the engine's table of well-known parts of names from the pairs of spellings with their counts: the commoner a part,
/// the less it weighs; and which forms it has in Arabic and Russian, so that Maria and Mario are known for two names while
/// Mohammed and Muhammad are one. Writes hashes only.
/// </summary>
internal static class TrainNames
{
    private const int FewestSightings = 30;
    private const double LeastShare = 0.2;
    private const int FormsPerScript = 2;
    private const double LeastWeight = 0.45;
    private const double WeightPerFold = 0.095;

    public static async Task RunAsync(Options options, string to, CancellationToken cancellation)
    {
        var folder = Path.Combine(OfficialNames.NeedPack(options), "translit");
        var sightings = new Dictionary<string, int>(StringComparer.Ordinal);
        var forms = new Dictionary<string, List<ushort>>(StringComparer.Ordinal);
        foreach (
            var (file, script) in new[]
            {
                ("coling2018_wd_arabic_80", Script.Arabic),
                ("coling2018_wd_russian_80", Script.Cyrillic),
            }
        )
        foreach (var own in Transliteration.Read(Path.Combine(folder, file)).GroupBy(p => Latin(p.Latin)))
        {
            var all = own.Sum(p => p.Count);
            sightings[own.Key] = Math.Max(sightings.GetValueOrDefault(own.Key), all);
            if (!forms.TryGetValue(own.Key, out var known))
                forms[own.Key] = known = [];
            known.AddRange(
                own.GroupBy(p => Folding.Fold(p.Other, script).Text)
                    .Select(g => (Form: g.Key, Count: g.Sum(p => p.Count)))
                    .Where(f => f.Count >= LeastShare * all)
                    .OrderByDescending(f => f.Count)
                    .ThenBy(f => f.Form, StringComparer.Ordinal)
                    .Take(FormsPerScript)
                    .Select(f => NameParts.FormOf(f.Form))
            );
        }
        var table = sightings
            .Where(s => s.Value >= FewestSightings && s.Key.Length > 1)
            .DistinctBy(s => NameParts.KeyOf(s.Key))
            .OrderBy(s => NameParts.KeyOf(s.Key))
            .ToList();
        using var stream = new MemoryStream();
        stream.WriteByte(NameParts.Version);
        foreach (var (name, count) in table)
            WriteEntry(stream, name, count, forms[name]);
        await File.WriteAllBytesAsync(to, stream.ToArray(), cancellation);
        Console.WriteLine($"{to}: {table.Count:N0} parts, {stream.Length:N0} bytes");
    }

    private static void WriteEntry(Stream stream, string name, int count, List<ushort> forms)
    {
        Span<byte> entry = stackalloc byte[13];
        BinaryPrimitives.WriteUInt32LittleEndian(entry, NameParts.KeyOf(name));
        var weight = Math.Clamp(1 - WeightPerFold * Math.Log(count / (double)FewestSightings * 2), LeastWeight, 1);
        entry[4] = (byte)Math.Round(weight * NameParts.WeightUnit);
        var packed = 0UL;
        foreach (var (i, form) in forms.Index())
            packed |= (ulong)form << (16 * i);
        BinaryPrimitives.WriteUInt64LittleEndian(entry[5..], packed);
        stream.Write(entry);
    }

    private static string Latin(string name) => Folding.Fold(name, Script.Latin).Text;
}
