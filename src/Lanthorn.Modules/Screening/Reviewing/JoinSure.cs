using System.Globalization;
using Lanthorn.Knowledge;
using Lanthorn.Matching;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Screening.Reviewing;

/// <summary>
/// What a program may join by itself: records of one owner, or for all, that an identifier or a whole date of birth says are
/// the same besides their names. It says so in judgements of its own, each of which depends on its two records alone; which
/// pairs it comes to look at is what the account sees that asked. A person's word goes before it, and the page of what it
/// joined shows the least sure first.
/// </summary>
internal sealed class JoinSure(Candidates candidates, Store store)
{
    /// <summary>An identical name alone scores less.</summary>
    public const double LeastScore = 0.96;

    /// <summary>The length of a date that is known to the day: namesakes share a year, or a day and month exchanged.</summary>
    private const int WholeDate = 10;

    /// <summary>Written for whom only the year is known.</summary>
    private const string AnyDay = "-01-01";

    /// <summary>Two records of one entity that are less alike than this were joined by way of others: they are kept apart.</summary>
    private const double ApartBelow = 0.5;

    /// <summary>So many records of an entity are compared each with each.</summary>
    private const int MostCompared = 30;

    private const string What = "joining records that are surely the same";

    internal sealed record Pair(Reading.PairStanding Standing, int One, int Other, double Score);

    /// <summary>Who judged, as it stands beside a person's name elsewhere.</summary>
    public static string Author(ScoreSettings settings) => $"machine, {settings.Algorithm.Name}";

    public static bool IsSure(Score score) =>
        score.Value >= LeastScore && score.Parts.Any(p => p.Points > 0 && (IsIdentifier(p) || IsWholeDate(p)));

    private static bool IsIdentifier(ScorePart part) => part.Feature == Features.Identifier;

    private static bool IsWholeDate(ScorePart part) =>
        part is { Feature: Features.BirthDate, QueryValue: { Length: WholeDate } born }
        && born == part.CandidateValue
        && !born.EndsWith(AnyDay, StringComparison.Ordinal);

    /// <summary>
    /// Joins those that are sure, takes back what it said before and would not say now, and keeps apart what only others bring
    /// together.
    /// </summary>
    /// <param name="pairs">Pairs on which nobody has the last word, with their places in the index.</param>
    /// <param name="looked">Of whom what was said earlier is looked at again.</param>
    /// <returns>The pairs that it joined.</returns>
    public async Task<IReadOnlySet<PairId>> HandleAsync(
        Work work,
        IReadOnlyList<Pair> pairs,
        IReadOnlyCollection<int> looked,
        ScoreSettings settings,
        CancellationToken cancellation
    )
    {
        var reading = work.On(store);
        var sure = pairs
            .Where(p => p is { Score: >= LeastScore, Standing: { AreOfOneOwner: true, Judged: null } })
            .Select(p => (Pair: p, Score: ScoreOf(p, settings)))
            .Where(p => p.Score is not null && IsSure(p.Score))
            .ToList();
        var made = sure.Select(s =>
            Made(s.Pair.Standing.Left, s.Pair.Standing.Right, Verdict.Same, s.Score!, settings)
        );
        var back = await BackAsync(reading, looked, settings, cancellation);
        List<JudgementMade> all = [.. made, .. back];
        if (all.Count > 0)
            await reading.JudgeAllAsync(all, cancellation);
        await KeepApartAsync(reading, [.. sure.Select(s => s.Pair.One).Distinct()], settings, cancellation);
        return sure.Select(s => PairId.Of(s.Pair.Standing.Left, s.Pair.Standing.Right)).ToHashSet();
    }

    private static async Task<IEnumerable<JudgementMade>> BackAsync(
        Reading reading,
        IReadOnlyCollection<int> looked,
        ScoreSettings settings,
        CancellationToken cancellation
    )
    {
        var said = await reading.EngineSaidOfAsync(looked, cancellation);
        return said.Select(s => (Said: s, Score: Scorer.Compare(Prepared(s.Left), Prepared(s.Right), settings)))
            .Where(s => !Stands(s.Said, s.Score))
            .Select(s => Made(s.Said.Left.Id, s.Said.Right.Id, Verdict.Withdrawn, s.Score, settings));
    }

    private static bool Stands(Reading.EngineJoin said, Score score) =>
        said.Judged.Verdict == Verdict.Same
            ? Label.AreOfOneOwner(said.Left.Label, said.Right.Label)
                && SubjectCategories.MayBeCrossChecked(said.Left.Category)
                && SubjectCategories.MayBeCrossChecked(said.Right.Category)
                && IsSure(score)
            : score.Value < ApartBelow;

    /// <summary>
    /// Only among records all of which are seen by whoever sees the two: what a hidden one brought together is not told by
    /// keeping it apart.
    /// </summary>
    private static async Task KeepApartAsync(
        Reading reading,
        IReadOnlyList<int> joined,
        ScoreSettings settings,
        CancellationToken cancellation
    )
    {
        if (joined.Count == 0)
            return;
        var entities = await reading.EntitiesAsync(joined, What, null, cancellation);
        var apart = new Dictionary<PairId, JudgementMade>();
        foreach (var entity in entities.Values.Where(e => e.Members.Count is > 2 and <= MostCompared))
        {
            var judged = (await reading.JudgedAsync([.. entity.Members.Select(m => m.Id)], cancellation))
                .Select(j => PairId.Of(j.Left, j.Right))
                .ToHashSet();
            var prepared = entity.Members.Select(Prepared).ToList();
            for (var i = 0; i < entity.Members.Count; i++)
            for (var j = i + 1; j < entity.Members.Count; j++)
            {
                var (left, right) = (entity.Members[i], entity.Members[j]);
                var both = Label.Meet(left.Label, right.Label);
                if (
                    Label.AreOfOneOwner(left.Label, right.Label)
                    && entity.Members.All(m => Label.Meet(m.Label, both).Equals(both))
                    && PairId.Of(left.Id, right.Id) is var pair
                    && !judged.Contains(pair)
                    && Scorer.Compare(prepared[i], prepared[j], settings) is { Value: < ApartBelow } score
                )
                    apart[pair] = Made(left.Id, right.Id, Verdict.Different, score, settings);
            }
        }
        if (apart.Count > 0)
            await reading.JudgeAllAsync([.. apart.Values], cancellation);
    }

    private Score? ScoreOf(Pair pair, ScoreSettings settings) =>
        candidates.Prepared(pair.One) is { } one && candidates.Prepared(pair.Other) is { } other
            ? Scorer.Compare(one, other, settings)
            : null;

    private static PreparedSubject Prepared(Record record) => PreparedSubject.Prepare(record.Schema, record.Properties);

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
