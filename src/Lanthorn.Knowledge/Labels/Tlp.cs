namespace Lanthorn.Knowledge;

/// <summary>Traffic Light Protocol 2.0, from the widest audience to the narrowest. The numbers are stored: they only grow.</summary>
public enum Tlp
{
    Clear = 0,
    Green = 1,
    Amber = 2,
    AmberStrict = 3,
    Red = 4,
}

/// <summary>The spelling of TLP marks in labels, settings and pages.</summary>
public static class TlpText
{
    public static string Text(this Tlp tlp) =>
        tlp switch
        {
            Tlp.Clear => "clear",
            Tlp.Green => "green",
            Tlp.Amber => "amber",
            Tlp.AmberStrict => "amber+strict",
            Tlp.Red => "red",
            _ => throw new ArgumentOutOfRangeException(nameof(tlp)),
        };

    public static Parsed<Tlp> Parse(string? text) =>
        Mark(text) switch
        {
            "clear" or "white" => Parsed.Accept(Tlp.Clear),
            "green" => Parsed.Accept(Tlp.Green),
            "amber" => Parsed.Accept(Tlp.Amber),
            "amber+strict" => Parsed.Accept(Tlp.AmberStrict),
            "red" => Parsed.Accept(Tlp.Red),
            _ => Parsed.Refuse($"'{text}' is no TLP mark: clear, green, amber, amber+strict or red"),
        };

    /// <summary>Also as it stands on documents: <c>TLP:AMBER</c>.</summary>
    private static string Mark(string? text)
    {
        var mark = (text ?? "").Trim().ToLowerInvariant();
        return mark.StartsWith("tlp:", StringComparison.Ordinal) ? mark[4..] : mark;
    }
}
