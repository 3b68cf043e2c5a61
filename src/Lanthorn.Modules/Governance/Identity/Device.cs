namespace Lanthorn.Governance.Identity;

/// <summary>Which browser on which system, in two words, so that somebody knows his own session again. It is no proof.</summary>
internal static class Device
{
    private const int MaxRead = 1_000;

    /// <summary>In this order: most browsers also name those that they descend from.</summary>
    private static readonly (string Mark, string Name)[] Browsers =
    [
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser", "Samsung Internet"),
        ("Firefox", "Firefox"),
        ("FxiOS", "Firefox"),
        ("CriOS", "Chrome"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
    ];

    private static readonly (string Mark, string Name)[] Systems =
    [
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ];

    /// <summary>As <c>Firefox · Linux</c>; empty where the browser says nothing that is known.</summary>
    public static string Of(string userAgent)
    {
        var read = userAgent.Length <= MaxRead ? userAgent : userAgent[..MaxRead];
        return string.Join(" · ", new[] { First(Browsers, read), First(Systems, read) }.OfType<string>());
    }

    private static string? First((string Mark, string Name)[] known, string text) =>
        known.FirstOrDefault(k => text.Contains(k.Mark, StringComparison.Ordinal)).Name;
}
