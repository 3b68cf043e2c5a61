using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Lanthorn.Formats;

/// <summary>
/// The statements that OFAC writes one after the other into Remarks, 'DOB 1972 to 1977; POB Addis Ababa, Ethiopia; …',
/// as properties. A statement of which anything has no property stays word for word in the notes.
/// </summary>
internal static partial class OfacStatements
{
    /// <summary>How a kind of statement is read.</summary>
    private enum Reading
    {
        /// <summary>What follows is the value.</summary>
        Plain,

        /// <summary>A number, its country in brackets, and when it was issued and expires.</summary>
        Number,
        Date,
        BirthPlace,
        Name,
    }

    private sealed record Kind(string Beginning, Reading Reading, string Property);

    private static readonly Kind[] Kinds =
    [
        .. Of(Reading.Date, "birthDate", "DOB"),
        .. Of(Reading.Date, "incorporationDate", "Organization Established Date"),
        .. Of(Reading.Date, "buildDate", "Aircraft Manufacture Date"),
        .. Of(Reading.BirthPlace, "birthPlace", "POB"),
        .. Of(Reading.Name, "weakAlias", "a.k.a.", "n.k.a."),
        .. Of(Reading.Name, "previousName", "f.k.a."),
        .. Of(Reading.Plain, "nationality", "nationality"),
        .. Of(Reading.Plain, "citizenship", "citizen"),
        .. Of(Reading.Plain, "gender", "Gender"),
        .. Of(Reading.Plain, "email", "Email Address"),
        .. Of(Reading.Plain, "website", "Website"),
        .. Of(Reading.Plain, "phone", "Phone Number"),
        .. Of(Reading.Plain, "mmsi", "MMSI"),
        .. Of(
            Reading.Plain,
            "imoNumber",
            "Vessel Registration Identification IMO",
            "Identification Number IMO",
            "Company Number IMO"
        ),
        .. Of(Reading.Plain, "pastFlags", "Former Vessel Flag"),
        .. Of(Reading.Plain, "pastTypes", "Former Vessel Type"),
        .. Of(Reading.Plain, "sector", "Organization Type:"),
        .. Of(Reading.Plain, "swiftBic", "SWIFT/BIC"),
        .. Of(Reading.Plain, "model", "Aircraft Model"),
        .. Of(Reading.Plain, "serialNumber", "Aircraft Manufacturer's Serial Number (MSN)"),
        .. Of(Reading.Plain, "registrationNumber", "Aircraft Tail Number"),
        .. Of(Reading.Plain, "icaoCode", "Aircraft Mode S Transponder Code"),
        .. Of(Reading.Number, "dunsCode", "D-U-N-S Number"),
        .. Of(Reading.Number, "vatCode", "V.A.T. Number"),
        .. Of(Reading.Number, "licenseNumber", "License"),
        .. Of(Reading.Number, "socialSecurityNumber", "SSN"),
        .. Of(
            Reading.Number,
            "passportNumber",
            "Passport",
            "Diplomatic Passport",
            "Service Passport",
            "Stateless Person Passport"
        ),
        .. Of(
            Reading.Number,
            "taxNumber",
            "Tax ID No.",
            "NIT #",
            "R.F.C.",
            "RUC #",
            "RIF #",
            "C.U.I.T.",
            "RTN",
            "US FEIN",
            "Italian Fiscal Code",
            "Fiscal Code",
            "NIE",
            "C.I.F.",
            "N.I.E."
        ),
        .. Of(
            Reading.Number,
            "idNumber",
            "National ID No.",
            "Cedula No.",
            "Cedula de Ciudadania",
            "C.U.R.P.",
            "C.U.I.P.",
            "D.N.I.",
            "I.F.E.",
            "LE Number",
            "Electoral Registry No.",
            "Credencial electoral",
            "Identification Number",
            "Personal ID Card",
            "National Foreign ID Number",
            "Foreign ID No.",
            "Residency Number",
            "Citizen's Card Number",
            "Turkish Identification Number",
            "Numero de Identidad",
            "Tarjeta Profesional",
            "Cartilla de Servicio Militar Nacional",
            "Travel Document Number",
            "Birth Certificate Number",
            "Driver's License No.",
            "Stateless Person ID Card",
            "Refugee ID Card",
            "British National Overseas Passport",
            "Bosnian Personal ID No.",
            "Bosnian Identification Card",
            "Afghan Money Service Provider License Number",
            "Kenyan ID No.",
            "Tazkira National ID Card",
            "VisaNumberID"
        ),
        .. Of(
            Reading.Number,
            "registrationNumber",
            "Registration ID",
            "Registration Number",
            "Company Number",
            "UK Company Number",
            "Commercial Registry Number",
            "Business Registration Number",
            "Business Registration Document #",
            "Business Number",
            "Public Registration Number",
            "Chamber of Commerce Number",
            "Certificate of Incorporation Number",
            "Matricula Mercantil No",
            "Folio Mercantil No.",
            "C.R. No.",
            "Trade License No.",
            "Commercial License No.",
            "Enterprise Number",
            "Legal Entity Number",
            "Branch Unit Number",
            "Registered Charity No.",
            "Economic Register Number (CBLS)",
            "Unified Social Credit Code (USCC)",
            "United Social Credit Code Certificate (USCCC)",
            "Government Gazette Number",
            "Romanian C.R.",
            "Serial No.",
            "File Number",
            "Dubai Chamber of Commerce Membership No."
        ),
    ];

