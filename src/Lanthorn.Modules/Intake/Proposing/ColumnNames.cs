using Dapper;
using Lanthorn.Formats;
using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Intake.Proposing;

/// <summary>What a column was chosen to be, the last time somebody of the organisation imported one so headed.</summary>
/// <param name="Property">Empty where it was left out on purpose.</param>
internal sealed record ChosenColumn(string Schema, string Heading, string Property, bool IsId);

/// <summary>
/// What an organisation chose columns to be. A choice has the label of the records that came with it: whoever may not see
/// those learns nothing from it either.
/// </summary>
internal sealed class ColumnNames(Store store)
{
    /// <summary>Of each organisation and label; those that were used longest ago go.</summary>
    public const int MaxKept = 2_000;

    /// <summary>A longer heading is a sentence, or a first row of data, and is not remembered.</summary>
    private const int MaxHeading = 60;

    /// <summary>So many digits are in numbers and dates of people, not in headings.</summary>
    private const int MaxDigits = 3;

    /// <summary>What is known of the headings, for each schema and heading the newest choice that the viewer may know.</summary>
    /// <param name="headings">As <see cref="HeadingWords.Fold"/> gives them.</param>
    public Task<IReadOnlyList<ChosenColumn>> KnownAsync(
        Work work,
        IEnumerable<string> headings,
        CancellationToken cancellation
    ) =>
        store.ReadOwnAsync(
            async connection =>
            {
                var rows = await connection.QueryAsync<Row>(
                    $"""
                    select schema as Schema, heading as Heading, label as Label, property as Property, is_id as IsId
                    from intake_column_names
                    where organisation = @Organisation and {store.Dialect.IsOneOf("heading", "@listed")}
                    order by used_at desc, label
                    """,
                    new { work.Viewer.Organisation, listed = store.Dialect.Listed(headings) }
                );
                return (IReadOnlyList<ChosenColumn>)
                    [
                        .. rows.Where(r => Label.Sees(work.Viewer, Label.Parse(r.Label).Value))
                            .Select(r => new ChosenColumn(r.Schema, r.Heading, r.Property, r.IsId != 0))
                            .DistinctBy(c => (c.Schema, c.Heading)),
                    ];
            },
            cancellation
        );

    /// <summary>Remembers choices for the organisation, under the label of what was imported with them.</summary>
    public Task RememberAsync(Work work, Label label, IEnumerable<ChosenColumn> chosen, CancellationToken cancellation)
    {
        var of = new { work.Viewer.Organisation, label = label.Text };
        var rows = chosen
            .Where(c => IsHeading(c.Heading))
            .Select(c => new
            {
                of.Organisation,
                of.label,
                c.Schema,
                c.Heading,
                c.Property,
                IsId = c.IsId ? 1L : 0L,
                now = Times.Text(store.Time.GetUtcNow()),
            })
            .ToList();
        return store.WriteAsync(
            async (connection, transaction) =>
            {
                await connection.ExecuteAsync(
                    """
                    insert into intake_column_names (organisation, schema, heading, label, property, is_id, used_at)
                    values (@Organisation, @Schema, @Heading, @label, @Property, @IsId, @now)
                    on conflict (organisation, label, schema, heading) do update
                    set property = excluded.property, is_id = excluded.is_id, used_at = excluded.used_at
                    """,
                    rows,
                    transaction
                );
                await connection.ExecuteAsync(
                    $"""
                    delete from intake_column_names
                    where organisation = @Organisation and label = @label and (schema, heading) in (
                        select schema, heading from intake_column_names
                        where organisation = @Organisation and label = @label
                        order by used_at desc, schema, heading limit {int.MaxValue} offset {MaxKept})
                    """,
                    of,
                    transaction
                );
            },
            cancellation
        );
    }

    private static bool IsHeading(string text) =>
        text.Length <= MaxHeading && text.Any(char.IsLetter) && text.Count(char.IsDigit) <= MaxDigits;

    private sealed record Row(string Schema, string Heading, string Label, string Property, long IsId);
}
