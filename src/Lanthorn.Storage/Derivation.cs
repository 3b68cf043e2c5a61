using Lanthorn.Knowledge;

namespace Lanthorn.Storage;

/// <summary>What follows from a record alone and is kept beside it: edges, keys where identifiers meet, searchable text.</summary>
internal static class Derivation
{
    private const int MaxTextLength = 20_000;

    internal readonly record struct Edge(string From, string To, string Kind, string? Starts, string? Ends);

    public static IEnumerable<Edge> Edges(IncomingRecord record)
    {
        var properties = record.Properties;
        if (record.Schema.Edge is { } shape)
        {
            var (starts, ends) = (
                First(record, record.Schema.StartProperties),
                First(record, record.Schema.EndProperties)
            );
            foreach (var from in properties[shape.Source])
            foreach (var to in properties[shape.Target])
                yield return new(from, to, record.Schema.Name, starts, ends);
            yield break;
        }
        foreach (var name in properties.Names)
            if (record.Schema.Find(name) is { Type.Name: "entity" })
                foreach (var to in properties[name])
                    yield return new(record.PublicId, to, name, null, null);
    }

    public static IEnumerable<(string Property, string Key)> Pivots(IncomingRecord record)
    {
        foreach (var name in record.Properties.Names)
            if (record.Schema.Find(name) is { } property && property.Type.Name is not ("entity" or "name" or "address"))
                foreach (var value in record.Properties[name])
                    if (ValueComparison.PivotKey(property.Type, value) is { } key)
                        yield return (name, key);
    }

    public static (string Names, string Others) Texts(IncomingRecord record)
    {
        var (names, others) = (new List<string>(), new List<string>());
        foreach (var name in record.Properties.Names)
            if (record.Schema.Find(name) is { } property)
                switch (property.Type.Name)
                {
                    case "name":
                        names.AddRange(record.Properties[name]);
                        break;
                    case "entity" or "date" or "country" or "topic" or "gender" or "checksum" or "language":
                        break;
                    default:
                        others.AddRange(record.Properties[name]);
                        break;
                }
        others.Add(record.ExternalId);
        return (Cut(string.Join('\n', names)), Cut(string.Join('\n', others)));
    }

    /// <summary>The record's countries for filters and facets, parted by blanks: codes have none.</summary>
    public static string Countries(IncomingRecord record) =>
        string.Join(
            ' ',
            record
                .Properties.Names.Where(n => record.Schema.Find(n)?.Type.Name == "country")
                .SelectMany(n => record.Properties[n])
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
        );

    public static string Topics(IncomingRecord record) => string.Join(' ', record.Properties["topics"]);

    private static string? First(IncomingRecord record, IReadOnlyList<string> properties) =>
        properties.Select(record.Properties.First).FirstOrDefault(v => v is not null);

    private static string Cut(string text) => text.Length <= MaxTextLength ? text : text[..MaxTextLength];
}
