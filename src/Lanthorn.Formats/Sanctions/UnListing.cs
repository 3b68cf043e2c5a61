using System.Globalization;
using System.Text.RegularExpressions;
using Lanthorn.Knowledge;

namespace Lanthorn.Formats;

/// <summary>
/// One INDIVIDUAL or ENTITY of the Security Council's list as a record. What has no property of its own, or does not
/// clean, is kept word for word in the notes.
/// </summary>
internal sealed partial class UnListing
{
    public const string Number = "REFERENCE_NUMBER";

    private readonly ListedElement listing;
    private readonly RecordDraft draft;
    private readonly bool isPerson;

    private UnListing(ListedElement listing)
    {
        this.listing = listing;
        isPerson = listing.Name == "INDIVIDUAL";
        var schema =
            isPerson ? "Person"
            : ListedNames.IsCompany(listing["FIRST_NAME"]) ? "Company"
            : "Organization";
        draft = new(Model.Get(schema), listing.Place);
    }

    public static ReadItem Read(ListedElement listing)
    {
        var number = listing[Number] is { Length: > 0 } reference ? reference : listing["DATAID"];
        return number.Length is 0 or > Record.MaxExternalIdLength
            ? Rejection.At(listing.Place, Number, number, "a listing has a reference number")
            : new UnListing(listing).Read(number);
    }

    private ReadRecord Read(string number)
    {
        foreach (var element in listing.Children)
            Add(element);
        draft.AddOrNote("name", string.Join(' ', NameParts().Select(p => p.Text)), "Name");
        SanctionTopics.Add(draft, string.Join('\n', Words()));
        return draft.Finish(number, null, PublishedAt());
    }

    private IEnumerable<ListedElement> NameParts() =>
        listing.Children.Where(c => c.Text.Length > 0 && NameProperty(c.Name) is not null);

    /// <summary>The list does not say which part is a family name; the parts keep their order.</summary>
    private static string? NameProperty(string element) =>
        element switch
        {
            "FIRST_NAME" => "firstName",
            "SECOND_NAME" => "secondName",
            "THIRD_NAME" => "middleName",
            "FOURTH_NAME" => "lastName",
            _ => null,
        };

    private IEnumerable<string> Words() =>
        listing
            .Children.Where(c => c.Name is "COMMENTS1" or "DESIGNATION" or "TITLE" or "FIRST_NAME")
            .SelectMany(c => c.Leaves())
            .Select(l => l.Text);

    private void Add(ListedElement element)
    {
        switch (element.Name)
        {
            case Number or "DATAID" or "VERSIONNUM" or "LIST_TYPE" or "SORT_KEY" or "SORT_KEY_LAST_MOD":
                break;
            case "FIRST_NAME" or "SECOND_NAME" or "THIRD_NAME" or "FOURTH_NAME":
                if (isPerson)
                    draft.AddOrNote(NameProperty(element.Name)!, element.Text, "Name part");
                break;
            case "NAME_ORIGINAL_SCRIPT":
                draft.AddOrNote("alias", element.Text, "Name in original script");
                break;
            case "UN_LIST_TYPE":
                draft.AddOrNote("program", element.Text, "Programme");
                draft.TryAdd("programId", element.Text);
                break;
            case "LISTED_ON":
                draft.AddOrNote("createdAt", element.Text, "Listed on");
                break;
            case "LAST_DAY_UPDATED":
                AddEach(element, "modifiedAt", "Updated");
                break;
            case "COMMENTS1":
                draft.Note(element.Text);
                if (isPerson && Gender().Match(element.Text) is { Success: true } gender)
                    draft.TryAdd("gender", gender.Groups[1].Value);
                break;
            case "GENDER":
                draft.AddOrNote("gender", element.Text, "Gender");
                break;
            case "TITLE":
                AddEach(element, "title", "Title");
                break;
            case "DESIGNATION":
                AddEach(element, "position", "Designation");
                break;
            case "NATIONALITY":
                AddEach(element, "nationality", "Nationality");
                break;
            case "INDIVIDUAL_ALIAS" or "ENTITY_ALIAS":
                AddAlias(element);
                break;
            case "INDIVIDUAL_ADDRESS" or "ENTITY_ADDRESS":
                AddAddress(element);
                break;
            case "INDIVIDUAL_DATE_OF_BIRTH":
                AddBirthDate(element);
                break;
            case "INDIVIDUAL_PLACE_OF_BIRTH":
                AddBirthPlace(element);
                break;
            case "INDIVIDUAL_DOCUMENT":
                AddDocument(element);
                break;
            default:
                NoteAll(element, element.Name);
                break;
        }
    }

    private void AddEach(ListedElement element, string property, string label)
    {
        foreach (var leaf in element.Leaves())
            draft.AddOrNote(property, leaf.Text, label);
    }

    private void AddAlias(ListedElement alias)
    {
        var name = alias["ALIAS_NAME"];
        var property = alias["QUALITY"].ToLowerInvariant() switch
        {
            "low" => "weakAlias",
            "f.k.a." => "previousName",
            _ => "alias",
        };
        draft.AddOrNote(property, name, "Alias");
        foreach (var single in ListedNames.Several(name))
            draft.TryAdd(property, single);
        if (alias.Children.Any(c => c.Name is not ("QUALITY" or "ALIAS_NAME") && c.Leaves().Any()))
            draft.Note($"Alias {name}: {Details(alias, "QUALITY", "ALIAS_NAME")}");
    }

