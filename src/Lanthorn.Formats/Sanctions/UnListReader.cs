using System.Globalization;
using System.Runtime.CompilerServices;

namespace Lanthorn.Formats;

/// <summary>
/// The consolidated list of the United Nations Security Council (XML, <c>CONSOLIDATED_LIST</c>): one record for each
/// individual and entity, known by its reference number.
/// </summary>
internal sealed class UnListReader : IRecordReader
{
    public const string Root = "CONSOLIDATED_LIST";

    private static readonly string[] Listings = ["INDIVIDUAL", "ENTITY"];

    public string Format => "un";

    public bool IsCompleteEdition => true;

    public async IAsyncEnumerable<ReadItem> ReadAsync(
        IReadOnlyList<InputFile> files,
        ReadOptions options,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        var seen = new SeenIds();
        foreach (var file in files)
        {
            (await FileHead.ReadAsync(file, cancellation)).RefuseCompressed(file);
            await using var stream = file.Open();
            using var elements = new ListedElements(stream, file.Name);
            var generated = await elements.ToRootAsync(
                Root,
                "dateGenerated",
                "Take the XML of the Security Council's consolidated list, or name the format that this is."
            );
            if (Day(generated) is { } day)
                yield return new EditionDate(day);
            while (await elements.NextAsync(Listings, cancellation) is var (element, refusal))
            {
                var item = refusal is null
                    ? UnListing.Read(element)
                    : Rejection.At(element.Place, element.Name, element[UnListing.Number], refusal);
                if (item is ReadRecord record && !seen.Add(record.ExternalId, record.Place))
                    item = Rejection.At(
                        record.Place,
                        UnListing.Number,
                        record.ExternalId,
                        "a second listing with this number"
                    );
                yield return item;
            }
        }
    }

    private static DateOnly? Day(string? generated) =>
        DateTimeOffset.TryParse(
            generated,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var time
        )
            ? DateOnly.FromDateTime(time.UtcDateTime)
            : null;
}
