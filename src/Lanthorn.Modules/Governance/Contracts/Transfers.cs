using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Governance.Contracts;

/// <summary>
/// The gate to third countries, for whoever sends: nothing leaves but the version of a record that two persons let through.
/// </summary>
public sealed class Transfers(Store store)
{
    /// <exception cref="RefusedException">No approved transfer of the viewer's organisation covers a record.</exception>
    /// <param name="country">Of the recipient, two letters.</param>
    public async Task NeedApprovedAsync(
        Work work,
        string country,
        IReadOnlyList<RecordVersion> records,
        CancellationToken cancellation
    )
    {
        var rows = await work.On(store)
            .OwnAsync<(byte[] Record, long Version)>(
                sees =>
                    $"""
                        select c.record_id, c.version from gov_transfer_record c
                        join gov_transfer t on t.reference = c.transfer
                        where t.country = @country and t.decision = 1 and t.objections = '' and {sees.Row("t")}
                        """,
                new { country = country.ToLowerInvariant() },
                cancellation
            );
        var open = rows.Select(r => new RecordVersion(RecordId.FromBytes(r.Record), (int)r.Version)).ToHashSet();
        if (!records.All(open.Contains))
            throw new RefusedException(
                new(
                    "transfer-needed",
                    409,
                    "A record has not passed the gate to this country",
                    "Propose a transfer at /transfers; a second person decides"
                )
            );
    }
}
