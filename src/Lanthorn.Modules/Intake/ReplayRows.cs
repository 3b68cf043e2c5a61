using System.Data.Common;
using Dapper;
using Lanthorn.Formats;
using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Intake;

/// <summary>
/// Reads refused rows of an import again, corrected or with another mapping: through the same reader, under the import's
/// source and label. What is in then says by whom; what is refused again says the new reason, and keeps its first text.
/// </summary>
internal sealed class ReplayRows(Store store, ImportProgress imports, ReadQuarantine quarantine)
{
    /// <param name="Rows">The mended texts by the numbers of the rows; null for all that are not mended, as they are.</param>
    /// <param name="Mapping">Another mapping, which the import keeps; null for its own.</param>
    internal sealed record Request(IReadOnlyDictionary<long, string>? Rows, string? Mapping = null);

    /// <summary>A row that was refused again.</summary>
    internal sealed record Again(long Row, string Reason);

    /// <param name="Mended">Rows of the quarantine that are in now.</param>
    internal sealed record Answer(int Replayed, int Mended, IReadOnlyList<Again> Refused);

    /// <summary>A row as it was read again.</summary>
    private sealed record Tried(ReadQuarantine.Refused Row, string Text, ReadReplay Read);

    /// <exception cref="RefusedException">There is no such import or row for this viewer, or it takes none.</exception>
    public async Task<Answer> HandleAsync(Work work, string id, Request request, CancellationToken cancellation)
    {
        ByHand.RefuseReaders(work);
        work.On(store);
        var import = await NeedAsync(work, id, cancellation);
        var origin = await OriginAsync(id, cancellation);
        var mapping = MappingOf(request.Mapping ?? origin.Mapping);
        if (request.Mapping is not null && mapping is not null)
            await KeepMappingAsync(id, request.Mapping, cancellation);
        var (replayed, mended, refused) = (0, 0, new List<Again>());
        for (var after = 0L; ; )
        {
            var some = await quarantine.UnmendedAsync(work, id, after, request.Rows?.Keys, cancellation);
            if (some.Count == 0)
                break;
            after = some[^1].Number;
            var tried = new List<Tried>();
            foreach (var row in some)
            {
                var text = request.Rows?.GetValueOrDefault(row.Number) ?? row.Row;
                var read = await ReadReplay.RunAsync(import.Format, row, text, mapping, cancellation);
                tried.Add(new(row, text ?? "", read));
            }
            var said = await WriteAsync(work, import, origin, tried, cancellation);
            replayed += tried.Count;
            mended += said.Count(s => s is null);
            refused.AddRange(
                tried.Zip(said).Where(p => p.Second is not null).Select(p => new Again(p.First.Row.Number, p.Second!))
            );
        }
        return replayed > 0 || request.Rows is not { Count: > 0 }
            ? new(replayed, mended, refused)
            : throw Refuse(
                "The rows are mended already, or there are none with these numbers",
                "Look at the quarantine"
            );
    }

    private async Task<ImportProgress.Import> NeedAsync(Work work, string id, CancellationToken cancellation)
    {
        var found =
            await imports.FindAsync(work, id, cancellation) ?? throw new RefusedException(ImportsEndpoint.NoSuchImport);
        if (found.IsUnderWay)
            throw Refuse("The import is still under way", "Wait until it has ended");
        if (found.Undone is not null)
            throw Refuse("The import was undone", "Mend its files and import them again");
        if (!RefusedRow.IsKept(found.Format))
            throw Refuse(
                $"A record of the format {found.Format} has many rows, which are not read one by one",
                "Correct the record by hand, or mend the file and import it again"
            );
        return found;
    }

    /// <summary>Writes what could be read, and in the same transaction what became of each row.</summary>
    private async Task<IReadOnlyList<string?>> WriteAsync(
        Work work,
        ImportProgress.Import import,
        Origin origin,
        IReadOnlyList<Tried> tried,
        CancellationToken cancellation
    )
    {
        if (import.Vintage is not { } vintage)
            throw Refuse("The import has written nothing", "Mend its files and import them again");
        var label = Label.Parse(import.Label).Value;
        var evaluation = Evaluation.Parse(origin.Evaluation) is { IsAccepted: true } graded
            ? graded.Value
            : Evaluation.Unassessed;
        var source = SourceCode.Parse(import.Source).Value;
        var records = tried
            .SelectMany(
                (t, at) =>
                    t.Read.Records.Select(r =>
                        (
                            At: at,
                            Record: new ReplayedRecord(
                                ImportRun.Incoming(r, source, label, evaluation),
                                t.Row.IsWholeRow
                            )
                        )
                    )
            )
            .ToList();
        var outcome = new string?[tried.Count];
        var order = new ReplayOrder(
            vintage,
            work.Viewer,
            new(work.Justification, work.Case),
            async (connection, transaction, said) =>
            {
                for (var at = 0; at < tried.Count; at++)
                    outcome[at] =
                        tried[at].Read.Reason
                        ?? records
                            .Zip(said)
                            .Where(p => p.First.At == at)
                            .Select(p => p.Second)
                            .FirstOrDefault(w => w is not null);
                await MarkAsync(connection, transaction, (work, import.Id), tried, outcome);
            }
        );
        try
        {
            await new ImportReplay(store).RunAsync(order, [.. records.Select(r => r.Record)], cancellation);
        }
        catch (RefusedByStoreException refused)
        {
            throw new RefusedException(new("import-not-replayable", 409, refused.Message));
        }
        return outcome;
    }

