namespace Lanthorn.Storage;

/// <summary>Something that is asked of a record: one of the alternatives, or none of them when it is excluded.</summary>
public sealed record TextClause(IReadOnlyList<TextTerm> Alternatives, bool IsExcluded = false);

/// <summary>One thing that a record can have.</summary>
/// <param name="Value">
/// Words, a phrase, a code, a schema with those below it, a public id, the beginning of an ISO 8601 date; of changes the
/// first moment, or nothing.
/// </param>
/// <param name="Before">Of changes the moment before which they were made, or nothing.</param>
public sealed record TextTerm(TextTerm.In Field, string Value, string Before = "")
{
    /// <summary>A search takes no more terms than this.</summary>
    public const int MaxTerms = 24;

    /// <summary>Where something is looked for.</summary>
    public enum In
    {
        Words,
        Phrase,
        Country,
        Topic,
        Source,
        Schema,
        Born,
        Changed,
        Id,
    }

    /// <summary>Changed at or after the first moment and before the second; null leaves a side open.</summary>
    public static TextTerm Changed(DateTimeOffset? from, DateTimeOffset? before) =>
        new(In.Changed, from is { } f ? Times.Text(f) : "", before is { } b ? Times.Text(b) : "");
}
