using Lanthorn.Formats;
using Lanthorn.Platform;

namespace Lanthorn.Intake.Proposing;

/// <summary>Imports a held table as its columns were chosen, and remembers for the organisation how they were.</summary>
internal sealed class ImportTable(HeldTables tables, ImportQueue queue, ColumnNames names)
{
    /// <exception cref="RefusedException">There is no such table, or it cannot be imported so; then it is held on.</exception>
    public async Task<ImportPlan> HandleAsync(
        Work work,
        string id,
        IReadOnlyDictionary<string, string> given,
        CancellationToken cancellation
    )
    {
        var table = tables.Take(work, id);
        var state = table.State = table.State with { Given = given };
        ImportPlan plan;
        try
        {
            if (!state.IsChosen)
                throw new RefusedException(NotLookedAt);
            var request = new ImportRequest(table.Received.Files, given.GetValueOrDefault("source", ""))
            {
                Format = state.Proposal.Head.Format,
                Mapping = state.Choice.ToMapping(state.Proposal.Head).ToYaml(),
                Label = given.GetValueOrDefault("label"),
                Evaluation = given.GetValueOrDefault("evaluation"),
                IsComplete = given.ContainsKey("complete"),
            };
            plan = await queue.EnterAsync(work, request, table.Received, cancellation);
        }
        catch
        {
            tables.GiveBack(work, table);
            throw;
        }
        await names.RememberAsync(work, plan.Label, Chosen(state), cancellation);
        return plan;
    }

    private static readonly Refusal NotLookedAt = Refusal.Unprocessable(
        "table-columns",
        "Nobody has looked at the records yet",
        "Show the records first, then import them",
        "columns"
    );

    /// <summary>What was chosen, and what was left out although it was proposed.</summary>
    private static IEnumerable<ChosenColumn> Chosen(TableState state)
    {
        var (choice, proposed) = (state.Choice, state.Proposal.Choice);
        foreach (var (at, column) in state.Proposal.Head.Columns.Index())
        {
            var isId = at == choice.IdColumn;
            var property = choice.Properties[at];
            var isChanged = proposed.Schema == choice.Schema && proposed.Properties[at] != property;
            if (column.Unusable is null && (isId || property.Length > 0 || isChanged))
                yield return new(choice.Schema.Name, HeadingWords.Fold(column.Name), property, isId);
        }
    }
}
