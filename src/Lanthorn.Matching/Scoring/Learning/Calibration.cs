using Lanthorn.Knowledge;

namespace Lanthorn.Matching;

/// <summary>Of pairs with a score, which share people judged the same: a curve of two numbers that only rises.</summary>
public readonly record struct Calibration
{
    public const double LeastSlope = 0.2;
    public const double MostSlope = 5;
    public const double MostShift = 8;

    /// <summary>Nothing is certain: a score nearer to 0 or 1 is taken as this near.</summary>
    private const double Edge = 0.005;

    private Calibration(double shift, double slope) => (Shift, Slope) = (shift, slope);

    public double Shift { get; }

    public double Slope { get; }

    public static Parsed<Calibration> Create(double shift, double slope) =>
        !(Math.Abs(shift) <= MostShift) ? Parsed.Refuse($"The shift is a number from -{MostShift} to {MostShift}")
        : !(slope >= LeastSlope && slope <= MostSlope)
            ? Parsed.Refuse($"The slope is a number from {LeastSlope} to {MostSlope}")
        : Parsed.Accept(new Calibration(shift, slope));

    public double ShareAt(double score) => Share(score, Shift, Slope);

    internal static double Share(double score, double shift, double slope)
    {
        var inside = Math.Clamp(score, Edge, 1 - Edge);
        return 1 / (1 + Math.Exp(-(shift + slope * Math.Log(inside / (1 - inside)))));
    }
}

/// <summary>A version of the scorer that was learnt. It names no record, and nothing in it changes.</summary>
/// <param name="Id">Such as <c>lanthorn-v1+2026-11-26.1</c>.</param>
public sealed record LearntScorer(string Id, Strengths Strengths, Calibration Calibration);
