using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;

namespace Lanthorn.Formats;

/// <summary>How many columns each of the files has: this is how they are told apart, whatever they are called.</summary>
internal static class OfacColumns
{
    public const int Entry = 12;
    public const int Alternate = 5;
    public const int Address = 6;
    public const int Comment = 2;

    private static readonly string[] AlternateTypes = ["aka", "fka", "nka"];

    /// <summary>The kind of file by a row of it; null when it is none of these files.</summary>
    public static int? KindOf(IReadOnlyList<string> row) =>
        row.Count > 0
        && IsNumber(row[0])
        && row.Count switch
        {
            Entry or Comment => true,
            Alternate => IsNumber(row[1]) && AlternateTypes.Contains(row[2]),
            Address => IsNumber(row[1]),
            _ => false,
        }
            ? row.Count
            : null;

    public static bool IsNumber(string text) => text.Length is > 0 and < 20 && text.All(char.IsAsciiDigit);
}

/// <summary>
/// The Specially Designated Nationals list of the US Office of Foreign Assets Control, as it published it in delimited
/// text: sdn.csv alone or with alt.csv, add.csv and sdn_comments.csv, in any order and under any names. No header;
/// <c>-0- </c> is null; the last byte may be 0x1A. One record for each entry, by <c>ent_num</c>.
/// </summary>
internal sealed class OfacReader : IRecordReader
{
    /// <summary>Rows of the files beside sdn.csv, which are kept until their entry comes; forty times those of 2021.</summary>
    public const int MaxOtherRows = 1_000_000;

    /// <summary>What those rows hold together; forty times that of 2021.</summary>
    public const long MaxOtherCharacters = 64 * 1024 * 1024;

    private const string Null = "-0-";

    private static readonly Encoding Windows1252 = TextEncoding.Find("windows-1252").Value;

    public string Format => "ofac";

    public bool IsCompleteEdition => true;

    public async IAsyncEnumerable<ReadItem> ReadAsync(
        IReadOnlyList<InputFile> files,
        ReadOptions options,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        var kinds = new List<(InputFile File, int Kind)>();
        foreach (var file in files)
            kinds.Add((file, await KindOfAsync(file, cancellation)));
        if (!kinds.Exists(k => k.Kind == OfacColumns.Entry))
            throw new UnreadableFileException(
                new(files.Count > 0 ? files[0].Name : "", 1, 1),
                "the list itself, sdn.csv with its twelve columns, is not among the files",
                "Give sdn.csv alone or together with alt.csv and add.csv."
            );
        var others = new Dictionary<string, List<OfacRow>>(StringComparer.Ordinal);
        var (count, characters) = (0, 0L);
        foreach (var (file, kind) in kinds.Where(k => k.Kind != OfacColumns.Entry))
        await foreach (var (row, refusal) in RowsAsync(file, kind, cancellation))
            if (row is null)
                yield return refusal!;
            else if (++count > MaxOtherRows || (characters += row.Fields.Sum(f => f.Length)) > MaxOtherCharacters)
                throw new UnreadableFileException(
                    row.Place,
                    $"more than {MaxOtherRows:N0} aliases and addresses, or {MaxOtherCharacters:N0} characters in them",
                    "Check where the files come from."
                );
            else if (others.TryGetValue(row.Fields[0], out var list))
                list.Add(row);
            else
                others.Add(row.Fields[0], [row]);
        var seen = new SeenIds();
        foreach (var (file, kind) in kinds.Where(k => k.Kind == OfacColumns.Entry))
        await foreach (var (row, refusal) in RowsAsync(file, kind, cancellation))
            if (row is null)
                yield return refusal!;
            else if (!seen.Add(row.Fields[0], row.Place))
                yield return Refuse(row, "a second entry with this number");
            else
                yield return OfacEntry.Read(row, others.Remove(row.Fields[0], out var own) ? own : []);
        foreach (var row in others.Values.SelectMany(rows => rows))
            yield return Refuse(row, "there is no entry with this number in the list");
    }

    private static Rejection Refuse(OfacRow row, string reason) =>
        Rejection.At(row.Place, "ent_num", string.Join(',', row.Fields), reason);

    private static async Task<int> KindOfAsync(InputFile file, CancellationToken cancellation)
    {
        using var text = await TextAsync(file, cancellation);
        var rows = new DelimitedReader(text, ',', file.Name);
        var first = await rows.ReadAsync(cancellation);
        return (first is { } row ? OfacColumns.KindOf(row.Fields) : null)
            ?? throw new UnreadableFileException(
                new(file.Name, 1, 1),
                first is null ? "the file is empty" : "this is none of OFAC's files",
                "They have no header, begin with a number, and have 12 (sdn), 5 (alt), 6 (add) or 2 (comments) columns."
            );
    }

    /// <summary>Each row with its nulls made empty, or why it is refused.</summary>
    private static async IAsyncEnumerable<(OfacRow? Row, Rejection? Refusal)> RowsAsync(
        InputFile file,
        int kind,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        using var text = await TextAsync(file, cancellation);
        var rows = new DelimitedReader(text, ',', file.Name);
        while (await rows.ReadAsync(cancellation) is { } row)
        {
            var whole = string.Join(',', row.Fields.Select(Decode));
            if (row.Damage is { } damage)
                yield return (null, Rejection.At(damage.Place, "", whole, damage.Reason));
            else if (row.Fields.Count != kind)
                yield return (
                    null,
                    Rejection.At(
                        row.Place,
                        "",
                        whole,
                        $"the row has {row.Fields.Count} columns and the first has {kind}"
                    )
                );
            else if (!OfacColumns.IsNumber(row.Fields[0]))
                yield return (null, Rejection.At(row.Place, "ent_num", row.Fields[0], "an entry has a number"));
            else
                yield return (new([.. row.Fields.Select(Value)], row.Place), null);
        }
    }

    /// <summary>Bytes as they are: each field is decoded by itself, since editions differ in their encoding.</summary>
    private static async Task<StreamReader> TextAsync(InputFile file, CancellationToken cancellation)
    {
        var head = await FileHead.ReadAsync(file, cancellation);
        head.RefuseOtherThanUtf8(file);
        var stream = file.Open();
        if (head.HasUtf8Mark)
            await stream.ReadExactlyAsync(new byte[Encoding.UTF8.Preamble.Length], cancellation);
        return new(stream, Encoding.Latin1, detectEncodingFromByteOrderMarks: false);
    }

    private static string Value(string field)
    {
        var text = Decode(field).Trim();
        return text == Null ? "" : text;
    }

    private static string Decode(string field)
    {
        if (Ascii.IsValid(field))
            return field;
        var bytes = Encoding.Latin1.GetBytes(field);
        return Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : Windows1252.GetString(bytes);
    }
}
