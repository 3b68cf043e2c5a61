using System.Globalization;
using System.Text;
using Lanthorn.Formats;
using Lanthorn.Intake.Pages;
using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lanthorn.Intake.Proposing;

/// <summary>What the page of a held table sends: read it otherwise, show its records, give the mapping, import, discard.</summary>
internal static class TableSteps
{
    public const string Root = "/import/table";

    /// <summary>The field that says what is to be done, and what it says.</summary>
    public const string Step = "step";
    public const string Read = "schema";
    public const string Preview = "preview";
    public const string Mapping = "mapping";
    public const string Import = "import";
    public const string Discard = "discard";

    /// <summary>The fields that say what parts several values in a cell of a column begin so.</summary>
    public const string SplitPrefix = "s";

    /// <summary>Where the page of a held table sends its forms.</summary>
    public static string ActionOf(string id) => $"{Root}/{Uri.EscapeDataString(id)}/step";

    /// <summary>The fields that hold the property of a column begin so; its number, from 0, follows.</summary>
    public const string ColumnPrefix = "c";

    private const string Yaml = "application/yaml";

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost($"{Root}/{{id}}/step", StepAsync).RequireEnforcement().ExcludeFromDescription();

    private static async Task<IResult> StepAsync(
        HttpContext context,
        HeldTables tables,
        ProposeMapping propose,
        ImportTable import,
        IAntiforgery antiforgery,
        string id
    )
    {
        context.Response.KeepPrivate();
        if (!await antiforgery.IsRequestValidAsync(context))
            throw new RefusedException(UploadForm.Forged);
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var (work, cancellation) = (context.Work(), context.RequestAborted);
        var table = tables.Need(work, id);
        try
        {
            switch ($"{form[Step]}")
            {
                case Read:
                    await ReadAsync(table, propose, work, form, cancellation);
                    return Results.LocalRedirect($"{Root}/{id}");
                case Preview:
                    Choose(table, form);
                    return Results.LocalRedirect($"{Root}/{id}#records");
                case Mapping:
                    var mapping = Choose(table, form);
                    return Results.File(Encoding.UTF8.GetBytes(mapping.ToYaml()), Yaml, "mapping.yml");
                case Import:
                    var plan = await import.HandleAsync(work, id, Given(form), cancellation);
                    return Results.LocalRedirect($"/imports/{plan.Id}");
                case Discard:
                    tables.Take(work, id).Received.Dispose();
                    return Results.LocalRedirect("/import");
                default:
                    throw new RefusedException(Refusal.BadRequest("table-step", "The form does not say what to do"));
            }
        }
        catch (RefusedException refused) when (tables.Find(work, id) is not null)
        {
            return new RazorComponentResult<TableAgain>(new { Id = id, refused.Refusal })
            {
                StatusCode = refused.Refusal.Status,
            };
        }
    }

    private static async Task ReadAsync(
        HeldTable table,
        ProposeMapping propose,
        Work work,
        IFormCollection form,
        CancellationToken cancellation
    )
    {
        var schema = Model.Find($"{form["schema"]}");
        if (schema is not { Abstract: false })
            throw new RefusedException(TableReadings.NoSuchSchema($"{form["schema"]}"));
        var reading = TableReadings.Of(name => $"{form[name]}");
        var proposal = await propose.HandleAsync(work, table.File, schema, reading, cancellation);
        table.State = table.State with { Proposal = proposal, Choice = proposal.Choice, IsChosen = false };
    }

    /// <summary>Keeps what was chosen, whether it can be used or not: what is wrong is corrected, not entered anew.</summary>
    private static ColumnMapping Choose(HeldTable table, IFormCollection form)
    {
        var state = table.State;
        var id = int.TryParse(form["id"], NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? at : -1;
        var choice = state.Choice with
        {
            IdColumn = id,
            Dates = DateOrders.Find($"{form["dates"]}") ?? DateOrder.Iso,
            Splits =
            [
                .. state.Proposal.Head.Columns.Select((_, column) => SplitOf($"{form[$"{SplitPrefix}{column}"]}")),
            ],
            Properties = [.. state.Proposal.Head.Columns.Select((_, column) => $"{form[$"{ColumnPrefix}{column}"]}")],
        };
        table.State = state with { Choice = choice, IsChosen = false };
        var mapping = choice.ToMapping(state.Proposal.Head);
        table.State = state with { Choice = choice, IsChosen = true };
        return mapping;
    }

    private static string? SplitOf(string name) => CellValues.Separators.FirstOrDefault(s => s.Name == name)?.Text;

    private static Dictionary<string, string> Given(IFormCollection form) =>
        form.Where(f =>
                f.Key is "source" or "label" or "evaluation" or "complete" && !string.IsNullOrWhiteSpace(f.Value)
            )
            .ToDictionary(f => f.Key, f => $"{f.Value}".Trim(), StringComparer.Ordinal);
}
