using Lanthorn.Knowledge;

namespace Lanthorn.Formats;

/// <summary>The values of one property: the columns, joined by a blank, and what separates several values in them.</summary>
public sealed record MappedProperty(string Property, IReadOnlyList<string> Columns, string? Split)
{
    /// <summary>Each column has values of its own, such as a first and a second alias; nothing is joined.</summary>
    public bool AreSeparate { get; init; }
}

/// <summary>Which column of a table is what, read from a mapping file.</summary>
/// <remarks>
/// YAML: <c>schema: Person</c>, <c>id: COLUMN</c> and <c>properties: {property: COLUMN}</c>, where a list of columns is
/// joined by a blank, <c>{columns: COLUMN, split: '; '}</c> holds several values and <c>{columns: [COLUMN, COLUMN],
/// separate: true}</c> a value in each column. Optional are <c>published: COLUMN</c> (a date), <c>dates: day-first</c> or <c>month-first</c>
/// (for dates such as 03/04/1985), <c>delimiter</c>, <c>encoding</c>, <c>sheet</c> (of a workbook; else its first) and
/// <c>constants: {property: value}</c> for what every row has.
/// </remarks>
public sealed record ColumnMapping
{
    /// <summary>The longest mapping file, in characters.</summary>
    public const int MaxLength = 64 * 1024;

    public required Schema Schema { get; init; }
    public required string IdColumn { get; init; }
    public string? PublishedColumn { get; init; }
    public char Delimiter { get; init; } = ',';
    public string Encoding { get; init; } = "utf-8";

    /// <summary>How dates such as 03/04/1985 are meant.</summary>
    public DateOrder Dates { get; init; }

    /// <summary>The sheet of a workbook; null takes the first.</summary>
    public string? Sheet { get; init; }
    public required IReadOnlyList<MappedProperty> Properties { get; init; }
    public IReadOnlyList<(string Property, string Value)> Constants { get; init; } = [];

    /// <summary>Every column that the mapping names, once.</summary>
    public IEnumerable<string> Columns =>
        Properties
            .SelectMany(p => p.Columns)
            .Prepend(IdColumn)
            .Concat(PublishedColumn is null ? [] : [PublishedColumn])
            .Distinct(StringComparer.Ordinal);

    /// <summary>Reads a mapping file; the reason of a refusal names the key that is wrong.</summary>
    public static Parsed<ColumnMapping> Parse(string yaml) => MappingText.Parse(yaml);

    /// <summary>The mapping as a file that <see cref="Parse"/> reads.</summary>
    public string ToYaml() => MappingYaml.Of(this);
}
