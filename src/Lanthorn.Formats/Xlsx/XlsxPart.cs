using System.Xml;

namespace Lanthorn.Formats;

/// <summary>One XML part of a workbook: no document type, no entities, nothing fetched, bounded depth and size.</summary>
internal sealed class XlsxPart(Stream stream, string file) : IDisposable
{
    public const int MaxSheets = 1_000;
    public const int MaxDepth = 64;

    private readonly XmlReader xml = XmlReader.Create(
        new MarkupStream(stream, file),
        new XmlReaderSettings
        {
            Async = true,
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = PackedFiles.MaxUnpacked,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
        }
    );

    public string File => file;

    public XmlReader Xml => xml;

    /// <summary>The text of the node; a long one is only looked at when it is asked for.</summary>
    public string Text
    {
        get
        {
            try
            {
                return xml.Value;
            }
            catch (XmlException e)
            {
                throw Damaged(e);
            }
        }
    }

    /// <summary>Goes on by one node; false at the end.</summary>
    public async Task<bool> ReadAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            if (!await xml.ReadAsync())
                return false;
        }
        catch (Exception e) when (e is XmlException or ArgumentException)
        {
            // The framework's reader fails with the second where the XML declaration is damaged.
            throw Damaged(e);
        }
        return xml.Depth <= MaxDepth
            ? true
            : throw new UnreadableFileException(
                new(file, 1, 1),
                $"elements nested more than {MaxDepth} deep",
                "No workbook has them; check where the file comes from."
            );
    }

    private UnreadableFileException Damaged(Exception e) =>
        new(
            new(file, 1, 1),
            $"a part of the workbook is damaged: {e.Message.TrimEnd('.')}",
            "What came before is read; save the workbook again in a spreadsheet program.",
            e
        );

    /// <summary>Shows each element of a small part.</summary>
    public async Task EachElementAsync(Action<XmlReader> see, CancellationToken cancellation)
    {
        while (await ReadAsync(cancellation))
            if (xml.NodeType == XmlNodeType.Element)
                see(xml);
    }

    /// <summary>An attribute by the end of its name: prefixes differ between the editions of the standard.</summary>
    public static string AttributeEnding(XmlReader xml, string end)
    {
        var value = "";
        while (xml.MoveToNextAttribute())
            if (xml.Name.EndsWith(end, StringComparison.Ordinal))
                value = xml.Value;
        xml.MoveToElement();
        return value;
    }

    public void Dispose()
    {
        xml.Dispose();
        stream.Dispose();
    }
}
