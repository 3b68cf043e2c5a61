namespace Lanthorn.Matching;

/// <summary>
/// The score as it is built. Each step is a function of the score so far that grows with it, which is why adding what
/// agrees can never lower the end: gain v + w·g·v(1-v), loss v(1-w·l), decision max(v, floor) and then a gain.
/// </summary>
/// <param name="trace">Gets every step before it is weighed; null where nobody learns from them.</param>
internal struct Steps(ScoreSettings settings, List<ScorePart>? parts, List<Step>? trace = null)
{
    /// <summary>No single contradiction takes more than this share.</summary>
    internal const double MostLost = 0.95;

    public double Value { get; private set; }

    public readonly List<ScorePart>? Parts => parts;

    public readonly bool Explains => parts is not null;

    public readonly bool NamesOnly => settings.NamesOnly;

    public readonly double WeightOf(string feature) => settings.WeightOf(feature);

    /// <summary>What was learnt; null for the scorer as it is shipped.</summary>
    public readonly Strengths? Learnt => settings.Learnt?.Strengths;

    public void Add(string feature, double points, ScorePart? explanation)
    {
        Value += points;
        if (explanation is not null)
            parts?.Add(explanation with { Feature = feature, Points = points });
    }

    public void Gain(string feature, double share, string words, string? query = null, string? candidate = null)
    {
        trace?.Add(new(GainOf(feature), StepKind.Gain, share, 0));
        var gain = share * WeightOf(feature);
        if (Learnt is { } learnt)
            gain *= learnt[GainOf(feature)];
        gain = Math.Min(1, gain);
        Apply(feature, gain * Value * (1 - Value), words, query, candidate);
    }

    public void Lose(string feature, double share, string words, string? query = null, string? candidate = null)
    {
        trace?.Add(new(LossOf(feature), StepKind.Lose, share, 0));
        var loss = share * WeightOf(feature);
        if (Learnt is { } learnt)
            loss *= learnt[LossOf(feature)];
        Apply(feature, -Value * Math.Min(MostLost, loss), words, query, candidate);
    }

    public void Decide(string feature, double floor, double gain, string words, string? query, string? candidate)
    {
        trace?.Add(new(GainOf(feature), StepKind.Decide, gain, floor));
        var weight = Math.Min(1, WeightOf(feature));
        if (Learnt is { } learnt)
            gain = Math.Min(1, gain * learnt[GainOf(feature)]);
        var raised = Math.Max(Value, floor * weight);
        var points = raised - Value + weight * gain * raised * (1 - raised);
        Apply(feature, points, words, query, candidate);
    }

    private static Strength GainOf(string feature) =>
        feature switch
        {
            Features.Identifier => Strength.IdentifierGain,
            Features.Contact => Strength.ContactGain,
            Features.BirthDate => Strength.BirthDateGain,
            Features.Country => Strength.CountryGain,
            Features.Gender => Strength.GenderGain,
            _ => Strength.AddressGain,
        };

    private static Strength LossOf(string feature) =>
        feature switch
        {
            Features.BirthDate => Strength.BirthDateLoss,
            Features.Country => Strength.CountryLoss,
            Features.Gender => Strength.GenderLoss,
            _ => Strength.KindLoss,
        };

    private void Apply(string feature, double points, string words, string? query, string? candidate)
    {
        if (points == 0)
            return;
        Value += points;
        parts?.Add(new(feature, points, words, query, candidate));
    }
}
