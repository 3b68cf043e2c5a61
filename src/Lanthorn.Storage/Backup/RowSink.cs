using Npgsql;
using NpgsqlTypes;

namespace Lanthorn.Storage;

/// <summary>Takes the rows of one table into a database.</summary>
internal abstract class RowSink : IAsyncDisposable
{
    public abstract Task AddAsync(object?[] values, CancellationToken cancellation);

    /// <summary>Once, when all are in.</summary>
    public abstract Task CompleteAsync(CancellationToken cancellation);

    public abstract ValueTask DisposeAsync();
}

/// <summary>A statement for each row.</summary>
internal sealed class StatementSink(Statement insert) : RowSink
{
    public override Task AddAsync(object?[] values, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        insert.Run(values);
        return Task.CompletedTask;
    }

    public override Task CompleteAsync(CancellationToken cancellation) => Task.CompletedTask;

    public override ValueTask DisposeAsync()
    {
        insert.Dispose();
        return ValueTask.CompletedTask;
    }
}

/// <summary>PostgreSQL's own way for many rows.</summary>
internal sealed class CopySink(NpgsqlBinaryImporter to) : RowSink
{
    public override async Task AddAsync(object?[] values, CancellationToken cancellation)
    {
        await to.StartRowAsync(cancellation);
        foreach (var value in values)
            await (
                value switch
                {
                    null => to.WriteNullAsync(cancellation),
                    long number => to.WriteAsync(number, NpgsqlDbType.Bigint, cancellation),
                    double floating => to.WriteAsync(floating, NpgsqlDbType.Double, cancellation),
                    string text => to.WriteAsync(Statement.Storable(text), NpgsqlDbType.Text, cancellation),
                    byte[] bytes => to.WriteAsync(bytes, NpgsqlDbType.Bytea, cancellation),
                    _ => throw new InvalidOperationException($"No column holds a {value.GetType()}"),
                }
            );
    }

    public override async Task CompleteAsync(CancellationToken cancellation) => await to.CompleteAsync(cancellation);

    public override ValueTask DisposeAsync() => to.DisposeAsync();
}
