using System.Text.Json;
using Lanthorn.Knowledge;

namespace Lanthorn.Storage;

/// <summary>The six operations of Article 25 of Directive (EU) 2016/680. Stored: the numbers only grow.</summary>
public enum Operation
{
    Collection = 1,
    Alteration = 2,
    Consultation = 3,
    Disclosure = 4,
    Combination = 5,
    Erasure = 6,
}

/// <summary>One version of one record, as the log names it.</summary>
public readonly record struct RecordVersion(RecordId Record, int Version)
{
    public override string ToString() => $"{Record}:{Version}";
}

/// <summary>Who did what with which record versions, and why.</summary>
public sealed record AuditEntry
{
    public required string Account { get; init; }
    public required string Organisation { get; init; }
    public required string Roles { get; init; }
    public required Operation Operation { get; init; }

    /// <summary>The route, verb or task, without any personal data.</summary>
    public required string What { get; init; }
    public required IReadOnlyList<RecordVersion> Versions { get; init; }
    public required string Justification { get; init; }
    public string? Case { get; init; }
    public string? Recipients { get; init; }

    /// <summary>What was searched for; kept encrypted under a key that can be erased.</summary>
    public string? Terms { get; init; }

    public static AuditEntry By(
        Viewer viewer,
        Operation operation,
        string what,
        IReadOnlyList<RecordVersion> versions,
        Justification justification
    ) =>
        new()
        {
            Account = viewer.Name,
            Organisation = viewer.Organisation,
            Roles = string.Join(' ', viewer.Roles),
            Operation = operation,
            What = what,
            Versions = versions,
            Justification = justification.Text,
            Case = justification.Case,
        };

    /// <summary>The canonical text over which the chain is hashed.</summary>
    internal string Body(Func<string, string> encrypt)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, JsonText.Compact))
        {
            json.WriteStartObject();
            json.WriteString("account", Account);
            json.WriteString("organisation", Organisation);
            json.WriteString("roles", Roles);
            json.WriteNumber("operation", (int)Operation);
            json.WriteString("what", What);
            json.WriteString("justification", Justification);
            if (Case is not null)
                json.WriteString("case", Case);
            if (Recipients is not null)
                json.WriteString("recipients", Recipients);
            if (Terms is not null)
                json.WriteString("terms", encrypt(Terms));
            json.WriteStartArray("versions");
            foreach (var version in Versions)
                json.WriteStringValue(version.ToString());
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }
}
