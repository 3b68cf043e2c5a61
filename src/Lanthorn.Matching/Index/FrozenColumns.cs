using System.Collections.Frozen;

namespace Lanthorn.Matching;

/// <summary>Takes the bytes of a column; more under one name follow those before.</summary>
public delegate void WriteColumn(string name, ReadOnlySpan<byte> bytes);

/// <summary>The columns of a frozen index as they were written, by name. They must not change while it is in use.</summary>
public sealed class FrozenColumns(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> byName)
{
    private readonly FrozenDictionary<string, ReadOnlyMemory<byte>> byName = byName.ToFrozenDictionary(
        StringComparer.Ordinal
    );

    /// <exception cref="InvalidDataException">There is no such column: the file is of another kind.</exception>
    public ReadOnlyMemory<byte> this[string name] =>
        byName.TryGetValue(name, out var column)
            ? column
            : throw new InvalidDataException($"The frozen index has no column {name}");
}
