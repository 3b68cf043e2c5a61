using System.Data.Common;
using Dapper;
using Lanthorn.Knowledge;

namespace Lanthorn.Storage;

/// <summary>What became of a record that a person wrote.</summary>
/// <param name="Version">The version that stands now: the new one, or on a conflict somebody else's.</param>
/// <param name="IsConflict">Somebody else changed the record since the version that the person had before him.</param>
public sealed record WrittenByHand(RecordId Id, int Version, bool IsConflict = false);

/// <summary>Writes what people enter and correct. Each is an import of one record, with its reason as the note.</summary>
public sealed partial class Reading
{
    /// <summary>A record as it stands, for whoever corrects it; null where the viewer sees none.</summary>
    /// <param name="id">A record's own id, or a public id, of which the first record counts.</param>
    public async Task<Record?> RecordAsync(string id, string what, CancellationToken cancellation)
    {
        Record? record;
        await using (var sight = await LookAsync(cancellation))
            record = Find(sight, id)?.Record;
        if (record is not null)
            await LogAsync(Operation.Consultation, what, [record], null, cancellation);
        return record;
    }

    /// <summary>Enters a new record of a source.</summary>
    /// <exception cref="RefusedByStoreException">There is one with this id, it was erased, or no label is free.</exception>
    public async Task<WrittenByHand> EnterAsync(
        SourceCode source,
        IncomingRecord record,
        string reason,
        CancellationToken cancellation
    )
    {
        var label = await store.Labels.InternAsync(record.Label, cancellation);
        var derived = Derived(record, source);
        return await store.WriteAsync(
            async (connection, transaction) =>
            {
                using var probe = new RecordProbe(store.Dialect, connection, transaction);
                if (probe.Find(derived.Hashed.Id) is not null || probe.IsErased(derived.Hashed.Id))
                    throw new RefusedByStoreException(
                        $"The id {record.ExternalId} is not free in {source}: leave it out and get a new one"
                    );
                var import = await BeginByHandAsync(connection, transaction, source, label, reason);
                using var statements = new RecordStatements(store, connection, transaction);
                statements.LookAhead([derived]);
                var standing = statements.Standing(derived.Hashed.Id, label);
                var known = statements.Insert(derived, source, standing, import);
                statements.Close();
                Log(connection, transaction, Operation.Collection, (new(derived.Hashed.Id, known.Version), reason));
                return new WrittenByHand(derived.Hashed.Id, known.Version);
            },
            cancellation
        );
    }

    /// <summary>
    /// Makes a new version with other properties. What else the record has stays, and so does what its source last said of
    /// it: the correction stands until the source says something else. Null where the viewer sees no such record.
    /// </summary>
    /// <param name="seen">The version that the person corrects.</param>
    /// <exception cref="RefusedByStoreException">An import of the source is being undone.</exception>
    public async Task<WrittenByHand?> CorrectAsync(
        RecordId id,
        int seen,
        Properties properties,
        string reason,
        CancellationToken cancellation
    )
    {
        Stored? stored;
        await using (var sight = await LookAsync(cancellation))
            stored = sight.ByIds([id]).FirstOrDefault();
        if (stored is null)
            return null;
        var derived = Derived(Corrected(stored.Record, properties), stored.Record.Source);
        return await store.WriteAsync(
            (c, t) => CorrectAsync(c, t, (stored.Record.Source, derived, seen), reason),
            cancellation
        );
    }

    private async Task<WrittenByHand?> CorrectAsync(
        DbConnection connection,
        DbTransaction transaction,
        (SourceCode Source, DerivedRecord Derived, int Seen) what,
        string reason
    )
    {
        await ImportUndo.RefuseHalfUndoneAsync(connection, transaction, what.Source);
        var id = what.Derived.Hashed.Id;
        if (
            ImportUndo.FindPresent(connection, transaction, id) is not { } present
            || !store.Labels.For(viewer)[present.Label]
        )
            return null;
        if (present.Version != what.Seen)
            return new(id, present.Version, IsConflict: true);
        var import = await BeginByHandAsync(connection, transaction, what.Source, present.Label, reason);
        using var statements = new RecordStatements(store, connection, transaction);
        var version = statements.Correct(present, what.Derived, import);
        statements.Close();
        Log(connection, transaction, Operation.Alteration, (new(id, version), reason));
        return new(id, version);
    }

    private static Stored? Find(Sight sight, string id) =>
        RecordId.TryParse(id, out var own) && sight.ByIds([own]) is [var found, ..]
            ? found
            : sight.ByPublicIds([id]).FirstOrDefault();

    private DerivedRecord Derived(IncomingRecord record, SourceCode source) =>
        DerivedRecord.Of(HashedRecord.Of(record, source, store.InstallationKey), store.InstallationKey);

    private static IncomingRecord Corrected(Record record, Properties properties) =>
        new(record.ExternalId, record.PublicId, record.Schema, properties)
        {
            Label = record.Label,
            Evaluation = record.Evaluation,
            Handling = record.Handling,
            LegalBasis = record.LegalBasis,
            Category = record.Category,
            PublishedAt = record.PublishedAt,
        };

    private async Task<long> BeginByHandAsync(
        DbConnection connection,
        DbTransaction transaction,
        SourceCode source,
        ushort label,
        string reason
    )
    {
        var now = store.Time.GetUtcNow();
        var row = new
        {
            code = source.Value,
            label = (long)label,
            account = viewer.Name,
            organisation = viewer.Organisation,
            now = Times.Text(now),
            id = now.ToUnixTimeMilliseconds(),
            reason,
        };
        await connection.ExecuteAsync(ImportSql.EnsureSource, row, transaction);
        return await connection.ExecuteScalarAsync<long>(ImportSql.InsertByHand, row, transaction);
    }

    private void Log(
        DbConnection connection,
        DbTransaction transaction,
        Operation operation,
        (RecordVersion Version, string Reason) written
    ) =>
        store.Audit.AppendIn(
            connection,
            transaction,
            AuditEntry.By(
                viewer,
                operation,
                operation == Operation.Collection ? "record entered by hand" : "record corrected by hand",
                [written.Version],
                justification with
                {
                    Text = $"{justification.Text}: {written.Reason}",
                }
            )
        );
}
