namespace Lanthorn.Platform;

/// <summary>The five areas of the rail, in their order.</summary>
public enum Area
{
    Know,
    Respond,
    Prevent,
    Protect,
    Govern,
}

/// <summary>An entry of the rail; shown only to those for whom <see cref="IsFor"/> holds.</summary>
/// <param name="Order">Place inside the area, smallest first.</param>
public sealed record NavigationEntry(Area Area, int Order, string Title, string Href, Func<Work, bool> IsFor);
