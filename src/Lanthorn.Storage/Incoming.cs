using System.Security.Cryptography;
using System.Text;
using Lanthorn.Knowledge;

namespace Lanthorn.Storage;

/// <summary>A record on its way in: what a source says, before it has a version.</summary>
public sealed record IncomingRecord(string ExternalId, string PublicId, Schema Schema, Properties Properties)
{
    public required Label Label { get; init; }
    public Evaluation Evaluation { get; init; } = Evaluation.Unassessed;
    public Handling Handling { get; init; }
    public string? LegalBasis { get; init; }
    public SubjectCategory Category { get; init; }
    public DateOnly? PublishedAt { get; init; }
}

/// <summary>What an import is, when it begins.</summary>
/// <param name="IsComplete">The files are a complete edition: what is not in them has left the list.</param>
public sealed record ImportStart(
    SourceCode Source,
    Viewer Account,
    string Justification,
    bool IsComplete,
    IReadOnlyList<ImportedFile> Files
);

/// <summary>A file of an import, recognisable by its SHA-256.</summary>
public sealed record ImportedFile(string Name, string Sha256);

/// <summary>What became of the records of an import.</summary>
public sealed record ImportCounts(int New, int Changed, int Unchanged, int Ended = 0)
{
    public static ImportCounts operator +(ImportCounts a, ImportCounts b) =>
        new(a.New + b.New, a.Changed + b.Changed, a.Unchanged + b.Unchanged, a.Ended + b.Ended);
}

/// <summary>Recognises an unchanged row: 128 bits of SHA-256 over everything that the source said and how it was graded.</summary>
internal static class ContentHash
{
    public static (UInt128 Hash, byte[] Json) Of(IncomingRecord record)
    {
        var json = record.Properties.ToJson();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(
            Encoding.UTF8.GetBytes(
                $"{record.PublicId}\n{record.Schema.Name}\n{record.Label.Text}\n{record.Evaluation}\n{(int)record.Handling}\n"
                    + $"{record.LegalBasis}\n{(int)record.Category}\n{Times.Text(record.PublishedAt)}\n"
            )
        );
        hash.AppendData(json);
        return (RecordId.FromBytes(hash.GetHashAndReset()).Value, json);
    }
}
