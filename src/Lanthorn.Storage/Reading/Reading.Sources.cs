using Lanthorn.Knowledge;

namespace Lanthorn.Storage;

/// <summary>Sources, counted by what the viewer sees.</summary>
public sealed partial class Reading
{
    /// <summary>A source of which the viewer sees at least one live record.</summary>
    public sealed record SourceSeen(
        SourceCode Code,
        string Title,
        string Publisher,
        string Licence,
        string? Edition,
        int LiveRecords,
        DateTimeOffset LastChange
    );

    public async Task<IReadOnlyList<SourceSeen>> SourcesAsync(CancellationToken cancellation)
    {
        await using var sight = await LookAsync(cancellation);
        using var row = sight.Read(
            $"""
            select s.code, s.title, s.publisher, s.licence, s.edition, cast(sum(c.records) as bigint),
                max((
                    select max(r.changed_at) from record r
                    where r.source = c.source and r.label_id = c.label_id and r.listed_to is null
                ))
            from live_count c join source s on s.code = c.source
            where {sight.Visible("c")} and c.records > 0 group by s.code order by s.code
            """
        );
        var found = new List<SourceSeen>();
        while (row.Read())
            found.Add(
                new(
                    SourceCode.Parse(row.GetString(0)).Value,
                    row.GetString(1),
                    row.GetString(2),
                    row.GetString(3),
                    row.IsDBNull(4) ? null : row.GetString(4),
                    row.GetInt32(5),
                    Times.Read(row.GetString(6))
                )
            );
        return found;
    }

    public async Task<bool> HasLiveRecordsAsync(SourceCode source, CancellationToken cancellation)
    {
        await using var sight = await LookAsync(cancellation);
        using var row = sight.Read(
            $"select 1 from live_count c where {sight.Visible("c")} and c.source = $2 and c.records > 0 limit 1",
            source.Value
        );
        return row.Read();
    }
}
