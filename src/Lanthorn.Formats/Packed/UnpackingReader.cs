using System.Runtime.CompilerServices;

namespace Lanthorn.Formats;

/// <summary>Any reader, given what is in compressed files instead of the files.</summary>
internal sealed class UnpackingReader(IRecordReader inner) : IRecordReader
{
    public string Format => inner.Format;

    public bool IsCompleteEdition => inner.IsCompleteEdition;

    public async IAsyncEnumerable<ReadItem> ReadAsync(
        IReadOnlyList<InputFile> files,
        ReadOptions options,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        var unpacked = await PackedFiles.UnpackAsync(files, cancellation);
        await foreach (var item in inner.ReadAsync(unpacked, options, cancellation))
            yield return item;
    }
}
