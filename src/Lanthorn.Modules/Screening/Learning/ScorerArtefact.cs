using System.Text.Json;
using Lanthorn.Matching;

namespace Lanthorn.Screening.Learning;

/// <summary>What was learnt, as it is stored: numbers and the names of scripts, nothing of a record and nobody's name.</summary>
/// <param name="Format">Of this JSON; another is refused.</param>
internal sealed record ScorerArtefact(
    int Format,
    IReadOnlyDictionary<string, double> Strengths,
    double Shift,
    double Slope,
    double Threshold,
    int Pairs,
    int Same,
    int Groups,
    ScorerFigures Before,
    ScorerFigures After,
    IReadOnlyList<CalibrationBand> Bands
)
{
    private const int Known = 1;

    public int Different => Pairs - Same;

    public static ScorerArtefact Of(TrainedScorer trained, double threshold) =>
        new(
            Known,
            Enum.GetValues<Strength>().ToDictionary(NameOf, s => trained.Strengths[s], StringComparer.Ordinal),
            trained.Calibration.Shift,
            trained.Calibration.Slope,
            threshold,
            trained.Pairs,
            trained.Same,
            trained.Groups,
            trained.Before,
            trained.After,
            trained.Bands
        );

    public string ToJson() => JsonSerializer.Serialize(this, JsonAnswers.Options);

    /// <exception cref="InvalidDataException">Somebody changed the table by hand.</exception>
    public static ScorerArtefact Read(string id, string json)
    {
        try
        {
            return JsonSerializer.Deserialize<ScorerArtefact>(json, JsonAnswers.Options) is { Format: Known } read
                ? read
                : throw new InvalidDataException($"The scorer {id} is of a format that this program does not know");
        }
        catch (JsonException wrong)
        {
            throw new InvalidDataException($"The scorer {id} cannot be read: {wrong.Message}", wrong);
        }
    }

    /// <exception cref="InvalidDataException">A number is none that could have been learnt.</exception>
    public LearntScorer ToScorer(string id)
    {
        var strengths = Matching.Strengths.Create([
            .. Enum.GetValues<Strength>().Select(s => Strengths.GetValueOrDefault(NameOf(s))),
        ]);
        var calibration = Calibration.Create(Shift, Slope);
        return strengths.IsAccepted && calibration.IsAccepted
            ? new(id, strengths.Value, calibration.Value)
            : throw new InvalidDataException($"The scorer {id}: {strengths.Reason}{calibration.Reason}");
    }

    internal static string NameOf(Strength strength) => JsonNamingPolicy.SnakeCaseLower.ConvertName($"{strength}");

    /// <summary>Held-out pairs with about this score; null where there are too few to say anything.</summary>
    public CalibrationBand? BandOf(double score)
    {
        const int fewest = 5;
        return
            Bands.LastOrDefault(b => b.From <= score + 1e-9) is { } band
            && band.Pairs >= fewest
            && score < band.From + 0.1 + 1e-9
            ? band
            : null;
    }
}
