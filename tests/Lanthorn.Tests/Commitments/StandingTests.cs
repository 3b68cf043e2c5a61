using Lanthorn.Commitments.Contracts;

namespace Lanthorn.Tests.Commitments;

/// <summary>How an undertaking stands on the first of March 2026.</summary>
public sealed class StandingTests
{
    private static readonly DateOnly Today = new(2026, 3, 1);

    [Theory]
    [InlineData(null, null, false, "", UndertakingState.Open)]
    [InlineData(31, null, false, "", UndertakingState.Open)]
    [InlineData(30, null, false, "", UndertakingState.DueSoon)]
    [InlineData(0, null, false, "", UndertakingState.DueSoon)]
    [InlineData(-1, null, false, "", UndertakingState.Late)]
    [InlineData(-1, null, false, "-", UndertakingState.Delivered)]
    [InlineData(-1, 10, false, "-", UndertakingState.Late)]
    [InlineData(-1, 10, false, "9.9", UndertakingState.Late)]
    [InlineData(-1, 10, false, "4 6", UndertakingState.Delivered)]
    [InlineData(60, 10, false, "12", UndertakingState.Delivered)]
    [InlineData(5, 10, false, "3", UndertakingState.DueSoon)]
    [InlineData(-1, 10, true, "", UndertakingState.Withdrawn)]
    [InlineData(60, 10, true, "12", UndertakingState.Withdrawn)]
    public void A_state_follows_from_day_target_and_accepted_evidence(
        int? days,
        int? target,
        bool isWithdrawn,
        string accepted,
        UndertakingState expected
    )
    {
        var amounts = accepted
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(a =>
                a == "-" ? default(decimal?) : decimal.Parse(a, System.Globalization.CultureInfo.InvariantCulture)
            )
            .ToList();
        DateOnly? due = days is { } some ? Today.AddDays(some) : null;

        Assert.Equal(expected, Standing.Of(due, target, isWithdrawn, amounts, Today));
    }
}
