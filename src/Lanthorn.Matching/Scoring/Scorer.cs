namespace Lanthorn.Matching;

/// <summary>
/// Compares two prepared subjects. A score is built in steps that each add or take away a share of what is there, so that
/// the points of the parts are exactly the score, nothing exceeds 1, and what agrees never lowers it. Pure.
/// </summary>
public static class Scorer
{
    /// <summary>What an identical name alone is worth: the rest is for what else is known.</summary>
    public const double IdenticalName = 0.95;

    private const double WeakAliasShare = 0.88;
    private const double PreviousNameShare = 0.98;
    private const double OtherKindLoss = 0.7;
    private const double VagueKindLoss = 0.02;
    private const double UniqueIdentifier = 0.97;
    private const double IssuedIdentifier = 0.88;
    private const double IdentifierGain = 0.6;
    private const double ContactGain = 0.4;
    private const double CountryGain = 0.15;
    private const double CountryLoss = 0.08;
    private const double GenderGain = 0.03;
    private const double GenderLoss = 0.2;
    private const double AddressGain = 0.2;
    private const double AddressShare = 0.5;

    /// <summary>The score with its reasons.</summary>
    public static Score Compare(PreparedSubject query, PreparedSubject candidate, ScoreSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var steps = new Steps(settings, []);
        var value = Assess(query, candidate, ref steps);
        return new(value, steps.Parts!);
    }

    /// <summary>The score alone: the same number, without the cost of its reasons.</summary>
    public static double Value(PreparedSubject query, PreparedSubject candidate, ScoreSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var steps = new Steps(settings, null);
        return Assess(query, candidate, ref steps);
    }

    /// <summary>The steps after the names, before they are weighed.</summary>
    internal static void Trace(PreparedSubject query, PreparedSubject candidate, List<Step> trace)
    {
        var steps = new Steps(ScoreSettings.Default, null, trace);
        Assess(query, candidate, ref steps);
    }

    /// <summary>How alike the names are with and without weak aliases: which of them is the best depends on what is learnt.</summary>
    internal static NameLikeness LikenessOf(PreparedSubject query, PreparedSubject candidate)
    {
        Span<double> best = stackalloc double[3];
        var kind = (SubjectKind)Math.Min((int)query.Kind, (int)candidate.Kind);
        foreach (var a in query.PreparedNames)
        foreach (var b in candidate.PreparedNames)
        {
            var share = ShareOf(a.Kind, 1, 1) * ShareOf(b.Kind, 1, 1);
            var weak = (a.Kind == NameKind.WeakAlias ? 1 : 0) + (b.Kind == NameKind.WeakAlias ? 1 : 0);
            if (share > best[weak])
                best[weak] = Math.Max(best[weak], NameComparison.Compare(a, b, kind) * share);
        }
        return new(best[0], best[1], best[2]);
    }

    /// <summary>A likeness as strictly as was learnt: what is the same stays the same.</summary>
    internal static double Shaped(double likeness, Strengths? learnt) =>
        learnt is null || learnt[Strength.NameStrictness] == 1
            ? Math.Min(1, likeness)
            : Math.Pow(Math.Clamp(likeness, 0, 1), learnt[Strength.NameStrictness]);

