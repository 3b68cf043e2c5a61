using System.Text.Json;
using Lanthorn.Knowledge;

namespace Lanthorn.Formats;

/// <summary>One record of the Senzing entity specification as a record of the FollowTheMoney model.</summary>
internal sealed class SenzingEntity
{
    private const string Id = "RECORD_ID";

    /// <summary>Attributes that are one property each; a schema without it has them in its notes.</summary>
    private static readonly (string Attribute, string Property)[] Plain =
    [
        ("GENDER", "gender"),
        ("DATE_OF_BIRTH", "birthDate"),
        ("DATE_OF_DEATH", "deathDate"),
        ("NATIONALITY", "nationality"),
        ("CITIZENSHIP", "citizenship"),
        ("PLACE_OF_BIRTH", "birthPlace"),
        ("REGISTRATION_DATE", "incorporationDate"),
        ("REGISTRATION_COUNTRY", "jurisdiction"),
        ("SSN_NUMBER", "socialSecurityNumber"),
        ("LEI_NUMBER", "leiCode"),
        ("DUNS_NUMBER", "dunsCode"),
        ("NPI_NUMBER", "npiCode"),
        ("IMO_NUMBER", "imoNumber"),
        ("MMSI_NUMBER", "mmsi"),
        ("CALL_SIGN", "callSign"),
        ("AIRCRAFT_TAIL_NUMBER", "registrationNumber"),
        ("EMAIL_ADDRESS", "email"),
        ("WEBSITE_ADDRESS", "website"),
        ("PHONE_NUMBER", "phone"),
    ];

    /// <summary>Documents: the number's attribute and those of its kind and country.</summary>
    private static readonly (string Number, string Kind, string Country, string Property)[] Documents =
    [
        ("PASSPORT_NUMBER", "", "PASSPORT_COUNTRY", "passportNumber"),
        ("DRIVERS_LICENSE_NUMBER", "", "DRIVERS_LICENSE_STATE", "idNumber"),
        ("NATIONAL_ID_NUMBER", "NATIONAL_ID_TYPE", "NATIONAL_ID_COUNTRY", "idNumber"),
        ("TAX_ID_NUMBER", "TAX_ID_TYPE", "TAX_ID_COUNTRY", "taxNumber"),
        ("OTHER_ID_NUMBER", "OTHER_ID_TYPE", "OTHER_ID_COUNTRY", "idNumber"),
    ];

    private static readonly string[] AddressParts =
    [
        "ADDR_FULL",
        "ADDR_LINE1",
        "ADDR_LINE2",
        "ADDR_LINE3",
        "ADDR_LINE4",
        "ADDR_LINE5",
        "ADDR_LINE6",
        "ADDR_CITY",
        "ADDR_STATE",
        "ADDR_POSTAL_CODE",
    ];

    private readonly List<SenzingFeature> features;
    private readonly RecordDraft draft;

    private SenzingEntity(List<SenzingFeature> features, Place place)
    {
        this.features = features;
        draft = new(Model.Get(SchemaOf(features)), place);
    }

    public static ReadItem Read(JsonElement record, Place place, List<ReadRecord> edges)
    {
        var features = SenzingFeatures.Of(record);
        var (source, number) = (TakeFirst(features, "DATA_SOURCE"), TakeFirst(features, Id));
        if (number.Length == 0)
            return Rejection.At(place, Id, "", "a record has an id");
        var externalId = source.Length > 0 ? $"{source}:{number}" : number;
        if (externalId.Length > Record.MaxExternalIdLength)
            return Rejection.At(place, Id, number, $"an id has at most {Record.MaxExternalIdLength} characters");
        // Others point to the anchor; a record without one is pointed to by nobody.
        var anchor = features.Find(f => f["REL_ANCHOR_KEY"].Length > 0);
        var publicId = SenzingLink.IdOf(anchor?["REL_ANCHOR_DOMAIN"] ?? source, anchor?["REL_ANCHOR_KEY"] ?? number);
        return new SenzingEntity(features, place).Read(externalId, publicId, place, edges);
    }

    private ReadRecord Read(string externalId, string publicId, Place place, List<ReadRecord> edges)
    {
        AddNames();
        foreach (var feature in features)
        {
            feature.Take("REL_ANCHOR_DOMAIN");
            feature.Take("REL_ANCHOR_KEY");
            feature.Take("RECORD_TYPE");
            if (SenzingLink.Take(feature, draft.Schema, externalId, publicId, place) is { } edge)
                edges.Add(edge);
            AddAddress(feature);
            foreach (var (number, kind, country, property) in Documents)
                AddDocument(feature, number, kind, country, property);
            foreach (var (attribute, property) in Plain)
                draft.AddOrNote(property, feature.Take(attribute), attribute);
            foreach (var (attribute, value) in feature.All)
                if (attribute != "PHONE_TYPE")
                    draft.Note($"{attribute}: {value}");
        }
        return draft.Finish(externalId, publicId, null);
    }

