using System.Text.RegularExpressions;

namespace Lanthorn.Formats;

/// <summary>
/// The topics of a listing: <c>sanction</c>, and trafficking only where the source's own words name it. A body against
/// smuggling is no smuggler.
/// </summary>
internal static partial class SanctionTopics
{
    public static void Add(RecordDraft draft, string words)
    {
        draft.TryAdd("topics", "sanction");
        foreach (Match match in Trafficking().Matches(words))
            if (TopicOf(match) is { } topic)
                draft.TryAdd("topics", topic);
    }

    private static string? TopicOf(Match match) =>
        match.Groups["against"].Success ? null
        : match.Groups["human"].Success ? "crime.traffick.human"
        : match.Groups["drug"].Success ? "crime.traffick.drug"
        : "crime.traffick";

    [GeneratedRegex(
        """
            \b(?:
              (?<against> (?:anti|counter|against|combat|combating) [-\s] (?:\w+\s)? (?:smuggl|traffick)\w*)
            | (?<human>   (?:human|people|persons?|migrants?|sex) [-\s] (?:smuggl|traffick)(?:ing|ers?)
                        | (?:smuggling|trafficking) \s (?:of|in) \s (?:human\sbeings|humans|persons|people|migrants|women) )
            | (?<drug>    (?:drugs?|narcotics?|heroin|cocaine|opium) [-\s] (?:smuggl|traffick)(?:ing|ers?)
                        | (?:smuggling|trafficking) \s (?:of|in) \s (?:drugs|narcotics|heroin|cocaine|opium) )
            | traffick(?:ing|ers?)
            )\b
            """,
        RegexOptions.IgnoreCase
            | RegexOptions.IgnorePatternWhitespace
            | RegexOptions.ExplicitCapture
            | RegexOptions.CultureInvariant
    )]
    private static partial Regex Trafficking();
}
