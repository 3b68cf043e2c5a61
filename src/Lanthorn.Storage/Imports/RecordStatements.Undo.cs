using System.Text;
using Lanthorn.Knowledge;

namespace Lanthorn.Storage;

/// <summary>How a record was before an import touched it.</summary>
internal sealed record Before(
    int Version,
    byte[] Hash,
    string PublicId,
    ushort Label,
    string? ListedTo,
    string ChangedAt,
    long Category
);

/// <summary>How it is now.</summary>
internal sealed record Present(
    int Ordinal,
    RecordId Id,
    long Rank,
    string Source,
    string ExternalId,
    int Version,
    ushort Label,
    string? ListedTo
);

/// <summary>Takes the work of an import back, a record at a time.</summary>
internal sealed partial class RecordStatements
{
    /// <summary>
    /// Remembers a record as it is, but for a restriction, before an import's first touch of it. What the import itself made has a version of the
    /// import already, and needs no memory.
    /// </summary>
    private const string TouchSql = """
        insert into import_touch (import_id, ordinal, version, content_hash, public_id, label_id, listed_to, changed_at,
            category)
        select $1, ordinal, version, content_hash, public_id,
            coalesce((select x.label_id from restriction x where x.id = record.id), label_id), listed_to, changed_at, category
        from record
        where ordinal = $2
            and not exists (select 1 from record_version v where v.ordinal = $2 and v.import_id = $1)
        on conflict do nothing
        """;

    private bool? hasWithdrawn;

    /// <summary>The record is again as it was before; gives the versions that were taken back, none where only its listing was touched.</summary>
    public IReadOnlyList<RecordVersion> PutBack(Present present, Before before)
    {
        before = before with { Label = Standing(present.Id, before.Label) };
        var taken = Withdraw(present, before.Version);
        Run(
            """
            update record set version = $2, content_hash = $3, public_id = $4, label_id = $5, listed_to = $6,
                changed_at = $7, category = $8 where ordinal = $1
            """,
            (long)present.Ordinal,
            (long)before.Version,
            before.Hash,
            before.PublicId,
            (long)before.Label,
            before.ListedTo,
            before.ChangedAt,
            before.Category
        );
        if (before.ListedTo is { } left)
            Run("delete from absence where ordinal = $1 and left_at = $2", (long)present.Ordinal, left);
        if (present.ListedTo is null)
            Count(present.Source, present.Label, -1);
        if (before.ListedTo is null)
            Count(present.Source, before.Label, 1);
        var listing = (before.ChangedAt, IsLive: before.ListedTo is null);
        if (taken.Count == 0)
            search.Relist(present.Rank, before.Label, listing.ChangedAt, listing.IsLive);
        else
            Derive(present.Ordinal, present.Rank, Earlier(present, before), before.Label, listing);
        Note(ChangeKind.Changed, present.Ordinal);
        return taken;
    }

    /// <summary>The record was made by the import: it is gone, and its versions stand among those withdrawn.</summary>
    public IReadOnlyList<RecordVersion> Vanish(Present present)
    {
        var taken = Withdraw(present, 0);
        search.Forget(present.Rank);
        foreach (var statement in forget)
            statement.Run((long)present.Ordinal);
        Run("delete from absence where ordinal = $1", (long)present.Ordinal);
        Run("delete from record where ordinal = $1", (long)present.Ordinal);
        if (present.ListedTo is null)
            Count(present.Source, present.Label, -1);
        Note(ChangeKind.Withdrawn, present.Ordinal);
        return taken;
    }

    private void Touch(long import, int ordinal) => touch.Run(import, (long)ordinal);

    /// <summary>
    /// The number of a new version: a content that was withdrawn gets back the number that it had, and no other content ever
    /// has it, since the log names versions by their numbers.
    /// </summary>
    private int NumberOf(HashedRecord hashed, int next)
    {
        hasWithdrawn ??= Scalar("select 1 from withdrawn_version limit 1") is not null;
        if (hasWithdrawn is false)
            return next;
        var (number, isAgain) = (next, false);
        using (
            var row = Reused("select version, content_hash from withdrawn_version where id = $1 order by version")
                .Read(hashed.Id.ToBytes())
        )
            while (row.Read())
            {
                var version = row.GetInt32(0);
                isAgain =
                    version >= next
                    && !row.IsDBNull(1)
                    && RecordId.FromBytes(row.GetFieldValue<byte[]>(1)).Value == hashed.Hash;
                number = isAgain ? version : Math.Max(number, version + 1);
                if (isAgain)
                    break;
            }
        if (isAgain)
            Run("delete from withdrawn_version where id = $1 and version = $2", hashed.Id.ToBytes(), (long)number);
        return number;
    }

    private List<RecordVersion> Withdraw(Present present, int upTo)
    {
        Run(
            """
            insert into withdrawn_version (id, version, label_id, content_hash, source, external_id, public_id, schema,
                properties, evaluation, handling, legal_basis, published_at, import_id, ingested_at, withdrawn_at)
            select r.id, v.version, r.label_id, case when v.version = r.version then r.content_hash end, r.source,
                r.external_id, r.public_id, v.schema, v.properties, v.evaluation, v.handling, v.legal_basis,
                v.published_at, v.import_id, v.ingested_at, $3
            from record r join record_version v on v.ordinal = r.ordinal where r.ordinal = $1 and v.version > $2
            """,
            (long)present.Ordinal,
            (long)upTo,
            now
        );
        var taken = new List<RecordVersion>();
        using (
            var row = Reused("select version from record_version where ordinal = $1 and version > $2 order by version")
                .Read((long)present.Ordinal, (long)upTo)
        )
            while (row.Read())
                taken.Add(new(present.Id, row.GetInt32(0)));
        Run("delete from record_version where ordinal = $1 and version > $2", (long)present.Ordinal, (long)upTo);
        return taken;
    }

    private DerivedRecord Earlier(Present present, Before before)
    {
        using var row = Reused("select schema, properties from record_version where ordinal = $1 and version = $2")
            .Read((long)present.Ordinal, (long)before.Version);
        row.Read();
        var record = new IncomingRecord(
            present.ExternalId,
            before.PublicId,
            Model.Get(row.GetString(0)),
            Properties.FromJson(Encoding.UTF8.GetBytes(row.GetString(1)))
        )
        {
            Label = store.Labels.Get(before.Label),
        };
        var source = SourceCode.Parse(present.Source).Value;
        return DerivedRecord.Of(HashedRecord.Of(record, source, store.InstallationKey), store.InstallationKey);
    }

    private readonly Dictionary<string, Statement> reused = new(StringComparer.Ordinal);

    /// <summary>A statement that few imports need: prepared when it is.</summary>
    private Statement Reused(string sql) =>
        reused.TryGetValue(sql, out var statement) ? statement : reused[sql] = Prepare(sql);

    private void Run(string sql, params ReadOnlySpan<object?> values) => Reused(sql).Run(values);

    private object? Scalar(string sql, params ReadOnlySpan<object?> values) => Reused(sql).Scalar(values);
}
