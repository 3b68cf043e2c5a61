using System.Globalization;
using Lanthorn.Knowledge;
using Lanthorn.Web;
using static Lanthorn.Web.Words;

namespace Lanthorn.Screening;

/// <summary>How values are spelled for a reader: codes in words, days in full.</summary>
internal static class Spelled
{
    public static string Value(Schema schema, string property, string value) =>
        schema.Find(property) is not { } found || !found.Type.Values.TryGetValue(value, out var label) ? value
        : found.Type.Name == "country" ? Country(value, label)
        : T(label);

    /// <summary>A country as the reader's language calls it.</summary>
    public static string Country(string code, string english) =>
        Words.Language == "en" ? english : CountryCode.LabelIn(Words.Language, code) ?? english;

    /// <summary>Years that follow each other as a span; other dates beside each other, a few of them.</summary>
    public static string Dates(IReadOnlyList<string> dates)
    {
        const int most = 3;
        var years = dates.Where(d => d.Length == 4).Select(d => int.Parse(d, CultureInfo.InvariantCulture)).ToList();
        if (years.Count == dates.Count && years.Count > 2 && years.Max() - years.Min() < 2 * years.Count)
            return T("{0} to {1}", years.Min(), years.Max());
        return string.Join(T(" or "), dates.Order(StringComparer.Ordinal).Take(most))
            + (dates.Count > most ? " …" : "");
    }

    public static string Number(long number) => number.ToString("N0", CultureInfo.CurrentCulture);

    public static string Day(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.CurrentCulture);

    public static string Day(DateTimeOffset time) => Day(DateOnly.FromDateTime(time.UtcDateTime));

    public static string Moment(DateTimeOffset time) =>
        time.UtcDateTime.ToString("d MMMM yyyy, HH:mm", CultureInfo.CurrentCulture);

    /// <summary>What a person is here, plainly.</summary>
    public static string Category(SubjectCategory category) =>
        category switch
        {
            SubjectCategory.PotentialCriminal => T("potential criminal"),
            SubjectCategory.SmuggledMigrant => T("smuggled migrant"),
            _ => T(category.ToString().ToLowerInvariant()),
        };

    /// <summary>What stands at the head of a page about somebody who is to be protected; null for everybody else.</summary>
    public static string? Protection(SubjectCategory category) =>
        category switch
        {
            SubjectCategory.Minor => T("A minor: every step puts the child's interest first."),
            SubjectCategory.Victim => T("A victim, not somebody to act against: handle with care."),
            SubjectCategory.SmuggledMigrant => T(
                "A smuggled migrant, not somebody to act against for having been smuggled."
            ),
            SubjectCategory.Witness => T("A witness, not somebody to act against: handle with care."),
            SubjectCategory.Informant => T("An informant: who reads this could put a person at risk."),
            _ => null,
        };
}
