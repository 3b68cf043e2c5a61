using System.Text.Json;
using Dapper;
using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Governance.Oversight.Transfers;

/// <summary>
/// Proposes that records go to an authority of a third country. The gate looks at each with everything that is known of the
/// person; what it refuses stays on record with its reasons.
/// </summary>
internal sealed class ProposeTransfer(Store store, DebriefSources debriefs)
{
    /// <summary>So many records a transfer names.</summary>
    public const int MaxRecords = 50;

    internal sealed record Answer(string? Verdict, string? Text);

    internal sealed record Request
    {
        /// <summary>Two letters, ISO 3166-1.</summary>
        public string? Country { get; init; }
        public string? Authority { get; init; }
        public string? Ground { get; init; }
        public string? Purpose { get; init; }

        /// <summary>Ids of records.</summary>
        public IReadOnlyList<string>? Records { get; init; }
        public Answer? Torture { get; init; }
        public Answer? Death { get; init; }
        public Answer? Onward { get; init; }
        public Answer? Asylum { get; init; }
    }

    /// <param name="Objections">Why the gate refuses it; empty where a second person may decide.</param>
    internal sealed record Proposed(string Reference, IReadOnlyList<string> Objections);

    private const string Insert = """
        insert into gov_transfer (reference, label_id, country, authority, ground, purpose, checks, objections,
            proposed_by, proposed_at, is_fictional)
        values (@reference, @labelId, @country, @authority, @ground, @purpose, @checks, @objections, @by, @now,
            @isFictional)
        """;

    private const string InsertRecord = """
        insert into gov_transfer_record (transfer, record_id, version) values (@reference, @record, @version)
        """;

    /// <exception cref="RefusedException">Another role, a record is not there, or a check is missing.</exception>
    public async Task<Proposed> HandleAsync(
        Work work,
        Request request,
        CancellationToken cancellation,
        bool isFictional = false
    )
    {
        ReadTransfers.NeedPropose(work);
        var country = Written.Taken("country", CountryCode.Parse(request.Country)).ToString();
        var checks = new TransferChecks(
            Check(work, "torture", request.Torture),
            Check(work, "death", request.Death),
            Check(work, "onward", request.Onward),
            Check(work, "asylum", request.Asylum)
        );
        var ground = Written.Choice<TransferGround>("ground", request.Ground);
        var records = await RecordsAsync(work, request.Records ?? [], cancellation);
        var items = await ItemsAsync(work, records, cancellation);
        var today = DateOnly.FromDateTime(store.Time.GetUtcNow().UtcDateTime);
        var objections = TransferGate.Objections(country, checks, items, today);
        var label = Label.Parse($"org={work.Viewer.Organisation}").Value;
        var row = new
        {
            reference = Officers.Draw('T'),
            labelId = (long)await store.Labels.InternAsync(label, cancellation),
            country,
            authority = Written.Need("authority", request.Authority),
            ground = (long)ground,
            purpose = Written.Need("purpose", request.Purpose, Written.MaxReason),
            checks = JsonSerializer.Serialize(checks, GovernanceJson.Options),
            objections = string.Join('\n', objections),
            by = work.Viewer.Name,
            now = Times.Text(store.Time.GetUtcNow()),
            isFictional = isFictional ? 1L : 0L,
        };
        await store.WriteAsync(
            async (connection, transaction) =>
            {
                await connection.ExecuteAsync(Insert, row, transaction);
                foreach (var record in records)
                    await connection.ExecuteAsync(
                        InsertRecord,
                        new
                        {
                            row.reference,
                            record = record.Id.ToBytes(),
                            version = (long)record.Version,
                        },
                        transaction
                    );
                var said = objections.Count == 0 ? "proposed" : "proposed and refused by the gate";
                store.Audit.AppendIn(
                    connection,
                    transaction,
                    AuditEntry.By(
                        work.Viewer,
                        Operation.Alteration,
                        $"transfer {row.reference} {said}",
                        [.. records.Select(r => new RecordVersion(r.Id, r.Version))],
                        new(work.Justification, work.Case)
                    )
                );
            },
            cancellation
        );
        return new(row.reference, objections);
    }

    /// <summary>The records as the gate looks at them.</summary>
    public async Task<IReadOnlyList<TransferItem>> ItemsAsync(
        Work work,
        IReadOnlyList<Record> records,
        CancellationToken cancellation
    )
    {
        var debrief = await debriefs.ListAsync(cancellation);
        var items = new List<TransferItem>();
        foreach (var record in records)
        {
            var entity = await work.On(store).EntityAsync(record.PublicId, "transfer gate", cancellation);
            var (category, known) = (entity?.Category ?? record.Category, entity?.Properties ?? record.Properties);
            items.Add(
                new(
                    SubjectCategories.MostProtected(category, record.Category),
                    [.. known["nationality"].Concat(known["citizenship"])],
                    [.. known["birthDate"]],
                    record.Handling,
                    debrief.Contains(record.Source.Value),
                    [
                        .. known.Names.SelectMany(n => known[n]),
                        .. record.Properties.Names.SelectMany(n => record.Properties[n]),
                    ]
                )
            );
        }
        return items;
    }

    private async Task<IReadOnlyList<Record>> RecordsAsync(
        Work work,
        IReadOnlyList<string> ids,
        CancellationToken cancellation
    )
    {
        var wanted = ids.Select(i => (i ?? "").Trim())
            .Where(i => i.Length > 0)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        if (wanted.Count is 0 or > MaxRecords)
            throw Written.Refuse(
                "records",
                $"A transfer names 1 to {MaxRecords} records",
                "Name each record by its id; nothing leaves that is not named"
            );
        var found = new List<Record>();
        foreach (var id in wanted)
            found.Add(
                id.Length <= Record.MaxExternalIdLength
                && await work.On(store).RecordAsync(id, "record of a transfer", cancellation) is { } record
                    ? record
                    : throw Written.Refuse("records", $"There is no record '{id}'", "Its page names its id")
            );
        return found;
    }

    private static TransferCheck Check(Work work, string field, Answer? answer) =>
        new(
            Written.Choice<CheckVerdict>(field, answer?.Verdict),
            Written.Need($"{field}_text", answer?.Text, Written.MaxReason),
            work.Viewer.Name
        );
}