    /// <summary>By first word, so that a statement meets a handful of beginnings, longer ones first.</summary>
    private static readonly FrozenDictionary<string, Kind[]> ByFirstWord = Kinds
        .GroupBy(k => FirstWord(k.Beginning), StringComparer.Ordinal)
        .ToFrozenDictionary(
            g => g.Key,
            g => g.OrderByDescending(k => k.Beginning.Length).ToArray(),
            StringComparer.Ordinal
        );

    private static IEnumerable<Kind> Of(Reading reading, string property, params string[] beginnings) =>
        beginnings.Select(b => new Kind(b, reading, property));

    /// <param name="titles">What the title column says: it is repeated at the end of the remarks.</param>
    public static void Add(RecordDraft draft, string remarks, IReadOnlyCollection<string> titles)
    {
        foreach (var statement in Split(remarks))
        {
            var text = statement.TrimEnd('.');
            if (titles.Contains(text, StringComparer.OrdinalIgnoreCase) || titles.Contains(statement))
                continue;
            if (!Add(draft, text))
                draft.Note(statement);
        }
    }

    public static IEnumerable<string> Split(string remarks) =>
        remarks.Split("; ", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>True when properties hold everything that the statement says.</summary>
    private static bool Add(RecordDraft draft, string statement)
    {
        var text = statement.StartsWith("alt. ", StringComparison.Ordinal) ? statement[5..] : statement;
        var kinds = ByFirstWord.GetValueOrDefault(FirstWord(text)) ?? [];
        var kind = Array.Find(
            kinds,
            k =>
                text.Length > k.Beginning.Length + 1
                && text.StartsWith(k.Beginning, StringComparison.Ordinal)
                && text[k.Beginning.Length] == ' '
        );
        if (kind is null)
            return false;
        var value = text[(kind.Beginning.Length + 1)..].Trim();
        return kind.Reading switch
        {
            Reading.Date => AddDate(draft, kind.Property, value),
            Reading.BirthPlace => AddBirthPlace(draft, value),
            Reading.Name => AddName(draft, kind.Property, value),
            Reading.Number => AddNumber(draft, kind.Property, value),
            _ => draft.TryAdd(kind.Property, value),
        };
    }

    private static bool AddDate(RecordDraft draft, string property, string value)
    {
        var (dates, isExact) = ListedDates.Read(value);
        foreach (var date in dates)
            isExact &= draft.TryAdd(property, date);
        return isExact;
    }

    private static bool AddBirthPlace(RecordDraft draft, string value)
    {
        var comma = value.LastIndexOf(',');
        draft.TryAdd("birthCountry", value[(comma + 1)..].Trim());
        return draft.TryAdd("birthPlace", value);
    }

    private static bool AddName(RecordDraft draft, string property, string value)
    {
        var match = Quoted().Match(value);
        var name = match.Groups["name"].Value;
        return match.Success
            && draft.TryAdd(property, draft.Schema.Name == "Person" ? ListedNames.Spoken(name) : name)
            && match.Groups["more"].Length == 0;
    }

    private static bool AddNumber(RecordDraft draft, string property, string value)
    {
        var match = NumberAndMore().Match(value);
        draft.TryAdd("country", match.Groups["country"].Value);
        return draft.TryAdd(property, match.Groups["number"].Value) && match.Groups["more"].Length == 0;
    }

    private static string FirstWord(string text)
    {
        var blank = text.IndexOf(' ', StringComparison.Ordinal);
        return blank < 0 ? text : text[..blank];
    }

    [GeneratedRegex("^'(?<name>[^']+(?:'[^']+)*)'+(?<more>.*)$", RegexOptions.Singleline)]
    private static partial Regex Quoted();

    /// <summary>The number goes to the first bracket or word about its dates.</summary>
    [GeneratedRegex(
        @"^(?<number>.*?)(?<more>\s\((?<country>[^()]*)\).*|\s(?:issued|expires)\s.*)?$",
        RegexOptions.Singleline | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex NumberAndMore();
}
