using Lanthorn.Knowledge;

namespace Lanthorn.Storage;

/// <summary>Writes what text search asks of a record, and keeps the full-text index exactly in step with it.</summary>
internal sealed class SearchRows(Dialect dialect, Func<string, Statement> prepare, string now)
{
    private readonly Statement insert = prepare(
        """
        insert into search_row (rank, ordinal, label_id, live, public_id, source, schema, countries, topics, changed_at,
            names, others) values ($1, $2, $3, 1, $4, $5, $6, $7, $8, $9, $10, $11)
        """
    );
    private readonly Statement update = prepare(
        """
        update search_row set label_id = $2, live = $10, public_id = $3, schema = $4, countries = $5, topics = $6,
            changed_at = $7, names = $8, others = $9 where rank = $1
        """
    );
    private readonly Statement list = prepare(
        "update search_row set label_id = $2, live = $3, changed_at = $4 where rank = $1"
    );
    private readonly Statement end = prepare("update search_row set live = 0, changed_at = $2 where rank = $1");
    private readonly Statement isSame = prepare(
        "select 1 from search_row where rank = $1 and names = $2 and others = $3"
    );
    private readonly Statement? index = dialect.IndexText is { } sql ? prepare(sql) : null;
    private readonly Statement? unindex = dialect.UnindexText is { } sql ? prepare(sql) : null;
    private readonly Statement remove = prepare("delete from search_row where rank = $1");
    private readonly Statement forgetShort = prepare("delete from short_text where rank = $1");

    public void Insert(long rank, int ordinal, ushort label, SourceCode source, DerivedRecord derived)
    {
        var (record, texts) = (derived.Hashed.Record, derived.Texts);
        insert.Run(
            rank,
            (long)ordinal,
            (long)label,
            record.PublicId,
            source.Value,
            record.Schema.Name,
            texts.Countries,
            texts.Topics,
            now,
            texts.Names,
            texts.Others
        );
        index?.Run(rank, texts.Names, texts.Others);
    }

    /// <summary>True when the texts changed, so that the short keys were taken away and are to be written anew.</summary>
    public bool Update(long rank, ushort label, DerivedRecord derived, string changedAt, bool isLive)
    {
        var (record, texts) = (derived.Hashed.Record, derived.Texts);
        var changed = isSame.Scalar(rank, texts.Names, texts.Others) is null;
        if (changed)
        {
            unindex?.Run(rank);
            forgetShort.Run(rank);
        }
        update.Run(
            rank,
            (long)label,
            record.PublicId,
            record.Schema.Name,
            texts.Countries,
            texts.Topics,
            changedAt,
            texts.Names,
            texts.Others,
            isLive ? 1L : 0L
        );
        if (changed)
            index?.Run(rank, texts.Names, texts.Others);
        return changed;
    }

    public void End(long rank) => end.Run(rank, now);

    /// <summary>The texts stay as they are.</summary>
    public void Relist(long rank, ushort label) => Relist(rank, label, now, isLive: true);

    /// <inheritdoc cref="Relist(long, ushort)"/>
    public void Relist(long rank, ushort label, string changedAt, bool isLive) =>
        list.Run(rank, (long)label, isLive ? 1L : 0L, changedAt);

    /// <summary>The record is no more.</summary>
    public void Forget(long rank)
    {
        unindex?.Run(rank);
        forgetShort.Run(rank);
        remove.Run(rank);
    }
}
