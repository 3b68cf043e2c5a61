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
)
{
    /// <summary>Who may see that there was this import; each record has a label of its own.</summary>
    public Label Label { get; init; } = Label.Everyone;
}

/// <summary>A file of an import, recognisable by its SHA-256.</summary>
public sealed record ImportedFile(string Name, string Sha256);

/// <summary>What became of the records of an import.</summary>
/// <param name="Changed">With new content, under another label, or back on the list.</param>
/// <param name="Repeated">Came again in the same import with other content: the first one stands.</param>
/// <param name="KeptOut">Was erased before, and so is not let in again.</param>
public sealed record ImportCounts(int New, int Changed, int Unchanged, int Ended = 0, int Repeated = 0, int KeptOut = 0)
{
    public static ImportCounts operator +(ImportCounts a, ImportCounts b) =>
        new(
            a.New + b.New,
            a.Changed + b.Changed,
            a.Unchanged + b.Unchanged,
            a.Ended + b.Ended,
            a.Repeated + b.Repeated,
            a.KeptOut + b.KeptOut
        );

    public static ImportCounts operator -(ImportCounts a, ImportCounts b) =>
        new(
            a.New - b.New,
            a.Changed - b.Changed,
            a.Unchanged - b.Unchanged,
            a.Ended - b.Ended,
            a.Repeated - b.Repeated,
            a.KeptOut - b.KeptOut
        );
}

/// <summary>A record with what recognises it: its id, and 128 bits of SHA-256 over its content.</summary>
internal sealed record HashedRecord(IncomingRecord Record, RecordId Id, UInt128 Hash, byte[] Json)
{
    private const int RankBits = 48;

    /// <summary>Where the record stands in the order of search: the beginning of its keyed id.</summary>
    public long Rank => (long)(ulong)(Id.Value >> (128 - RankBits));

    /// <summary>The label is not part of the content: another label makes no new version.</summary>
    public static HashedRecord Of(IncomingRecord record, SourceCode source, byte[] installationKey)
    {
        var json = record.Properties.ToJson();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(
            Encoding.UTF8.GetBytes(
                $"{record.PublicId}\n{record.Schema.Name}\n{record.Evaluation}\n{(int)record.Handling}\n"
                    + $"{record.LegalBasis}\n{(int)record.Category}\n{Times.Text(record.PublishedAt)}\n"
            )
        );
        hash.AppendData(json);
        var id = RecordId.Of(installationKey, source, record.ExternalId);
        return new(record, id, RecordId.FromBytes(hash.GetHashAndReset()).Value, json);
    }
}

/// <summary>A record with everything that is written beside it, worked out before the writer is held.</summary>
internal sealed record DerivedRecord(
    HashedRecord Hashed,
    IReadOnlyList<DerivedEdge> Edges,
    IReadOnlyList<DerivedPivot> Pivots,
    SearchTexts Texts,
    IReadOnlyList<string> ShortKeys
)
{
    public static DerivedRecord Of(HashedRecord hashed, byte[] installationKey)
    {
        var record = hashed.Record;
        var texts = SearchTexts.Of(record.Schema, record.Properties, record.ExternalId);
        return new(
            hashed,
            [.. Derivation.Edges(record)],
            [.. Derivation.Pivots(record, installationKey)],
            texts,
            [.. TextKeys.ShortKeys(texts.Names, texts.Others)]
        );
    }
}
