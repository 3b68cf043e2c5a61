using Dapper;
using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Intake.Vintages;

/// <summary>A finished import of a source, as everybody knows it who sees its label.</summary>
/// <param name="Vintage">As the store knows it; never shown.</param>
/// <param name="Edition">The day that the edition gives; null where nobody says it.</param>
internal sealed record SourceVintage(
    string Id,
    string Source,
    long Vintage,
    DateTimeOffset At,
    string? Edition,
    bool IsComplete
);

/// <summary>The vintages of sources, for whoever sees the label of their imports.</summary>
internal sealed class SourceVintages(Store store)
{
    /// <summary>Older ones can be compared by their id, and are not listed.</summary>
    public const int MaxListed = 200;

    private const string Columns = """
        i.id as Id, i.source as Source, i.vintage as Vintage, i.finished_at as FinishedAt, i.edition as Edition,
        i.complete as Complete
        """;

    /// <summary>The newest first.</summary>
    public Task<IReadOnlyList<SourceVintage>> OfAsync(Work work, string source, CancellationToken cancellation) =>
        ReadAsync(work, "i.source = @source", new { source }, MaxListed, cancellation);

    public async Task<SourceVintage?> FindAsync(Work work, string source, string id, CancellationToken cancellation) =>
        (await ReadAsync(work, "i.source = @source and i.id = @id", new { source, id }, 1, cancellation)) is [var one]
            ? one
            : null;

    /// <summary>The one before it that the viewer sees; null when it is the first.</summary>
    public async Task<SourceVintage?> BeforeAsync(Work work, SourceVintage vintage, CancellationToken cancellation) =>
        (
            await ReadAsync(
                work,
                "i.source = @Source and i.vintage < @Vintage",
                new { vintage.Source, vintage.Vintage },
                1,
                cancellation
            )
        )
            is [var one]
            ? one
            : null;

    /// <summary>Of all sources, the newest first, as far as the news of them has arrived.</summary>
    public Task<IReadOnlyList<SourceVintage>> NewestAsync(Work work, int take, CancellationToken cancellation) =>
        ReadAsync(
            work,
            "exists (select 1 from intake_news n where n.vintage = i.vintage)",
            new { },
            take,
            cancellation
        );

    /// <param name="where">SQL of this class over <c>intake_imports i</c>.</param>
    private Task<IReadOnlyList<SourceVintage>> ReadAsync(
        Work work,
        string where,
        object values,
        int take,
        CancellationToken cancellation
    ) =>
        store.ReadOwnAsync<IReadOnlyList<SourceVintage>>(
            async connection =>
            {
                var labels = await connection.QueryAsync<string>("select distinct label from intake_imports");
                var row = new DynamicParameters(values);
                row.AddDynamicParams(new { finished = ImportState.Finished, take });
                row.AddDynamicParams(
                    new
                    {
                        labels = store.Dialect.Listed(labels.Where(l => Label.Sees(work.Viewer, Label.Parse(l).Value))),
                    }
                );
                var rows = await connection.QueryAsync<Row>(
                    $"""
                    select {Columns} from intake_imports i
                    where {where} and i.state = @finished and i.vintage is not null
                        and {store.Dialect.IsOneOf("i.label", "@labels")}
                    order by i.vintage desc limit @take
                    """,
                    row
                );
                return [.. rows.Select(r => r.ToVintage())];
            },
            cancellation
        );

    private sealed class Row
    {
        public required string Id { get; init; }
        public required string Source { get; init; }
        public long Vintage { get; init; }
        public required string FinishedAt { get; init; }
        public string? Edition { get; init; }
        public long Complete { get; init; }

        public SourceVintage ToVintage() => new(Id, Source, Vintage, Times.Read(FinishedAt), Edition, Complete != 0);
    }
}
