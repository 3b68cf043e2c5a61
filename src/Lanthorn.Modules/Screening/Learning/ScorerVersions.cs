using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Dapper;
using Lanthorn.Knowledge;
using Lanthorn.Matching;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Screening.Learning;

/// <summary>A version of the scorer as it was learnt.</summary>
/// <param name="Judges">How many of the pairs each account judged.</param>
/// <param name="WasUsed">It was switched on at some time: then everybody may see it, since it scored for everybody.</param>
internal sealed record ScorerVersion(
    string Id,
    DateTimeOffset TrainedAt,
    string TrainedBy,
    string Organisation,
    IReadOnlyDictionary<string, int> Judges,
    ScorerArtefact Artefact,
    bool WasUsed
);

/// <param name="Scorer">Null for the one that is shipped.</param>
internal sealed record ScorerSwitch(long Number, string? Scorer, string By, string Reason, DateTimeOffset At);

/// <summary>The versions and switches as they are stored. Both are only added to.</summary>
internal sealed class ScorerVersions(Store store)
{
    /// <summary>So many are kept; more is not learning but trying until one likes the figures.</summary>
    public const int Most = 500;

    private sealed class Row
    {
        public required string Id { get; init; }
        public required string TrainedAt { get; init; }
        public required string TrainedBy { get; init; }
        public required string Organisation { get; init; }
        public required string Judges { get; init; }
        public required string Artefact { get; init; }
        public required long Used { get; init; }

        public ScorerVersion ToVersion() =>
            new(
                Id,
                Times.Read(TrainedAt),
                TrainedBy,
                Organisation,
                JsonSerializer.Deserialize<Dictionary<string, int>>(Judges, JsonAnswers.Options) ?? [],
                ScorerArtefact.Read(Id, Artefact),
                Used > 0
            );
    }

    private sealed class SwitchRow
    {
        public required long Number { get; init; }
        public string? Scorer { get; init; }
        public required string SwitchedBy { get; init; }
        public required string Reason { get; init; }
        public required string SwitchedAt { get; init; }

        public ScorerSwitch ToSwitch() => new(Number, Scorer, SwitchedBy, Reason, Times.Read(SwitchedAt));
    }

    /// <summary>Without signs that look alike.</summary>
    private const string Signs = "23456789abcdefghjkmnpqrstvwxyz";

    private const string Select = """
        select s.id as Id, s.trained_at as TrainedAt, s.trained_by as TrainedBy, s.organisation as Organisation,
            s.judges as Judges, s.artefact as Artefact,
            (select count(*) from screening_scorer_switch w where w.scorer = s.id) as Used
        from screening_scorer s
        """;

    private const string SelectSwitches = """
        select number as Number, scorer as Scorer, switched_by as SwitchedBy, reason as Reason, switched_at as SwitchedAt
        from screening_scorer_switch order by number desc
        """;

    /// <summary>Those that the viewer may see, the newest first.</summary>
    public async Task<IReadOnlyList<ScorerVersion>> ListAsync(Viewer viewer, CancellationToken cancellation)
    {
        var rows = await store.ReadOwnAsync(
            c => c.QueryAsync<Row>($"{Select} order by s.trained_at desc, s.id desc"),
            cancellation
        );
        return [.. rows.Select(r => r.ToVersion()).Where(v => Sees(viewer, v))];
    }

    /// <summary>Null where there is none that the viewer may see.</summary>
    public async Task<ScorerVersion?> FindAsync(Viewer viewer, string id, CancellationToken cancellation) =>
        await FindAsync(id, cancellation) is { } found && Sees(viewer, found) ? found : null;

    /// <summary>Whoever it is for: the version in use scores for everybody.</summary>
    public async Task<ScorerVersion?> FindAsync(string id, CancellationToken cancellation)
    {
        var rows = await store.ReadOwnAsync(
            c => c.QueryAsync<Row>($"{Select} where s.id = @id", new { id }),
            cancellation
        );
        return rows.SingleOrDefault()?.ToVersion();
    }