    private static double Assess(PreparedSubject query, PreparedSubject candidate, ref Steps steps)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(candidate);
        AddNames(query, candidate, ref steps);
        if (steps.NamesOnly)
            return steps.Value;
        if (query.Kind != candidate.Kind)
        {
            var isVague = query.Kind == SubjectKind.Other || candidate.Kind == SubjectKind.Other;
            if (isVague)
                steps.Lose(
                    Features.Kind,
                    VagueKindLoss,
                    "one of them does not say whether it is a person or a company"
                );
            else
                steps.Lose(Features.Kind, OtherKindLoss, "not the same kind of thing");
        }
        AddIdentifiers(query, candidate, ref steps);
        AddDates(query, candidate, ref steps);
        AddCountries(query, candidate, ref steps);
        AddGender(query, candidate, ref steps);
        AddAddress(query, candidate, ref steps);
        return steps.Value;
    }

    private static void AddNames(PreparedSubject query, PreparedSubject candidate, ref Steps steps)
    {
        var best = 0d;
        (PreparedName? Query, PreparedName? Candidate) pair = default;
        var kind = (SubjectKind)Math.Min((int)query.Kind, (int)candidate.Kind);
        var (strong, weak) = (steps.WeightOf(Features.Name), Math.Min(1, steps.WeightOf(Features.WeakAlias)));
        if (steps.Learnt is { } learnt)
            weak *= learnt[Strength.WeakAlias];
        foreach (var a in query.PreparedNames)
        foreach (var b in candidate.PreparedNames)
        {
            var share = ShareOf(a.Kind, strong, weak) * ShareOf(b.Kind, strong, weak);
            if (share <= best)
                continue;
            var value = NameComparison.Compare(a, b, kind) * share;
            if (value > best)
                (best, pair) = (value, (a, b));
        }
        if (pair.Query is null || pair.Candidate is null)
            return;
        var isWeak = pair.Query.Kind == NameKind.WeakAlias || pair.Candidate.Kind == NameKind.WeakAlias;
        steps.Add(
            isWeak ? Features.WeakAlias : Features.Name,
            Shaped(best, steps.Learnt) * (steps.NamesOnly ? 1 : IdenticalName),
            steps.Explains ? NameExplanation.Of(pair.Query, pair.Candidate, query.Kind, candidate.Kind, kind) : null
        );
    }

    /// <summary>What a name of this kind counts for, with what names and weak aliases count for at most.</summary>
    internal static double ShareOf(NameKind kind, double strong, double weak) =>
        kind switch
        {
            NameKind.WeakAlias => WeakAliasShare * weak,
            NameKind.PreviousName => PreviousNameShare * Math.Min(1, strong),
            _ => Math.Min(1, strong),
        };

    private static void AddIdentifiers(PreparedSubject query, PreparedSubject candidate, ref Steps steps)
    {
        (Identifier Query, Identifier Candidate)? best = null;
        foreach (var a in query.Identifiers)
        foreach (var b in candidate.Identifiers)
            if (a.IsSameAs(b) && (best is null || a.Strength > best.Value.Query.Strength))
                best = (a, b);
        if (best is not var (own, other))
            return;
        if (own.Strength == IdentifierStrength.Shared || other.Strength == IdentifierStrength.Shared)
        {
            steps.Gain(Features.Contact, ContactGain, "the same contact", own.Value, other.Value);
            return;
        }
        var isUnique = own.Strength == IdentifierStrength.Unique && other.Strength == IdentifierStrength.Unique;
        var floor = isUnique ? UniqueIdentifier : IssuedIdentifier;
        steps.Decide(Features.Identifier, floor, IdentifierGain, "the same identifier", own.Value, other.Value);
    }

    private static void AddDates(PreparedSubject query, PreparedSubject candidate, ref Steps steps)
    {
        if (query.Dates.Length == 0 || candidate.Dates.Length == 0)
            return;
        var (best, left, right) = (DateAgreement.None, 0, 0);
        foreach (var a in query.Dates)
        foreach (var b in candidate.Dates)
            if (DateAgreement.Of(a, b) is var agreement && (left == 0 || agreement.Effect > best.Effect))
                (best, left, right) = (agreement, a, b);
        var (x, y) = (
            steps.Explains ? DateAgreement.Text(left) : null,
            steps.Explains ? DateAgreement.Text(right) : null
        );
        if (best.Effect >= 0)
            steps.Gain(Features.BirthDate, best.Effect, best.Words, x, y);
        else
            steps.Lose(Features.BirthDate, -best.Effect, best.Words, x, y);
    }

    private static void AddCountries(PreparedSubject query, PreparedSubject candidate, ref Steps steps)
    {
        if (query.Countries.Length == 0 || candidate.Countries.Length == 0)
            return;
        foreach (var country in query.Countries)
            if (Array.IndexOf(candidate.Countries, country) >= 0)
            {
                var code = steps.Explains ? CountryText([country]) : null;
                steps.Gain(Features.Country, CountryGain, "a country in common", code, code);
                return;
            }
        steps.Lose(
            Features.Country,
            CountryLoss,
            "no country in common",
            steps.Explains ? CountryText(query.Countries) : null,
            steps.Explains ? CountryText(candidate.Countries) : null
        );
    }

    private static void AddGender(PreparedSubject query, PreparedSubject candidate, ref Steps steps)
    {
        if (query.Gender == '\0' || candidate.Gender == '\0')
            return;
        var (x, y) = steps.Explains ? (GenderText(query.Gender), GenderText(candidate.Gender)) : (null, null);
        if (query.Gender == candidate.Gender)
            steps.Gain(Features.Gender, GenderGain, "the same gender", x, y);
        else if (query.Gender != 'o' && candidate.Gender != 'o')
            steps.Lose(Features.Gender, GenderLoss, "another gender", x, y);
    }

    private static void AddAddress(PreparedSubject query, PreparedSubject candidate, ref Steps steps)
    {
        var (x, y) = (query.AddressWords, candidate.AddressWords);
        if (x.Length == 0 || y.Length == 0)
            return;
        var shared = 0;
        foreach (var word in x)
            if (Array.BinarySearch(y, word) >= 0)
                shared++;
        var share = (double)shared / Math.Min(x.Length, y.Length);
        if (share >= AddressShare && shared > 1)
            steps.Gain(Features.Address, AddressGain * share, $"{shared} words of the addresses are the same");
    }

    private static string CountryText(ReadOnlySpan<ushort> countries)
    {
        var codes = new List<string>(countries.Length);
        foreach (var code in countries)
            codes.Add($"{(char)(code >> 8)}{(char)(code & 0xFF)}");
        return string.Join(' ', codes);
    }

    private static string GenderText(char gender) =>
        gender switch
        {
            'm' => "male",
            'f' => "female",
            _ => "other",
        };
}
