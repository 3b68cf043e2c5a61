namespace Lanthorn.Matching;

/// <summary>
/// Rows of a table, a number for each value. The columns are those of <see cref="LinkField"/>; two columns of names may have
/// been exchanged in a row, which is seen.
/// </summary>
public sealed class LinkTable
{
    /// <summary>More columns say little more and would not fit into a pattern of levels.</summary>
    public const int MaxFields = 20;

    private readonly LinkValues[] values;
    private readonly List<int[]> rows = [];
    private bool isRead;

    public LinkTable(IReadOnlyList<LinkField> fields, SubjectKind subject)
    {
        ArgumentNullException.ThrowIfNull(fields);
        ArgumentOutOfRangeException.ThrowIfZero(fields.Count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(fields.Count, MaxFields);
        Fields = fields;
        values = [.. fields.Select(f => new LinkValues(f.Kind, subject))];
        Subject = subject;
    }

    public IReadOnlyList<LinkField> Fields { get; }

    public int Count => rows.Count;

    internal SubjectKind Subject { get; }

    /// <summary>Adds a row; a value that is empty or missing says nothing.</summary>
    public void Add(IReadOnlyList<string?> written)
    {
        ArgumentNullException.ThrowIfNull(written);
        if (isRead)
            throw new InvalidOperationException("Rows are added before the first comparison");
        var row = new int[values.Length];
        for (var field = 0; field < row.Length; field++)
            row[field] = values[field].Add(written[field]);
        rows.Add(row);
    }

    internal ReadOnlySpan<int> this[int row] => rows[row];

    internal LinkValues ValuesOf(int field) => values[field];

    internal void Read()
    {
        if (isRead)
            return;
        isRead = true;
        Parallel.ForEach(values, v => v.Read());
    }
}
