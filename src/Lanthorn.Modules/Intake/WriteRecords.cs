using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Intake;

/// <summary>
/// What people enter and correct. A new record belongs to the own source of their organisation; a correction is a new
/// version of any record that they see, by name and with a reason, and stands until the record's source says something else.
/// </summary>
internal sealed class WriteRecords(Store store)
{
    /// <param name="Schema">A schema of FollowTheMoney that is not abstract.</param>
    /// <param name="Properties">Values by the names of the properties.</param>
    internal sealed record NewRecord(
        string? Schema,
        IReadOnlyDictionary<string, IReadOnlyList<string>>? Properties,
        string? Reason
    )
    {
        /// <summary>Null: for one's own organisation, TLP:AMBER.</summary>
        public string? Label { get; init; }

        /// <summary>Null: not assessed.</summary>
        public string? Evaluation { get; init; }

        /// <summary>Its id in the source; null makes one.</summary>
        public string? Id { get; init; }

        /// <summary>What a natural person is in an enforcement context; null for not categorised.</summary>
        public string? Category { get; init; }
    }

    /// <param name="Version">The version that is corrected: another one means that somebody was faster.</param>
    /// <param name="Properties">All of them: what is not there is taken away.</param>
    internal sealed record Correction(
        int Version,
        IReadOnlyDictionary<string, IReadOnlyList<string>>? Properties,
        string? Reason
    );

    /// <param name="Id">The record's public id.</param>
    /// <param name="Record">The id of the record itself, over all its versions.</param>
    internal sealed record Written(string Id, string Record, int Version);

    /// <exception cref="RefusedException">It cannot be entered so.</exception>
    public async Task<Written> EnterAsync(Work work, NewRecord request, CancellationToken cancellation)
    {
        ByHand.RefuseReaders(work);
        var reason = ByHand.NeedReason(request.Reason);
        var schema = Model.Find(request.Schema ?? "") is { Abstract: false } found
            ? found
            : throw Refuse("schema", $"There is no schema '{request.Schema}'", "Use one of FollowTheMoney's");
        var values = new WrittenValues(schema, Properties.Empty);
        var properties = values.Take(request.Properties ?? new Dictionary<string, IReadOnlyList<string>>());
        values.RefuseErrors();
        var source = ByHand.SourceOf(work.Viewer.Organisation);
        var id = NeedId(request.Id);
        var record = new IncomingRecord(id, Record.DerivePublicId(source, id), schema, properties)
        {
            Label = PlanImport.LabelOf(work.Viewer, request.Label, official: null),
            Evaluation = PlanImport.EvaluationOf(request.Evaluation, official: null),
            Category = CategoryOf(schema, request.Category),
        };
        try
        {
            var written = await work.On(store).EnterAsync(source, record, reason, cancellation);
            return new(record.PublicId, $"{written.Id}", written.Version);
        }
        catch (RefusedByStoreException refused)
        {
            throw new RefusedException(new("record-not-free", 409, refused.Message, Field: "id"));
        }
    }

    /// <exception cref="RefusedException">There is no such record for this viewer, it has changed, or it cannot be corrected so.</exception>
    public async Task<Written> CorrectAsync(Work work, string id, Correction correction, CancellationToken cancellation)
    {
        ByHand.RefuseReaders(work);
        var reason = ByHand.NeedReason(correction.Reason);
        var record = await NeedAsync(work, id, "record for correction", cancellation);
        if (record.Version != correction.Version)
            throw Changed(record.Version);
        var values = new WrittenValues(record.Schema, record.Properties);
        var properties = values.Take(correction.Properties ?? new Dictionary<string, IReadOnlyList<string>>());
        values.RefuseErrors();
        if (properties.ToJson().AsSpan().SequenceEqual(record.Properties.ToJson()))
            throw Refuse("properties", "Nothing was changed", "Change a value, or leave the record as it is");
        try
        {
            var written =
                await work.On(store).CorrectAsync(record.Id, correction.Version, properties, reason, cancellation)
                ?? throw new RefusedException(NoSuchRecord);
            return written.IsConflict
                ? throw Changed(written.Version)
                : new(record.PublicId, $"{record.Id}", written.Version);
        }
        catch (RefusedByStoreException refused)
        {
            throw new RefusedException(new("source-being-undone", 409, refused.Message));
        }
    }

    /// <summary>A record as the viewer sees it, by its own id or its public id.</summary>
    /// <exception cref="RefusedException">There is none.</exception>
    public async Task<Record> NeedAsync(Work work, string id, string what, CancellationToken cancellation) =>
        await FindAsync(work, id, what, cancellation) ?? throw new RefusedException(NoSuchRecord);

    public async Task<Record?> FindAsync(Work work, string id, string what, CancellationToken cancellation) =>
        id.Length <= Record.MaxExternalIdLength ? await work.On(store).RecordAsync(id, what, cancellation) : null;

    public static readonly Refusal NoSuchRecord = Refusal.NotFound(
        "There is no such record",
        "Search for it by name; the page of its entity leads to its records"
    );

    public const string ChangedCode = "record-changed";

    private static RefusedException Changed(int version) =>
        new(
            new(
                ChangedCode,
                409,
                $"Somebody else has changed the record meanwhile: version {version} stands now",
                "Look at its history, and correct that version",
                "version"
            )
        );

    private string NeedId(string? given)
    {
        if (string.IsNullOrWhiteSpace(given))
            return Guid.CreateVersion7(store.Time.GetUtcNow()).ToString("N");
        var id = given.Trim();
        return id.Length <= Record.MaxExternalIdLength / 2 && !id.Any(c => char.IsControl(c) || char.IsWhiteSpace(c))
            ? id
            : throw Refuse(
                "id",
                $"An id has at most {Record.MaxExternalIdLength / 2} characters and no blanks",
                "Leave it out to get one"
            );
    }

    private static SubjectCategory CategoryOf(Schema schema, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return SubjectCategory.None;
        var plain = text.Replace("-", "", StringComparison.Ordinal);
        return
            schema.IsA("Person") && Enum.GetNames<SubjectCategory>().Contains(plain, StringComparer.OrdinalIgnoreCase)
            ? Enum.Parse<SubjectCategory>(plain, ignoreCase: true)
            : throw Refuse(
                "category",
                $"'{text}' is no category of a person",
                $"Use one of {string.Join(", ", Enum.GetNames<SubjectCategory>())}, on a Person"
            );
    }

    private static RefusedException Refuse(string field, string message, string wayOut) =>
        new(Refusal.Unprocessable($"record-{field}", message, wayOut, field));
}
