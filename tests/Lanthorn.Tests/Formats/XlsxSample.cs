using System.IO.Compression;
using System.Text;
using Lanthorn.Formats;

namespace Lanthorn.Tests.Formats;

/// <summary>A workbook with two sheets, written part by part as spreadsheet programs do; parts can be replaced.</summary>
internal static class XlsxSample
{
    public const string SheetName = "xl/worksheets/sheet2.xml";
    public const string Texts = "xl/sharedStrings.xml";
    public const string Styles = "xl/styles.xml";

    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    public static readonly ColumnMapping Mapping = ColumnMapping
        .Parse(
            """
            schema: Person
            id: NO
            sheet: People
            properties:
              name: [FIRST, LAST]
              birthDate: BORN
              idNumber: CARD
              notes: REMARK
            """
        )
        .Value;

    private const string Rows = """
        <row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c><c r="D1" t="s"><v>3</v></c><c r="E1" t="s"><v>4</v></c><c r="F1" t="s"><v>5</v></c></row>
        <row r="2"><c r="A2"><v>7</v></c><c r="B2" t="s"><v>6</v></c><c r="C2" t="inlineStr"><is><r><t>Vessel</t></r><r><t>man</t></r></is></c><c r="D2" s="1"><v>28897</v></c><c r="E2"><v>1.234567E+8</v></c><c r="F2" t="str"><f>CONCATENATE("a","b")</f><v>kept value</v></c></row>
        <row r="4"><c r="A4" t="str"><v>8</v></c><c r="C4" t="s"><v>7</v></c><c r="D4" s="2"><v>33604.5</v></c><c r="E4" t="e"><v>#N/A</v></c><c r="F4" t="b"><v>1</v></c></row>
        """;

    public static byte[] Bytes(params (string Part, string Content)[] replaced)
    {
        var parts = new Dictionary<string, string>
        {
            ["[Content_Types].xml"] =
                """<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>""",
            ["xl/workbook.xml"] =
                $"""<workbook xmlns="{Main}" xmlns:r="{Relations}"><sheets><sheet name="Cover" sheetId="1" r:id="rId1"/><sheet name="People" sheetId="2" r:id="rId2"/></sheets></workbook>""",
            ["xl/_rels/workbook.xml.rels"] =
                """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Target="/xl/worksheets/sheet2.xml"/></Relationships>""",
            [Styles] =
                $"""<styleSheet xmlns="{Main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="[$-407]dd\.mm\.yyyy"/></numFmts><cellStyleXfs count="1"><xf numFmtId="0"/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs></styleSheet>""",
            [Texts] =
                $"""<sst xmlns="{Main}"><si><t>NO</t></si><si><t>FIRST</t></si><si><t>LAST</t></si><si><t>BORN</t></si><si><t>CARD</t></si><si><t>REMARK</t></si><si><r><t>Or</t></r><r><t>in</t></r><rPh><t>phonetic</t></rPh></si><si><t xml:space="preserve">Quayside </t></si></sst>""",
            ["xl/worksheets/sheet1.xml"] = Sheet("""<row><c t="inlineStr"><is><t>A cover</t></is></c></row>"""),
            [SheetName] = Sheet(Rows),
        };
        foreach (var (part, content) in replaced)
            parts[part] = content;
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, content) in parts)
            {
                using var entry = zip.CreateEntry(name, CompressionLevel.Optimal).Open();
                entry.Write(Encoding.UTF8.GetBytes(content));
            }
        return packed.ToArray();
    }

    public static string Sheet(string rows) =>
        $"""<worksheet xmlns="{Main}"><dimension ref="A1:F4"/><sheetData>{rows}</sheetData></worksheet>""";
}