    private async Task MarkAsync(
        DbConnection connection,
        DbTransaction transaction,
        (Work Work, string Import) on,
        IReadOnlyList<Tried> tried,
        string?[] outcome
    )
    {
        for (var at = 0; at < tried.Count; at++)
        {
            var row = new
            {
                id = on.Import,
                tried[at].Row.Number,
                first = tried[at].Row.Row,
                text = ImportJournal.Storable(tried[at].Text),
                reason = outcome[at],
                now = Times.Text(store.Time.GetUtcNow()),
                on.Work.Viewer.Name,
            };
            // One row may have several values that were refused: all of them are in now.
            await connection.ExecuteAsync(
                row.reason is null
                    ? """
                    update intake_quarantine set mended_text = @text, mended_at = @now, mended_by = @Name
                    where import = @id and mended_at is null and (number = @Number or row_text = @first)
                    """
                    : """
                    update intake_quarantine set tried_text = @text, tried_reason = @reason
                    where import = @id and number = @Number
                    """,
                row,
                transaction
            );
        }
    }

    private static ColumnMapping? MappingOf(string? yaml)
    {
        if (string.IsNullOrWhiteSpace(yaml))
            return null;
        var mapping = ColumnMapping.Parse(yaml);
        return mapping.IsAccepted
            ? mapping.Value
            : throw new RefusedException(
                Refusal.Unprocessable("import-mapping", $"The mapping cannot be used: {mapping.Reason}", "", "mapping")
            );
    }

    private Task<Origin> OriginAsync(string id, CancellationToken cancellation) =>
        store.ReadOwnAsync(
            connection =>
                connection.QuerySingleAsync<Origin>(
                    "select mapping as Mapping, evaluation as Evaluation from intake_imports where id = @id",
                    new { id }
                ),
            cancellation
        );

    /// <summary>The mapping with which the import's rows are read; null where the format needs none.</summary>
    public async Task<string?> MappingAsync(string id, CancellationToken cancellation) =>
        (await OriginAsync(id, cancellation)).Mapping;

    private Task<int> KeepMappingAsync(string id, string mapping, CancellationToken cancellation) =>
        store.WriteAsync(
            (connection, transaction) =>
                connection.ExecuteAsync(
                    "update intake_imports set mapping = @mapping where id = @id",
                    new { id, mapping },
                    transaction
                ),
            cancellation
        );

    private static RefusedException Refuse(string message, string wayOut) =>
        new(new("import-not-replayable", 409, message, wayOut));

    private sealed class Origin
    {
        public string? Mapping { get; init; }
        public required string Evaluation { get; init; }
    }
}

/// <summary>What came of a row that was read again: its records, or why it is refused.</summary>
internal sealed record ReadReplay(IReadOnlyList<ReadRecord> Records, string? Reason)
{
    public static async Task<ReadReplay> RunAsync(
        string format,
        ReadQuarantine.Refused row,
        string? text,
        ColumnMapping? mapping,
        CancellationToken cancellation
    )
    {
        if (text is null)
            return Refused("the row was not kept: mend it in its file and import that again");
        if (text.Length > RefusedRow.MaxLength)
            return Refused($"a row has at most {RefusedRow.MaxLength:N0} characters");
        var made = RefusedRow.ToFile(format, text, new(row.File, row.Line, 1), mapping);
        if (!made.IsAccepted)
            return Refused(made.Reason);
        var (reader, file, options) = made.Value;
        var records = new List<ReadRecord>();
        try
        {
            await foreach (var item in reader.ReadAsync([file], options, cancellation))
                switch (item)
                {
                    case Rejection refused:
                        return Refused(InWords(refused));
                    case ReadRecord { DroppedValues: [var dropped, ..] }:
                        return Refused(InWords(dropped));
                    case ReadRecord record:
                        records.Add(record);
                        break;
                }
        }
        catch (UnreadableFileException unreadable)
        {
            return Refused($"{unreadable.Reason}. {unreadable.WayOut}");
        }
        return records.Count switch
        {
            0 => Refused("the row is empty"),
            > ReadQuarantine.MostRecordsOfRow => Refused(
                $"the row has more than {ReadQuarantine.MostRecordsOfRow} records in it: mend it in its file and import that again"
            ),
            _ => new(records, null),
        };
    }

    private static string InWords(Rejection refused) =>
        refused.Field.Length > 0 ? $"{refused.Field}: {refused.Reason}" : refused.Reason;

    private static ReadReplay Refused(string reason) => new([], reason);
}
