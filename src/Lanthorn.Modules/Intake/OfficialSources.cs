using System.Collections.Frozen;

namespace Lanthorn.Intake;

/// <summary>A source that publishes for everyone.</summary>
/// <param name="Address">Where the publisher offers it, for people to read.</param>
/// <param name="Files">
/// The files that together are one edition, to be fetched when somebody asks for it; none where the publisher gives every
/// reader a token of his own, so that an administrator has to give the address.
/// </param>
/// <param name="Format">The name of the format of the official file; another official format under this code is a mistake.</param>
/// <param name="IsCompleteEdition">True when each official file is the whole list.</param>
/// <param name="FreshDays">An edition older than so many days is no longer called fresh: the publisher has said more since.</param>
internal sealed record OfficialSource(
    string Code,
    string Title,
    string Publisher,
    string Address,
    string Licence,
    string Format,
    bool IsCompleteEdition,
    int FreshDays,
    IReadOnlyList<string> Files
);

/// <summary>
/// The public lists that Lanthorn knows by name. What they publish may be seen by everybody who works in enforcement,
/// whoever imported it; any other code makes a source of the importer's own.
/// </summary>
internal static class OfficialSources
{
    /// <summary>Lists change within days, so a week is the longest that an edition stays current.</summary>
    private const int Weekly = 7;

    public static readonly IReadOnlyList<OfficialSource> All =
    [
        new(
            "un-sc",
            "United Nations Security Council consolidated list",
            "United Nations Security Council",
            "https://main.un.org/securitycouncil/en/content/un-sc-consolidated-list",
            "Public list of the United Nations",
            "un",
            IsCompleteEdition: true,
            Weekly,
            ["https://scsanctions.un.org/resources/xml/en/consolidated.xml"]
        ),
        new(
            "us-ofac",
            "Specially Designated Nationals and blocked persons",
            "United States Treasury, Office of Foreign Assets Control",
            "https://ofac.treasury.gov/sanctions-list-service",
            "Public domain",
            "ofac",
            IsCompleteEdition: true,
            Weekly,
            [
                "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/SDN.CSV",
                "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/ALT.CSV",
                "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/ADD.CSV",
            ]
        ),
        new(
            "eu-fsf",
            "Consolidated list of persons, groups and entities under EU financial sanctions",
            "European Commission",
            "https://data.europa.eu/data/datasets/consolidated-list-of-persons-groups-and-entities-subject-to-eu-financial-sanctions",
            "Reuse with the source named (Decision 2011/833/EU)",
            "eu-fsf",
            IsCompleteEdition: true,
            Weekly,
            []
        ),
        new(
            "uk-sanctions",
            "UK sanctions list",
            "United Kingdom, Foreign, Commonwealth and Development Office",
            "https://www.gov.uk/government/publications/the-uk-sanctions-list",
            "Open Government Licence v3.0",
            "uk",
            IsCompleteEdition: true,
            Weekly,
            ["https://sanctionslist.fcdo.gov.uk/docs/UK-Sanctions-List.xml"]
        ),
    ];

    private static readonly FrozenDictionary<string, OfficialSource> ByCode = All.ToFrozenDictionary(
        s => s.Code,
        StringComparer.Ordinal
    );

    public static OfficialSource? Find(string code) => ByCode.GetValueOrDefault(code);

    /// <summary>The source whose official file has this format; null for formats that anybody may write.</summary>
    public static OfficialSource? OfFormat(string format) => All.FirstOrDefault(s => s.Format == format);
}