    public async Task<IReadOnlyList<ScorerSwitch>> SwitchesAsync(CancellationToken cancellation)
    {
        var rows = await store.ReadOwnAsync(
            c => c.QueryAsync<SwitchRow>($"{SelectSwitches} limit {Most}"),
            cancellation
        );
        return [.. rows.Select(r => r.ToSwitch())];
    }

    public async Task<string?> InUseAsync(CancellationToken cancellation)
    {
        var rows = await store.ReadOwnAsync(c => c.QueryAsync<SwitchRow>($"{SelectSwitches} limit 1"), cancellation);
        return rows.SingleOrDefault()?.Scorer;
    }

    /// <returns>Its id: the day and some signs by chance, since a number would tell how many others trained.</returns>
    public Task<string> AddAsync(
        Work work,
        ScorerArtefact artefact,
        IReadOnlyDictionary<string, int> judges,
        CancellationToken cancellation
    ) =>
        store.WriteAsync(
            async (connection, transaction) =>
            {
                var now = store.Time.GetUtcNow();
                var day = string.Create(CultureInfo.InvariantCulture, $"{Algorithms.Default}+{now:yyyy-MM-dd}.");
                var ids = (
                    await connection.QueryAsync<string>("select id from screening_scorer", null, transaction)
                ).ToList();
                if (ids.Count >= Most)
                    throw new RefusedException(
                        Refusal.Unprocessable("too-many-scorers", $"{Most} versions are kept, and more are not")
                    );
                var signs = RandomNumberGenerator.GetString(Signs, 6);
                await connection.ExecuteAsync(
                    """
                    insert into screening_scorer (id, trained_at, trained_by, organisation, judges, artefact)
                    values (@id, @now, @Name, @Organisation, @judges, @artefact)
                    """,
                    new
                    {
                        id = $"{day}{signs}",
                        now = Times.Text(now),
                        work.Viewer.Name,
                        work.Viewer.Organisation,
                        judges = JsonSerializer.Serialize(judges, JsonAnswers.Options),
                        artefact = artefact.ToJson(),
                    },
                    transaction
                );
                Log(connection, transaction, work, $"scorer {day}{signs} trained");
                return $"{day}{signs}";
            },
            cancellation
        );

    /// <param name="id">Null goes back to the one that is shipped.</param>
    /// <returns>False where it is in use already.</returns>
    public Task<bool> SwitchAsync(Work work, string? id, string reason, CancellationToken cancellation) =>
        store.WriteAsync(
            async (connection, transaction) =>
            {
                var last = await connection.QuerySingleOrDefaultAsync<SwitchRow>(
                    $"{SelectSwitches} limit 1",
                    null,
                    transaction
                );
                if (last?.Scorer == id)
                    return false;
                await connection.ExecuteAsync(
                    """
                    insert into screening_scorer_switch (number, scorer, switched_by, reason, switched_at)
                    values (@number, @id, @Name, @reason, @now)
                    """,
                    new
                    {
                        number = (last?.Number ?? 0) + 1,
                        id,
                        work.Viewer.Name,
                        reason,
                        now = Times.Text(store.Time.GetUtcNow()),
                    },
                    transaction
                );
                Log(connection, transaction, work, $"scorer {id ?? SwitchScorer.Shipped} switched on");
                return true;
            },
            cancellation
        );

    private void Log(DbConnection connection, DbTransaction transaction, Work work, string what) =>
        store.Audit.AppendIn(
            connection,
            transaction,
            AuditEntry.By(work.Viewer, Operation.Alteration, what, [], new Justification(work.Justification, work.Case))
        );

    /// <summary>A version that never scored is of the organisation that trained it, and of who runs the installation.</summary>
    private static bool Sees(Viewer viewer, ScorerVersion version) =>
        version.WasUsed || version.Organisation == viewer.Organisation || viewer.Roles.Contains(SwitchScorer.Operator);
}
