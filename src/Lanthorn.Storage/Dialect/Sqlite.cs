using System.Data.Common;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Dapper;
using DbUp;
using DbUp.Builder;
using Lanthorn.Knowledge;
using Microsoft.Data.Sqlite;

namespace Lanthorn.Storage;

/// <summary>One SQLite file in the folder of the installation, with a write-ahead log.</summary>
internal sealed partial class Sqlite(string folder) : Dialect
{
    /// <summary>SQLite's own number: a row that breaks a rule of its table.</summary>
    internal const int ConstraintFailed = 19;
    internal const int Mismatch = 20;

    private const int BusyTimeoutSeconds = 30;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan RetryEvery = TimeSpan.FromMilliseconds(100);

    /// <summary>Erased bytes are overwritten, acknowledged ones are on the disk.</summary>
    private const string WritingPragmas = """
        pragma journal_mode = wal;
        pragma synchronous = full;
        pragma foreign_keys = on;
        pragma secure_delete = on;
        pragma busy_timeout = 30000;
        pragma cache_size = -65536;
        pragma mmap_size = 268435456;
        pragma wal_autocheckpoint = 4000;
        """;

    private const string ReadingPragmas = """
        pragma query_only = on;
        pragma busy_timeout = 30000;
        pragma mmap_size = 268435456;
        """;

    private readonly string connectionString = new SqliteConnectionStringBuilder
    {
        DataSource = Path.Combine(folder, "lanthorn.db"),
        DefaultTimeout = BusyTimeoutSeconds,
        Pooling = false,
    }.ToString();

    private SqliteConnection? writer;

    internal override string ScriptSuffix => ".sqlite.sql";

    internal override bool IsFar => false;

    internal override string JoinInOrder => "cross join";

    // The index forgets only what it is told exactly as it was, so the old texts are kept and given back to it.
    internal override string UnindexText =>
        """
            insert into search_text (search_text, rowid, names, others)
            select 'delete', rank, names, others from search_row where rank = $1
            """;

    internal override string IndexText => "insert into search_text (rowid, names, others) values ($1, $2, $3)";

    public override string IsOneOf(string column, string parameter) =>
        $"{column} in (select value from json_each({parameter}))";

    public override string IsOneOfIds(string column, string parameter) =>
        $"{column} in (select unhex(value) from json_each({parameter}))";

    public override string Contains(string column, string parameter) => $"instr({column}, {parameter}) > 0";

    public override string JsonText(string column, string name) => $"json_extract({column}, '$.{name}')";

    public override object List(IEnumerable<int> numbers)
    {
        var list = new StringBuilder("[");
        foreach (var number in numbers)
            list.Append(CultureInfo.InvariantCulture, $"{(list.Length > 1 ? "," : "")}{number}");
        return list.Append(']').ToString();
    }

    public override object List(IEnumerable<string> texts) => JsonSerializer.Serialize(texts);

    public override object List(IEnumerable<RecordId> ids) => List(ids.Select(i => i.ToString()));

    internal override (string From, string Rank) TextCandidates(
        IReadOnlyList<TextKeys.Word> words,
        IReadOnlyList<string> parameters,
        bool any
    )
    {
        var isLong = words.Any(w => w.IsLong);
        if (words.Count == 0)
            return ("search_row s", "s.rank");
        if (any)
            return ($"({AnyRanks(words, parameters)}) t cross join search_row s on s.rank = t.rank", "t.rank");
        return isLong
            ? (
                $"search_text t cross join search_row s on s.rank = t.rowid and search_text match {parameters[^1]}",
                "t.rowid"
            )
            : ($"short_text t cross join search_row s on s.rank = t.rank and t.key = {parameters[0]}", "t.rank");
    }

