using System.Collections.Frozen;
using System.Text.Json;

namespace Lanthorn.Formats;

/// <summary>Attributes that belong together, by name in capitals: one name, one address, one document.</summary>
internal sealed class SenzingFeature
{
    private readonly Dictionary<string, string> attributes = new(StringComparer.Ordinal);

    public bool IsEmpty => attributes.Count == 0;

    public string this[string attribute] => attributes.GetValueOrDefault(attribute, "");

    public IEnumerable<KeyValuePair<string, string>> All => attributes;

    public void Set(string attribute, string value) => attributes.TryAdd(attribute, value);

    /// <summary>The value, which is not there any more afterwards; empty when there was none.</summary>
    public string Take(string attribute) => attributes.Remove(attribute, out var value) ? value : "";
}

/// <summary>
/// Takes a record apart into its features. A list of objects has one in each; attributes on the record itself belong together
/// by what stands before their names, such as HOME in <c>HOME_ADDR_CITY</c>.
/// </summary>
internal static class SenzingFeatures
{
    /// <summary>Deeper objects than a feature in a list are kept as they are written.</summary>
    private const int MaxDepth = 3;

    private static readonly FrozenSet<string> Known = new[]
    {
        "DATA_SOURCE RECORD_ID RECORD_TYPE",
        "NAME_TYPE NAME_FULL NAME_ORG NAME_FIRST NAME_MIDDLE NAME_LAST NAME_PREFIX NAME_SUFFIX",
        "ADDR_TYPE ADDR_FULL ADDR_LINE1 ADDR_LINE2 ADDR_LINE3 ADDR_LINE4 ADDR_LINE5 ADDR_LINE6",
        "ADDR_CITY ADDR_STATE ADDR_POSTAL_CODE ADDR_COUNTRY PHONE_TYPE PHONE_NUMBER",
        "GENDER DATE_OF_BIRTH DATE_OF_DEATH NATIONALITY CITIZENSHIP PLACE_OF_BIRTH",
        "REGISTRATION_DATE REGISTRATION_COUNTRY PASSPORT_NUMBER PASSPORT_COUNTRY",
        "DRIVERS_LICENSE_NUMBER DRIVERS_LICENSE_STATE SSN_NUMBER",
        "NATIONAL_ID_TYPE NATIONAL_ID_NUMBER NATIONAL_ID_COUNTRY TAX_ID_TYPE TAX_ID_NUMBER TAX_ID_COUNTRY",
        "OTHER_ID_TYPE OTHER_ID_NUMBER OTHER_ID_COUNTRY LEI_NUMBER DUNS_NUMBER NPI_NUMBER",
        "IMO_NUMBER MMSI_NUMBER CALL_SIGN AIRCRAFT_TAIL_NUMBER EMAIL_ADDRESS WEBSITE_ADDRESS",
        "REL_ANCHOR_DOMAIN REL_ANCHOR_KEY REL_POINTER_DOMAIN REL_POINTER_KEY REL_POINTER_ROLE",
        "REL_POINTER_FROM_DATE REL_POINTER_THRU_DATE",
    }
        .SelectMany(names => names.Split(' '))
        .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The features in the order of the record; the record's own attributes come first.</summary>
    public static List<SenzingFeature> Of(JsonElement record)
    {
        var features = new List<SenzingFeature>();
        AddFrom(record, features, 0);
        return features;
    }

    private static void AddFrom(JsonElement json, List<SenzingFeature> features, int depth)
    {
        var byUse = new Dictionary<string, SenzingFeature>(StringComparer.Ordinal);
        var at = features.Count;
        foreach (var property in json.EnumerateObject())
        {
            if (property.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array && depth < MaxDepth)
            {
                AddInside(property, features, byUse, depth);
                continue;
            }
            if (Text(property.Value) is { Length: > 0 } text)
                Set(byUse, property.Name, text);
        }
        features.InsertRange(at, byUse.Values);
    }

    private static void AddInside(
        JsonProperty property,
        List<SenzingFeature> features,
        Dictionary<string, SenzingFeature> byUse,
        int depth
    )
    {
        if (property.Value.ValueKind == JsonValueKind.Object)
        {
            AddFrom(property.Value, features, depth + 1);
            return;
        }
        var plain = new List<string>();
        foreach (var item in property.Value.EnumerateArray())
            if (item.ValueKind == JsonValueKind.Object)
                AddFrom(item, features, depth + 1);
            else if (Text(item) is { Length: > 0 } text)
                plain.Add(text);
        if (plain.Count > 0)
            Set(byUse, property.Name, string.Join(", ", plain));
    }

    private static void Set(Dictionary<string, SenzingFeature> byUse, string written, string value)
    {
        var (use, name) = Split(written.ToUpperInvariant());
        if (!byUse.TryGetValue(use, out var feature))
            byUse.Add(use, feature = new());
        feature.Set(name, value);
        if (use.Length > 0 && name.Split('_')[0] is "NAME" or "ADDR" or "PHONE")
            feature.Set($"{name.Split('_')[0]}_TYPE", use);
    }

    /// <summary>What stands before the name of an attribute that is known, and the name.</summary>
    private static (string Use, string Name) Split(string written)
    {
        if (Known.Contains(written))
            return ("", written);
        for (var at = written.IndexOf('_', StringComparison.Ordinal); at > 0; at = written.IndexOf('_', at + 1))
            if (Known.Contains(written[(at + 1)..]))
                return (written[..at], written[(at + 1)..]);
        return ("", written);
    }

    private static string Text(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Null or JsonValueKind.Undefined => "",
            JsonValueKind.String => value.GetString()!.Trim(),
            _ => value.GetRawText(),
        };
}
