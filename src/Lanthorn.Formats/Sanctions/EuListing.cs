using System.Text.RegularExpressions;
using Lanthorn.Knowledge;

namespace Lanthorn.Formats;

/// <summary>
/// One entity of the European Union's list as a record. What has no property of its own, or does not clean, is kept word for
/// word in the notes.
/// </summary>
internal sealed partial class EuListing
{
    public const string Number = "euReferenceNumber";

    private static readonly string[] NameParts = ["firstName", "middleName", "lastName"];

    private readonly ListedElement listing;
    private readonly RecordDraft draft;
    private readonly bool isPerson;

    private EuListing(ListedElement listing)
    {
        this.listing = listing;
        var kind = listing.All("subjectType").Select(Kind).FirstOrDefault() ?? "";
        isPerson = kind == "person";
        var schema =
            isPerson ? "Person"
            : kind != "enterprise" ? "LegalEntity"
            : listing.All("nameAlias").Any(a => ListedNames.IsCompany(Whole(a))) ? "Company"
            : "Organization";
        draft = new(Model.Get(schema), listing.Place);
    }

    public static ReadItem Read(ListedElement listing)
    {
        var number = listing.Attribute(Number) is { Length: > 0 } reference
            ? reference
            : listing.Attribute("logicalId");
        return number.Length is 0 or > Record.MaxExternalIdLength
            ? Rejection.At(listing.Place, Number, number, "an entity has a reference number or a logical id")
            : new EuListing(listing).Read(number);
    }

    /// <summary>The editions differ in which of the two attributes has the word and which the letter.</summary>
    private static string Kind(ListedElement subject)
    {
        var said = new[] { subject.Attribute("code"), subject.Attribute("classificationCode") };
        return said.Any(s => s is "person" or "P") ? "person"
            : said.Any(s => s is "enterprise" or "E") ? "enterprise"
            : "";
    }

    private ReadRecord Read(string number)
    {
        AddNames();
        foreach (var element in listing.Children)
            Add(element);
        draft.AddOrNote("createdAt", Day(listing.Attribute("designationDate")), "Designated on");
        Labelled("United Nations reference", listing.Attribute("unitedNationId"));
        Labelled("Designation", listing.Attribute("designationDetails"));
        Labelled("Delisted on", listing.Attribute("delistingDate"));
        SanctionTopics.Add(draft, string.Join('\n', Words()));
        return draft.Finish(number, null, PublishedAt());
    }

    private IEnumerable<string> Words() =>
        listing
            .All("nameAlias")
            .SelectMany(a => new[] { a.Attribute("function"), Whole(a) })
            .Concat(listing.All("remark").Select(r => r.Text))
            .Append(listing.Attribute("designationDetails"));

    private void Add(ListedElement element)
    {
        switch (element.Name)
        {
            case "nameAlias" or "subjectType":
                break;
            case "remark":
                draft.Note(element.Text);
                break;
            case "regulation":
                AddRegulation(element);
                break;
            case "citizenship":
                AddCitizenship(element);
                break;
            case "birthdate":
                AddBirth(element);
                break;
            case "address":
                AddAddress(element);
                break;
            case "identification":
                EuDocument.Add(draft, element);
                break;
            default:
                if (element.Leaves().Select(l => l.Text).ToList() is { Count: > 0 } texts)
                    draft.Note($"{element.Name}: {string.Join(", ", texts)}");
                break;
        }
    }

    /// <summary>The first strong name is the name; the list has no other order.</summary>
    private void AddNames()
    {
        var aliases = listing.All("nameAlias").ToList();
        var main = aliases.Find(a => !IsWeak(a) && Whole(a).Length > 0) ?? aliases.Find(a => Whole(a).Length > 0);
        foreach (var alias in aliases)
        {
            var (whole, isWeak) = (Whole(alias), IsWeak(alias));
            if (ReferenceEquals(alias, main))
                draft.AddOrNote("name", whole, "Name");
            else if (whole != Whole(main ?? alias))
                draft.AddOrNote(isWeak ? "weakAlias" : "alias", whole, "Alias");
            if (isPerson && !isWeak)
            {
                draft.AddOrNote("firstName", alias.Attribute("firstName"), "First name");
                draft.AddOrNote("middleName", alias.Attribute("middleName"), "Middle name");
                draft.AddOrNote("lastName", alias.Attribute("lastName"), "Last name");
            }
            draft.AddOrNote("title", alias.Attribute("title"), "Title");
            draft.AddOrNote("position", alias.Attribute("function"), "Function");
            draft.AddOrNote("gender", alias.Attribute("gender"), "Gender");
            if (alias.Attribute("nameLanguage") is { Length: > 0 } language && !IsEnglish(language))
                draft.Note($"Name {whole}: language {language}");
            foreach (var remark in alias.All("remark").Select(r => r.Text).Where(r => !Quality().IsMatch(r)))
                draft.Note($"Name {whole}: {remark}");
        }
    }

