using System.Data.Common;
using Dapper;
using Lanthorn.Knowledge;

namespace Lanthorn.Storage;

/// <summary>What people write about an entity: label-bound as records are, and erased with any of them.</summary>
public sealed partial class Reading
{
    /// <summary>So many annotations of one entity are shown, the newest.</summary>
    public const int MaxAnnotations = 100;

    /// <param name="Records">How many records made up the entity when it was written.</param>
    public sealed record Annotation(
        long Id,
        string Author,
        string Organisation,
        string Text,
        DateTimeOffset WrittenAt,
        DateTimeOffset? EditedAt,
        int Records
    );

    /// <summary>
    /// The annotations that name a record of the entity, the newest first. An annotation is there for those alone who see its
    /// label and every record that it was written about.
    /// </summary>
    public async Task<IReadOnlyList<Annotation>> AnnotationsAsync(Entity entity, CancellationToken cancellation)
    {
        var found = new List<Annotation>();
        await using var sight = await LookAsync(cancellation);
        using var row = sight.Read(
            $"""
            select a.id, a.author, a.organisation, a.text, a.written_at, a.edited_at,
                (select count(*) from annotation_member m where m.annotation_id = a.id)
            from annotation a
            where {sight.Visible("a")} and exists (select 1 from annotation_member m
                    where m.annotation_id = a.id and {sight.Dialect.IsOneOfIds("m.record_id", "$2")})
                and not exists (select 1 from annotation_member m join record r on r.id = m.record_id
                    where m.annotation_id = a.id and not {sight.Visible("r")})
            order by a.id desc limit $3
            """,
            sight.Dialect.List(entity.Members.Select(m => m.Id)),
            (long)MaxAnnotations
        );
        while (row.Read())
            found.Add(
                new(
                    row.GetInt64(0),
                    row.GetString(1),
                    row.GetString(2),
                    row.GetString(3),
                    Times.Read(row.GetString(4)),
                    row.IsDBNull(5) ? null : Times.Read(row.GetString(5)),
                    (int)row.GetInt64(6)
                )
            );
        return found;
    }

    /// <summary>Writes about an entity as the viewer sees it; the label is the meet of its records' labels.</summary>
    /// <returns>The annotation's id.</returns>
    public async Task<long> AnnotateAsync(Entity entity, string text, CancellationToken cancellation)
    {
        var label = entity.Members.Select(m => m.Label).Aggregate(Label.Meet);
        var labelId = await store.Labels.InternAsync(label, cancellation);
        return await store.WriteAsync((c, t) => WriteAnnotationAsync(c, t, entity, labelId, text), cancellation);
    }

    /// <summary>Gives an annotation of the viewer's own another text, or takes it away; false where he has no such.</summary>
    /// <param name="text">Null takes it away.</param>
    public Task<bool> ChangeAnnotationAsync(long id, string? text, CancellationToken cancellation) =>
        store.WriteAsync(
            async (connection, transaction) =>
            {
                const string members = """
                    select m.record_id from annotation_member m join annotation a on a.id = m.annotation_id
                    where a.id = @id and a.author = @Name
                    """;
                var row = new
                {
                    id,
                    viewer.Name,
                    text,
                    now = Times.Text(store.Time.GetUtcNow()),
                };
                var records = (await connection.QueryAsync<byte[]>(members, row, transaction)).ToList();
                if (records.Count == 0)
                    return false;
                string[] changes = text is null
                    ?
                    [
                        "delete from annotation_member where annotation_id = @id",
                        "delete from annotation where id = @id",
                    ]
                    : ["update annotation set text = @text, edited_at = @now where id = @id"];
                foreach (var change in changes)
                    await connection.ExecuteAsync(change, row, transaction);
                LogAnnotation(
                    connection,
                    transaction,
                    text is null ? Operation.Erasure : Operation.Alteration,
                    text is null ? "annotation taken away" : "annotation changed",
                    [.. records.Select(r => new RecordVersion(RecordId.FromBytes(r), 0))]
                );
                return true;
            },
            cancellation
        );

    private async Task<long> WriteAnnotationAsync(
        DbConnection connection,
        DbTransaction transaction,
        Entity entity,
        ushort labelId,
        string text
    )
    {
        var now = store.Time.GetUtcNow();
        var microseconds = (now - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        var next = await connection.ExecuteScalarAsync<long>(
            "select coalesce(max(id) + 1, 0) from annotation",
            null,
            transaction
        );
        var row = new
        {
            id = Math.Max(microseconds, next),
            labelId = (long)labelId,
            viewer.Name,
            viewer.Organisation,
            text,
            now = Times.Text(now),
        };
        await connection.ExecuteAsync(
            """
            insert into annotation (id, label_id, author, organisation, text, written_at)
            values (@id, @labelId, @Name, @Organisation, @text, @now)
            """,
            row,
            transaction
        );
        foreach (var member in entity.Members)
            await connection.ExecuteAsync(
                "insert into annotation_member (annotation_id, record_id) values (@id, @record)",
                new { row.id, record = member.Id.ToBytes() },
                transaction
            );
        LogAnnotation(
            connection,
            transaction,
            Operation.Collection,
            "annotation written",
            [.. entity.Members.Select(m => new RecordVersion(m.Id, m.Version))]
        );
        return row.id;
    }

    private void LogAnnotation(
        DbConnection connection,
        DbTransaction transaction,
        Operation operation,
        string what,
        IReadOnlyList<RecordVersion> versions
    ) => store.Audit.AppendIn(connection, transaction, AuditEntry.By(viewer, operation, what, versions, justification));
}
