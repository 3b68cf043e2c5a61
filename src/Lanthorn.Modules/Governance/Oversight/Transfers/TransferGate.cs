using System.Globalization;
using Lanthorn.Knowledge;
using static Lanthorn.Web.Words;

namespace Lanthorn.Governance.Oversight.Transfers;

/// <summary>
/// What never goes to a third country, as a pure function: whoever asks gets every reason. It is asked when a transfer is
/// proposed, and again when it is decided.
/// </summary>
internal static class TransferGate
{
    /// <summary>Of age, in years.</summary>
    private const int OfAge = 18;

    /// <summary>
    /// Words that tell of an application for asylum in the languages of the records; who finds none has not proved that
    /// there is none, so a person answers the question besides.
    /// </summary>
    private static readonly string[] AsylumWords =
    [
        "asylum",
        "asile",
        "asyl",
        "refugee",
        "réfugié",
        "international protection",
        "لجوء",
        "لاجئ",
        "پناهند",
        "پناه غوښت",
        "আশ্রয়প্রার্থী",
    ];

    /// <returns>Every reason against it; none where it may be decided.</returns>
    public static IReadOnlyList<string> Objections(
        string country,
        TransferChecks checks,
        IReadOnlyList<TransferItem> items,
        DateOnly today
    ) =>
        [
            .. checks.All.Where(c => c.Check.Verdict == CheckVerdict.Risk).Select(c => c.Why),
            .. items.Count > 1 && items.Any(i => i.IsDebrief)
                ? [Later("what was said in a debrief leaves item by item, never in bulk")]
                : Array.Empty<string>(),
            .. items.SelectMany(i => Of(country, i, today)).Distinct(StringComparer.Ordinal),
        ];

    private static IEnumerable<string> Of(string country, TransferItem item, DateOnly today)
    {
        if (item.Category is SubjectCategory.Minor || item.Born.Any(b => MayBeMinor(b, today)))
            yield return Later("it names a minor, or somebody who may be one");
        if (
            item.Category
            is SubjectCategory.Victim
                or SubjectCategory.Witness
                or SubjectCategory.SmuggledMigrant
                or SubjectCategory.Informant
        )
            yield return Later("it names a victim, witness, smuggled migrant or informant");
        var isSuspect = item.Category is SubjectCategory.Suspect or SubjectCategory.Convicted;
        if (!isSuspect && item.Nationalities.Contains(country, StringComparer.OrdinalIgnoreCase))
            yield return Later("it names a national of the recipient who is no suspect");
        if (item.Texts.Any(t => AsylumWords.Any(w => t.Contains(w, StringComparison.OrdinalIgnoreCase))))
            yield return Later("a record tells that somebody asked for asylum");
        if (item.Handling.HasFlag(Handling.AskBeforePassingOn) || item.Handling.HasFlag(Handling.OtherRestriction))
            yield return Later("the handling code of a record asks for its provider's permission");
    }

    /// <summary>An age in dispute counts as a minor's: of what is not known to the day, the latest counts; of no date, that.</summary>
    private static bool MayBeMinor(string born, DateOnly today)
    {
        var parts = born.Split('-');
        if (
            !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var year)
            || year is < 1 or > 9_980
        )
            return true;
        var month = Part(parts, 1, 12);
        var day = Math.Min(Part(parts, 2, 31), DateTime.DaysInMonth(year, month));
        return new DateOnly(year, month, day).AddYears(OfAge) > today;
    }

    private static int Part(string[] parts, int at, int most) =>
        parts.Length > at
        && int.TryParse(parts[at], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number >= 1
        && number <= most
            ? number
            : most;
}
