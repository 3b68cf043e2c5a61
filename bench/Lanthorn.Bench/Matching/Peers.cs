using F23.StringSimilarity;
using FuzzySharp;
using Lanthorn.Matching;

namespace Lanthorn.Bench.Matching;

/// <summary>A way to score two names, 0 to 1.</summary>
internal sealed record NameScorer(string Name, Func<NamePair, double> Score);

/// <summary>Other libraries at the same task, in the same run. They see lower-case text, as their users give it to them.</summary>
internal static class Peers
{
    private static readonly JaroWinkler Winkler = new();

    public static readonly NameScorer Lanthorn = new("Lanthorn", p => NameScore.Compare(p.A, p.B, p.Schema).Value);

    public static readonly NameScorer[] All =
    [
        Lanthorn,
        new("FuzzySharp WeightedRatio", p => Fuzz.WeightedRatio(Lower(p.A), Lower(p.B)) / 100.0),
        new("FuzzySharp TokenSetRatio", p => Fuzz.TokenSetRatio(Lower(p.A), Lower(p.B)) / 100.0),
        new("F23 Jaro-Winkler", p => Winkler.Similarity(Lower(p.A), Lower(p.B))),
    ];

    private static string Lower(string text) => text.ToLowerInvariant();
}
