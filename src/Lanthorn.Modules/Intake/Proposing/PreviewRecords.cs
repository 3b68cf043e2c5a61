using Lanthorn.Formats;
using Lanthorn.Storage;

namespace Lanthorn.Intake.Proposing;

/// <summary>Reads the first rows of a table as an import would, and says what would be in and what refused.</summary>
internal sealed class PreviewRecords(Store store)
{
    public const int MaxRows = 20;

    /// <summary>A row as it would be read.</summary>
    /// <param name="Id">Null where the whole row is refused.</param>
    internal sealed record Row(
        long Line,
        string? Id,
        IReadOnlyList<(string Property, IReadOnlyList<string> Values)> Values,
        IReadOnlyList<Rejection> Refused
    );

    /// <exception cref="Platform.RefusedException">The table cannot be read with this mapping at all.</exception>
    public Task<IReadOnlyList<Row>> HandleAsync(
        InputFile file,
        string format,
        ColumnMapping mapping,
        CancellationToken cancellation
    ) =>
        BoundedReading.RunAsync(
            store.Time,
            async stop =>
            {
                var rows = new List<Row>();
                var read = RecordFormats.Find(format)!.ReadAsync([file], new() { Mapping = mapping }, stop);
                await foreach (var item in read)
                {
                    if (Shown(item, mapping) is { } row)
                        rows.Add(row);
                    if (rows.Count == MaxRows)
                        break;
                }
                return (IReadOnlyList<Row>)rows;
            },
            cancellation
        );

    private static Row? Shown(ReadItem item, ColumnMapping mapping) =>
        item switch
        {
            Rejection whole => new(whole.Line, null, [], [whole]),
            ReadRecord record => new(
                record.Place.Line,
                record.ExternalId,
                [
                    .. from mapped in mapping.Properties
                    let values = record.Properties[mapped.Property]
                    where values.Length > 0
                    select (mapped.Property, (IReadOnlyList<string>)values),
                ],
                record.DroppedValues
            ),
            _ => null,
        };
}
