using System.Data.Common;
using System.Text.Json;
using Dapper;
using Lanthorn.Storage;

namespace Lanthorn.Intake.Refreshing;

/// <summary>How a look at the publisher's files ended; as the table holds it and answers write it.</summary>
internal static class RefreshResult
{
    /// <summary>The list was fetched and is in.</summary>
    public const string Updated = "updated";
    public const string Unchanged = "unchanged";

    /// <summary>What was there before stands.</summary>
    public const string Failed = "failed";

    /// <summary>Nobody has given an address, so nothing was asked.</summary>
    public const string NoAddress = "no-address";
}

/// <summary>A schedule that a person switched on.</summary>
/// <param name="At">The time of the day, in UTC, at which it runs; null is any.</param>
/// <param name="By">The account that switched it on, and as which it runs.</param>
internal sealed record RefreshSchedule(TimeSpan Every, TimeOnly? At, string By, DateTimeOffset NextAt);

/// <summary>What is known of keeping an official list fresh.</summary>
/// <param name="Addresses">Those that an administrator gave; null is the publisher's own.</param>
/// <param name="Notice">Why a schedule was ended without anybody asking.</param>
/// <param name="CheckedAt">When the publisher last answered with the list, or that it is unchanged.</param>
internal sealed record RefreshState(
    IReadOnlyList<string>? Addresses,
    RefreshSchedule? Schedule,
    string? Notice,
    string? Result,
    string ResultText,
    DateTimeOffset? ResultAt,
    DateTimeOffset? CheckedAt
)
{
    public static readonly RefreshState Nothing = new(null, null, null, null, "", null, null);

    public IReadOnlyList<FileAddress> AddressesOf(OfficialSource source) =>
        [.. (Addresses ?? source.Files).Select(a => FileAddress.Parse(a).Value)];
}

/// <summary>Reads and writes what is known of keeping official lists fresh.</summary>
internal sealed class RefreshStates(Store store)
{
    private const string Columns = """
        source as Source, addresses as Addresses, every_minutes as EveryMinutes, at_minute as AtMinute,
        scheduled_by as ScheduledBy, next_at as NextAt, notice as Notice, outcome as Outcome,
        outcome_text as OutcomeText, outcome_at as OutcomeAt, checked_at as CheckedAt
        """;

    public async Task<RefreshState> OfAsync(string source, CancellationToken cancellation) =>
        (await AllAsync(cancellation)).GetValueOrDefault(source, RefreshState.Nothing);

    /// <summary>By source; official sources of which nothing is known have none.</summary>
    public Task<Dictionary<string, RefreshState>> AllAsync(CancellationToken cancellation) =>
        store.ReadOwnAsync(
            async connection =>
                (await connection.QueryAsync<Row>($"select {Columns} from intake_refresh")).ToDictionary(
                    r => r.Source,
                    r => r.ToState(),
                    StringComparer.Ordinal
                ),
            cancellation
        );

    /// <summary>Writes some columns of a source's row in a transaction.</summary>
    /// <param name="set">SQL of this module: what to set, <c>@name</c> for values.</param>
    public static async Task SetInAsync(
        DbConnection connection,
        DbTransaction transaction,
        string source,
        string set,
        object values
    )
    {
        var row = new DynamicParameters(values);
        row.Add("source", source);
        await connection.ExecuteAsync(
            "insert into intake_refresh (source) values (@source) on conflict do nothing",
            row,
            transaction
        );
        await connection.ExecuteAsync($"update intake_refresh set {set} where source = @source", row, transaction);
    }

    public Task ReportAsync(string source, string result, string text, CancellationToken cancellation) =>
        store.WriteAsync(
            (connection, transaction) =>
                SetInAsync(
                    connection,
                    transaction,
                    source,
                    result is RefreshResult.Updated or RefreshResult.Unchanged
                        ? "outcome = @result, outcome_text = @text, outcome_at = @now, checked_at = @now"
                        : "outcome = @result, outcome_text = @text, outcome_at = @now",
                    new
                    {
                        result,
                        text,
                        now = Times.Text(store.Time.GetUtcNow()),
                    }
                ),
            cancellation
        );

    /// <summary>
    /// By what the files are recognised of which everything is in; for each address null where the files have to be fetched
    /// in any case, since something else was imported after them.
    /// </summary>
    public Task<IReadOnlyList<Validators?>> KnownAsync(
        string source,
        IReadOnlyList<FileAddress> addresses,
        CancellationToken cancellation
    ) =>
        store.ReadOwnAsync<IReadOnlyList<Validators?>>(
            async connection =>
            {
                var rows = await connection.QueryAsync<(long Number, string Address, string? ETag, string? Modified)>(
                    """
                    select f.number, f.address, f.etag, f.last_modified from intake_fetched f
                    join intake_imports i on i.id = f.import
                    where f.source = @source and i.state = @finished
                        and not exists (
                            select 1 from intake_imports l where l.source = @source and l.vintage > i.vintage)
                    """,
                    new { source, finished = ImportState.Finished }
                );
                var known = rows.ToDictionary(r => r.Number);
                return
                [
                    .. addresses.Select(
                        (address, at) =>
                            known.TryGetValue(at, out var row) && row.Address == address.Hash
                                ? new Validators(row.ETag, row.Modified)
                                : null
                    ),
                ];
            },
            cancellation
        );

    public Task KeepAsync(
        string source,
        IReadOnlyList<(FileAddress Address, Validators Validators)> files,
        string import,
        CancellationToken cancellation
    ) =>
        store.WriteAsync(
            async (connection, transaction) =>
            {
                await connection.ExecuteAsync(
                    "delete from intake_fetched where source = @source",
                    new { source },
                    transaction
                );
                await connection.ExecuteAsync(
                    """
                    insert into intake_fetched (source, number, address, etag, last_modified, import)
                    values (@source, @at, @Hash, @ETag, @LastModified, @import)
                    """,
                    files.Select(
                        (file, at) =>
                            new
                            {
                                source,
                                at = (long)at,
                                file.Address.Hash,
                                file.Validators.ETag,
                                file.Validators.LastModified,
                                import,
                            }
                    ),
                    transaction
                );
            },
            cancellation
        );

    private sealed class Row
    {
        public required string Source { get; init; }
        public string? Addresses { get; init; }
        public long? EveryMinutes { get; init; }
        public long? AtMinute { get; init; }
        public string? ScheduledBy { get; init; }
        public string? NextAt { get; init; }
        public string? Notice { get; init; }
        public string? Outcome { get; init; }
        public required string OutcomeText { get; init; }
        public string? OutcomeAt { get; init; }
        public string? CheckedAt { get; init; }

        public RefreshState ToState() =>
            new(
                Addresses is null ? null : JsonSerializer.Deserialize<List<string>>(Addresses),
                EveryMinutes is { } every
                    ? new(
                        TimeSpan.FromMinutes(every),
                        AtMinute is { } at ? TimeOnly.FromTimeSpan(TimeSpan.FromMinutes(at)) : null,
                        ScheduledBy!,
                        Times.Read(NextAt!)
                    )
                    : null,
                Notice,
                Outcome,
                OutcomeText,
                OutcomeAt is null ? null : Times.Read(OutcomeAt),
                CheckedAt is null ? null : Times.Read(CheckedAt)
            );
    }
}
