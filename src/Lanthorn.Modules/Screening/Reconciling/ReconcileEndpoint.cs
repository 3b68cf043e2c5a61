using System.Text.Json;
using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Lanthorn.Screening.Reconciling;

/// <summary>
/// <c>/reconcile</c> and <c>/reconcile/{dataset}</c>: with <c>queries</c> candidates, with <c>extend</c> values, with neither
/// the manifest.
/// </summary>
internal static class ReconcileEndpoint
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Post];
    private const double Percent = 100;
    private const int Digits = 4;

    public static void Map(RouteGroupBuilder group)
    {
        // As delegates with parameters they are described; a plain handler of a request is not.
        Delegate all = (HttpContext context) => HandleAsync(context, Catalog.Everything);
        foreach (var method in Methods)
        {
            Describe(group.MapMethods("", [method], all));
            Describe(group.MapMethods("/{dataset}", [method], HandleAsync));
        }
    }

    private static void Describe(RouteHandlerBuilder route) =>
        route
            .WithSummary("Reconciliation API 0.2: the manifest, or candidates for queries, or values for extend")
            .Produces(StatusCodes.Status200OK, contentType: "application/json");

    private static async Task HandleAsync(HttpContext context, string dataset)
    {
        context.Response.KeepPrivate();
        ReconcilingParts.RefuseScripts(context.Request);
        var (queries, extend) = (await FieldAsync(context, "queries"), await FieldAsync(context, "extend"));
        if (queries is not null)
            await AnswerAsync(context, dataset, queries);
        else if (extend is not null)
            await ExtendAsync(context, dataset, extend);
        else
            await ManifestAsync(context, dataset);
    }

    /// <summary>A field of the form, or of the address; null where it is not there.</summary>
    private static async Task<string?> FieldAsync(HttpContext context, string name)
    {
        if (context.Request.Query[name] is [{ } asked, ..])
            return asked;
        if (!HttpMethods.IsPost(context.Request.Method))
            return null;
        if (!context.Request.HasFormContentType)
            return context.Request.ContentType is null
                ? null
                : throw new RefusedException(
                    new(
                        "no-form",
                        StatusCodes.Status415UnsupportedMediaType,
                        "The request is no form",
                        "Send queries or extend as a field of a form (application/x-www-form-urlencoded)"
                    )
                );
        try
        {
            var form = await context.Request.ReadFormAsync(context.RequestAborted);
            return form[name] is [{ } given, ..] ? given : null;
        }
        catch (InvalidDataException)
        {
            throw new RefusedException(
                Refusal.BadRequest("form-broken", "The form is cut off, too long or not well formed", "Send it again")
            );
        }
    }

    private static async Task AnswerAsync(HttpContext context, string dataset, string queries)
    {
        var request = ReconcileRequest.Parse(dataset, context.Request.Query, queries);
        var found = await context
            .RequestServices.GetRequiredService<Reconcile>()
            .HandleAsync(
                context.Work(),
                request,
                $"{context.Request.Method} {ReconcilingParts.Root}/{dataset}",
                context.RequestAborted
            );
        await using var json = Begin(context);
        json.WriteStartObject();
        for (var at = 0; at < found.Count; at++)
        {
            json.WriteStartObject(request.Queries[at].Key);
            json.WriteStartArray("result");
            foreach (var candidate in found[at])
                Write(json, candidate);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Reconcile.Candidate candidate)
    {
        json.WriteStartObject();
        json.WriteString("id", candidate.Entity.Id);
        json.WriteString("name", candidate.Entity.Caption);
        json.WriteString("description", EntityWords.Of(candidate.Entity));
        WriteTypes(json, "type", candidate.Entity.Schema);
        json.WriteNumber("score", Math.Round(candidate.Score * Percent, Digits));
        json.WriteBoolean("match", candidate.IsMatch);
        json.WriteStartArray("features");
        foreach (var feature in candidate.Features)
        {
            json.WriteStartObject();
            json.WriteString("id", feature.Id);
            json.WriteNumber("value", Math.Round(feature.Value * Percent, Digits));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>What it is, the nearest first, and what that is besides, as far as it can be asked for.</summary>
    internal static void WriteTypes(Utf8JsonWriter json, string field, Schema schema)
    {
        json.WriteStartArray(field);
        foreach (
            var type in schema
                .Ancestors.Select(Model.Get)
                .Where(t => t.Matchable || t.Name == schema.Name)
                .OrderByDescending(t => t.Ancestors.Count)
                .ThenBy(t => t.Name, StringComparer.Ordinal)
        )
            WriteNamed(json, type.Name, type.Label);
        json.WriteEndArray();
    }

    internal static void WriteNamed(Utf8JsonWriter json, string id, string name)
    {
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WriteString("name", name);
        json.WriteEndObject();
    }

    internal static Utf8JsonWriter Begin(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        return new Utf8JsonWriter(context.Response.BodyWriter, JsonText.Compact);
    }

    private static async Task ExtendAsync(HttpContext context, string dataset, string text)
    {
        var request = Extend.Request.Parse(text);
        var extend = context.RequestServices.GetRequiredService<Extend>();
        var answer = await extend.HandleAsync(context.Work(), dataset, request, context.RequestAborted);
        await using var json = Begin(context);
        Extend.Write(json, request, answer);
    }

    private static async Task ManifestAsync(HttpContext context, string dataset)
    {
        var name = Manifest.Name;
        if (dataset != Catalog.Everything)
        {
            var reading = context.Work().On(context.RequestServices.GetRequiredService<Store>());
            await Catalog.RequireAsync(reading, dataset, context.RequestAborted);
            name = $"{Manifest.Name}: {dataset}";
        }
        await using var json = Begin(context);
        Manifest.Write(json, ReconcilingParts.Address(context.Request), dataset, name);
    }
}
