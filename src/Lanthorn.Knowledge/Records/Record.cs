namespace Lanthorn.Knowledge;

/// <summary>
/// What one source said about one thing, in one version. Immutable, and never changed by matching: judgements join
/// records, and undoing one takes the entity apart again.
/// </summary>
public sealed record Record
{
    public const int MaxExternalIdLength = 400;

    public required RecordId Id { get; init; }

    /// <summary>1 for what was first said; a new one for each change of content.</summary>
    public required int Version { get; init; }

    public required SourceCode Source { get; init; }

    /// <summary>The source's own identifier, such as <c>LYi.021</c>.</summary>
    public required string ExternalId { get; init; }

    /// <summary>The FollowTheMoney id: the source's where it gave one, else source and external id, <c>un-sc-LYi.021</c>.</summary>
    public required string PublicId { get; init; }

    public required Schema Schema { get; init; }
    public required Properties Properties { get; init; }
    public required Label Label { get; init; }
    public Evaluation Evaluation { get; init; } = Evaluation.Unassessed;
    public Handling Handling { get; init; } = Handling.None;
    public string? LegalBasis { get; init; }
    public SubjectCategory Category { get; init; }

    /// <summary>When the source said it; null when the source does not tell.</summary>
    public DateOnly? PublishedAt { get; init; }

    /// <summary>The record's life on its list, from the vintages: first seen, and gone since (null while it is listed).</summary>
    public required DateTimeOffset ListedFrom { get; init; }
    public DateTimeOffset? ListedTo { get; init; }
    public DateOnly? ReviewBy { get; init; }
    public required DateTimeOffset IngestedAt { get; init; }
    public required long ImportId { get; init; }

    /// <summary>The public id of a record whose source has no FollowTheMoney ids.</summary>
    public static string DerivePublicId(SourceCode source, string externalId) => $"{source.Value}-{externalId}";
}
