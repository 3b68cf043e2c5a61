using System.Data;
using System.Data.Common;
using Dapper;
using DbUp;
using DbUp.Builder;
using DbUp.Postgresql;
using Lanthorn.Knowledge;
using Npgsql;

namespace Lanthorn.Storage;

/// <summary>
/// A database of its own on a PostgreSQL server. Every write takes one lock of the whole database, so that two servers on it
/// write one after the other, exactly as on SQLite: sequences are taken in the order of commits.
/// </summary>
internal sealed partial class Postgres : Dialect
{
    /// <summary>Locks are numbers that all programs on the database share; these spell "lanth".</summary>
    private const long WriteLock = 0x6C616E7468_01;
    private const long MigrationLock = 0x6C616E7468_02;

    /// <summary>As the trigger on the table of changes names it.</summary>
    private const string Channel = "lanthorn_change";

    /// <summary>So many statements a connection keeps prepared, from their second use on.</summary>
    private const int MaxPrepared = 200;

    /// <summary>A server that no longer answers is noticed so soon by who only listens.</summary>
    private const int KeepAliveSeconds = 10;

    /// <summary>So many connections a server may want at once: pages and reads, one that writes, one that listens.</summary>
    private const int LeastConnections = 20;

    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(1);

    private readonly NpgsqlDataSource writers;
    private readonly NpgsqlDataSource readers;
    private readonly string alone;
    private readonly bool isElsewhere;
    private readonly bool checksServer;

    /// <exception cref="RefusedByStoreException">No address, or one that would send data in the clear over a network.</exception>
    public Postgres(string address)
    {
        var settings = PostgresAddress.Parse(address);
        isElsewhere = !PostgresAddress.IsOnThisMachine(settings);
        checksServer = settings.SslMode is SslMode.VerifyFull or SslMode.VerifyCA;
        settings.MaxAutoPrepare = MaxPrepared;
        settings.AutoPrepareMinUsages = 2;
        settings.KeepAlive = KeepAliveSeconds;
        settings.Enlist = false;
        settings.ApplicationName ??= "lanthorn";
        writers = NpgsqlDataSource.Create(settings);
        var given = settings.Options;
        settings.Options = $"{given} -c default_transaction_read_only=on".TrimStart();
        readers = NpgsqlDataSource.Create(settings);
        settings.Options = given;
        settings.Pooling = false;
        alone = settings.ToString();
    }

    internal override string ScriptSuffix => ".postgres.sql";

    internal override bool IsFar => true;

    internal override string JoinInOrder => "join";

    internal override string? UnindexText => null;

    internal override string? IndexText => null;

    public override string IsOneOf(string column, string parameter) => $"{column} = any({parameter})";

    public override string IsOneOfIds(string column, string parameter) => $"{column} = any({parameter})";

    public override string Contains(string column, string parameter) => $"strpos({column}, {parameter}) > 0";

    public override string JsonText(string column, string name) => $"({column}::json ->> '{name}')";

    public override object List(IEnumerable<int> numbers) => numbers.Select(n => (long)n).ToArray();

    public override object List(IEnumerable<string> texts) => texts.ToArray();

    public override object List(IEnumerable<RecordId> ids) => ids.Select(i => i.ToBytes()).ToArray();

    /// <summary>The index serves parts of texts; the rows of a search that goes by short words alone come from their keys.</summary>
    internal override (string From, string Rank) TextCandidates(
        IReadOnlyList<TextKeys.Word> words,
        IReadOnlyList<string> parameters,
        bool any
    )
    {
        // Words are letters and digits: nothing in them means anything to "like".
        var longs = words
            .Select(
                (word, at) => (word.IsLong, Has: $"(names || E'\\n' || others) like '%' || {parameters[at]} || '%'")
            )
            .Where(w => w.IsLong)
            .Select(w => w.Has)
            .ToList();
        if (words.Count == 0)
            return ("search_row s", "s.rank");
        if (!any)
            return longs.Count > 0
                ? ($"(select * from search_row where {string.Join(" and ", longs)}) s", "s.rank")
                : ($"short_text t join search_row s on s.rank = t.rank and t.key = {parameters[0]}", "t.rank");
        var ranks = words
            .Select((word, at) => (word.IsLong, Sql: $"select rank from short_text where key = {parameters[at]}"))
            .Where(w => !w.IsLong)
            .Select(w => w.Sql);
        if (longs.Count > 0)
            ranks = ranks.Append($"select rank from search_row where {string.Join(" or ", longs)}");
        return ($"({string.Join(" union ", ranks)}) t join search_row s on s.rank = t.rank", "t.rank");
    }

