using Lanthorn.Platform;

namespace Lanthorn.Screening.Learning;

/// <summary>The versions with their figures, which of them scores, and who switched what.</summary>
internal sealed class ShowScorers(ScorerVersions versions, TrainVersion train)
{
    /// <param name="InUse">Null for the scorer that is shipped.</param>
    /// <param name="Switches">The newest first.</param>
    internal sealed record Answer(
        string? InUse,
        IReadOnlyList<ScorerVersion> Versions,
        IReadOnlyList<ScorerSwitch> Switches,
        TrainVersion.Ready Ready
    );

    internal sealed record One(ScorerVersion Version, bool IsInUse, bool IsMine, IReadOnlyList<ScorerSwitch> Switches);

    public static Refusal NoSuch =>
        Refusal.NotFound("No such scorer", "GET /api/v1/scorers lists those that were trained");

    public async Task<Answer> HandleAsync(Work work, CancellationToken cancellation)
    {
        var switches = await versions.SwitchesAsync(cancellation);
        return new(
            switches.Count > 0 ? switches[0].Scorer : null,
            await versions.ListAsync(work.Viewer, cancellation),
            switches,
            await train.ReadyAsync(work, cancellation)
        );
    }

    /// <exception cref="RefusedException">There is none that the viewer may see.</exception>
    public async Task<One> HandleAsync(Work work, string id, CancellationToken cancellation) =>
        await FindAsync(work, id, cancellation) ?? throw new RefusedException(NoSuch);

    /// <summary>Null where there is none that the viewer may see.</summary>
    public async Task<One?> FindAsync(Work work, string id, CancellationToken cancellation)
    {
        if (await versions.FindAsync(work.Viewer, id, cancellation) is not { } version)
            return null;
        var switches = await versions.SwitchesAsync(cancellation);
        return new(
            version,
            switches.Count > 0 && switches[0].Scorer == id,
            version.TrainedBy == work.Viewer.Name,
            [.. switches.Where(s => s.Scorer == id)]
        );
    }
}
