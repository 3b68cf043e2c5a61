using Lanthorn.Knowledge;

namespace Lanthorn.Screening;

/// <summary>What became of a judgement since.</summary>
internal enum Standing
{
    /// <summary>It counts.</summary>
    InForce,

    /// <summary>Somebody took it back.</summary>
    Undone,

    /// <summary>Something else was judged of the same two records, later or with more authority.</summary>
    Overruled,

    /// <summary>It is itself a taking back.</summary>
    TakesBack,
}

/// <summary>The judgements on an entity's records with what became of each, the newest first.</summary>
internal static class JudgementHistory
{
    /// <param name="By">The judgement that undid or overruled this one; null where it still counts.</param>
    internal sealed record Entry(Judgement Judgement, Standing Standing, Judgement? By);

    /// <summary>The word that undoes a judgement: a person's is taken back, the engine's is contradicted by a person.</summary>
    public static Verdict Undoing(Judgement judgement) =>
        judgement.Authority == Authority.Person ? Verdict.Withdrawn
        : judgement.Verdict == Verdict.Same ? Verdict.Different
        : Verdict.Same;

    public static IReadOnlyList<Entry> Of(IReadOnlyList<Judgement> judgements)
    {
        var counting = EntityAssembly.Effective(judgements).ToDictionary(j => (j.Left, j.Right));
        return
        [
            .. judgements
                .OrderByDescending(j => j.Sequence)
                .Select(j => Stand(j, counting.GetValueOrDefault((j.Left, j.Right)), judgements)),
        ];
    }

    private static Entry Stand(Judgement judgement, Judgement? counts, IReadOnlyList<Judgement> all)
    {
        if (judgement.Verdict == Verdict.Withdrawn)
            return new(judgement, Standing.TakesBack, null);
        if (counts?.Sequence == judgement.Sequence)
            return new(judgement, Standing.InForce, null);
        var next = all.Where(j =>
                j.Left == judgement.Left
                && j.Right == judgement.Right
                && j.Authority == judgement.Authority
                && j.Sequence > judgement.Sequence
            )
            .MinBy(j => j.Sequence);
        return next is { Verdict: Verdict.Withdrawn }
            ? new(judgement, Standing.Undone, next)
            : new(judgement, Standing.Overruled, next ?? counts);
    }
}
