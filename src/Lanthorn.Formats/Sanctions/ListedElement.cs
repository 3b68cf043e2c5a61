using System.Text;

namespace Lanthorn.Formats;

/// <summary>One element of a listing in XML with all that is in it; small, since a reader limits it.</summary>
internal sealed class ListedElement(string name, Place place)
{
    private readonly StringBuilder text = new();
    private readonly List<ListedElement> children = [];
    private Dictionary<string, string>? attributes;

    public string Name => name;

    public Place Place => place;

    public IReadOnlyList<ListedElement> Children => children;

    /// <summary>Its own text, each run of white space one blank: lists break lines where their editors did.</summary>
    public string Text => OneLine(text.ToString());

    /// <summary>The text of the first child of that name; empty when there is none.</summary>
    public string this[string child] => children.Find(c => c.Name == child)?.Text ?? "";

    public IEnumerable<ListedElement> All(string child) => children.Where(c => c.Name == child);

    /// <summary>Its texts and those of everything in it, in order, without the empty ones.</summary>
    public IEnumerable<ListedElement> Leaves()
    {
        if (text.Length > 0 && Text.Length > 0)
            yield return this;
        foreach (var leaf in children.SelectMany(c => c.Leaves()))
            yield return leaf;
    }

    /// <summary>The attribute of that name in any case, its white space as in <see cref="Text"/>; empty when there is none.</summary>
    public string Attribute(string attribute) =>
        attributes is not null && attributes.TryGetValue(attribute, out var value) ? OneLine(value) : "";

    public void Set(string attribute, string value) =>
        (attributes ??= new(StringComparer.OrdinalIgnoreCase)).TryAdd(attribute, value);

    private static string OneLine(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    public void Add(ListedElement child) => children.Add(child);

    public void Append(ReadOnlySpan<char> more) => text.Append(more);
}
