using System.Globalization;
using Lanthorn.Knowledge;
using Lanthorn.Matching;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Screening.Reviewing;

/// <summary>
/// What a program may join by itself: records of one owner, or for all, that an identifier or a date of birth says are the
/// same besides their names. It says so in judgements of its own, each of which depends on its two records alone; a person's
/// word goes before it, and the page of what it joined shows the least sure first.
/// </summary>
internal sealed class JoinSure(Candidates candidates, Store store)
{
    /// <summary>An identical name alone scores less.</summary>
    public const double LeastScore = 0.96;

    /// <summary>Two records of one entity that are less alike than this were joined by way of others: they are kept apart.</summary>
    private const double ApartBelow = 0.5;

    /// <summary>So many records of an entity are compared each with each.</summary>
    private const int MostCompared = 30;

    private const string What = "joining records that are surely the same";

    internal sealed record Pair(Reading.PairStanding Standing, int One, int Other);

    /// <summary>Who judged, as it stands beside a person's name elsewhere.</summary>
    public static string Author(ScoreSettings settings) => $"machine, {settings.Algorithm.Name}";

    public static bool IsSure(Score score) =>
        score.Value >= LeastScore
        && score.Parts.Any(p => p is { Feature: Features.Identifier or Features.BirthDate, Points: > 0 });

    /// <summary>
    /// Joins those that are sure, takes back what it joined before and is sure no more, and keeps apart what only others bring
    /// together.
    /// </summary>
    /// <param name="open">Pairs that wait for somebody, with their places in the index.</param>
    /// <param name="looked">Whose earlier joins are looked at again.</param>
    /// <returns>The pairs that it joined.</returns>
    public async Task<IReadOnlySet<PairId>> HandleAsync(
        Work work,
        IReadOnlyList<Pair> open,
        IReadOnlyCollection<int> looked,
        ScoreSettings settings,
        CancellationToken cancellation
    )
    {
        var reading = work.On(store);
        var sure = open.Where(p => p.Standing is { AreOfOneOwner: true, Judged: null })
            .Select(p => (p.Standing, Score: ScoreOf(p, settings)))
            .Where(p => p.Score is not null && IsSure(p.Score))
            .Select(p => Made(p.Standing.Left, p.Standing.Right, Verdict.Same, p.Score!, settings))
            .ToList();
        var back = new List<JudgementMade>();
        foreach (var join in await reading.EngineJoinsOfAsync(looked, cancellation))
            if (Compare(join.Left, join.Right, settings) is var score && !IsSure(score))
                back.Add(Made(join.Left.Id, join.Right.Id, Verdict.Withdrawn, score, settings));
        if (sure.Count + back.Count == 0)
            return new HashSet<PairId>();
        await reading.JudgeAllAsync([.. sure, .. back], cancellation);
        await KeepApartAsync(reading, open, sure, settings, cancellation);
        return sure.Select(s => PairId.Of(s.Left, s.Right)).ToHashSet();
    }

    private static async Task KeepApartAsync(
        Reading reading,
        IReadOnlyList<Pair> open,
        List<JudgementMade> sure,
        ScoreSettings settings,
        CancellationToken cancellation
    )
    {
        var joined = sure.Select(s => PairId.Of(s.Left, s.Right)).ToHashSet();
        var ordinals = open.Where(p => joined.Contains(PairId.Of(p.Standing.Left, p.Standing.Right)))
            .Select(p => p.One)
            .Distinct()
            .ToList();
        var entities = await reading.EntitiesAsync(ordinals, What, null, cancellation);
        var apart = new Dictionary<PairId, JudgementMade>();
        foreach (var entity in entities.Values.Where(e => e.Members.Count is > 2 and <= MostCompared))
            for (var i = 0; i < entity.Members.Count; i++)
            for (var j = i + 1; j < entity.Members.Count; j++)
            {
                var (left, right) = (entity.Members[i], entity.Members[j]);
                if (
                    Label.AreOfOneOwner(left.Label, right.Label)
                    && Compare(left, right, settings) is { Value: < ApartBelow } score
                )
                    apart[PairId.Of(left.Id, right.Id)] = Made(left.Id, right.Id, Verdict.Different, score, settings);
            }
        if (apart.Count > 0)
            await reading.JudgeAllAsync([.. apart.Values], cancellation);
    }

    private Score? ScoreOf(Pair pair, ScoreSettings settings) =>
        candidates.Prepared(pair.One) is { } one && candidates.Prepared(pair.Other) is { } other
            ? Scorer.Compare(one, other, settings)
            : null;

    private static Score Compare(Record left, Record right, ScoreSettings settings) =>
        Scorer.Compare(
            PreparedSubject.Prepare(left.Schema, left.Properties),
            PreparedSubject.Prepare(right.Schema, right.Properties),
            settings
        );

    private static JudgementMade Made(
        RecordId left,
        RecordId right,
        Verdict verdict,
        Score score,
        ScoreSettings settings
    ) => new(left, right, verdict, Authority.Engine, Author(settings), score.Value, Reason(score));

    /// <summary>The parts of the score in plain words; nothing of what the records say.</summary>
    private static string Reason(Score score) =>
        string.Join(
            "; ",
            score.Parts.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Feature} {p.Points:+0.00;-0.00}"))
        );
}
