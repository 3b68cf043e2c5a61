using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Microsoft.AspNetCore.Http;

namespace Lanthorn.Screening;

/// <summary>The body and the query string of <c>POST /match/{dataset}</c>, with its limits.</summary>
internal sealed partial record MatchRequest
{
    public const int MaxQueries = 100;
    public const int MaxLimit = 500;
    public const int MaxExcludedEntities = 50;
    public const int DefaultLimit = 5;
    public const double DefaultThreshold = 0.7;

    public required IReadOnlyList<KeyValuePair<string, EntityQuery>> Queries { get; init; }
    public required Filter Filter { get; init; }
    public int Limit { get; init; } = DefaultLimit;
    public double Threshold { get; init; } = DefaultThreshold;
    public double Cutoff { get; init; } = DefaultThreshold;
    public string Algorithm { get; init; } = "best";
    public IReadOnlyDictionary<string, double> Weights { get; init; } = new Dictionary<string, double>();

    public static MatchRequest Parse(string dataset, IQueryCollection query, JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
            throw EntityQuery.Shape("body", "the body is an object with queries");
        EntityQuery.EnsureText(body, "body");
        var threshold = Fraction(query, "threshold") ?? DefaultThreshold;
        return new()
        {
            Queries = ReadQueries(body),
            Filter = Filter.Parse(dataset, query),
            Limit = Filter.Number(query, "limit", DefaultLimit, 1, MaxLimit),
            Threshold = threshold,
            Cutoff = Math.Min(Fraction(query, "cutoff") ?? DefaultThreshold, threshold),
            Algorithm = query["algorithm"] is [{ Length: > 0 } algorithm, ..] ? algorithm : "best",
            Weights = ReadWeights(body),
        };
    }

    private static List<KeyValuePair<string, EntityQuery>> ReadQueries(JsonElement body)
    {
        if (!body.TryGetProperty("queries", out var queries) || queries.ValueKind != JsonValueKind.Object)
            throw EntityQuery.Shape("queries", "queries are an object: a key of yours to a query");
        var parsed = new List<KeyValuePair<string, EntityQuery>>();
        foreach (var query in queries.EnumerateObject())
        {
            if (parsed.Count == MaxQueries)
                throw new RefusedException(
                    Refusal.BadRequest(
                        "too-many-queries",
                        $"More than {MaxQueries} queries in one batch",
                        "Send several batches",
                        "queries"
                    )
                );
            parsed.Add(new(query.Name, EntityQuery.Parse(query.Value, $"queries.{query.Name}")));
        }
        return parsed.Count > 0
            ? parsed
            : throw new RefusedException(
                Refusal.BadRequest("no-queries", "No queries provided", "Send at least one", "queries")
            );
    }

    private static Dictionary<string, double> ReadWeights(JsonElement body)
    {
        var weights = new Dictionary<string, double>(StringComparer.Ordinal);
        if (!body.TryGetProperty("weights", out var given) || given.ValueKind == JsonValueKind.Null)
            return weights;
        if (given.ValueKind != JsonValueKind.Object)
            throw EntityQuery.Shape("weights", "weights are an object: feature to number");
        foreach (var weight in given.EnumerateObject())
            weights[weight.Name] =
                weight.Value.ValueKind == JsonValueKind.Number && weight.Value.GetDouble() is >= -10 and <= 10
                    ? weight.Value.GetDouble()
                    : throw EntityQuery.Shape($"weights.{weight.Name}", "a weight is a number from -10 to 10");
        return weights;
    }

    private static double? Fraction(IQueryCollection query, string name)
    {
        if (query[name] is not [{ } text, ..])
            return null;
        return
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && value is >= 0 and <= 1
            ? value
            : throw EntityQuery.Shape(name, $"{name} is a number from 0 to 1");
    }
}

/// <summary>What narrows a search or a match, in the names of the matching API's query string.</summary>
internal sealed partial record Filter
{
    private const int MaxValues = 100;

    /// <summary>A source code, or <c>default</c> for all that the viewer sees.</summary>
    public required string Dataset { get; init; }
    public IReadOnlyList<string> IncludeDatasets { get; init; } = [];
    public IReadOnlyList<string> ExcludeDatasets { get; init; } = [];
    public IReadOnlyList<string> ExcludeSchemata { get; init; } = [];
    public IReadOnlyList<string> Topics { get; init; } = [];
    public IReadOnlyList<string> Countries { get; init; } = [];
    public IReadOnlyList<string> ExcludeEntityIds { get; init; } = [];
    public DateTimeOffset? ChangedSince { get; init; }

    public static Filter Parse(string dataset, IQueryCollection query) =>
        new()
        {
            Dataset = dataset,
            IncludeDatasets = Texts(query, "include_dataset"),
            ExcludeDatasets = Texts(query, "exclude_dataset"),
            ExcludeSchemata = Schemata(query, "exclude_schema"),
            Topics = Texts(query, "topics"),
            Countries = Texts(query, "countries"),
            ExcludeEntityIds = Texts(query, "exclude_entity_ids", MatchRequest.MaxExcludedEntities),
            ChangedSince = Date(query, "changed_since"),
        };

    /// <summary>Does a source belong to what was asked for?</summary>
    public bool Admits(SourceCode source) =>
        (Dataset == Catalog.Everything || Dataset == source.Value)
        && (IncludeDatasets.Count == 0 || IncludeDatasets.Contains(source.Value))
        && !ExcludeDatasets.Contains(source.Value);

    public static int Number(IQueryCollection query, string name, int otherwise, int least, int most)
    {
        if (query[name] is not [{ Length: > 0 } text, ..])
            return otherwise;
        return
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            && value >= least
            && value <= most
            ? value
            : throw EntityQuery.Shape(name, $"{name} is a whole number from {least} to {most}");
    }

    public static IReadOnlyList<string> Texts(IQueryCollection query, string name, int most = MaxValues)
    {
        var values = query[name].OfType<string>().Where(v => v.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        return values.Count <= most
            ? values
            : throw new RefusedException(
                Refusal.BadRequest("too-many-values", $"{name} stands more than {most} times", "", name)
            );
    }

    private static IReadOnlyList<string> Schemata(IQueryCollection query, string name)
    {
        var names = Texts(query, name);
        return names.FirstOrDefault(n => Model.Find(n) is null) is { } unknown
            ? throw new RefusedException(Refusal.BadRequest("unknown-schema", $"No schema '{unknown}'", "", name))
            : names;
    }

    private static DateTimeOffset? Date(IQueryCollection query, string name)
    {
        if (query[name] is not [{ Length: > 0 } text, ..])
            return null;
        return
            DateShape().IsMatch(text)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            ? date
            : throw EntityQuery.Shape(
                name,
                $"{name} is a date such as 2026-11-01 or a time such as 2026-11-01T12:00:00"
            );
    }

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}(T[\d:.]+Z?)?$")]
    private static partial Regex DateShape();
}
