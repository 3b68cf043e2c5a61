namespace Lanthorn.Web;

/// <summary>
/// How a reader wants to see a table, as it stands in the address: what it is sorted by, what its rows must contain, which
/// page of it. Links carry it, so that going back goes back.
/// </summary>
/// <param name="Sort">Key of a column; empty for the order in which the rows come.</param>
/// <param name="Filter">Words that a row must have somewhere; empty for every row.</param>
public sealed record TableView(string Sort, bool Descends, string Filter, int Page)
{
    public const int PageSize = 50;
    public const int MaxFilterLength = 200;
    private const int MaxPage = 100_000;

    /// <param name="field">The value of a field in the address; null where it has none.</param>
    public static TableView Of(Func<string, string?> field)
    {
        var filter = (field("filter") ?? "").Trim();
        return new(
            field("sort") ?? "",
            field("order") == "desc",
            filter[..Math.Min(filter.Length, MaxFilterLength)],
            int.TryParse(field("page"), out var page) ? Math.Clamp(page, 0, MaxPage) : 0
        );
    }

    /// <summary>The rows that have the words, in the order that is wanted.</summary>
    public IReadOnlyList<TRow> Of<TRow>(IEnumerable<TRow> rows, IReadOnlyList<Column<TRow>> columns)
    {
        var words = Filter.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var kept = rows.Where(r =>
            words.All(w => columns.Any(c => c.Text(r).Contains(w, StringComparison.CurrentCultureIgnoreCase)))
        );
        if (columns.FirstOrDefault(c => c.Key == Sort) is not { } column)
            return [.. kept];
        return (column.Order ?? column.Number, Descends) switch
        {
            ({ } number, false) => [.. kept.OrderBy(number)],
            ({ } number, true) => [.. kept.OrderByDescending(number)],
            (null, false) => [.. kept.OrderBy(column.Text, StringComparer.CurrentCultureIgnoreCase)],
            (null, true) => [.. kept.OrderByDescending(column.Text, StringComparer.CurrentCultureIgnoreCase)],
        };
    }

    /// <summary>The view sorted by a column: once more turns the order round.</summary>
    public TableView SortedBy(string key) => this with { Sort = key, Descends = Sort == key && !Descends, Page = 0 };

    /// <summary>An address with this view in its query.</summary>
    public string On(string path)
    {
        (string Name, string Value)[] fields =
        [
            ("sort", Sort),
            ("order", Sort.Length > 0 && Descends ? "desc" : ""),
            ("filter", Filter),
            ("page", Page > 0 ? $"{Page}" : ""),
        ];
        var query = string.Join(
            '&',
            fields.Where(f => f.Value.Length > 0).Select(f => $"{f.Name}={Uri.EscapeDataString(f.Value)}")
        );
        return query.Length == 0 ? path : $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{query}";
    }
}
