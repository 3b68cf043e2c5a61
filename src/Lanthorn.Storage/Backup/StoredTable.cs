namespace Lanthorn.Storage;

/// <summary>A table that holds what an installation knows, with its columns in their order.</summary>
internal sealed record StoredTable(string Name, IReadOnlyList<string> Columns)
{
    /// <summary>The columns as SQL names them.</summary>
    public string ColumnList => string.Join(", ", Columns.Select(Quoted));

    public string Sql => Quoted(Name);

    public string Select => $"select {ColumnList} from {Sql}";

    /// <summary>Such that a table comes after those that its rows refer to.</summary>
    /// <param name="references">Names of a table and of one that it refers to.</param>
    public static IReadOnlyList<StoredTable> InOrder(
        IEnumerable<(string Table, string Column)> columns,
        IEnumerable<(string Table, string Refers)> references
    )
    {
        var tables = columns
            .GroupBy(c => c.Table, StringComparer.Ordinal)
            .Select(g => new StoredTable(g.Key, [.. g.Select(c => c.Column)]))
            .OrderBy(t => t.Name, StringComparer.Ordinal)
            .ToList();
        var refers = references.Where(r => r.Table != r.Refers).ToLookup(r => r.Table, r => r.Refers);
        var (ordered, placed) = (new List<StoredTable>(), new HashSet<string>(StringComparer.Ordinal));
        while (tables.Count > 0)
        {
            var next =
                tables.Find(t => refers[t.Name].All(placed.Contains))
                ?? throw new InvalidOperationException($"Tables refer to each other in a circle: {tables[0].Name}");
            tables.Remove(next);
            ordered.Add(next);
            placed.Add(next.Name);
        }
        return ordered;
    }

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
