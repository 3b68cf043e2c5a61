using System.Security.Cryptography;
using Lanthorn.Formats;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Screening.Batch;

/// <summary>Reads a file whose rows are people to look for, and takes it in.</summary>
internal sealed class BeginBatch(Store store, BatchRuns runs)
{
    public const int MaxRows = 20_000;

    /// <summary>In the file as it comes, which may be compressed.</summary>
    public const int MaxBytes = 8 * 1024 * 1024;

    private const int MaxTold = 20;
    private const int MaxReference = 200;
    private const int IdBytes = 16;
    private static readonly TimeSpan LongestReading = TimeSpan.FromSeconds(30);

    /// <exception cref="RefusedException">The file or how it is to be screened is not understood, or there is no room.</exception>
    public async Task<BatchRun> HandleAsync(
        Work work,
        BatchRequest request,
        InputFile file,
        CancellationToken cancellation
    )
    {
        runs.EnsureRoom(work);
        await Catalog.RequireAsync(work.On(store), request.Dataset, cancellation);
        var table = await ReadAsync(request, file, cancellation);
        var run = new BatchRun(
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes)),
            work,
            request,
            table,
            store.Time.GetUtcNow()
        );
        runs.Enter(run);
        return run;
    }

    private async Task<BatchTable> ReadAsync(BatchRequest request, InputFile file, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(LongestReading, store.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        try
        {
            var head = await TableHead.ReadAsync(file, new TableReading(), either.Token);
            var columns = BatchColumns.Of(head, request.Schema, request.Columns);
            var table = await RowsAsync(file, head, columns, request.Dates ?? DatesOf(head, columns), either.Token);
            return table.Rows.Count > 0
                ? table
                : throw Refuse("No row has anything to look for", "Give a file with rows under its headings");
        }
        catch (UnreadableFileException unreadable)
        {
            throw Refuse($"{unreadable.File}: {unreadable.Reason}", unreadable.WayOut.TrimEnd('.'));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw Refuse("The file takes too long to read", "Give a smaller one, or save it as CSV");
        }
    }

    private static DateOrder DatesOf(TableHead head, BatchColumns columns) =>
        DateOrders.Guess(
            columns.Used.Where(u => u.Property.Type.Name == "date").SelectMany(u => head.Rows.Select(r => r[u.At]))
        );

    private static async Task<BatchTable> RowsAsync(
        InputFile file,
        TableHead head,
        BatchColumns columns,
        DateOrder dates,
        CancellationToken cancellation
    )
    {
        var (rows, refused, refusedCount) = (new List<BatchRow>(), new List<(long, string)>(), 0);
        var ignored = new Dictionary<string, int>(StringComparer.Ordinal);
        await foreach (var row in TableBody.ReadAsync(file, head, cancellation))
        {
            if (rows.Count + refusedCount >= MaxRows)
                throw Refuse($"The file has more than {MaxRows:N0} rows", "Screen it in several parts");
            var query = row.Damage is null
                ? EntityQuery.Clean(null, columns.Schema, columns.ValuesOf(row, dates))
                : null;
            foreach (var property in query?.Ignored.Select(i => i.Split(':')[0]) ?? [])
                ignored[property] = ignored.GetValueOrDefault(property) + 1;
            if (query is { Properties.Count: > 0 })
                rows.Add(new(row.Line, columns.Reference is { } at ? Cut(row.Cells[at]) : "", query));
            else if (refusedCount++ < MaxTold)
                refused.Add((row.Line, row.Damage ?? "nothing in it could be looked for"));
        }
        return new(
            file.Name,
            rows,
            [.. columns.Used.Select(u => $"{head.Columns[u.At].Name}: {u.Property.Name}")],
            columns.Unused,
            refused,
            refusedCount,
            ignored
        );
    }

    private static string Cut(string text) => text.Length <= MaxReference ? text : text[..MaxReference];

    private static RefusedException Refuse(string message, string wayOut) =>
        new(Refusal.Unprocessable("screening-file", message, wayOut, "file"));
}
