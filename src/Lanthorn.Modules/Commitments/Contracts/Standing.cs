namespace Lanthorn.Commitments.Contracts;

/// <summary>
/// How an undertaking stands on a day: the one rule, pure, out of the day that it is due, its target and what was accepted
/// as evidence. Nobody types a state in.
/// </summary>
public static class Standing
{
    /// <summary>An undertaking is due soon from so many days before its day.</summary>
    public const int SoonDays = 30;

    /// <param name="due">The last day on which it is in time; null where none was said, and then it is never late.</param>
    /// <param name="target">What the accepted amounts must reach together; null where one accepted piece is enough.</param>
    /// <param name="accepted">The amount of each accepted piece of evidence; null for one that counts nothing.</param>
    public static UndertakingState Of(
        DateOnly? due,
        decimal? target,
        bool isWithdrawn,
        IReadOnlyCollection<decimal?> accepted,
        DateOnly today
    )
    {
        if (isWithdrawn)
            return UndertakingState.Withdrawn;
        if (IsReached(target, accepted))
            return UndertakingState.Delivered;
        if (due is not { } day)
            return UndertakingState.Open;
        if (day < today)
            return UndertakingState.Late;
        return day <= today.AddDays(SoonDays) ? UndertakingState.DueSoon : UndertakingState.Open;
    }

    private static bool IsReached(decimal? target, IReadOnlyCollection<decimal?> accepted) =>
        target is { } wanted ? accepted.Sum(a => a ?? 0) >= wanted : accepted.Count > 0;
}
