using System.Xml;

namespace Lanthorn.Formats;

/// <summary>
/// Goes through a list in XML with one listing in memory at a time. No document type, no entities, nothing fetched:
/// such lists need none, and attacks do.
/// </summary>
internal sealed class ListedElements : IDisposable
{
    /// <summary>Sixty times the Security Council's list of 2026.</summary>
    public const long MaxCharacters = 128 * 1024 * 1024;

    /// <summary>Texts and names of one listing together.</summary>
    public const int MaxListingLength = 1024 * 1024;
    public const int MaxDepth = 32;

    /// <summary>An element weighs more in memory than its name; a flood of empty ones is long too.</summary>
    private const int ElementLength = 64;

    private readonly XmlReader xml;
    private readonly string file;
    private readonly char[] chunk = new char[4096];

    public ListedElements(Stream stream, string file)
    {
        this.file = file;
        xml = XmlReader.Create(
            new MarkupStream(stream, file),
            new XmlReaderSettings
            {
                Async = true,
                DtdProcessing = DtdProcessing.Prohibit,
                XmlResolver = null,
                MaxCharactersInDocument = MaxCharacters,
                IgnoreComments = true,
                IgnoreProcessingInstructions = true,
                IgnoreWhitespace = true,
            }
        );
    }

    private Place At =>
        xml is IXmlLineInfo { LineNumber: > 0 } at ? new(file, at.LineNumber, at.LinePosition) : new(file, 1, 1);

    /// <summary>Goes to the first element, which must have that name; gives one of its attributes.</summary>
    public Task<string?> ToRootAsync(string name, string attribute, string wayOut) =>
        GuardAsync(async () =>
            await xml.MoveToContentAsync() == XmlNodeType.Element && xml.LocalName == name
                ? xml.GetAttribute(attribute)
                : throw new UnreadableFileException(At, $"the file does not begin with {name}", wayOut)
        );

    /// <summary>The next element of one of the names, whole; null behind the last.</summary>
    /// <returns>The element, and the reason why it is not whole when it breaks a limit.</returns>
    public Task<(ListedElement Element, string? Refusal)?> NextAsync(string[] names, CancellationToken cancellation) =>
        GuardAsync<(ListedElement, string?)?>(async () =>
        {
            while (await xml.ReadAsync())
            {
                cancellation.ThrowIfCancellationRequested();
                RefuseDepth();
                if (xml.NodeType == XmlNodeType.Element && names.Contains(xml.LocalName))
                    return await WholeAsync();
            }
            return null;
        });

    private async Task<(ListedElement, string?)> WholeAsync()
    {
        var length = 0;
        var root = Begun(ref length);
        var open = new Stack<ListedElement>([root]);
        if (xml.IsEmptyElement)
            open.Pop();
        while (open.Count > 0 && await xml.ReadAsync())
        {
            RefuseDepth();
            if (xml.NodeType == XmlNodeType.EndElement)
                open.Pop();
            else if (xml.NodeType == XmlNodeType.Element)
            {
                var child = Begun(ref length);
                if (length < MaxListingLength)
                    open.Peek().Add(child);
                if (!xml.IsEmptyElement)
                    open.Push(child);
            }
            else if (xml.CanReadValueChunk && xml.HasValue)
                for (int read; (read = await xml.ReadValueChunkAsync(chunk, 0, chunk.Length)) > 0; )
                {
                    length = Math.Min(length + read, MaxListingLength);
                    if (length < MaxListingLength)
                        open.Peek().Append(chunk.AsSpan(0, read));
                }
        }
        return (root, length < MaxListingLength ? null : $"longer than {MaxListingLength:N0} characters");
    }

    /// <summary>The element that begins here with its attributes, as far as the length allows.</summary>
    private ListedElement Begun(ref int length)
    {
        var element = new ListedElement(xml.LocalName, At);
        length = Math.Min(length + ElementLength + element.Name.Length, MaxListingLength);
        while (xml.MoveToNextAttribute())
        {
            length = (int)Math.Min((long)length + xml.LocalName.Length + xml.Value.Length, MaxListingLength);
            if (length < MaxListingLength)
                element.Set(xml.LocalName, xml.Value);
        }
        xml.MoveToElement();
        return element;
    }

    private void RefuseDepth()
    {
        if (xml.Depth > MaxDepth)
            throw new UnreadableFileException(
                At,
                $"elements nested more than {MaxDepth} deep",
                "No official list is; check where the file comes from."
            );
    }

    private async Task<T> GuardAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (XmlException e)
        {
            throw new UnreadableFileException(
                e.LineNumber > 0 ? new(file, e.LineNumber, e.LinePosition) : At,
                e.Message.TrimEnd('.'),
                "What came before is read; fetch the file again from its source.",
                e
            );
        }
        catch (ArgumentException e)
        {
            // The framework's reader fails so where the XML declaration breaks off inside its encoding.
            throw new UnreadableFileException(
                At,
                "the XML declaration is damaged",
                "Fetch the file again from its source.",
                e
            );
        }
    }

    public void Dispose() => xml.Dispose();
}
