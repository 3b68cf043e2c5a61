namespace Lanthorn.Formats;

/// <summary>
/// Reads one format, streaming and in bounded memory. Bad input never throws: a row that cannot be used is a
/// <see cref="Rejection"/>, and only a file that cannot go on ends in an <see cref="UnreadableFileException"/>; what was
/// read before it stays valid.
/// </summary>
public interface IRecordReader
{
    /// <summary>The name on the command line, such as <c>un</c>.</summary>
    string Format { get; }

    /// <summary>True when the files are a whole edition, so that a record which is missing has left the list.</summary>
    bool IsCompleteEdition { get; }

    IAsyncEnumerable<ReadItem> ReadAsync(
        IReadOnlyList<InputFile> files,
        ReadOptions options,
        CancellationToken cancellation
    );
}

/// <summary>What a reader needs besides the files.</summary>
public sealed record ReadOptions
{
    public static readonly ReadOptions Default = new();

    /// <summary>Which column is what; only tables need it.</summary>
    public ColumnMapping? Mapping { get; init; }
}
