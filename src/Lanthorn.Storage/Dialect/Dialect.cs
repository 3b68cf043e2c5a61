using System.Data;
using System.Data.Common;
using Dapper;
using DbUp.Builder;
using Lanthorn.Knowledge;

namespace Lanthorn.Storage;

/// <summary>
/// The database under a store: how it is opened, and as named functions what its SQL does differently. All other SQL is
/// written once and means the same on each. Columns hold texts in the order of their bytes, 64-bit numbers, floating
/// numbers and bytes, and nothing else: a yes or no is 1 or 0.
/// </summary>
public abstract class Dialect : IAsyncDisposable
{
    private protected Dialect() { }

    /// <summary>How the names of this database's numbered SQL files end.</summary>
    internal abstract string ScriptSuffix { get; }

    /// <summary>
    /// A join whose left side is walked in its order, so that a limit ends it early: where the planner can be told.
    /// </summary>
    internal abstract string JoinInOrder { get; }

    /// <summary>Takes a row's texts out of the full-text index, before the row itself; null where the row is enough.</summary>
    internal abstract string? UnindexText { get; }

    /// <summary>Puts a row's texts ($2, $3) into the full-text index, after the row; null where the row is enough.</summary>
    internal abstract string? IndexText { get; }

    /// <summary>False where the database is in the same process, and asking for each of many costs no journey.</summary>
    internal abstract bool IsFar { get; }

    /// <summary>The condition that a column is one of the numbers or texts in a list parameter.</summary>
    public abstract string IsOneOf(string column, string parameter);

    /// <summary>The condition that a column is one of the 16-byte ids in a list parameter.</summary>
    public abstract string IsOneOfIds(string column, string parameter);

    /// <summary>The condition that a text stands somewhere in a column.</summary>
    public abstract string Contains(string column, string parameter);

    /// <summary>The text under a name in a column of JSON.</summary>
    public abstract string JsonText(string column, string name);

    /// <summary>The value of a list parameter.</summary>
    public abstract object List(IEnumerable<int> numbers);

    /// <inheritdoc cref="List(IEnumerable{int})"/>
    public abstract object List(IEnumerable<string> texts);

    /// <inheritdoc cref="List(IEnumerable{int})"/>
    public abstract object List(IEnumerable<RecordId> ids);

    /// <summary>
    /// A list parameter by name, for <see cref="IsOneOf"/> in a query of a module: Dapper would write a bare list into the SQL.
    /// </summary>
    public SqlMapper.ICustomQueryParameter Listed(IEnumerable<string> texts) => new ListParameter(List(texts));

    /// <inheritdoc cref="Listed(IEnumerable{string})"/>
    public SqlMapper.ICustomQueryParameter Listed(IEnumerable<int> numbers) => new ListParameter(List(numbers));

    /// <summary>The labels that a viewer sees, as a parameter by name.</summary>
    internal static SqlMapper.ICustomQueryParameter Listed(VisibleLabels labels) => new ListParameter(labels.List);

    /// <summary>
    /// Which rows of <c>search_row s</c> can have all, or any, of the words: what stands after "from", and the column that
    /// is their order. The parameters are the words', in their order, and after them that of <see cref="TextQuery"/>.
    /// </summary>
    internal abstract (string From, string Rank) TextCandidates(
        IReadOnlyList<TextKeys.Word> words,
        IReadOnlyList<string> parameters,
        bool any
    );

    /// <summary>What else than the words the search for candidates is given; null for nothing.</summary>
    internal abstract string? TextQuery(IReadOnlyList<TextKeys.Word> words, bool any);

    /// <summary>Readies the database for migrating; until what comes back is disposed of, nobody else migrates it.</summary>
    internal abstract Task<IAsyncDisposable> BeAloneAsync(TimeProvider time, CancellationToken cancellation);

    internal abstract UpgradeEngineBuilder Upgrading();

    /// <summary>A connection that cannot write.</summary>
    internal abstract Task<DbConnection> OpenReaderAsync(CancellationToken cancellation);

    /// <summary>One moment of the database, however much is written meanwhile.</summary>
    internal abstract DbTransaction BeginSnapshot(DbConnection reader);

    /// <summary>
    /// The bulk way for new records in a write; null where a statement for each is as fast.
    /// </summary>
    internal abstract RecordCopy? CopyOn(DbConnection writer);

    /// <summary>The connection for one write, to be given back.</summary>
    internal abstract Task<DbConnection> RentWriterAsync(CancellationToken cancellation);

    internal abstract ValueTask ReturnWriterAsync(DbConnection writer);

    /// <summary>Begins a write; there is one at a time on the whole database, whoever makes it.</summary>
    internal abstract Task<DbTransaction> BeginWriteAsync(DbConnection writer, CancellationToken cancellation);

    /// <summary>Removes what was erased from the files, as far as it is for the program to do.</summary>
    internal abstract Task CheckpointAsync(DbConnection writer, CancellationToken cancellation);

    /// <summary>What is wrong with the database's own structure; null when nothing is. Reads every page that is in use.</summary>
    internal abstract Task<string?> DamageAsync(DbConnection reader, CancellationToken cancellation);

    /// <summary>What else its administrator should know of this kind of database.</summary>
    internal abstract Task<IReadOnlyList<Finding>> ExamineAsync(DbConnection reader);

    /// <summary>The tables with what an installation knows, referred ones first; not those of migrations and indexes.</summary>
    internal abstract Task<IReadOnlyList<StoredTable>> TablesAsync(DbConnection reader);

    /// <summary>The names of the indexes that migrations made.</summary>
    internal abstract Task<IReadOnlyList<string>> IndexesAsync(DbConnection reader);

    /// <summary>Which migrations the database has had, see <see cref="Migrations.NameOf"/>.</summary>
    internal abstract Task<IReadOnlyList<string>> MigrationsAsync(DbConnection reader);

    /// <summary>For each table that counts its rows and never gives a number again: the last that it gave.</summary>
    internal abstract Task<IReadOnlyDictionary<string, long>> LastNumbersAsync(DbConnection reader);

    /// <exception cref="RefusedByStoreException">There is something in the database already.</exception>
    internal abstract Task EnsureEmptyAsync(DbConnection reader);

    /// <summary>Takes away what was made in a database that was empty before.</summary>
    internal abstract Task EmptyAsync(DbConnection writer);

    /// <summary>Takes rows into a table, in the transaction of the connection.</summary>
    internal abstract Task<RowSink> SinkAsync(DbConnection writer, StoredTable table, CancellationToken cancellation);

    /// <summary>
    /// Readies tables that were filled from a backup: numbers go on after the highest, and what can be searched for is
    /// found.
    /// </summary>
    internal abstract Task AfterFillingAsync(DbConnection writer, IReadOnlyDictionary<string, long> lastNumbers);

    /// <summary>
    /// Until it is cancelled, wakes whoever follows when somebody else may have written or the database came back, and tells
    /// when it went away, so that no dead connection is kept.
    /// </summary>
    internal abstract Task ListenAsync(
        Action wake,
        Func<ValueTask> lost,
        TimeProvider time,
        CancellationToken cancellation
    );

    public abstract ValueTask DisposeAsync();

    private sealed class ListParameter(object list) : SqlMapper.ICustomQueryParameter
    {
        public void AddParameter(IDbCommand command, string name)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, list);
            command.Parameters.Add(parameter);
        }
    }
}
