namespace Lanthorn.Screening.Learning;

/// <summary>A figure before and after, on pairs that the scorer had not seen.</summary>
internal sealed record ScorerFigure(string Name, double Before, double After, bool LessIsBetter)
{
    /// <summary>What is less than half a thousandth apart is shown as the same.</summary>
    private const double Noticed = 0.0005;

    private double Gain => LessIsBetter ? Before - After : After - Before;

    public bool IsWorse => Gain <= -Noticed;

    public bool IsBetter => Gain >= Noticed;

    public static IReadOnlyList<ScorerFigure> Of(ScorerArtefact artefact)
    {
        var (before, after) = (artefact.Before, artefact.After);
        return
        [
            new("Precision", before.Precision, after.Precision, false),
            new("Recall", before.Recall, after.Recall, false),
            new("F1", before.F1, after.F1, false),
            new("Area under precision and recall", before.PrecisionRecallArea, after.PrecisionRecallArea, false),
            new("Brier score", before.Brier, after.Brier, true),
            new("Calibration error", before.CalibrationError, after.CalibrationError, true),
        ];
    }
}
