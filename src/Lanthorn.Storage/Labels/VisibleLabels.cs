using Lanthorn.Knowledge;

namespace Lanthorn.Storage;

/// <summary>The labels that one viewer sees, one bit for each interned label. Immutable.</summary>
public sealed class VisibleLabels
{
    private readonly ulong[] bits;

    internal VisibleLabels(Dialect dialect, IReadOnlyList<Label?> labels, Viewer viewer)
    {
        bits = new ulong[(labels.Count + 63) / 64];
        for (var id = 0; id < labels.Count; id++)
            if (labels[id] is { } label && Label.Sees(viewer, label))
                bits[id >> 6] |= 1UL << (id & 63);
        List = dialect.List(Enumerable.Range(0, labels.Count).Where(id => this[(ushort)id]));
    }

    public ReadOnlySpan<ulong> Bits => bits;

    public bool this[ushort label] => label >> 6 < bits.Length && (bits[label >> 6] & (1UL << (label & 63))) != 0;

    /// <summary>The same set as a list parameter of SQL.</summary>
    internal object List { get; }
}
