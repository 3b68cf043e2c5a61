using Lanthorn.Knowledge;

namespace Lanthorn.Screening.Reviewing;

/// <summary>
/// How often people decide alike, and how often as the score proposes. Of what somebody decided of two records his last word
/// counts; what was taken back does not.
/// </summary>
internal static class Agreement
{
    /// <summary>The lower ends of the bands; each reaches up to the next.</summary>
    private static readonly double[] Bands = [0, PairRules.LeastScore, PairRules.Threshold, 0.8, 0.9];

    /// <param name="Pairs">Pairs of records on which two people or more decided; each two of them count once.</param>
    internal sealed record Between(int Pairs, int Alike, int Apart);

    /// <param name="AsProposed">"Same" from the threshold on, "different" below it.</param>
    internal sealed record Band(double From, double To, int AsProposed, int Otherwise, int Unsure);

    internal sealed record Answer(Between Between, IReadOnlyList<Band> Bands);

    public static Answer Of(IReadOnlyList<ReviewHistory.Row> rows)
    {
        var last = rows.Where(r => r.State is not ("taken back" or "takes back") && r.Verdict != Verdict.Withdrawn)
            .GroupBy(r => (r.Pair, r.By))
            .Select(g => g.MaxBy(r => r.At)!)
            .ToList();
        var (pairs, alike, apart) = (0, 0, 0);
        foreach (var pair in last.GroupBy(r => r.Pair).Select(g => g.ToList()).Where(g => g.Count > 1))
        {
            pairs++;
            for (var one = 0; one < pair.Count; one++)
            for (var other = one + 1; other < pair.Count; other++)
                if (pair[one].Verdict == pair[other].Verdict)
                    alike++;
                else
                    apart++;
        }
        return new(
            new(pairs, alike, apart),
            [
                .. Bands
                    .Select((from, at) => BandOf(last, from, at + 1 < Bands.Length ? Bands[at + 1] : 1))
                    .Where(b => b.AsProposed + b.Otherwise + b.Unsure > 0),
            ]
        );
    }

    private static Band BandOf(IEnumerable<ReviewHistory.Row> rows, double from, double to)
    {
        var inside = rows.Where(r => r.Score >= from && (r.Score < to || to >= 1)).ToList();
        var proposed = from >= PairRules.Threshold ? Verdict.Same : Verdict.Different;
        var unsure = inside.Count(r => r.Verdict == Verdict.Unsure);
        var alike = inside.Count(r => r.Verdict == proposed);
        return new(from, to, alike, inside.Count - alike - unsure, unsure);
    }
}
