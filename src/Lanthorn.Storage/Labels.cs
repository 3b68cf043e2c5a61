using System.Collections.Concurrent;
using Dapper;
using Lanthorn.Knowledge;

namespace Lanthorn.Storage;

/// <summary>The labels that one viewer sees, one bit for each interned label.</summary>
public sealed class VisibleLabels
{
    private readonly ulong[] bits;

    internal VisibleLabels(IReadOnlyList<Label?> labels, Viewer viewer)
    {
        bits = new ulong[(labels.Count + 63) / 64];
        for (var id = 0; id < labels.Count; id++)
            if (labels[id] is { } label && Label.Sees(viewer, label))
                bits[id >> 6] |= 1UL << (id & 63);
    }

    public ReadOnlySpan<ulong> Bits => bits;

    public bool this[ushort label] => label >> 6 < bits.Length && (bits[label >> 6] & (1UL << (label & 63))) != 0;

    internal IEnumerable<int> Ids => Enumerable.Range(0, bits.Length * 64).Where(id => this[(ushort)id]);
}

/// <summary>The interned labels: small numbers for the few thousand conjunctions that an installation uses.</summary>
public sealed class Labels
{
    public const int MaxLabels = 65_535;

    private readonly Store store;
    private readonly Lock growing = new();
    private readonly ConcurrentDictionary<string, VisibleLabels> bySight = new(StringComparer.Ordinal);
    private volatile Label?[] known = [];
    private Dictionary<string, ushort> ids = new(StringComparer.Ordinal);

    internal Labels(Store store) => this.store = store;

    public VisibleLabels For(Viewer viewer)
    {
        var table = known;
        return bySight.GetOrAdd($"{table.Length}\n{viewer.SightKey}", _ => new VisibleLabels(table, viewer));
    }

    public Label Get(ushort id) => known[id] ?? throw new ArgumentOutOfRangeException(nameof(id), $"No label {id}");

    /// <summary>The number of a label that was interned before.</summary>
    internal ushort Known(Label label)
    {
        lock (growing)
            return ids[label.Text];
    }

    /// <summary>The number of a label, new when nobody has used it before.</summary>
    public async Task<ushort> InternAsync(Label label, CancellationToken cancellation)
    {
        lock (growing)
            if (ids.TryGetValue(label.Text, out var id))
                return id;
        await store.WriteAsync(
            async (connection, transaction) =>
            {
                var count = await connection.ExecuteScalarAsync<int>(
                    "select count(*) from label",
                    transaction: transaction
                );
                if (count >= MaxLabels)
                    throw new InvalidOperationException($"All {MaxLabels} labels are taken: use fewer compartments");
                await connection.ExecuteAsync(
                    "insert or ignore into label (text) values (@Text)",
                    new { label.Text },
                    transaction
                );
            },
            cancellation
        );
        await LoadAsync(cancellation);
        lock (growing)
            return ids[label.Text];
    }

    /// <summary>Reads the table again: another process may have added labels.</summary>
    internal async Task LoadAsync(CancellationToken cancellation)
    {
        var rows = await store.ReadOwnAsync(
            connection => connection.QueryAsync<(int Id, string Text)>("select id, text from label order by id"),
            cancellation
        );
        lock (growing)
        {
            var list = rows.ToList();
            var table = new Label?[list.Count == 0 ? 0 : list[^1].Id + 1];
            foreach (var (id, text) in list)
                table[id] = Label.Parse(text).Value;
            ids = list.ToDictionary(r => r.Text, r => (ushort)r.Id, StringComparer.Ordinal);
            if (table.Length != known.Length)
                bySight.Clear();
            known = table;
        }
    }
}
