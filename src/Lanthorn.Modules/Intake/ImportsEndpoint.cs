using Lanthorn.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Lanthorn.Intake;

/// <summary><c>/api/v1/imports</c>: bring files in, watch, stop, and read what was refused.</summary>
internal static class ImportsEndpoint
{
    public const string Root = "/api/v1/imports";
    public const string Json = "application/json";
    public const string Problem = "application/problem+json";

    /// <summary>An import as the API tells of it.</summary>
    internal sealed record Answer(string Id, string State, string Source, string Format, string Label)
    {
        public required IReadOnlyList<string> Files { get; init; }
        public required string Account { get; init; }
        public required DateTimeOffset StartedAt { get; init; }
        public required DateTimeOffset? FinishedAt { get; init; }
        public required bool Complete { get; init; }

        /// <summary>Records, not rows.</summary>
        public required long Read { get; init; }
        public required long Imported { get; init; }
        public required long Unchanged { get; init; }
        public required long Quarantined { get; init; }
        public required long Ended { get; init; }
        public required double Seconds { get; init; }
        public required long BytesRead { get; init; }
        public required long BytesTotal { get; init; }
        public required string? Edition { get; init; }
        public required string Note { get; init; }
        public required string? Failure { get; init; }
        public required ImportProgress.Undo? Undone { get; init; }

        public static Answer Of(ImportProgress.Import import) =>
            new(import.Id, import.State, import.Source, import.Format, import.Label)
            {
                Files = import.Files,
                Account = import.Account,
                StartedAt = import.StartedAt,
                FinishedAt = import.FinishedAt,
                Complete = import.IsComplete,
                Read = import.Tally.Read,
                Imported = import.Tally.Imported,
                Unchanged = import.Tally.Unchanged,
                Quarantined = import.Tally.Quarantined,
                Ended = import.Tally.Ended,
                Seconds = Math.Round(import.Seconds, 3),
                BytesRead = import.Tally.BytesRead,
                BytesTotal = import.Tally.BytesTotal,
                Edition = import.Edition,
                Note = import.Note,
                Failure = import.Failure,
                Undone = import.Undone,
            };
    }

    internal sealed record ImportList(IReadOnlyList<Answer> Results, int Total, int Limit, int Offset);

    internal sealed record QuarantineList(
        IReadOnlyList<ReadQuarantine.Refused> Results,
        int Total,
        int Limit,
        int Offset
    );

    public static void Map(IEndpointRouteBuilder routes)
    {
        var imports = routes.MapGroup("").RequireEnforcement().WithTags("Intake");
        imports
            .MapPost(Root, BeginAsync)
            .WithSummary("Upload files of one source; they are imported in the background")
            .WithDescription(
                "Parts: files (one or several), source, and where wanted format, mapping, label, evaluation, complete. "
                    + "The names and meanings are those of the verb import."
            )
            .Accepts<UploadParts>("multipart/form-data")
            .Produces<Answer>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge, Problem)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity, Problem)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable, Problem);
        imports
            .MapGet(Root, ListAsync)
            .WithSummary("The imports of your organisation that you may see, the newest first")
            .Produces<ImportList>();
        imports
            .MapGet($"{Root}/{{id}}", ShowAsync)
            .WithSummary("How far an import is")
            .Produces<Answer>()
            .ProducesProblem(StatusCodes.Status404NotFound, Problem);
        imports
            .MapGet($"{Root}/{{id}}/quarantine", QuarantineAsync)
            .WithSummary("What an import refused: file, line, column, field, value, reason")
            .Produces<QuarantineList>()
            .ProducesProblem(StatusCodes.Status404NotFound, Problem);
        imports
            .MapPost($"{Root}/{{id}}/cancel", CancelAsync)
            .WithSummary("Stop an import that waits or runs; what it has written stays")
            .Produces<Answer>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status404NotFound, Problem)
            .ProducesProblem(StatusCodes.Status409Conflict, Problem);
    }

    /// <summary>The parts of an upload, for the description of the API.</summary>
    internal sealed record UploadParts(
        IFormFileCollection Files,
        string Source,
        string? Format,
        string? Mapping,
        string? Label,
        string? Evaluation,
        bool? Complete
    );

    private static async Task<IResult> BeginAsync(HttpContext context, ImportQueue queue, ImportProgress imports)
    {
        var parts = new UploadedParts();
        var received = queue.Receive();
        string id;
        try
        {
            await parts.ReadAsync(context, received, queue.MaxBytes, first: null);
            var request = parts.ToRequest(received, parts.Field("source") ?? "");
            id = (await queue.EnterAsync(context.Work(), request, received, context.RequestAborted)).Id;
        }
        catch
        {
            received.Dispose();
            throw;
        }
        return await FoundAsync(context, imports, id, StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> ListAsync(
        HttpContext context,
        ImportProgress imports,
        int limit = ImportProgress.PageSize,
        int offset = 0
    )
    {
        context.Response.KeepPrivate();
        (limit, offset) = (Math.Clamp(limit, 0, ReadQuarantine.MaxTake), Math.Max(offset, 0));
        var page = await imports.ListAsync(context.Work(), offset, limit, context.RequestAborted);
        return Results.Json(
            new ImportList([.. page.Imports.Select(Answer.Of)], page.Total, limit, offset),
            IntakeJson.Options,
            Json
        );
    }

    private static Task<IResult> ShowAsync(HttpContext context, ImportProgress imports, string id) =>
        FoundAsync(context, imports, id, StatusCodes.Status200OK);

    private static async Task<IResult> QuarantineAsync(
        HttpContext context,
        ReadQuarantine quarantine,
        string id,
        int limit = ReadQuarantine.PageSize,
        int offset = 0
    )
    {
        context.Response.KeepPrivate();
        (limit, offset) = (Math.Clamp(limit, 0, ReadQuarantine.MaxTake), Math.Max(offset, 0));
        var page = await quarantine.PageAsync(context.Work(), id, offset, limit, context.RequestAborted);
        return page is null
            ? NoSuchImport.ToResult()
            : Results.Json(new QuarantineList(page.Rows, page.Total, limit, offset), IntakeJson.Options, Json);
    }

    private static async Task<IResult> CancelAsync(
        HttpContext context,
        ImportQueue queue,
        ImportProgress imports,
        string id
    )
    {
        await queue.CancelAsync(context.Work(), id, context.RequestAborted);
        return await FoundAsync(context, imports, id, StatusCodes.Status202Accepted);
    }

    public static async Task<IResult> FoundAsync(HttpContext context, ImportProgress imports, string id, int status)
    {
        context.Response.KeepPrivate();
        if (await imports.FindAsync(context.Work(), id, context.RequestAborted) is not { } import)
            return NoSuchImport.ToResult();
        context.Response.Headers.Location = $"{Root}/{import.Id}";
        return Results.Json(Answer.Of(import), IntakeJson.Options, Json, status);
    }

    public static readonly Refusal NoSuchImport = Refusal.NotFound(
        "There is no such import",
        "The list of imports has those that you may see"
    );
}