    private static string SchemaOf(List<SenzingFeature> features)
    {
        var kind = features.Select(f => f["RECORD_TYPE"]).FirstOrDefault(k => k.Length > 0) ?? "";
        var organisation = features.Select(f => f["NAME_ORG"]).FirstOrDefault(n => n.Length > 0);
        return kind.ToUpperInvariant() switch
        {
            "PERSON" or "INDIVIDUAL" => "Person",
            "ORGANIZATION" or "ORGANISATION" or "COMPANY" or "BUSINESS" => Organisation(organisation ?? ""),
            "VESSEL" or "SHIP" => "Vessel",
            "AIRCRAFT" => "Airplane",
            _ when organisation is not null => Organisation(organisation),
            _ when features.Exists(f => f["NAME_LAST"].Length > 0 || f["DATE_OF_BIRTH"].Length > 0) => "Person",
            _ => "LegalEntity",
        };
    }

    private static string Organisation(string name) => ListedNames.IsCompany(name) ? "Company" : "Organization";

    /// <summary>The primary name is the name, else the first; all others are aliases.</summary>
    private void AddNames()
    {
        var named = features.Where(f => NameOf(f).Length > 0).ToList();
        var primary = named.Find(f => f["NAME_TYPE"].Equals("PRIMARY", StringComparison.OrdinalIgnoreCase));
        var main = primary ?? named.FirstOrDefault();
        foreach (var feature in named)
        {
            var kind = feature.Take("NAME_TYPE").ToUpperInvariant();
            var property =
                ReferenceEquals(feature, main) ? "name"
                : kind is "FORMER" or "FKA" or "MAIDEN" or "PREVIOUS" ? "previousName"
                : "alias";
            draft.AddOrNote(property, NameOf(feature), "NAME");
            feature.Take("NAME_FULL");
            feature.Take("NAME_ORG");
            draft.AddOrNote("firstName", feature.Take("NAME_FIRST"), "NAME_FIRST");
            draft.AddOrNote("middleName", feature.Take("NAME_MIDDLE"), "NAME_MIDDLE");
            draft.AddOrNote("lastName", feature.Take("NAME_LAST"), "NAME_LAST");
            draft.AddOrNote("title", feature.Take("NAME_PREFIX"), "NAME_PREFIX");
            draft.AddOrNote("nameSuffix", feature.Take("NAME_SUFFIX"), "NAME_SUFFIX");
        }
    }

    private static string NameOf(SenzingFeature feature) =>
        feature["NAME_ORG"].Length > 0 ? feature["NAME_ORG"]
        : feature["NAME_FULL"].Length > 0 ? feature["NAME_FULL"]
        : string.Join(
            ' ',
            new[] { feature["NAME_FIRST"], feature["NAME_MIDDLE"], feature["NAME_LAST"] }.Where(n => n.Length > 0)
        );

    private void AddAddress(SenzingFeature feature)
    {
        var kind = feature.Take("ADDR_TYPE");
        var country = feature.Take("ADDR_COUNTRY");
        var parts = AddressParts.Select(feature.Take).Where(p => p.Length > 0).ToList();
        var isKept = draft.TryAdd("country", country);
        if (parts.Count > 0 || !isKept)
            draft.AddOrNote(
                "address",
                string.Join(", ", country.Length > 0 ? parts.Append(country) : parts),
                $"{kind} address".TrimStart()
            );
    }

    private void AddDocument(SenzingFeature feature, string number, string kind, string country, string property)
    {
        var (value, type, issuer) = (feature.Take(number), feature.Take(kind), feature.Take(country));
        // An organisation has no identity card: its number is that of a register.
        var fitting = property == "idNumber" && draft.Schema.IsA("Organization") ? "registrationNumber" : property;
        draft.AddOrNote(fitting, value, number);
        var isPlain = issuer.Length == 0 || draft.TryAdd("country", issuer);
        if (value.Length > 0 && (type.Length > 0 || !isPlain))
            draft.Note($"{(type.Length > 0 ? type : number)} {value}{(issuer.Length > 0 ? $" ({issuer})" : "")}");
    }

    private static string TakeFirst(List<SenzingFeature> features, string attribute) =>
        features.Select(f => f.Take(attribute)).FirstOrDefault(v => v.Length > 0) ?? "";
}
