using Dapper;

namespace Lanthorn.Storage;

/// <summary>Rows of a module's own tables that bear labels as records do.</summary>
public sealed partial class Reading
{
    /// <summary>
    /// The conditions that a module puts into a statement over its own labelled tables: it never sees the viewer's labels
    /// itself, and cannot forget to ask for them.
    /// </summary>
    public sealed class Sees
    {
        private const string Parameter = "@visibleLabels";

        private readonly Dialect dialect;

        internal Sees(Dialect dialect) => this.dialect = dialect;

        internal bool IsAsked { get; private set; }

        /// <summary>The viewer sees the row; the table of the alias has a column <c>label_id</c>.</summary>
        public string Row(string alias)
        {
            IsAsked = true;
            return dialect.IsOneOf($"{alias}.label_id", Parameter);
        }

        /// <summary>
        /// The record whose id is in the column is there, and the viewer sees it; also where the column has none. What rests
        /// on a record that was erased is gone with it.
        /// </summary>
        public string RecordOf(string column) =>
            $"({column} is null or exists (select 1 from record seen where seen.id = {column} and {Row("seen")}))";

        internal static void AddTo(DynamicParameters parameters, VisibleLabels labels) =>
            parameters.Add(Parameter, Dialect.Listed(labels));
    }

    /// <summary>
    /// Reads labelled rows of a module's own tables, as the viewer sees them at one moment. Records are read, and logged, by
    /// the other methods; what a module reads here it logs itself.
    /// </summary>
    /// <param name="statement">SQL with at least one of the conditions.</param>
    /// <param name="values">Its other parameters, by name.</param>
    public async Task<IReadOnlyList<T>> OwnAsync<T>(
        Func<Sees, string> statement,
        object values,
        CancellationToken cancellation
    )
    {
        var sees = new Sees(store.Dialect);
        var sql = statement(sees);
        if (!sees.IsAsked)
            throw new InvalidOperationException("A statement over labelled rows asks for the viewer's labels");
        await using var snapshot = await Snapshot.OpenAsync(store, cancellation);
        var parameters = new DynamicParameters(values);
        Sees.AddTo(parameters, store.Labels.For(viewer));
        return [.. await snapshot.Connection.QueryAsync<T>(sql, parameters)];
    }

    /// <summary>Logs that the viewer read what is no record, such as undertakings; waits until it is on the disk.</summary>
    public Task LogOwnAsync(Operation operation, string what, CancellationToken cancellation) =>
        LogAsync(operation, what, [], null, cancellation);
}
