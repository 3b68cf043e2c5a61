using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Lanthorn.Intake.Proposing;

/// <summary><c>POST /api/v1/imports/suggest</c>: a table comes, a mapping for it goes back; nothing is kept.</summary>
internal static class SuggestEndpoint
{
    /// <param name="By">Why: <c>remembered</c>, <c>heading</c>, <c>values</c>, <c>nothing</c>, or <c>unfitting</c> where values and heading differ.</param>
    /// <param name="Unusable">Why no mapping can name the column.</param>
    internal sealed record Column(string Name, string? Property, string By, bool IsId, string? Unusable);

    /// <param name="Mapping">The mapping as YAML; null where the columns allow none.</param>
    internal sealed record Answer(string Format, string Schema, IReadOnlyList<Column> Columns, string? Mapping)
    {
        public required string Delimiter { get; init; }
        public required string Encoding { get; init; }
        public required bool EncodingGuessed { get; init; }
        public required string? Sheet { get; init; }
        public required IReadOnlyList<string> Sheets { get; init; }

        public static Answer Of(TableProposal proposal)
        {
            var (head, choice) = (proposal.Head, proposal.Choice);
            return new(
                head.Format,
                choice.Schema.Name,
                [
                    .. head.Columns.Select(
                        (c, at) =>
                            new Column(
                                c.Name,
                                choice.Properties[at] is { Length: > 0 } property ? property : null,
                                $"{proposal.By[at]}".ToLowerInvariant(),
                                at == choice.IdColumn,
                                c.Unusable
                            )
                    ),
                ],
                MappingOf(proposal)
            )
            {
                Delimiter = $"{head.Delimiter}",
                Encoding = head.Encoding,
                EncodingGuessed = head.IsEncodingGuessed,
                Sheet = head.Sheet,
                Sheets = head.Sheets,
            };
        }

        private static string? MappingOf(TableProposal proposal)
        {
            try
            {
                return proposal.Choice.ToMapping(proposal.Head).ToYaml();
            }
            catch (RefusedException)
            {
                // The columns say why: none is known, or none identifies a row.
                return null;
            }
        }
    }

    /// <summary>The parts of the request, for the description of the API.</summary>
    internal sealed record SuggestParts(
        IFormFile Files,
        string? Schema,
        string? Sheet,
        string? Delimiter,
        string? Encoding
    );

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost($"{ImportsEndpoint.Root}/suggest", SuggestAsync)
            .RequireEnforcement()
            .WithTags("Intake")
            .WithSummary("A mapping for a table, proposed by its columns; the file is not kept")
            .Accepts<SuggestParts>("multipart/form-data")
            .Produces<Answer>()
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge, ImportsEndpoint.Problem)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity, ImportsEndpoint.Problem)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable, ImportsEndpoint.Problem);

    private static async Task<IResult> SuggestAsync(HttpContext context, ImportQueue queue, ProposeMapping propose)
    {
        context.Response.KeepPrivate();
        var parts = new UploadedParts();
        using var received = queue.Receive();
        await parts.ReadAsync(context, received, queue.MaxBytes, first: null);
        if (received.Files is not [var file])
            throw new RefusedException(
                Refusal.Unprocessable("import-files", "A mapping is proposed for one file", "Send one", "files")
            );
        var name = parts.Field("schema");
        var schema = Model.Find(name);
        if (name is not null && schema is not { Abstract: false })
            throw new RefusedException(TableReadings.NoSuchSchema(name));
        var proposal = await propose.HandleAsync(
            context.Work(),
            file,
            schema,
            TableReadings.Of(parts.Field),
            context.RequestAborted
        );
        return Results.Json(Answer.Of(proposal), IntakeJson.Options);
    }
}
