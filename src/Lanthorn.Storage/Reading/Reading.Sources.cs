using Dapper;
using Lanthorn.Knowledge;

namespace Lanthorn.Storage;

/// <summary>Sources and their vintages, counted by what the viewer sees.</summary>
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
        await using var connection = await store.OpenReaderAsync(cancellation);
        var rows = await connection.QueryAsync<(
            string Code,
            string Title,
            string Publisher,
            string Licence,
            string? Edition,
            long Count,
            string Changed
        )>(
            $"""
            select s.code, s.title, s.publisher, s.licence, s.edition, count(*), max(r.changed_at)
            from record r join source s on s.code = r.source {Visible(
                "r.listed_to is null"
            )} group by s.code order by s.code
            """
        );
        return
        [
            .. rows.Select(r => new SourceSeen(
                SourceCode.Parse(r.Code).Value,
                r.Title,
                r.Publisher,
                r.Licence,
                r.Edition,
                (int)r.Count,
                Times.Read(r.Changed)
            )),
        ];
    }

    public async Task<bool> HasLiveRecordsAsync(SourceCode source, CancellationToken cancellation)
    {
        await using var connection = await store.OpenReaderAsync(cancellation);
        return await connection.ExecuteScalarAsync<bool>(
            $"select exists (select 1 from record r {Visible("r.source = @code and r.listed_to is null")})",
            new { code = source.Value }
        );
    }
}
