using System.Text.RegularExpressions;

namespace Lanthorn.Formats;

/// <summary>Places, countries and contacts as the European Union's list has them.</summary>
internal static partial class EuPlace
{
    private const string UnknownCode = "00";
    private const string Unknown = "UNKNOWN";

    /// <summary>An address or a place of birth from the small to the large; empty when nothing is said.</summary>
    public static string Whole(ListedElement place)
    {
        var box = place.Attribute("poBox");
        var parts = new[]
        {
            place.Attribute("street"),
            box.Length > 0 && !box.StartsWith("P", StringComparison.OrdinalIgnoreCase) ? $"PO Box {box}" : box,
            place.Attribute("place"),
            $"{place.Attribute("zipCode")} {place.Attribute("city")}".Trim(),
            place.Attribute("region"),
            Country(place),
        };
        return string.Join(", ", parts.Where(p => p.Length > 0));
    }

    /// <summary>Adds the country by its code, else by its name; one that is not known here stays in the notes.</summary>
    public static void AddCountry(RecordDraft draft, ListedElement place, string property)
    {
        var code = place.Attribute("countryIso2Code");
        if (code.Length > 0 && code != UnknownCode && draft.TryAdd(property, code))
            return;
        draft.AddOrNote(property, Country(place), "Country");
    }

    /// <summary>What is said of a place besides where it is.</summary>
    public static string More(ListedElement place) =>
        string.Join(", ", new[] { place.Attribute("region"), Remarks(place) }.Where(p => p.Length > 0));

    public static string Remarks(ListedElement element) =>
        string.Join("; ", element.All("remark").Select(r => r.Text).Where(r => r.Length > 0));

    /// <summary>Telephone, e-mail and the like: elements in the XML, one text in the table.</summary>
    public static void AddContacts(RecordDraft draft, ListedElement address)
    {
        foreach (var contact in address.All("contactInfo"))
            AddContact(draft, contact.Attribute("key"), contact.Attribute("value"));
        var text = address.Attribute("contactInfo");
        var found = Bracketed().Matches(text);
        foreach (Match match in found)
            AddContact(draft, match.Groups["key"].Value, match.Groups["value"].Value);
        if (found.Count == 0 && text.Length > 0)
            draft.Note($"Contact: {text}");
    }

    private static void AddContact(RecordDraft draft, string key, string text)
    {
        var property = key.ToUpperInvariant() switch
        {
            "PHONE" or "MOBILE" or "FAX" => "phone",
            "EMAIL" => "email",
            "WEB" or "WEBSITE" => "website",
            _ => "",
        };
        foreach (
            var value in text.Split([';', ','], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        )
            if (property.Length > 0)
                draft.AddOrNote(property, value, key);
            else
                draft.Note($"{key}: {value}");
    }

    /// <summary>Never the word for a country that is not known.</summary>
    private static string Country(ListedElement place) =>
        place.Attribute("countryDescription") is var name && name.Equals(Unknown, StringComparison.OrdinalIgnoreCase)
            ? ""
            : name;

    [GeneratedRegex(@"(?<key>[A-Za-z]+)\[(?<value>[^\]]*)\]")]
    private static partial Regex Bracketed();
}
