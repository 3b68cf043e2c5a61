using System.Buffers.Binary;
using System.Data.Common;
using System.Text;

namespace Lanthorn.Storage;

/// <summary>
/// A row as bytes that mean the same on every database: for each column a byte that says what follows, then a number in
/// eight bytes, or a length in four and so many bytes. Lowest byte first.
/// </summary>
internal static class RowForm
{
    /// <summary>So many bytes a row has at most: texts and hashes are far smaller, blobs are files of their own.</summary>
    public const int MaxRow = 64 * 1024 * 1024;

    private const byte Nothing = 0;
    private const byte Number = 1;
    private const byte Floating = 2;
    private const byte Text = 3;
    private const byte Bytes = 4;

    /// <summary>The values of the row at which a reader stands.</summary>
    public static void Read(DbDataReader row, object?[] values)
    {
        for (var at = 0; at < values.Length; at++)
            values[at] = row.IsDBNull(at) ? null : row.GetValue(at);
    }

    /// <exception cref="RefusedByStoreException">The row is larger than a backup takes.</exception>
    public static void Append(MemoryStream to, ReadOnlySpan<object?> values)
    {
        var begin = to.Length;
        foreach (var value in values)
            switch (value)
            {
                case null:
                    to.WriteByte(Nothing);
                    break;
                case long number:
                    AppendNumber(to, Number, number);
                    break;
                case double floating:
                    AppendNumber(to, Floating, BitConverter.DoubleToInt64Bits(floating));
                    break;
                case string text:
                    AppendBytes(to, Text, Encoding.UTF8.GetBytes(text));
                    break;
                case byte[] bytes:
                    AppendBytes(to, Bytes, bytes);
                    break;
                default:
                    throw new InvalidOperationException($"No column holds a {value.GetType()}");
            }
        if (to.Length - begin > MaxRow)
            throw new RefusedByStoreException(
                $"A row of {to.Length - begin} bytes is larger than a backup takes: back the server up with its own tools"
            );
    }

    /// <summary>Reads one row into the values; what is left of the bytes.</summary>
    /// <exception cref="InvalidDataException">It is no row.</exception>
    public static ReadOnlySpan<byte> Take(ReadOnlySpan<byte> from, object?[] values)
    {
        for (var at = 0; at < values.Length; at++)
        {
            if (from.Length == 0)
                throw SealedChunks.Damaged();
            var kind = from[0];
            from = from[1..];
            values[at] = kind switch
            {
                Nothing => null,
                Number => TakeNumber(ref from),
                Floating => BitConverter.Int64BitsToDouble(TakeNumber(ref from)),
                Text => Encoding.UTF8.GetString(TakeBytes(ref from)),
                Bytes => TakeBytes(ref from).ToArray(),
                _ => throw SealedChunks.Damaged(),
            };
        }
        return from;
    }

    private static void AppendNumber(MemoryStream to, byte kind, long number)
    {
        Span<byte> bytes = stackalloc byte[9];
        bytes[0] = kind;
        BinaryPrimitives.WriteInt64LittleEndian(bytes[1..], number);
        to.Write(bytes);
    }

    private static void AppendBytes(MemoryStream to, byte kind, ReadOnlySpan<byte> value)
    {
        Span<byte> bytes = stackalloc byte[5];
        bytes[0] = kind;
        BinaryPrimitives.WriteInt32LittleEndian(bytes[1..], value.Length);
        to.Write(bytes);
        to.Write(value);
    }

    private static long TakeNumber(ref ReadOnlySpan<byte> from)
    {
        if (from.Length < sizeof(long))
            throw SealedChunks.Damaged();
        var number = BinaryPrimitives.ReadInt64LittleEndian(from);
        from = from[sizeof(long)..];
        return number;
    }

    private static ReadOnlySpan<byte> TakeBytes(ref ReadOnlySpan<byte> from)
    {
        if (from.Length < sizeof(int))
            throw SealedChunks.Damaged();
        var length = BinaryPrimitives.ReadInt32LittleEndian(from);
        from = from[sizeof(int)..];
        if (length < 0 || length > from.Length)
            throw SealedChunks.Damaged();
        var bytes = from[..length];
        from = from[length..];
        return bytes;
    }
}
