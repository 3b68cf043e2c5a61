namespace Lanthorn.Matching;

/// <summary>
/// The score as it is built. Each step is a function of the score so far that grows with it, which is why adding what
/// agrees can never lower the end: gain v + w·g·v(1-v), loss v(1-w·l), decision max(v, floor) and then a gain.
/// </summary>
internal struct Steps(ScoreSettings settings, List<ScorePart>? parts)
{
    /// <summary>No single contradiction takes more than this share.</summary>
    private const double MostLost = 0.95;

    public double Value { get; private set; }

    public readonly List<ScorePart>? Parts => parts;

    public readonly bool Explains => parts is not null;

    public readonly bool NamesOnly => settings.NamesOnly;

    public readonly double WeightOf(string feature) => settings.WeightOf(feature);

    public void Add(string feature, double points, ScorePart? explanation)
    {
        Value += points;
        if (explanation is not null)
            parts?.Add(explanation with { Feature = feature, Points = points });
    }

    public void Gain(string feature, double share, string words, string? query = null, string? candidate = null)
    {
        var gain = Math.Min(1, share * WeightOf(feature));
        Apply(feature, gain * Value * (1 - Value), words, query, candidate);
    }

    public void Lose(string feature, double share, string words, string? query = null, string? candidate = null) =>
        Apply(feature, -Value * Math.Min(MostLost, share * WeightOf(feature)), words, query, candidate);

    public void Decide(string feature, double floor, double gain, string words, string? query, string? candidate)
    {
        var weight = Math.Min(1, WeightOf(feature));
        var raised = Math.Max(Value, floor * weight);
        var points = raised - Value + weight * gain * raised * (1 - raised);
        Apply(feature, points, words, query, candidate);
    }

    private void Apply(string feature, double points, string words, string? query, string? candidate)
    {
        if (points == 0)
            return;
        Value += points;
        parts?.Add(new(feature, points, words, query, candidate));
    }
}
