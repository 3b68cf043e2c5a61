using System.Globalization;
using System.Text;

namespace Lanthorn.Matching;

/// <summary>
/// The distinct values of one column, each read once: comparing two rows is comparing two numbers, and what was compared
/// before is remembered by the thread that did it.
/// </summary>
internal sealed class LinkValues(LinkFieldKind kind, SubjectKind subject)
{
    /// <summary>In place of a value that a row does not have.</summary>
    public const int None = -1;

    private const int MaxLength = 200;

    private readonly Dictionary<string, int> known = new(StringComparer.Ordinal);
    private readonly List<string> texts = [];
    private readonly List<int> counts = [];
    private PreparedName[] names = [];
    private int[] dates = [];

    public LinkFieldKind Kind => kind;

    public int Count => texts.Count;

    /// <summary>How many rows have any value.</summary>
    public int Rows { get; private set; }

    public string this[int value] => texts[value];

    public int CountOf(int value) => counts[value];

    /// <summary>The number of what a row says; the same for what differs by case, accents and blanks alone.</summary>
    public int Add(string? written)
    {
        var text = Plain(written);
        if (text.Length == 0)
            return None;
        Rows++;
        if (known.TryGetValue(text, out var value))
        {
            counts[value]++;
            return value;
        }
        known[text] = value = texts.Count;
        texts.Add(text);
        counts.Add(1);
        return value;
    }

    /// <summary>No more values come.</summary>
    public void Read()
    {
        if (kind == LinkFieldKind.Name)
            names = [.. texts.Select(t => NameReader.Read(t, NameKind.Name, subject))];
        if (kind == LinkFieldKind.Date)
            dates = [.. texts.Select(DateOf)];
    }

    public PreparedName NameOf(int value) => names[value];

    /// <summary>As yyyymmdd with zeros for what is not known; 0 for what is no date.</summary>
    public int DateAt(int value) => dates[value];

    private string Plain(string? written)
    {
        if (string.IsNullOrWhiteSpace(written))
            return "";
        var text = new StringBuilder();
        var isBlank = true;
        foreach (var c in written.Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark && c < '\u0370')
                continue;
            var isPart =
                char.IsLetterOrDigit(c) || c is '\'' or '.' or ',' or '@' || char.IsSurrogate(c) || c > '\u02FF';
            if (kind is LinkFieldKind.Date or LinkFieldKind.Identifier && c is '-' or '/')
                isPart = kind == LinkFieldKind.Date;
            if (isPart)
                text.Append(char.ToLowerInvariant(c));
            else if (!isBlank && kind != LinkFieldKind.Identifier)
                text.Append(' ');
            isBlank = !isPart;
            if (text.Length >= MaxLength)
                break;
        }
        return text.ToString().Trim();
    }

    private static int DateOf(string text)
    {
        var digits = new string([.. text.Where(char.IsAsciiDigit)]);
        return digits.Length switch
        {
            8
                when int.Parse(digits, CultureInfo.InvariantCulture) is var day
                    && (text.Length == 8 || char.IsAsciiDigit(text[3])) => day,
            // 24/06/1971: the year comes last.
            8 => int.Parse($"{digits[4..]}{digits[2..4]}{digits[..2]}", CultureInfo.InvariantCulture),
            6 => int.Parse($"{digits}00", CultureInfo.InvariantCulture),
            4 => int.Parse($"{digits}0000", CultureInfo.InvariantCulture),
            _ => 0,
        };
    }
}
