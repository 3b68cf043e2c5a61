namespace Lanthorn.Matching;

/// <summary>How a step changes the score.</summary>
internal enum StepKind
{
    Gain,
    Lose,
    Decide,
}

/// <summary>One step of a score before it is weighed.</summary>
internal readonly record struct Step(Strength Strength, StepKind Kind, double Share, double Floor)
{
    public double After(double value, double strength)
    {
        switch (Kind)
        {
            case StepKind.Gain:
                return value + Math.Min(1, Share * strength) * value * (1 - value);
            case StepKind.Lose:
                return value - value * Math.Min(Steps.MostLost, Share * strength);
            default:
                var raised = Math.Max(value, Floor);
                return raised + Math.Min(1, Share * strength) * raised * (1 - raised);
        }
    }
}

/// <summary>How alike the best names are: of proper names, with one weak alias, and of two weak aliases.</summary>
internal readonly record struct NameLikeness(double Proper, double OneWeak, double TwoWeak);

/// <summary>What two subjects have to say about being the same, before it is weighed. Holds no name and no value of them.</summary>
public sealed class Evidence
{
    private readonly NameLikeness names;
    private readonly Step[] steps;

    private Evidence(NameLikeness names, Step[] steps, string script) =>
        (this.names, this.steps, Script) = (names, steps, script);

    /// <summary>The script of the names; of two, both.</summary>
    public string Script { get; }

    public static Evidence Of(PreparedSubject one, PreparedSubject other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        var steps = new List<Step>();
        Scorer.Trace(one, other, steps);
        return new(Scorer.LikenessOf(one, other), [.. steps], ScriptsOf(one, other));
    }

    /// <summary>The score that <see cref="Scorer"/> gives with these strengths.</summary>
    public double Value(Strengths strengths)
    {
        ArgumentNullException.ThrowIfNull(strengths);
        var weak = strengths[Strength.WeakAlias];
        var best = Math.Max(names.Proper, Math.Max(names.OneWeak * weak, names.TwoWeak * weak * weak));
        var value = Scorer.Shaped(best, strengths) * Scorer.IdenticalName;
        foreach (var step in steps)
            value = step.After(value, strengths[step.Strength]);
        return value;
    }

    private static string ScriptsOf(PreparedSubject one, PreparedSubject other) =>
        string.Join(" and ", new[] { ScriptOf(one), ScriptOf(other) }.Distinct().Order(StringComparer.Ordinal));

    private static string ScriptOf(PreparedSubject subject) =>
        subject.PreparedNames is [{ Tokens: [var first, ..] }, ..] ? $"{first.Script}" : $"{Matching.Script.Other}";
}
