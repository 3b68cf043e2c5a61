using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Lanthorn.Storage;

/// <summary>
/// Fills an empty database with the rows of a backup, in one transaction: first the tables as they were, then the rows, then
/// everything is read again and compared. What is not finished is taken back.
/// </summary>
internal sealed class RowRestoring : IAsyncDisposable
{
    private readonly Dialect dialect;
    private readonly IAsyncDisposable alone;
    private readonly DbConnection writer;
    private readonly DbTransaction transaction;
    private readonly Dictionary<string, StoredTable> tables = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TableSum> sums = new(StringComparer.Ordinal);
    private RowSink? sink;
    private string sinkTable = "";
    private bool isCommitted;
    private bool isFinished;

    private RowRestoring(Dialect dialect, IAsyncDisposable alone, DbConnection writer, DbTransaction transaction) =>
        (this.dialect, this.alone, this.writer, this.transaction) = (dialect, alone, writer, transaction);

    /// <exception cref="RefusedByStoreException">The database is not empty, or the backup is of a newer program.</exception>
    public static async Task<RowRestoring> BeginAsync(
        StoreSettings settings,
        Dialect dialect,
        RowSchema schema,
        CancellationToken cancellation
    )
    {
        var alone = await dialect.BeAloneAsync(settings.Time, cancellation);
        try
        {
            var writer = await dialect.RentWriterAsync(cancellation);
            await dialect.EnsureEmptyAsync(writer);
            Migrations.Run(settings, dialect, schema.Migrations);
            var restoring = new RowRestoring(
                dialect,
                alone,
                writer,
                await dialect.BeginWriteAsync(writer, cancellation)
            );
            await restoring.ReadyAsync(schema);
            return restoring;
        }
        catch
        {
            await alone.DisposeAsync();
            throw;
        }
    }

    /// <summary>Takes rows of a table in the form of a backup; all of one table before those of the next.</summary>
    /// <exception cref="InvalidDataException">There is no such table, or these are no rows of it.</exception>
    public async Task AddAsync(string name, ReadOnlyMemory<byte> rows, CancellationToken cancellation)
    {
        var table = tables.GetValueOrDefault(name) ?? throw SealedChunks.Damaged();
        if (sinkTable != name)
        {
            await CloseSinkAsync(cancellation);
            (sink, sinkTable) = (await dialect.SinkAsync(writer, table, cancellation), name);
        }
        var (values, sum) = (new object?[table.Columns.Count], sums[name]);
        while (!rows.IsEmpty)
        {
            var left = RowForm.Take(rows.Span, values).Length;
            sum.Add(rows.Span[..^left]);
            rows = rows[^left..];
            await RefusingAsync(() => sink!.AddAsync(values, cancellation));
        }
    }

    /// <summary>Takes every table of an open database.</summary>
    public async Task AddAllAsync(SqliteConnection from, RowSchema schema, CancellationToken cancellation)
    {
        foreach (var table in schema.Tables)
        {
            var (values, row) = (new object?[table.Columns.Count], new MemoryStream());
            await using var select = from.CreateCommand();
            select.CommandText = table.Select;
            await using var reader = await select.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
            {
                RowForm.Read(reader, values);
                row.SetLength(0);
                RowForm.Append(row, values);
                await AddAsync(table.Name, row.GetBuffer().AsMemory(0, (int)row.Length), cancellation);
            }
        }
    }

    /// <summary>Reads everything again, compares, and commits.</summary>
    /// <param name="wanted">What the backup says the tables add up to; null where it does not say.</param>
    /// <exception cref="InvalidDataException">Something is not as it was in the backup.</exception>
    public async Task FinishAsync(
        IReadOnlyList<TableCount>? wanted,
        IReadOnlyDictionary<string, long>? lastNumbers,
        CancellationToken cancellation
    )
    {
        await CloseSinkAsync(cancellation);
        var taken = sums.Values.Select(s => s.Count).ToHashSet();
        if (wanted is not null && !taken.SetEquals(wanted))
            throw SealedChunks.Damaged();
        foreach (var table in tables.Values)
            if (!taken.Contains(await TableSum.OfAsync(writer, table, cancellation)))
                throw new InvalidDataException(
                    $"The rows of {table.Name} are other ones in the database than in the backup"
                );
        if (await new AuditVerification(writer).RunAsync(cancellation) is { } broken)
            throw new InvalidDataException(
                $"The audit log in the backup is broken at chain {broken.Chain}, entry {broken.Sequence}: {broken.Why}"
            );
        await dialect.AfterFillingAsync(writer, lastNumbers ?? new Dictionary<string, long>(StringComparer.Ordinal));
        await transaction.CommitAsync(cancellation);
        isCommitted = true;
    }

    /// <summary>What was committed stays: to be called when all else of the backup is in its place.</summary>
    public void Keep() => isFinished = true;

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (!isFinished)
                await TakeBackAsync();
        }
        finally
        {
            await transaction.DisposeAsync();
            await dialect.ReturnWriterAsync(writer);
            await alone.DisposeAsync();
        }
    }

    private async Task TakeBackAsync()
    {
        try
        {
            if (sink is not null)
                await sink.DisposeAsync();
            if (!isCommitted)
                await transaction.RollbackAsync();
            await dialect.EmptyAsync(writer);
        }
        catch (DbException)
        {
            // The database went away. What it still holds is found by the next attempt, which wants an empty one.
        }
    }

    /// <summary>What migrations put into their tables is in the backup too.</summary>
    private async Task ReadyAsync(RowSchema schema)
    {
        var made = (await dialect.TablesAsync(writer)).ToDictionary(t => t.Name, StringComparer.Ordinal);
        foreach (var table in schema.Tables)
        {
            if (
                table is not { Columns.Count: > 0 }
                || made.GetValueOrDefault(table.Name) is not { } here
                || table.Columns.Except(here.Columns).Any()
                || table.Columns.Distinct(StringComparer.Ordinal).Count() != table.Columns.Count
                || tables.ContainsKey(table.Name)
            )
                throw SealedChunks.Damaged();
            tables.Add(table.Name, table);
            sums.Add(table.Name, new(table.Name));
        }
        foreach (var table in schema.Tables.Reverse())
            await writer.ExecuteAsync($"delete from {table.Sql}");
    }

    private async Task CloseSinkAsync(CancellationToken cancellation)
    {
        if (sink is null)
            return;
        await RefusingAsync(() => sink.CompleteAsync(cancellation));
        await sink.DisposeAsync();
        sink = null;
    }

    /// <summary>Two names may be one to this database and two to the other: said, not a bug.</summary>
    private async Task RefusingAsync(Func<Task> add)
    {
        try
        {
            await add();
        }
        catch (DbException refused)
            when (refused is PostgresException { SqlState: ['2', '3', ..] or ['2', '2', ..] }
                || refused is SqliteException { SqliteErrorCode: Sqlite.ConstraintFailed or Sqlite.Mismatch }
            )
        {
            throw new RefusedByStoreException(
                $"The database does not take a row of {sinkTable} that is in the backup: {refused.Message}. "
                    + "Restore on the kind of database that it was made on, mend the row there, and back it up again"
            );
        }
    }
}