    /// <summary>
    /// The full-text query for rows with every sequence of three characters of every long word, or of any. Words are letters
    /// and digits, so nothing in them needs to be escaped.
    /// </summary>
    internal override string? TextQuery(IReadOnlyList<TextKeys.Word> words, bool any) =>
        words.Any(w => w.IsLong)
            ? string.Join(
                any ? " OR " : " AND ",
                words.Where(w => w.IsLong).Select(w => $"({string.Join(" AND ", TrigramsOf(w.Text))})")
            )
            : null;

    internal override async Task<IAsyncDisposable> BeAloneAsync(TimeProvider time, CancellationToken cancellation)
    {
        var alone = await LockAsync(time, cancellation);
        writer = new SqliteConnection(connectionString);
        await writer.OpenAsync(cancellation);
        await writer.ExecuteAsync(WritingPragmas);
        return alone;
    }

    internal override UpgradeEngineBuilder Upgrading() =>
        DeployChanges.To.SqliteDatabase(connectionString).JournalToSqliteTable("migration");

    internal override async Task<DbConnection> OpenReaderAsync(CancellationToken cancellation)
    {
        var reader = new SqliteConnection(connectionString);
        await reader.OpenAsync(cancellation);
        await reader.ExecuteAsync(ReadingPragmas);
        return reader;
    }

    internal override RecordCopy? CopyOn(DbConnection writer) => null;

    internal override DbTransaction BeginSnapshot(DbConnection reader) =>
        ((SqliteConnection)reader).BeginTransaction(deferred: true);

    /// <summary>There is one, which the gate of the store guards: it keeps its cache of pages from write to write.</summary>
    internal override Task<DbConnection> RentWriterAsync(CancellationToken cancellation) =>
        Task.FromResult<DbConnection>(
            writer ?? throw new InvalidOperationException("The writer is opened by migrating")
        );

    internal override ValueTask ReturnWriterAsync(DbConnection writer) => ValueTask.CompletedTask;

    internal override async Task<DbTransaction> BeginWriteAsync(DbConnection writer, CancellationToken cancellation) =>
        await writer.BeginTransactionAsync(cancellation);

    /// <summary>Empties the write-ahead log, so that what was erased is in no file any more.</summary>
    internal override Task CheckpointAsync(DbConnection writer, CancellationToken cancellation) =>
        writer.ExecuteAsync("pragma wal_checkpoint(truncate)");

    /// <summary>Nothing tells of another process's writes: who follows looks often, which costs little in one's own process.</summary>
    internal override Task ListenAsync(
        Action wake,
        Func<ValueTask> lost,
        TimeProvider time,
        CancellationToken cancellation
    ) => Task.CompletedTask;

    public override ValueTask DisposeAsync() => writer?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>A server and a command line that start at the same moment migrate one after the other.</summary>
    private async Task<FileStream> LockAsync(TimeProvider time, CancellationToken cancellation)
    {
        var path = Path.Combine(folder, "migration.lock");
        var started = time.GetTimestamp();
        while (true)
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (time.GetElapsedTime(started) < LongestWait)
            {
                await Task.Delay(RetryEvery, cancellation);
            }
    }

    /// <summary>The ranks of rows that can have any of the words, each once, in order.</summary>
    private static string AnyRanks(IReadOnlyList<TextKeys.Word> words, IReadOnlyList<string> parameters)
    {
        var parts = words
            .Select((word, at) => (word.IsLong, parameters[at]))
            .Where(w => !w.IsLong)
            .Select(w => $"select rank from short_text where key = {w.Item2}");
        if (words.Any(w => w.IsLong))
            parts = parts.Append($"select rowid as rank from search_text where search_text match {parameters[^1]}");
        return $"{string.Join(" union ", parts)} order by 1";
    }

    private static IEnumerable<string> TrigramsOf(string word)
    {
        var runes = word.EnumerateRunes().ToArray();
        return Enumerable
            .Range(0, runes.Length - 2)
            .Select(at => $"\"{runes[at]}{runes[at + 1]}{runes[at + 2]}\"")
            .Distinct(StringComparer.Ordinal);
    }
}
