namespace Lanthorn.Governance.Oversight;

/// <summary>
/// The words of the public door, in six languages. English is the original; every other says on its page that no native reader
/// has reviewed it yet.
/// </summary>
internal sealed record ComplaintTexts
{
    public required string Code { get; init; }
    public required string Name { get; init; }
    public bool IsRightToLeft { get; init; }

    /// <summary>That nobody has reviewed the translation; empty where there is none.</summary>
    public string NotReviewed { get; init; } = "";
    public required string Title { get; init; }
    public required string Lead { get; init; }
    public required string Kept { get; init; }
    public required string NotThis { get; init; }
    public required string What { get; init; }
    public required string Reach { get; init; }
    public required string Send { get; init; }
    public required string Got { get; init; }
    public required string WriteDown { get; init; }
    public required string Read { get; init; }
    public required string YourCode { get; init; }
    public required string Look { get; init; }
    public required string ReceivedOn { get; init; }
    public required string Waits { get; init; }
    public required string Taken { get; init; }
    public required string Answered { get; init; }
    public required string Empty { get; init; }
    public required string TooLong { get; init; }
    public required string TooOften { get; init; }
    public required string NoSuchReceipt { get; init; }

    public static IReadOnlyList<ComplaintTexts> All =>
        [
            ComplaintTextsLatin.English,
            ComplaintTextsLatin.French,
            ComplaintTextsArabic.Arabic,
            ComplaintTextsArabic.Dari,
            ComplaintTextsArabic.Pashto,
            ComplaintTextsBengali.Bengali,
        ];

    public static ComplaintTexts? Find(string code) => All.FirstOrDefault(t => t.Code == code);

    public string Of(ComplaintState state) =>
        state switch
        {
            ComplaintState.Received => Waits,
            ComplaintState.Taken => Taken,
            _ => Answered,
        };
}
