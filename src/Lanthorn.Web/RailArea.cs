namespace Lanthorn.Web;

/// <summary>One of the areas in the rail, with the pages in it that the reader may open.</summary>
/// <param name="Css">The class that gives the area its colour: <c>ln-know</c>, <c>ln-govern</c> and so on.</param>
public sealed record RailArea(string Name, string Css, IReadOnlyList<RailEntry> Entries);

/// <summary>A page in the rail.</summary>
public sealed record RailEntry(string Title, string Href, bool IsCurrent);
