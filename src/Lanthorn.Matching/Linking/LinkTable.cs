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
    private readonly List<List<int>> added = [];
    private List<int[]> rows = [];
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

    /// <summary>How many rows were added.</summary>
    public int Count { get; private set; }

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
        Count = rows.Count;
    }

    internal ReadOnlySpan<int> this[int row] => rows[row];

    internal LinkValues ValuesOf(int field) => values[field];

    /// <summary>Which rows, as they were added, stand behind each distinct one; the first of them is the smallest.</summary>
    internal IReadOnlyList<IReadOnlyList<int>> Added => added;

    /// <summary>How many rows there are that differ from each other.</summary>
    internal int Distinct => rows.Count;

    /// <summary>
    /// No more rows come. Equal ones become one, and they are put in an order that comes of what they say: the order in which
    /// they were added changes no result.
    /// </summary>
    internal void Read()
    {
        if (isRead)
            return;
        isRead = true;
        Parallel.ForEach(values, v => v.Read());
        int[] order = [.. Enumerable.Range(0, rows.Count)];
        Array.Sort(order, (a, b) => Compare(rows[a], rows[b]) is not 0 and var by ? by : a.CompareTo(b));
        var distinct = new List<int[]>();
        foreach (var at in order)
            if (distinct.Count > 0 && distinct[^1].AsSpan().SequenceEqual(rows[at]))
                added[^1].Add(at);
            else
            {
                distinct.Add(rows[at]);
                added.Add([at]);
            }
        rows = distinct;
    }

    private int Compare(int[] a, int[] b)
    {
        for (var field = 0; field < a.Length; field++)
            if (a[field] != b[field])
                return a[field] < 0 ? -1
                    : b[field] < 0 ? 1
                    : string.CompareOrdinal(values[field][a[field]], values[field][b[field]]);
        return 0;
    }
}