    internal override string? TextQuery(IReadOnlyList<TextKeys.Word> words, bool any) => null;

    /// <exception cref="RefusedByStoreException">The server is too old, or there is no such database or account on it.</exception>
    internal override async Task<IAsyncDisposable> BeAloneAsync(TimeProvider time, CancellationToken cancellation)
    {
        // Not from a pool: the lock ends with the connection, however it ends.
        var connection = new NpgsqlConnection(alone);
        try
        {
            await connection.OpenAsync(cancellation);
            PostgresAddress.EnsureFit(connection);
            await connection.ExecuteAsync($"select pg_advisory_lock({MigrationLock})", commandTimeout: 0);
            return connection;
        }
        catch (PostgresException refused) when (PostgresAddress.WayOut(refused) is { } wayOut)
        {
            await connection.DisposeAsync();
            throw new RefusedByStoreException($"{refused.MessageText}. {wayOut}");
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    internal override UpgradeEngineBuilder Upgrading() =>
        DeployChanges
            .To.PostgresqlDatabase(new PostgresqlConnectionManager(writers))
            .JournalToPostgresqlTable(null, "migration");

    internal override async Task<DbConnection> OpenReaderAsync(CancellationToken cancellation) =>
        await readers.OpenConnectionAsync(cancellation);

    internal override RecordCopy? CopyOn(DbConnection writer) => new((NpgsqlConnection)writer);

    internal override DbTransaction BeginSnapshot(DbConnection reader) =>
        reader.BeginTransaction(IsolationLevel.RepeatableRead);

    internal override async Task<DbConnection> RentWriterAsync(CancellationToken cancellation) =>
        await writers.OpenConnectionAsync(cancellation);

    internal override ValueTask ReturnWriterAsync(DbConnection writer) => writer.DisposeAsync();

    internal override async Task<DbTransaction> BeginWriteAsync(DbConnection writer, CancellationToken cancellation)
    {
        var transaction = await writer.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellation);
        try
        {
            await writer.ExecuteAsync($"select pg_advisory_xact_lock({WriteLock})", transaction: transaction);
            return transaction;
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Frees the room of what was erased in tables and indexes. That the server overwrites it, and when its log and backups
    /// forget it, is the administrator's to arrange.
    /// </summary>
    internal override Task CheckpointAsync(DbConnection writer, CancellationToken cancellation) =>
        writer.ExecuteAsync(
            "vacuum record, record_version, edge, pivot, absence, search_row, short_text, judgement, blob",
            commandTimeout: 0
        );

    internal override async Task ListenAsync(
        Action wake,
        Func<ValueTask> lost,
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        while (!cancellation.IsCancellationRequested)
            try
            {
                await using var listener = await writers.OpenConnectionAsync(cancellation);
                listener.Notification += (_, _) => wake();
                await listener.ExecuteAsync($"listen {Channel}");
                // Something may have been written before.
                wake();
                while (true)
                    await listener.WaitAsync(cancellation);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (DbException)
            {
                // It went away. Who follows goes on looking, and here it is looked for again.
                writers.Clear();
                await lost();
                await Task.Delay(LookAgainAfter, time, cancellation)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
    }

    public override async ValueTask DisposeAsync()
    {
        await readers.DisposeAsync();
        await writers.DisposeAsync();
    }
}
