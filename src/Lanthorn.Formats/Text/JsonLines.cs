using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Lanthorn.Formats;

/// <summary>What lines of JSON have in common, whatever they say: each is looked at before anything is made of it.</summary>
internal static class JsonLines
{
    public const int MaxLineLength = 16 * 1024 * 1024;
    public const int MaxDepth = 64;

    public static readonly JsonReaderOptions Options = new() { MaxDepth = MaxDepth };

    /// <summary>Makes something of a line that is text; may throw a <see cref="JsonException"/>.</summary>
    public delegate ReadItem ReadObject(ReadOnlySpan<byte> line, Place place);

    /// <summary>What the line holds, or why it is refused; null for an empty one.</summary>
    public static ReadItem? Read(LineReader lines, string file, ReadObject read) =>
        ReadLine(lines, file, read) is { } item ? Keep(item, lines) : null;

    /// <summary>What came of the line that the reader stands on, with its text where something of it was refused.</summary>
    public static ReadItem Keep(ReadItem item, LineReader lines) =>
        RefusedRow.Keep(item, () => lines.IsTooLong ? null : RefusedRow.OfLine(lines.Line));

    private static ReadItem? ReadLine(LineReader lines, string file, ReadObject read)
    {
        var line = lines.Line;
        if (lines.LineNumber == 1 && line.StartsWith(Encoding.UTF8.Preamble))
            line = line[Encoding.UTF8.Preamble.Length..];
        var place = new Place(file, lines.LineNumber, 1);
        if (lines.IsTooLong)
            return Refuse(place, line, $"the line is longer than {MaxLineLength / 1024 / 1024} MiB");
        if (line.Trim(" \t"u8).IsEmpty)
            return null;
        if (line.IndexOf((byte)0) is >= 0 and var zero)
            return Refuse(place with { Column = zero + 1 }, line, "a NUL byte is no text");
        if (!Utf8.IsValid(line))
            return Refuse(place with { Column = FirstInvalid(line) + 1 }, line, "the bytes from here are not UTF-8");
        try
        {
            return read(line, place);
        }
        catch (JsonException e)
        {
            var column = (int)Math.Min(e.BytePositionInLine ?? 0, int.MaxValue - 1) + 1;
            return Refuse(place with { Column = column }, line, $"not JSON: {Sentence(e)}");
        }
        catch (InvalidOperationException)
        {
            // A string that holds half of an escaped surrogate pair is valid JSON and no text.
            return Refuse(place, line, "an escape in the line stands for half a character");
        }
    }

    public static Rejection Refuse(Place place, ReadOnlySpan<byte> line, string reason) =>
        Rejection.At(
            place,
            "",
            Encoding.UTF8.GetString(line[..Math.Min(line.Length, Rejection.MaxValueLength)]),
            reason
        );

    private static int FirstInvalid(ReadOnlySpan<byte> line)
    {
        var at = 0;
        while (Rune.DecodeFromUtf8(line[at..], out _, out var length) == System.Buffers.OperationStatus.Done)
            at += length;
        return at;
    }

    /// <summary>The message up to where the exception repeats the position in its own way of counting.</summary>
    private static string Sentence(JsonException e)
    {
        var end = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return end < 0 ? e.Message : e.Message[..end];
    }
}
