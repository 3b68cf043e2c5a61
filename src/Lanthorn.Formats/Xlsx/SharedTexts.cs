using System.Text;
using System.Xml;

namespace Lanthorn.Formats;

/// <summary>The texts of a workbook, to which its cells point by number.</summary>
internal static class SharedTexts
{
    public const int MaxTexts = 5_000_000;

    /// <summary>Characters of all of them.</summary>
    public const long MaxCharacters = 128L * 1024 * 1024;

    /// <summary>The longest text that a spreadsheet program writes into a cell.</summary>
    public const int MaxCell = 32_767;

    /// <summary>Each text; null for one that is longer than a cell holds.</summary>
    public static async Task<IReadOnlyList<string?>> ReadAsync(XlsxPart part, CancellationToken cancellation)
    {
        var texts = new List<string?>();
        var total = 0L;
        var (text, phonetic, isInText) = (new StringBuilder(), 0, false);
        while (await part.ReadAsync(cancellation))
        {
            var xml = part.Xml;
            switch (xml.NodeType)
            {
                case XmlNodeType.Element when xml.LocalName == "rPh" && !xml.IsEmptyElement:
                    phonetic++;
                    break;
                case XmlNodeType.EndElement when xml.LocalName == "rPh":
                    phonetic--;
                    break;
                case XmlNodeType.Element when xml.LocalName == "t":
                    isInText = !xml.IsEmptyElement && phonetic == 0;
                    break;
                case XmlNodeType.EndElement when xml.LocalName == "t":
                    isInText = false;
                    break;
                case XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace when isInText:
                    Append(text, part.Text);
                    break;
                case XmlNodeType.EndElement when xml.LocalName == "si":
                case XmlNodeType.Element when xml is { LocalName: "si", IsEmptyElement: true }:
                    total += text.Length;
                    if (texts.Count == MaxTexts || total > MaxCharacters)
                        throw new UnreadableFileException(
                            new(part.File, 1, 1),
                            $"more than {MaxTexts:N0} texts in the workbook, or {MaxCharacters:N0} characters in them",
                            "Export the sheet as CSV and import that."
                        );
                    texts.Add(text.Length > MaxCell ? null : text.ToString());
                    text.Clear();
                    break;
            }
        }
        return texts;
    }

    /// <summary>Keeps one character more than a cell may have, so that it is seen to be too long.</summary>
    public static void Append(StringBuilder text, string more)
    {
        var room = MaxCell + 1 - text.Length;
        if (room > 0)
            text.Append(more.AsSpan(0, Math.Min(room, more.Length)));
    }
}
