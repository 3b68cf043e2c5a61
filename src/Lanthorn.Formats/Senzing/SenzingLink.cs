using System.Security.Cryptography;
using System.Text;
using Lanthorn.Knowledge;

namespace Lanthorn.Formats;

/// <summary>
/// A pointer from one record to another as an edge. Only roles that say one thing become more than a link that is not known
/// closer: whether PARENT names this record or the other one, data sources do not agree.
/// </summary>
internal static class SenzingLink
{
    private sealed record Shape(string Schema, string Mine, string Other, string Range);

    private static readonly Shape Unknown = new("UnknownLink", "subject", "object", "Thing");
    private static readonly Shape Family = new("Family", "person", "relative", "Person");

    private static readonly Dictionary<string, Shape> ByRole = new(StringComparer.Ordinal)
    {
        ["OWNS"] = new("Ownership", "owner", "asset", "LegalEntity"),
        ["OWNER_OF"] = new("Ownership", "owner", "asset", "LegalEntity"),
        ["SHAREHOLDER_OF"] = new("Ownership", "owner", "asset", "LegalEntity"),
        ["OWNED_BY"] = new("Ownership", "asset", "owner", "Asset"),
        ["SUBSIDIARY_OF"] = new("Ownership", "asset", "owner", "Asset"),
        ["EMPLOYED_BY"] = new("Employment", "employee", "employer", "Person"),
        ["EMPLOYEE_OF"] = new("Employment", "employee", "employer", "Person"),
        ["WORKS_FOR"] = new("Employment", "employee", "employer", "Person"),
        ["DIRECTOR_OF"] = new("Directorship", "director", "organization", "LegalEntity"),
        ["OFFICER_OF"] = new("Directorship", "director", "organization", "LegalEntity"),
        ["MEMBER_OF"] = new("Membership", "member", "organization", "LegalEntity"),
        ["SPOUSE"] = Family,
        ["SPOUSE_OF"] = Family,
        ["HUSBAND_OF"] = Family,
        ["WIFE_OF"] = Family,
        ["SIBLING_OF"] = Family,
        ["BROTHER_OF"] = Family,
        ["SISTER_OF"] = Family,
        ["SON_OF"] = Family,
        ["DAUGHTER_OF"] = Family,
        ["CHILD_OF"] = Family,
        ["FATHER_OF"] = Family,
        ["MOTHER_OF"] = Family,
        ["RELATIVE_OF"] = Family,
    };

    /// <summary>
    /// The id by which a record is pointed to: domain and key where these are an id, else their digest, since a key may be any
    /// text.
    /// </summary>
    public static string IdOf(string domain, string key)
    {
        const int longest = 200;
        var plain = $"{domain}:{key}";
        return plain.Length <= longest && plain.AsSpan().IndexOfAnyInRange('\0', ' ') < 0
            ? plain
            : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(plain)).AsSpan(0, 20));
    }

    /// <summary>The edge that a feature is; null when it is none.</summary>
    public static ReadRecord? Take(SenzingFeature feature, Schema mine, string externalId, string publicId, Place place)
    {
        var (domain, key) = (feature.Take("REL_POINTER_DOMAIN"), feature.Take("REL_POINTER_KEY"));
        if (key.Length == 0)
            return null;
        var role = feature.Take("REL_POINTER_ROLE");
        var shape = ByRole.GetValueOrDefault(role.ToUpperInvariant().Replace(' ', '_'), Unknown);
        if (!mine.IsA(shape.Range))
            shape = Unknown;
        var other = IdOf(domain, key);
        var draft = new RecordDraft(Model.Get(shape.Schema), place);
        draft.Add(shape.Mine, publicId);
        draft.Add(shape.Other, other);
        draft.AddOrNote(ReferenceEquals(shape, Family) ? "relationship" : "role", role, "REL_POINTER_ROLE");
        draft.Add("startDate", feature.Take("REL_POINTER_FROM_DATE"));
        draft.Add("endDate", feature.Take("REL_POINTER_THRU_DATE"));
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes($"{externalId}\n{role}\n{other}")).AsSpan(0, 20);
        return draft.Finish(Convert.ToHexStringLower(digest), null, null);
    }
}
