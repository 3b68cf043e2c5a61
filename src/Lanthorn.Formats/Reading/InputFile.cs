namespace Lanthorn.Formats;

/// <summary>
/// A file to read. <see cref="Open"/> gives a stream from the file's beginning each time it is called: recognising a
/// format looks at the first bytes, reading starts anew. The reader disposes of what it opened.
/// </summary>
public sealed record InputFile(string Name, Func<Stream> Open);

/// <summary>Where in a file: line and column count from 1; columns are characters, in JSON lines bytes.</summary>
public readonly record struct Place(string File, long Line, int Column);
