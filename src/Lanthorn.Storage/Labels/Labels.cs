using System.Collections.Concurrent;
using System.Data.Common;
using Lanthorn.Knowledge;

namespace Lanthorn.Storage;

/// <summary>The interned labels: small numbers for the few thousand conjunctions that an installation uses. They only grow.</summary>
public sealed class Labels
{
    public const int MaxLabels = 65_535;

    /// <summary>What so many kinds of viewers see is remembered; beyond it the memory starts anew.</summary>
    private const int MaxSights = 2_000;

    private readonly Store store;
    private volatile Table known = new([]);

    internal Labels(Store store) => this.store = store;

    /// <summary>
    /// What a viewer sees of the labels known by now. A label that another process adds is seen by nobody until something is
    /// read from the store again; everything that reads or indexes records does so first.
    /// </summary>
    public VisibleLabels For(Viewer viewer)
    {
        var table = known;
        if (table.Sights.Count >= MaxSights)
            table.Sights.Clear();
        return table.Sights.GetOrAdd(viewer.SightKey, _ => new VisibleLabels(store.Dialect, table.Labels, viewer));
    }

    public Label Get(ushort id) =>
        known.Find(id) ?? throw new ArgumentOutOfRangeException(nameof(id), $"No label {id}");

    /// <summary>The number of a label, new when nobody has used it before.</summary>
    /// <exception cref="RefusedByStoreException">All numbers are taken.</exception>
    public async Task<ushort> InternAsync(Label label, CancellationToken cancellation)
    {
        if (known.Ids.TryGetValue(label.Text, out var id))
            return id;
        id = await store.WriteAsync((c, t) => Task.FromResult(InternIn(c, t, label)), cancellation);
        await LoadAsync(cancellation);
        return id;
    }

    /// <summary>The number of a label inside a transaction that uses it.</summary>
    internal ushort InternIn(DbConnection connection, DbTransaction transaction, Label label)
    {
        if (known.Ids.TryGetValue(label.Text, out var id))
            return id;
        using var find = new Statement(connection, transaction, "select id from label where text = $1");
        if (find.Scalar(label.Text) is long found)
            return (ushort)found;
        using var most = new Statement(connection, transaction, "select coalesce(max(id), 0) from label");
        var last = (long)most.Scalar()!;
        if (last >= MaxLabels)
            throw new RefusedByStoreException(
                $"All {MaxLabels} labels are taken: write records under labels that exist, or use fewer compartments"
            );
        using var add = new Statement(connection, transaction, "insert into label (id, text) values ($1, $2)");
        add.Run(last + 1, label.Text);
        return (ushort)(last + 1);
    }

    /// <summary>Reads what was added since; one look at the end of the table when there is nothing.</summary>
    internal void CatchUp(Snapshot snapshot)
    {
        var table = known;
        if ((long)snapshot.Prepared("select coalesce(max(id), 0) from label").Scalar()! < table.Labels.Length)
            return;
        using var row = snapshot.Prepared("select id, text from label order by id").Read();
        var texts = new List<(int, string)>();
        while (row.Read())
            texts.Add((row.GetInt32(0), row.GetString(1)));
        var grown = new Table(texts);
        // Another reader may have seen a later state of the table meanwhile: it only ever grows.
        Table seen;
        do seen = known;
        while (
            seen.Labels.Length < grown.Labels.Length && Interlocked.CompareExchange(ref known!, grown, seen) != seen
        );
    }

    internal async Task LoadAsync(CancellationToken cancellation)
    {
        // Opening it catches up.
        await using var snapshot = await Snapshot.OpenAsync(store, cancellation);
    }

    /// <summary>The labels at one moment, by number and by text, with what viewers see of them.</summary>
    private sealed class Table
    {
        public Table(List<(int Id, string Text)> rows)
        {
            var labels = new Label?[rows.Count == 0 ? 1 : rows[^1].Id + 1];
            foreach (var (id, text) in rows)
                labels[id] = Label.Parse(text).Value;
            Labels = labels;
            Ids = rows.ToDictionary(r => r.Text, r => (ushort)r.Id, StringComparer.Ordinal);
        }

        public Label?[] Labels { get; }

        public Dictionary<string, ushort> Ids { get; }

        public ConcurrentDictionary<string, VisibleLabels> Sights { get; } = new(StringComparer.Ordinal);

        public Label? Find(ushort id) => id < Labels.Length ? Labels[id] : null;
    }
}
