using Lanthorn.Knowledge;

namespace Lanthorn.Formats;

/// <summary>The one place where readers meet the typed values.</summary>
internal static class Cleaning
{
    public static Parsed<string> Clean(Property property, string raw)
    {
        var text = raw.Trim();
        return text.Length <= property.MaxLength
            ? Parsed.Accept(text)
            : Parsed.Refuse($"longer than {property.MaxLength} characters");
    }
}
