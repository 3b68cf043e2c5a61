namespace Lanthorn.Formats;

/// <summary>A document or number by which the European Union's list identifies somebody.</summary>
internal static class EuDocument
{
    /// <summary>What is said of a document besides its number, with the words for it.</summary>
    private static readonly (string Attribute, string Words)[] Marks =
    [
        ("diplomatic", "diplomatic"),
        ("knownExpired", "known to have expired"),
        ("knownFalse", "known to be false"),
        ("reportedLost", "reported lost"),
        ("revokedByIssuer", "revoked by its issuer"),
    ];

    private static readonly (string Attribute, string Words)[] Details =
    [
        ("issuedBy", "issued by"),
        ("issueDate", "issued"),
        ("issuedDate", "issued"),
        ("validFrom", "valid from"),
        ("validTo", "valid to"),
        ("nameOnDocument", "in the name of"),
        ("region", "region"),
    ];

    public static void Add(RecordDraft draft, ListedElement document)
    {
        var number = document.Attribute("number") is { Length: > 0 } said ? said : document.Attribute("latinNumber");
        var kind = document.Attribute("identificationTypeDescription");
        var code = document.Attribute("identificationTypeCode");
        var label =
            kind.Length > 0 ? kind
            : code.Length > 0 ? code
            : "Document";
        if (PropertyOf(code, kind) is { } property && draft.Schema.Find(property) is not null)
            draft.AddOrNote(property, number, label);
        else
            draft.AddOrNote("idNumber", number, label);
        if (document.Attribute("latinNumber") is { Length: > 0 } latin && latin != number)
            draft.Note($"{label} {number}: in Latin letters {latin}");
        EuPlace.AddCountry(draft, document, "country");
        if (Said(document).ToList() is { Count: > 0 } more)
            draft.Note($"{label} {number}: {string.Join(", ", more)}".Trim());
    }

    private static IEnumerable<string> Said(ListedElement document) =>
        Marks
            .Where(m => document.Attribute(m.Attribute) is "true" or "1")
            .Select(m => m.Words)
            .Concat(
                Details
                    .Where(d => document.Attribute(d.Attribute).Length > 0)
                    .Select(d => $"{d.Words} {document.Attribute(d.Attribute)}")
            )
            .Concat(document.All("remark").Select(r => r.Text).Where(r => r.Length > 0));

    /// <summary>Null for those that are just a number of somebody.</summary>
    private static string? PropertyOf(string code, string kind) =>
        code.ToLowerInvariant() switch
        {
            "passport" => "passportNumber",
            "swiftbic" => "swiftBic",
            "imo" => "imoNumber",
            "regnumber" => "registrationNumber",
            "fiscalcode" => "taxNumber",
            "ssn" => "socialSecurityNumber",
            "tradelic" => "licenseNumber",
            "" when kind.Contains("passport", StringComparison.OrdinalIgnoreCase) => "passportNumber",
            _ => null,
        };
}