    private static bool IsEnglish(string language) => language.Equals("en", StringComparison.OrdinalIgnoreCase);

    private static string Whole(ListedElement alias) =>
        alias.Attribute("wholeName") is { Length: > 0 } whole
            ? whole
            : string.Join(' ', NameParts.Select(alias.Attribute).Where(p => p.Length > 0));

    /// <summary>The table has no mark for it; older names have it in their remarks.</summary>
    private static bool IsWeak(ListedElement alias) =>
        alias.Attribute("strong") is "false" or "0"
        || alias
            .All("remark")
            .Any(r => Quality().Match(r.Text) is { Success: true } match && match.Groups["low"].Success);

    private void AddRegulation(ListedElement regulation)
    {
        draft.AddOrNote("program", regulation.Attribute("programme"), "Programme");
        draft.TryAdd("programId", regulation.Attribute("programme"));
        draft.AddOrNote("sourceUrl", regulation["publicationUrl"], "Published at");
        var title = regulation.Attribute("numberTitle");
        var published = regulation.Attribute("publicationDate");
        var inForce = regulation.Attribute("entryIntoForceDate");
        if (title.Length > 0)
            draft.Note(
                $"Regulation: {title}"
                    + (published.Length > 0 ? $", published {Day(published)}" : "")
                    + (inForce.Length > 0 ? $", in force {Day(inForce)}" : "")
            );
    }

    private void AddCitizenship(ListedElement citizenship)
    {
        EuPlace.AddCountry(draft, citizenship, isPerson ? "citizenship" : "country");
        Labelled("Citizenship", EuPlace.More(citizenship));
    }

    private void AddBirth(ListedElement birth)
    {
        var calendar = birth.Attribute("calendarType");
        var isOurs = calendar.Length == 0 || calendar.Equals("gregorian", StringComparison.OrdinalIgnoreCase);
        var isCirca = birth.Attribute("circa") is "true" or "1";
        var whole = Day(birth.Attribute("birthdate"));
        var date =
            whole.Length > 0
                ? whole
                : ListedDays.Of(birth.Attribute("year"), birth.Attribute("monthOfYear"), birth.Attribute("dayOfMonth"));
        var (from, to) = (birth.Attribute("yearRangeFrom"), birth.Attribute("yearRangeTo"));
        var isPlain = isOurs && !isCirca && from.Length + to.Length == 0;
        if (isOurs && date.Length > 0)
            isPlain &= draft.TryAdd("birthDate", date);
        if (isOurs)
            foreach (var year in ListedDates.Between(from, to))
                draft.TryAdd("birthDate", year);
        var range = string.Join(" to ", new[] { from, to }.Where(y => y.Length > 0).Distinct());
        var words = string.Join(", ", new[] { date, range }.Where(w => w.Length > 0));
        if (!isPlain && words.Length > 0)
            draft.Note(
                $"Date of birth: {(isCirca ? "circa " : "")}{words}"
                    + (isOurs ? "" : $" in the {calendar.ToLowerInvariant()} calendar")
            );
        var place = EuPlace.Whole(birth);
        EuPlace.AddCountry(draft, birth, "birthCountry");
        draft.AddOrNote("birthPlace", place, "Place of birth");
        Labelled("Birth", EuPlace.Remarks(birth));
    }

    private void AddAddress(ListedElement address)
    {
        var whole = EuPlace.Whole(address);
        EuPlace.AddCountry(draft, address, "country");
        if (whole.Length > 0 && whole != address.Attribute("countryDescription"))
            draft.AddOrNote("address", whole, "Address");
        if (address.Attribute("asAtListingTime") is "true" or "1" && whole.Length > 0)
            draft.Note($"Address {whole}: as at the time of listing");
        Labelled($"Address {whole}".TrimEnd(), EuPlace.Remarks(address));
        EuPlace.AddContacts(draft, address);
    }

    private void Labelled(string label, string text)
    {
        if (text.Length > 0)
            draft.Note($"{label}: {text}");
    }

    /// <summary>A date in ISO 8601 where it is one, else what stands there.</summary>
    private static string Day(string text) => ListedDays.Find(text) is { } day ? ListedDays.Iso(day) : text;

    private DateOnly? PublishedAt() =>
        listing.All("regulation").Select(r => ListedDays.Find(r.Attribute("publicationDate"))).Max();

    [GeneratedRegex(
        "^(?:(?<low>low?)|good|high)[- ]quality\\b.*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Quality();
}
