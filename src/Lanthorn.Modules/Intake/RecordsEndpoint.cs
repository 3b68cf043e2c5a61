using System.Globalization;
using Lanthorn.Intake.Pages;
using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Lanthorn.Intake;

/// <summary><c>/api/v1/records</c>: enter a record, correct one, read its history; and what their pages send.</summary>
internal static class RecordsEndpoint
{
    private const string Root = "/api/v1/records";

    /// <summary>The fields of a form that hold the values of a property begin so.</summary>
    public const string PropertyPrefix = "p.";

    /// <summary>A record as whoever corrects it needs it.</summary>
    internal sealed record Answer(
        string Id,
        string Record,
        string Source,
        string Schema,
        int Version,
        string Label,
        IReadOnlyDictionary<string, IReadOnlyList<string>> Properties
    );

    public static void Map(IEndpointRouteBuilder routes)
    {
        var records = routes.MapGroup("").RequireEnforcement().WithTags("Intake");
        records
            .MapPost(Root, EnterAsync)
            .WithSummary("Enter a record by hand, in the own source of your organisation")
            .Produces<WriteRecords.Written>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status403Forbidden, ImportsEndpoint.Problem)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity, ImportsEndpoint.Problem);
        records
            .MapGet($"{Root}/{{id}}", ShowAsync)
            .WithSummary("A record with its version, by its own id or its public id")
            .Produces<Answer>()
            .ProducesProblem(StatusCodes.Status404NotFound, ImportsEndpoint.Problem);
        records
            .MapPut($"{Root}/{{id}}", CorrectAsync)
            .WithSummary("Correct a record: a new version with these properties, over the version named")
            .Produces<WriteRecords.Written>()
            .ProducesProblem(StatusCodes.Status403Forbidden, ImportsEndpoint.Problem)
            .ProducesProblem(StatusCodes.Status404NotFound, ImportsEndpoint.Problem)
            .ProducesProblem(StatusCodes.Status409Conflict, ImportsEndpoint.Problem)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity, ImportsEndpoint.Problem);
        records
            .MapGet($"{Root}/{{id}}/history", HistoryAsync)
            .WithSummary("Each version of a record: who, when, why, what changed")
            .Produces<RecordHistory.Answer>()
            .ProducesProblem(StatusCodes.Status404NotFound, ImportsEndpoint.Problem);
        records.MapPost("/records", EnterFormAsync).ExcludeFromDescription();
        records.MapPost("/records/{id}", CorrectFormAsync).ExcludeFromDescription();
    }

    private static async Task<IResult> EnterAsync(
        HttpContext context,
        WriteRecords records,
        [FromBody] WriteRecords.NewRecord request
    )
    {
        context.Response.KeepPrivate();
        var written = await records.EnterAsync(context.Work(), request, context.RequestAborted);
        context.Response.Headers.Location = $"{Root}/{written.Record}";
        return Results.Json(written, IntakeJson.Options, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> ShowAsync(HttpContext context, WriteRecords records, string id)
    {
        context.Response.KeepPrivate();
        var record = await records.NeedAsync(context.Work(), id, "record", context.RequestAborted);
        return Results.Json(
            new Answer(
                record.PublicId,
                $"{record.Id}",
                record.Source.Value,
                record.Schema.Name,
                record.Version,
                record.Label.Text,
                record.Properties.Names.ToDictionary(
                    n => n,
                    IReadOnlyList<string> (n) => record.Properties[n],
                    StringComparer.Ordinal
                )
            ),
            // The names of properties are FollowTheMoney's.
            IntakeJson.Options
        );
    }

    private static async Task<IResult> CorrectAsync(
        HttpContext context,
        WriteRecords records,
        string id,
        [FromBody] WriteRecords.Correction request
    )
    {
        context.Response.KeepPrivate();
        return Results.Json(
            await records.CorrectAsync(context.Work(), id, request, context.RequestAborted),
            IntakeJson.Options
        );
    }

    private static async Task<IResult> HistoryAsync(HttpContext context, RecordHistory history, string id)
    {
        context.Response.KeepPrivate();
        return await history.HandleAsync(context.Work(), id, context.RequestAborted) is { } answer
            ? Results.Json(answer, IntakeJson.Options)
            : WriteRecords.NoSuchRecord.ToResult();
    }

    private static async Task<IResult> EnterFormAsync(
        HttpContext context,
        WriteRecords records,
        IAntiforgery antiforgery
    )
    {
        var (form, schema) = await FormAsync(context, antiforgery, null);
        var request = new WriteRecords.NewRecord(schema?.Name ?? form["schema"], ValuesOf(form, schema), form["reason"])
        {
            Label = form["label"],
            Evaluation = form["evaluation"],
            Category = form["category"],
        };
        try
        {
            var written = await records.EnterAsync(context.Work(), request, context.RequestAborted);
            return Results.LocalRedirect($"/records/{written.Record}/history");
        }
        catch (RefusedException refused) when (schema is not null)
        {
            return Again(refused.Refusal, form, schema, null);
        }
    }

    private static async Task<IResult> CorrectFormAsync(
        HttpContext context,
        WriteRecords records,
        IAntiforgery antiforgery,
        string id
    )
    {
        var record = await records.NeedAsync(context.Work(), id, "record for correction", context.RequestAborted);
        var (form, _) = await FormAsync(context, antiforgery, record.Schema);
        _ = int.TryParse(form["version"], NumberStyles.None, CultureInfo.InvariantCulture, out var version);
        var request = new WriteRecords.Correction(version, ValuesOf(form, record), form["reason"]);
        try
        {
            var written = await records.CorrectAsync(context.Work(), id, request, context.RequestAborted);
            return Results.LocalRedirect($"/records/{written.Record}/history");
        }
        catch (RefusedException refused)
        {
            var now = await records.NeedAsync(context.Work(), id, "record for correction", context.RequestAborted);
            return Again(refused.Refusal, form, now.Schema, now);
        }
    }

    private static async Task<(IFormCollection Form, Schema? Schema)> FormAsync(
        HttpContext context,
        IAntiforgery antiforgery,
        Schema? schema
    )
    {
        context.Response.KeepPrivate();
        if (!await antiforgery.IsRequestValidAsync(context))
            throw new RefusedException(UploadForm.Forged);
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        return (form, schema ?? Model.Find($"{form["schema"]}"));
    }

    private static RazorComponentResult<RecordAgain> Again(
        Refusal refusal,
        IFormCollection form,
        Schema schema,
        Record? record
    ) =>
        new(
            new
            {
                Refusal = refusal,
                Given = form.ToDictionary(f => f.Key, f => $"{f.Value}", StringComparer.Ordinal),
                Schema = schema,
                Record = record,
            }
        )
        {
            StatusCode = refusal.Status,
        };

    private static Dictionary<string, IReadOnlyList<string>>? ValuesOf(IFormCollection form, Schema? schema) =>
        schema is null ? null : Values(form, schema).ToDictionary(v => v.Name, v => v.Values, StringComparer.Ordinal);

    /// <summary>What the form does not show stays; what nobody touched stays as it was, whatever a browser makes of it.</summary>
    private static Dictionary<string, IReadOnlyList<string>> ValuesOf(IFormCollection form, Record record)
    {
        var values = record.Properties.Names.ToDictionary(
            n => n,
            IReadOnlyList<string> (n) => record.Properties[n],
            StringComparer.Ordinal
        );
        foreach (var (name, written) in Values(form, record.Schema))
        {
            var property = record.Schema.Find(name);
            var before = property is null ? "" : WrittenValues.Joined(property, record.Properties[name]);
            if ($"{form[PropertyPrefix + name]}".ReplaceLineEndings("\n") != before)
                values[name] = written;
        }
        return values;
    }

    private static IEnumerable<(string Name, IReadOnlyList<string> Values)> Values(
        IFormCollection form,
        Schema schema
    ) =>
        from field in form
        where field.Key.StartsWith(PropertyPrefix, StringComparison.Ordinal)
        let name = field.Key[PropertyPrefix.Length..]
        let property = schema.Find(name)
        select (name, property is null ? [.. field.Value!] : WrittenValues.Split(property, $"{field.Value}"));
}
