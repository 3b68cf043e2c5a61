using System.Security.Cryptography;
using System.Text;
using Lanthorn.Knowledge;

namespace Lanthorn.Storage;

/// <summary>An edge as a record gives it: the ends are public ids.</summary>
internal readonly record struct DerivedEdge(string From, string To, string Kind, string? Starts, string? Ends);

/// <summary>A keyed hash under which equal identifiers meet, and the property that it came from.</summary>
internal readonly record struct DerivedPivot(byte[] Key, string Property);

/// <summary>What a text search asks of a record. The texts are folded.</summary>
internal sealed record SearchTexts(string Names, string Others, string Countries, string Topics)
{
    /// <summary>Of longer texts only the beginning can be searched for.</summary>
    public const int MaxLength = 20_000;

    public static SearchTexts Of(Schema schema, Properties properties, string externalId)
    {
        var (names, others) = (new List<string>(), new List<string>());
        foreach (var name in properties.Names)
            switch (schema.Find(name)?.Type.Name)
            {
                case "name":
                    names.AddRange(properties[name]);
                    break;
                case null or "entity" or "date" or "country" or "topic" or "gender" or "checksum" or "language":
                    break;
                default:
                    others.AddRange(properties[name]);
                    break;
            }
        others.Add(externalId);
        return new(Folded(names), Folded(others), CountriesOf(schema, properties), Join(properties["topics"]));
    }

    /// <summary>Country codes and topics are parted by blanks, which they never hold.</summary>
    private static string CountriesOf(Schema schema, Properties properties) =>
        Join(
            properties
                .Names.Where(n => schema.Find(n)?.Type.Name == "country")
                .SelectMany(n => properties[n])
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
        );

    private static string Join(IEnumerable<string> codes) => string.Join(' ', codes);

    private static string Folded(List<string> texts)
    {
        var text = string.Join('\n', texts);
        return TextKeys.Fold(text.Length <= MaxLength ? text : text[..MaxLength]);
    }
}

/// <summary>What follows from a record alone and is kept beside it: edges, keys where identifiers meet, searchable text.</summary>
internal static class Derivation
{
    public static IEnumerable<DerivedEdge> Edges(IncomingRecord record)
    {
        var (schema, properties) = (record.Schema, record.Properties);
        if (schema.Edge is { } shape)
        {
            var (starts, ends) = (
                schema.StartProperties.Select(properties.First).FirstOrDefault(v => v is not null),
                schema.EndProperties.Select(properties.First).FirstOrDefault(v => v is not null)
            );
            foreach (var from in properties[shape.Source])
            foreach (var to in properties[shape.Target])
                yield return new(from, to, schema.Name, starts, ends);
        }
        else
            foreach (var name in properties.Names)
                if (schema.Find(name) is { Type.Name: "entity" })
                    foreach (var to in properties[name])
                        yield return new(record.PublicId, to, name, null, null);
    }

    public static IEnumerable<DerivedPivot> Pivots(IncomingRecord record, byte[] installationKey)
    {
        foreach (var name in record.Properties.Names)
            if (record.Schema.Find(name) is { } property)
                foreach (var value in record.Properties[name])
                    if (ValueComparison.PivotKey(property, value) is { } key)
                        yield return new(HMACSHA256.HashData(installationKey, Encoding.UTF8.GetBytes(key))[..16], name);
    }
}