    private void AddAddress(ListedElement address)
    {
        var parts = new[] { "STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY" };
        var country = address["COUNTRY"];
        var whole = Join(address, parts);
        var isCountryKept = draft.TryAdd("country", country);
        if (whole.Length > 0 && !(isCountryKept && whole == country))
            draft.AddOrNote("address", whole, "Address");
        if (Details(address, parts) is { Length: > 0 } more)
            draft.Note(whole.Length > 0 ? $"Address {whole}: {more}" : $"Address: {more}");
    }

    private void AddBirthPlace(ListedElement place)
    {
        var parts = new[] { "STREET", "CITY", "STATE_PROVINCE", "COUNTRY" };
        draft.TryAdd("birthCountry", place["COUNTRY"]);
        draft.AddOrNote("birthPlace", Join(place, parts), "Place of birth");
        if (Details(place, parts) is { Length: > 0 } more)
            draft.Note($"Place of birth: {more}");
    }

    private void AddBirthDate(ListedElement birth)
    {
        var given = birth.Leaves().ToList();
        var isPlain = birth["TYPE_OF_DATE"] == "EXACT";
        foreach (var leaf in given)
            isPlain &= leaf.Name switch
            {
                "TYPE_OF_DATE" => true,
                "DATE" => draft.TryAdd("birthDate", leaf.Text),
                // A year beside a full date says no more than the date.
                "YEAR" when birth["DATE"].Length > 0 => birth["DATE"].StartsWith(leaf.Text, StringComparison.Ordinal),
                "YEAR" => draft.TryAdd("birthDate", leaf.Text),
                _ => false,
            };
        foreach (var year in ListedDates.Between(birth["FROM_YEAR"], birth["TO_YEAR"]))
            draft.TryAdd("birthDate", year);
        if (!isPlain && given.Any(l => l.Name != "TYPE_OF_DATE"))
            draft.Note($"Date of birth: {Details(birth)}");
    }

    private void AddDocument(ListedElement document)
    {
        var number = document["NUMBER"];
        var kinds = $"{document["TYPE_OF_DOCUMENT"]} {document["TYPE_OF_DOCUMENT2"]}";
        var property = Passport().IsMatch(kinds) ? "passportNumber" : "idNumber";
        var marked = NumberMark().Match(number);
        var isKept = draft.TryAdd(property, marked.Success ? marked.Groups[1].Value : number);
        foreach (var country in document.Children.Where(c => c.Name is "ISSUING_COUNTRY" or "COUNTRY_OF_ISSUE"))
            isKept &= country.Text.Length == 0 || draft.TryAdd("country", country.Text);
        var isPlain =
            !marked.Success
            && document
                .Leaves()
                .All(l => l.Name is "NUMBER" or "ISSUING_COUNTRY" or "COUNTRY_OF_ISSUE" || IsPlainKind(l));
        if ((!isKept || !isPlain) && document.Leaves().Any())
            draft.Note($"Document: {Details(document)}");
    }

    /// <summary>The kinds of document for which the property says everything.</summary>
    private static bool IsPlainKind(ListedElement leaf) =>
        leaf.Name == "TYPE_OF_DOCUMENT" && leaf.Text is "Passport" or "National Identification Number";

    private void NoteAll(ListedElement element, string label)
    {
        if (element.Leaves().Select(l => l.Text).ToList() is { Count: > 0 } texts)
            draft.Note($"{label}: {string.Join(", ", texts)}");
    }

    private static string Join(ListedElement element, string[] parts) =>
        string.Join(", ", parts.SelectMany(element.All).Select(p => p.Text).Where(t => t.Length > 0));

    /// <summary>What stands in the element besides some of its parts, each under its name.</summary>
    private static string Details(ListedElement element, params string[] without) =>
        string.Join(
            ", ",
            element
                .Children.Where(c => !without.Contains(c.Name))
                .SelectMany(c => c.Leaves())
                .Select(l => l.Name == "NOTE" ? l.Text : $"{l.Name.Replace('_', ' ').ToLowerInvariant()} {l.Text}")
        );

    private DateOnly? PublishedAt()
    {
        var days = listing
            .Children.Where(c => c.Name is "LISTED_ON" or "LAST_DAY_UPDATED")
            .SelectMany(c => c.Leaves())
            .Select(l =>
                DateOnly.TryParseExact(l.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, 0, out var day)
                    ? day
                    : default(DateOnly?)
            )
            .ToList();
        return days.Max();
    }

    /// <summary>Newer listings have an element for it, older ones a sentence in the comments.</summary>
    [GeneratedRegex(@"\bgender:\s*(male|female)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Gender();

    [GeneratedRegex("passport|passeport|pasaporte", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Passport();

    /// <summary>'Libyan passport No. 513519': the number is behind its mark.</summary>
    [GeneratedRegex(
        @"\b(?:no\.?|number|nº|№)\s*:?\s*(\S*\d\S*)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex NumberMark();
}
