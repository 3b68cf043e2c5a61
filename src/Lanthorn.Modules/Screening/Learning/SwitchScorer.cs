using Lanthorn.Platform;

namespace Lanthorn.Screening.Learning;

/// <summary>
/// A person switches a version on for the whole installation, or goes back to the scorer that is shipped. Whoever trained a
/// version does not switch it on himself; going back takes one person.
/// </summary>
internal sealed class SwitchScorer(ScorerVersions versions, Scorers scorers)
{
    public const string Operator = "operator";

    /// <summary>What stands for the scorer without anything learnt.</summary>
    public const string Shipped = "shipped";

    /// <summary>They answer for what screening finds, and read the records that it is about.</summary>
    private static readonly string[] Roles = ["operations-lead", "sanctions-officer", Operator];

    internal sealed record Request(string? Reason);

    public static bool MaySwitch(Work work) => Roles.Any(work.IsIn);

    /// <param name="id">Of a version, or <see cref="Shipped"/>.</param>
    /// <exception cref="RefusedException">He may not, there is none, it is his own, it is in use, or no reason is given.</exception>
    public async Task HandleAsync(Work work, string id, Request request, CancellationToken cancellation)
    {
        if (!MaySwitch(work))
            throw new RefusedException(
                new(
                    "not-your-role",
                    403,
                    "Your role does not switch scorers",
                    $"Ask somebody who is {string.Join(", ", Roles)}"
                )
            );
        var reason = Judge.Reasoned(request.Reason);
        if (id != Shipped)
            await NeedOfAnotherAsync(work, id, cancellation);
        if (!await versions.SwitchAsync(work, id == Shipped ? null : id, reason, cancellation))
            throw new RefusedException(new("scorer-in-use", 409, $"{id} is in use already"));
        scorers.Forget();
    }

    private async Task NeedOfAnotherAsync(Work work, string id, CancellationToken cancellation)
    {
        var version =
            await versions.FindAsync(work.Viewer, id, cancellation) ?? throw new RefusedException(ShowScorers.NoSuch);
        if (version.TrainedBy == work.Viewer.Name)
            throw new RefusedException(
                Refusal.Unprocessable(
                    "own-version",
                    "You trained this version yourself",
                    "A second person looks at its figures and switches it on"
                )
            );
    }
}
