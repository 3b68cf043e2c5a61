using Lanthorn.Formats;
using Lanthorn.Knowledge;
using Lanthorn.Matching;

namespace Lanthorn.Bench.Matching;

/// <summary>One entry of an official list, with what the engine reads from it.</summary>
internal sealed record ListEntry(string Id, Schema Schema, Properties Properties, PreparedSubject Prepared)
{
    public IEnumerable<string> Names => Properties["name"].Concat(Properties["alias"]);
}

/// <summary>The UN and OFAC lists of the data pack.</summary>
internal static class OfficialNames
{
    public static string NeedPack(Options options) =>
        options.Pack ?? throw new InvalidOperationException("Name the data pack: --pack DIR, or LANTHORN_PACK");

    public static async Task<List<ListEntry>> ReadAsync(Options options, CancellationToken cancellation)
    {
        var folder = Path.Combine(NeedPack(options), "sanctions");
        var entries = new List<ListEntry>();
        await ReadAsync("un", Directory.GetFiles(folder, "un_consolidated_*.xml"), entries, cancellation);
        await ReadAsync("ofac", Directory.GetFiles(folder, "ofac_*.csv"), entries, cancellation);
        return entries;
    }

    public static CandidateIndex Index(IReadOnlyList<ListEntry> entries)
    {
        var index = new CandidateIndex();
        for (var i = 0; i < entries.Count; i++)
            index.Put(i, label: 0, tie: (ulong)i, entries[i].Prepared);
        return index;
    }

    public static PreparedSubject Subject(Schema schema, params (string Property, string Value)[] values)
    {
        var properties = new Properties.Builder();
        foreach (var (property, value) in values)
            properties.Add(property, value);
        return PreparedSubject.Prepare(schema, properties.Build());
    }

    private static async Task ReadAsync(
        string format,
        string[] paths,
        List<ListEntry> entries,
        CancellationToken cancellation
    )
    {
        var files = paths.Select(p => new InputFile(Path.GetFileName(p), () => File.OpenRead(p))).ToList();
        var reader = RecordFormats.Find(format)!;
        await foreach (var item in reader.ReadAsync(files, ReadOptions.Default, cancellation))
            if (item is ReadRecord { Schema.Matchable: true } record)
                entries.Add(
                    new(
                        record.ExternalId,
                        record.Schema,
                        record.Properties,
                        PreparedSubject.Prepare(record.Schema, record.Properties)
                    )
                );
    }
}
