using System.Text.Json;
using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Lanthorn.Screening;

/// <summary><c>POST /match/{dataset}</c> in the wire format of the matching API.</summary>
internal static class MatchEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/match/{dataset}", HandleAsync)
            .RequireEnforcement()
            .WithTags("Matching")
            .WithSummary("Who could these be: up to 100 queries by example in one batch")
            .Accepts<MatchBody>("application/json")
            .Produces<MatchAnswer>();

    /// <summary>The body, for the OpenAPI document; it is read by hand so that errors name the field.</summary>
    internal sealed record MatchBody(
        IReadOnlyDictionary<string, QueryBody> Queries,
        IReadOnlyDictionary<string, double>? Weights,
        IReadOnlyDictionary<string, string>? Config
    );

    internal sealed record QueryBody(
        string? Id,
        string Schema,
        IReadOnlyDictionary<string, IReadOnlyList<string>> Properties
    );

    internal sealed record MatchAnswer(IReadOnlyDictionary<string, object> Responses, int Limit);

    private static async Task HandleAsync(HttpContext context, string dataset)
    {
        var cancellation = context.RequestAborted;
        using var body = await ReadBodyAsync(context, cancellation);
        var request = MatchRequest.Parse(dataset, context.Request.Query, body.RootElement);
        var match = context.RequestServices.GetRequiredService<Match>();
        var answers = await match.HandleAsync(context.Work(), request, $"POST /match/{dataset}", cancellation);

        context.Response.KeepPrivate();
        context.Response.Headers["x-batch-size"] = $"{request.Queries.Count}";
        context.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter, JsonText.Compact);
        Write(json, request, answers);
    }

    internal static void Write(Utf8JsonWriter json, MatchRequest request, IReadOnlyList<Match.Answer> answers)
    {
        json.WriteStartObject();
        json.WriteStartObject("responses");
        for (var at = 0; at < answers.Count; at++)
        {
            json.WritePropertyName(request.Queries[at].Key);
            WriteAnswer(json, answers[at]);
        }
        json.WriteEndObject();
        json.WriteNumber("limit", request.Limit);
        json.WriteEndObject();
    }

    internal static void WriteAnswer(Utf8JsonWriter json, Match.Answer answer)
    {
        json.WriteStartObject();
        json.WriteNumber("status", 200);
        json.WriteStartArray("results");
        foreach (var hit in answer.Hits)
            EntityAnswer.Write(json, hit.Entity, more => WriteScore(more, hit));
        json.WriteEndArray();
        json.WriteStartObject("total");
        json.WriteNumber("value", answer.Matches);
        json.WriteString("relation", "eq");
        json.WriteEndObject();
        json.WriteStartObject("query");
        if (answer.Query.Id is { } id)
            json.WriteString("id", id);
        json.WriteString("schema", answer.Query.Schema.Name);
        json.WritePropertyName("properties");
        answer.Query.Properties.WriteTo(json);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>The parts add up to the score: each explanation's score is what the feature adds to it or takes away.</summary>
    private static void WriteScore(Utf8JsonWriter json, Match.Hit hit)
    {
        json.WriteNumber("score", Math.Round(hit.Score.Value, 6));
        json.WriteBoolean("match", hit.IsMatch);
        json.WriteStartObject("explanations");
        foreach (var feature in hit.Score.Parts.GroupBy(p => p.Feature, StringComparer.Ordinal))
        {
            json.WriteStartObject(feature.Key);
            json.WriteNumber("score", Math.Round(feature.Sum(p => p.Points), 6));
            json.WriteString("detail", string.Join("; ", feature.Select(p => p.Detail)));
            json.WriteString("query", feature.First().QueryValue);
            json.WriteString("candidate", feature.First().CandidateValue);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static async Task<JsonDocument> ReadBodyAsync(HttpContext context, CancellationToken cancellation)
    {
        try
        {
            return await JsonDocument.ParseAsync(
                context.Request.Body,
                new JsonDocumentOptions { MaxDepth = 16 },
                cancellation
            );
        }
        catch (JsonException broken)
        {
            throw EntityQuery.Shape(
                $"body:{(broken.LineNumber ?? 0) + 1}:{(broken.BytePositionInLine ?? 0) + 1}",
                "the body is no valid JSON"
            );
        }
    }
}
