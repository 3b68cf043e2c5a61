using System.Text.Json;
using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Governance.Oversight.Transfers;

/// <summary>
/// Transfers of an organisation: those who work with records propose and decide, both officers read, without what stands in
/// the records.
/// </summary>
internal sealed class ReadTransfers(Store store)
{
    /// <summary>So many are listed, the newest first.</summary>
    public const int MaxListed = 1_000;

    /// <summary>Who proposes; deciding takes a second one of them.</summary>
    private static readonly string[] Proposing = ["liaison-officer", "operations-lead", "analyst", Roles.Operator];

    private sealed record Row
    {
        public required string Reference { get; init; }
        public required string Country { get; init; }
        public required string Authority { get; init; }
        public required long Ground { get; init; }
        public required string Purpose { get; init; }
        public required string Checks { get; init; }
        public required string Objections { get; init; }
        public required string ProposedBy { get; init; }
        public required string ProposedAt { get; init; }
        public required long Records { get; init; }
        public long? Decision { get; init; }
        public string? DecidedReason { get; init; }
        public string? Necessity { get; init; }
        public string? DecidedBy { get; init; }
        public string? DecidedAt { get; init; }
        public required long IsFictional { get; init; }
    }

    private sealed record RecordRow(byte[] RecordId, long Version);

    public static bool MayPropose(Work work) => Proposing.Any(work.IsIn);

    public static bool MayRead(Work work) => MayPropose(work) || Officers.Both.Any(work.IsIn);

    /// <exception cref="RefusedException">The role has nothing to do with transfers.</exception>
    public static void NeedPropose(Work work) => Officers.Need(work, Proposing);

    public async Task<IReadOnlyList<Transfer>> ListAsync(Work work, CancellationToken cancellation)
    {
        Officers.Need(work, [.. Proposing, .. Officers.Both]);
        var found = await SelectAsync(work, null, cancellation);
        await work.On(store).LogOwnAsync(Operation.Consultation, $"transfers listed: {found.Count}", cancellation);
        return found;
    }

    /// <exception cref="RefusedException">There is none with this reference for this viewer.</exception>
    public async Task<Transfer> NeedAsync(Work work, string reference, CancellationToken cancellation)
    {
        Officers.Need(work, [.. Proposing, .. Officers.Both]);
        if (await SelectAsync(work, reference, cancellation) is not [var one])
            throw new RefusedException(Refusal.NotFound("There is no such transfer", "The list has those of yours"));
        await work.On(store).LogOwnAsync(Operation.Consultation, $"transfer {reference}", cancellation);
        return one;
    }

    /// <summary>The records of a transfer that the viewer sees, in the version in which they would leave.</summary>
    public async Task<IReadOnlyList<RecordVersion>> RecordsAsync(
        Work work,
        string reference,
        CancellationToken cancellation
    )
    {
        var rows = await work.On(store)
            .OwnAsync<RecordRow>(
                sees =>
                    $"""
                        select c.record_id as RecordId, c.version as Version from gov_transfer_record c
                        join gov_transfer t on t.reference = c.transfer
                        where c.transfer = @reference and {sees.Row("t")} and {sees.RecordOf("c.record_id")}
                        order by c.record_id
                        """,
                new { reference },
                cancellation
            );
        return [.. rows.Select(r => new RecordVersion(RecordId.FromBytes(r.RecordId), (int)r.Version))];
    }

    private async Task<IReadOnlyList<Transfer>> SelectAsync(
        Work work,
        string? reference,
        CancellationToken cancellation
    )
    {
        var rows = await work.On(store)
            .OwnAsync<Row>(
                sees =>
                    $"""
                        select t.reference as Reference, t.country as Country, t.authority as Authority,
                            t.ground as Ground, t.purpose as Purpose, t.checks as Checks, t.objections as Objections,
                            t.proposed_by as ProposedBy, t.proposed_at as ProposedAt, t.decision as Decision,
                            t.decided_reason as DecidedReason, t.necessity as Necessity, t.decided_by as DecidedBy,
                            t.decided_at as DecidedAt, t.is_fictional as IsFictional,
                            (select count(*) from gov_transfer_record c where c.transfer = t.reference) as Records
                        from gov_transfer t
                        where {sees.Row("t")} and (@reference is null or t.reference = @reference)
                        order by t.proposed_at desc, t.reference limit @most
                        """,
                new { reference, most = (long)MaxListed },
                cancellation
            );
        return [.. rows.Select(Shown)];
    }

    private static Transfer Shown(Row row) =>
        new(
            row.Reference,
            row.Country,
            row.Authority,
            (TransferGround)row.Ground,
            row.Purpose,
            JsonSerializer.Deserialize<TransferChecks>(row.Checks, GovernanceJson.Options)!,
            row.Objections.Split('\n', StringSplitOptions.RemoveEmptyEntries),
            row.ProposedBy,
            Times.Read(row.ProposedAt),
            (int)row.Records
        )
        {
            Decision = (TransferDecision?)row.Decision,
            DecidedReason = row.DecidedReason ?? "",
            Necessity = row.Necessity ?? "",
            DecidedBy = row.DecidedBy,
            DecidedAt = row.DecidedAt is null ? null : Times.Read(row.DecidedAt),
            IsFictional = row.IsFictional != 0,
        };
}
