namespace Lanthorn.Web;

/// <summary>A column of a table, the same on the page and in the file.</summary>
/// <param name="Key">Its name in addresses; stable.</param>
/// <param name="Text">What a row has there, as a person reads it.</param>
public sealed record Column<TRow>(string Key, string Title, Func<TRow, string> Text)
{
    /// <summary>By what it is sorted, where the text would sort wrongly; also what a file gets as a number.</summary>
    public Func<TRow, double?>? Number { get; init; }

    /// <summary>By what it is sorted, where neither the text nor a number that is shown does: moments, for one.</summary>
    public Func<TRow, double?>? Order { get; init; }

    /// <summary>Where the text leads.</summary>
    public Func<TRow, string?>? Href { get; init; }
}
