using System.Globalization;

namespace Lanthorn.Web;

/// <summary>One named part of a score, as <see cref="ScoreParts"/> shows it.</summary>
/// <param name="Points">What it adds; negative for what speaks against.</param>
/// <param name="Query">What matched, as the query wrote it.</param>
/// <param name="Candidate">What matched, as the candidate wrote it.</param>
public sealed record PartRow(string Name, double Points, string Detail, string? Query, string? Candidate);

/// <summary>Points as they are shown: in hundredths that add up to the hundredths of the total.</summary>
internal static class Hundredths
{
    /// <summary>
    /// Every part rounded down or up, so that the figures shown add up to the total shown: the largest remainders are
    /// rounded up. Parts that do not add up to their total are shown as they are.
    /// </summary>
    public static int[] Of(IReadOnlyList<double> parts, double total)
    {
        var shown = parts.Select(p => (int)Math.Floor(p * 100)).ToArray();
        var missing = Rounded(total) - shown.Sum();
        if (missing < 0 || missing > parts.Count)
            return [.. parts.Select(Rounded)];
        var byRemainder = Enumerable.Range(0, parts.Count).OrderByDescending(i => (parts[i] * 100) - shown[i]);
        foreach (var part in byRemainder.Take(missing))
            shown[part]++;
        return shown;
    }

    public static int Rounded(double points) => (int)Math.Round(points * 100, MidpointRounding.AwayFromZero);

    /// <summary>With its sign and a real minus.</summary>
    public static string Signed(int hundredths) => (hundredths < 0 ? "−" : "+") + Plain(Math.Abs(hundredths));

    public static string Plain(int hundredths) => (hundredths / 100m).ToString("0.00", CultureInfo.InvariantCulture);
}
