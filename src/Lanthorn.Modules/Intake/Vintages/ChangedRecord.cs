using Lanthorn.Knowledge;
using Lanthorn.Storage;

namespace Lanthorn.Intake.Vintages;

/// <summary>What changed in a record, as answers write it.</summary>
/// <param name="Id">The public id, which leads to the entity.</param>
/// <param name="Change">added, changed or ended.</param>
/// <param name="Changes">Of an added record everything is after, of an ended one everything is before.</param>
internal sealed record ChangedRecord(
    string Id,
    string ExternalId,
    string Schema,
    string Caption,
    string Change,
    IReadOnlyList<ChangedRecord.Value> Changes
)
{
    /// <param name="Property">
    /// FollowTheMoney's name, or what belongs to the record itself: <c>record.schema</c>, <c>record.evaluation</c>,
    /// <c>record.handling</c>, <c>record.legalBasis</c>, <c>record.publishedAt</c>.
    /// </param>
    internal sealed record Value(string Property, IReadOnlyList<string> Before, IReadOnlyList<string> After)
    {
        public IReadOnlyList<string> Gone() => [.. Before.Except(After, StringComparer.Ordinal)];

        public IReadOnlyList<string> Come() => [.. After.Except(Before, StringComparer.Ordinal)];
    }

    public static ChangedRecord Of(Reading.Change change)
    {
        var record = change.Record;
        return new(
            record.PublicId,
            record.ExternalId,
            record.Schema.Name,
            record.Schema.CaptionOf(record.Properties) ?? record.PublicId,
            change.Became switch
            {
                Became.Added => "added",
                Became.Changed => "changed",
                _ => "ended",
            },
            [.. Values(change.Before, change.After)]
        );
    }

    private static IEnumerable<Value> Values(Record? before, Record? after)
    {
        var names = (before?.Properties.Names ?? []).Union(after?.Properties.Names ?? [], StringComparer.Ordinal);
        return OfRecord(before, after)
            .Concat(
                names
                    .Order(StringComparer.Ordinal)
                    .Select(n => new Value(n, [.. before?.Properties[n] ?? []], [.. after?.Properties[n] ?? []]))
            )
            .Where(v => !v.Before.SequenceEqual(v.After, StringComparer.Ordinal));
    }

    /// <summary>Only where the record was there before and is there after: else all of it is new or gone.</summary>
    private static IEnumerable<Value> OfRecord(Record? before, Record? after)
    {
        if (before is null || after is null)
            yield break;
        yield return Pair("schema", before.Schema.Name, after.Schema.Name);
        yield return Pair("evaluation", before.Evaluation.ToString(), after.Evaluation.ToString());
        yield return Pair("handling", before.Handling.ToString(), after.Handling.ToString());
        yield return Pair("legalBasis", before.LegalBasis, after.LegalBasis);
        yield return Pair("publishedAt", Day(before.PublishedAt), Day(after.PublishedAt));
    }

    private static string? Day(DateOnly? day) => day?.ToString("O", System.Globalization.CultureInfo.InvariantCulture);

    private static Value Pair(string name, string? before, string? after) =>
        new($"record.{name}", before is null ? [] : [before], after is null ? [] : [after]);
}
