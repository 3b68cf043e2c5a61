using System.Collections.Frozen;
using Lanthorn.Knowledge;

namespace Lanthorn.Matching;

/// <summary>How a request wants its scores: the algorithm, and how much each feature counts (1 as designed, 0 not at all).</summary>
public sealed class ScoreSettings
{
    /// <summary>Twice the designed effect; more would drown everything else.</summary>
    public const double MaxWeight = 2;

    public static readonly ScoreSettings Default = new(Algorithms.All[0], FrozenDictionary<string, double>.Empty, []);

    /// <summary>yente's names for what is one of our features. Its weights are then read as ours.</summary>
    private static readonly FrozenDictionary<string, string> OtherNames = new Dictionary<string, string>
    {
        ["name_literal_match"] = Features.Name,
        ["person_name_jaro_winkler"] = Features.Name,
        ["person_name_phonetic_match"] = Features.Name,
        ["name_fingerprint_levenshtein"] = Features.Name,
        ["weak_alias_match"] = Features.WeakAlias,
        ["country_mismatch"] = Features.Country,
        ["dob_year_disjoint"] = Features.BirthDate,
        ["dob_day_disjoint"] = Features.BirthDate,
        ["gender_mismatch"] = Features.Gender,
        ["address_entity_match"] = Features.Address,
        ["address_prop_match"] = Features.Address,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly FrozenDictionary<string, double> weights;

    private ScoreSettings(
        Algorithm algorithm,
        FrozenDictionary<string, double> weights,
        IReadOnlyList<string> ignored
    ) => (Algorithm, this.weights, IgnoredWeights) = (algorithm, weights, ignored);

    public Algorithm Algorithm { get; private init; }

    /// <summary>The learnt version that scores; null for the scorer as it is shipped.</summary>
    public LearntScorer? Learnt { get; private init; }

    /// <summary>Weights that were given for features that there are not here; they change nothing.</summary>
    public IReadOnlyList<string> IgnoredWeights { get; }

    public bool NamesOnly => Algorithm.Name == Algorithms.NameBased;

    /// <summary>Refuses an unknown algorithm and weights that are no numbers; of a feature's several names the last counts.</summary>
    public static Parsed<ScoreSettings> Create(string? algorithm, IReadOnlyDictionary<string, double>? weights = null)
    {
        var found = Algorithms.Find(algorithm);
        if (!found.IsAccepted)
            return Parsed.Refuse(found.Reason);
        var own = new Dictionary<string, double>(StringComparer.Ordinal);
        var ignored = new List<string>();
        foreach (var (name, weight) in weights ?? new Dictionary<string, double>())
        {
            if (!double.IsFinite(weight) || Math.Abs(weight) > MaxWeight)
                return Parsed.Refuse($"The weight of '{name}' is a number between 0 and {MaxWeight}");
            if (Features.All.Any(f => f.Name == name))
                own[name] = Math.Abs(weight);
            else if (OtherNames.TryGetValue(name, out var ours))
                own.TryAdd(ours, weight == 0 ? 0 : 1);
            else
                ignored.Add(name);
        }
        return Parsed.Accept(new ScoreSettings(found.Value, own.ToFrozenDictionary(StringComparer.Ordinal), ignored));
    }

    /// <summary>The same with what was learnt. Names alone are compared as designed.</summary>
    public ScoreSettings With(LearntScorer learnt)
    {
        ArgumentNullException.ThrowIfNull(learnt);
        return NamesOnly ? this : new(Algorithms.Learnt(learnt.Id), weights, IgnoredWeights) { Learnt = learnt };
    }

    public double WeightOf(string feature) => weights.GetValueOrDefault(feature, 1);
}
