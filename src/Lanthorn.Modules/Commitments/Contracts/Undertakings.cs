using System.Data.Common;
using Dapper;
using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Commitments.Contracts;

/// <summary>An undertaking of a collection that comes as a whole.</summary>
public sealed record BroughtUndertaking(UndertakingLine Line, DateTimeOffset MadeAt)
{
    public IReadOnlyList<BroughtEvidence> Evidence { get; init; } = [];
}

/// <summary>A count of a collection that comes as a whole, offered by one account and accepted by another.</summary>
/// <param name="AcceptedBy">Null while it waits.</param>
public sealed record BroughtEvidence(
    string Text,
    decimal Amount,
    DateOnly Day,
    string OfferedBy,
    string Organisation,
    string? AcceptedBy
);

/// <summary>What other modules may ask of undertakings.</summary>
public sealed class Undertakings(Store store)
{
    /// <summary>So many go into one transaction, so that whoever writes beside it waits little.</summary>
    private const int Slice = 200;

    private readonly ReadUndertakings read = new(store);

    /// <summary>Those of a project that the viewer sees, as they stand today; those due first.</summary>
    public async Task<IReadOnlyList<UndertakingLine>> OfProjectAsync(
        Work work,
        Reference project,
        CancellationToken cancellation
    )
    {
        if (!Rights.MayRead(work))
            return [];
        var found = await read.HandleAsync(work, new() { Project = project }, cancellation);
        await work.On(store)
            .LogOwnAsync(
                Operation.Consultation,
                $"undertakings of project {project}: {found.Undertakings.Count}",
                cancellation
            );
        return [.. found.Undertakings.Select(u => u.LineOn(read.Today))];
    }

    /// <summary>Which edition of a collection is here; null where none is.</summary>
    public Task<string?> EditionAsync(string code, CancellationToken cancellation) =>
        store.ReadOwnAsync(
            connection =>
                connection.QuerySingleOrDefaultAsync<string>(
                    "select edition from com_edition where code = @code",
                    new { code }
                ),
            cancellation
        );

    /// <summary>
    /// Makes the edition of a collection what is here of it. What people entered stays, and so does an undertaking of the
    /// collection that people have offered evidence for or changed. The edition is noted last: what was cut off is done again.
    /// </summary>
    public async Task BringAsync(
        string code,
        string edition,
        IReadOnlyList<BroughtUndertaking> all,
        CancellationToken cancellation
    )
    {
        await store.WriteAsync(
            async (connection, transaction) =>
            {
                // A piece of the collection has an id that begins with the undertaking's; a person's has one by time.
                await connection.ExecuteAsync(
                    """
                    delete from com_undertaking where brought_by = @code
                        and not exists (select 1 from com_history h where h.undertaking = reference)
                        and not exists (select 1 from com_evidence e where e.undertaking = reference
                            and (e.id not like reference || '-%' or (e.state <> 1 and e.decided_reason <> @code)))
                    """,
                    new { code },
                    transaction
                );
                await connection.ExecuteAsync("delete from com_edition where code = @code", new { code }, transaction);
            },
            cancellation
        );
        foreach (var slice in all.Chunk(Slice))
            await InsertAsync(code, slice, cancellation);
        await store.WriteAsync(
            (connection, transaction) =>
                connection.ExecuteAsync(
                    "insert into com_edition (code, edition, loaded_at) values (@code, @edition, @now)",
                    new
                    {
                        code,
                        edition,
                        now = Times.Text(store.Time.GetUtcNow()),
                    },
                    transaction
                ),
            cancellation
        );
    }

    private async Task InsertAsync(string code, BroughtUndertaking[] slice, CancellationToken cancellation)
    {
        var labels = new Dictionary<string, ushort>(StringComparer.Ordinal);
        foreach (var text in slice.Select(b => b.Line.Label).Distinct())
            labels[text] = await store.Labels.InternAsync(Label.Parse(text).Value, cancellation);
        await store.WriteAsync(
            async (connection, transaction) =>
            {
                foreach (var brought in slice)
                    await InsertIn(connection, transaction, code, brought, labels[brought.Line.Label]);
            },
            cancellation
        );
    }

    private static async Task InsertIn(
        DbConnection connection,
        DbTransaction transaction,
        string code,
        BroughtUndertaking brought,
        ushort label
    )
    {
        var line = brought.Line;
        var values = new
        {
            reference = line.Reference,
            promiser = line.Promiser,
            promisee = line.Promisee,
            text = line.Text,
            strand = (long)line.Strand,
            aim = line.Aim,
            due = Times.Text(line.Due),
            measure = line.Measure,
            unit = line.Unit,
            target = (double?)line.Target,
            owner = line.Owner,
            project = line.Project,
            labelId = (long)label,
            source = line.Source,
            asOf = Times.Text((DateOnly?)line.AsOf),
            broughtBy = code,
            isFictional = line.IsFictional ? 1L : 0L,
            madeBy = code,
            madeAt = Times.Text(brought.MadeAt),
        };
        if (await connection.ExecuteAsync(AddUndertaking.Insert, values, transaction) == 0)
            return;
        foreach (var (at, evidence) in brought.Evidence.Index())
            await connection.ExecuteAsync(
                OfferEvidence.Insert,
                new
                {
                    id = $"{line.Reference}-{at}",
                    undertaking = line.Reference,
                    labelId = (long)label,
                    kind = (long)EvidenceKind.Count,
                    text = evidence.Text,
                    link = "",
                    recordId = (byte[]?)null,
                    amount = (double?)evidence.Amount,
                    day = Times.Text((DateOnly?)evidence.Day),
                    offeredBy = evidence.OfferedBy,
                    organisation = evidence.Organisation,
                    offeredAt = Times.Text(brought.MadeAt),
                    state = (long)(evidence.AcceptedBy is null ? EvidenceState.Waits : EvidenceState.Accepted),
                    decidedBy = evidence.AcceptedBy,
                    decidedAt = evidence.AcceptedBy is null ? null : Times.Text(brought.MadeAt),
                    decidedReason = evidence.AcceptedBy is null ? null : code,
                },
                transaction
            );
    }
}
