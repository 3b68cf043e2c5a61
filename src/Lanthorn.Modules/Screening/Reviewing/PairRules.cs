using Lanthorn.Knowledge;
using Lanthorn.Matching;
using Lanthorn.Storage;

namespace Lanthorn.Screening.Reviewing;

/// <summary>Which pairs are put before a person, and which first.</summary>
internal static class PairRules
{
    /// <summary>Below this two records are hardly alike.</summary>
    public const double LeastScore = 0.6;

    /// <summary>What the score proposes at this and above is "same", below it "different".</summary>
    public const double Threshold = MatchRequest.DefaultThreshold;

    /// <summary>So far from the threshold a score is no longer in doubt.</summary>
    private const double Doubt = 0.3;

    /// <summary>More records than this decide no more.</summary>
    private const double MostTogether = 32;
    private const double ImpactWeight = 0.5;
    private const double ListWeight = 0.5;

    /// <summary>
    /// Whether a pair waits for a person: both are listed, not one yet, nobody among them is protected, and nothing that counts
    /// was judged of them, or it was "different" or "unsure" of what one of them no longer says.
    /// </summary>
    public static bool IsOpen(Reading.PairStanding pair) =>
        pair is { IsOne: false, AreListed: true }
        && pair.Categories.All(SubjectCategories.MayBeCrossChecked)
        && pair.Judged switch
        {
            null => true,
            { Verdict: Verdict.Different or Verdict.Unsure, Authority: Authority.Person } => pair.HasChanged,
            { Authority: Authority.Engine } => true,
            _ => false,
        };

    /// <summary>Whether what a record said and what it says now could score differently.</summary>
    public static bool Differs(Record then, Record now) =>
        !PreparedSubject
            .Prepare(then.Schema, then.Properties)
            .SaysTheSameAs(PreparedSubject.Prepare(now.Schema, now.Properties));

    /// <summary>The properties for which it could.</summary>
    public static IReadOnlyList<string> Differing(Record then, Record now)
    {
        var before = PreparedSubject.Prepare(then.Schema, then.Properties);
        return
        [
            .. then
                .Properties.Names.Union(now.Properties.Names, StringComparer.Ordinal)
                .Where(name => !before.SaysTheSameAs(PreparedSubject.Prepare(then.Schema, With(name))))
                .Order(StringComparer.Ordinal),
        ];

        Properties With(string changed)
        {
            var made = new Properties.Builder();
            foreach (var name in then.Properties.Names.Where(n => n != changed))
            foreach (var value in then.Properties[name])
                made.Add(name, value);
            foreach (var value in now.Properties[changed])
                made.Add(changed, value);
            return made.Build();
        }
    }

    /// <summary>
    /// How much a decision on the pair decides: a high score or one in doubt, how many records would come together, and
    /// whether a sanctions list is among them.
    /// </summary>
    public static double Weight(double score, int together, bool isOnList)
    {
        var doubtful = 1 - Math.Min(1, Math.Abs(score - Threshold) / Doubt);
        var impact = Math.Log2(Math.Clamp(together, 2, MostTogether)) / Math.Log2(MostTogether);
        return Math.Max(score, doubtful) + ImpactWeight * impact + (isOnList ? ListWeight : 0);
    }
}
