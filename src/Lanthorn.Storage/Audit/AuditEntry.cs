using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
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
    /// <summary>As bytes: the id and four bytes of the version.</summary>
    internal const int Size = 20;

    internal void Write(Span<byte> to)
    {
        BinaryPrimitives.WriteUInt128BigEndian(to, Record.Value);
        BinaryPrimitives.WriteInt32BigEndian(to[16..], Version);
    }

    internal static RecordVersion Read(ReadOnlySpan<byte> from) =>
        new(RecordId.FromBytes(from), BinaryPrimitives.ReadInt32BigEndian(from[16..]));

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

    /// <summary>The canonical text over which the chain is hashed, together with <see cref="VersionBytes"/>.</summary>
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
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>The versions as they are stored: an import names thousands.</summary>
    internal byte[] VersionBytes()
    {
        var bytes = new byte[Versions.Count * RecordVersion.Size];
        for (var at = 0; at < Versions.Count; at++)
            Versions[at].Write(bytes.AsSpan(at * RecordVersion.Size));
        return bytes;
    }

    /// <summary>The stored body as a reader gets it, the versions in it as text.</summary>
    internal static JsonElement Shown(string body, byte[] versions)
    {
        var shown = JsonNode.Parse(body)!.AsObject();
        var list = new JsonArray();
        for (var at = 0; at < versions.Length; at += RecordVersion.Size)
            list.Add(RecordVersion.Read(versions.AsSpan(at)).ToString());
        shown["versions"] = list;
        return JsonSerializer.SerializeToElement(shown);
    }
}
