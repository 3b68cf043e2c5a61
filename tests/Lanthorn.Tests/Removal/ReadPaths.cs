using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Lanthorn.Tests.Removal;

/// <summary>
/// For every route that reads, requests that try it. A route without an entry fails the test of the removal law: whoever
/// adds a route says here how it is asked.
/// </summary>
internal static partial class ReadPaths
{
    /// <summary>What a world is asked about.</summary>
    /// <param name="Ids">Public ids of records.</param>
    internal sealed record Questions(
        IReadOnlyList<string> Ids,
        IReadOnlyList<string> Names,
        IReadOnlyList<string> Searches,
        IReadOnlyList<string> Datasets,
        IReadOnlyList<string> Sources
    )
    {
        /// <summary>Of undertakings and projects, seen or not.</summary>
        public IReadOnlyList<string> References { get; init; } = ["U-NOWHERE"];
    }

    private static readonly string[] Names =
    [
        "Ermias Ghermay",
        "ermias girmay",
        "ግርማይ",
        "Ahmed Dabashi",
        "Abdurrahman Milad",
        "+218911234567",
        "harbour Zuwara",
    ];

    /// <summary>Every operator and field of the search, over what the worlds are made of.</summary>
    private static readonly string[] Searches =
    [
        "-ermias",
        "\"Ermias Ghermay\" OR dabashi",
        "country:ly",
        "dabashi -country:ly",
        "topic:sanction OR topic:crime",
        "source:list-one -milad",
        "schema:Person born:1980",
        "schema:Vessel",
        "changed:>2020-01-01 -schema:Person",
        "id:w-1 OR id:w-2 OR id:w-3",
        "country:nowhere",
    ];

    private static readonly string[] Datasets = ["default", "list-one", "desk-notes", "nowhere"];

    private static readonly string[] Sources = ["un-sc", "list-one", "desk-notes", "nowhere"];

    /// <summary>Routes whose answer does not depend on records at all, or that show what the server itself does.</summary>
    public static readonly IReadOnlySet<string> WithoutRecords = new HashSet<string>
    {
        "/healthz",
        "/readyz",
        "/metrics",
        "/docs",
        "/docs/{documentName?}",
        "/docs/{**path}",
        "/docs/scalar.js",
        "/docs/scalar.aspnetcore.js",
        "/docs/favicon.svg",
        "/_framework/opaque-redirect",
        "/{**path:file}",
        "/openapi/{documentName}.json",
        "/sign-in",
        "/account",
        "/api/v1/tokens",
        "/api/v1/sessions/",
        "/api/v1/break-glass/",
        "/break-glass",
        "/api/v1/passkeys/",
        "/api/v1/people/{name}/sessions/",
        "/api/v1/people/second-factor-roles",
        "/account/second-factor",
        "/sign-in/invitation",
        "/sign-in/single",
        "/api/v1/people/{name}/tokens",
        "/people",
        "/people/{Name}",
    };

    public static IEnumerable<Func<HttpRequestMessage>> Of(string route, IReadOnlyList<string> ids) =>
        Of(route, new Questions(ids, Names, Searches, Datasets, Sources));

    public static IEnumerable<Func<HttpRequestMessage>> Of(string route, Questions asked) =>
        route switch
        {
            "/catalog" or "/manifest" or "/algorithms" or "/" or "/sources" or "/import" or "/imports" => [Get(route)],
            "/api/v1/account" or "/api/v1/people" or "/api/v1/organisations" => [Get(route)],
            "/api/v1/home" or "/notices" or "/api/v1/notices" => [Get(route)],
            "/audit" or "/api/v1/audit" or "/api/v1/audit/verify" or "/api/v1/imports" or "/api/v1/sources" =>
            [
                Get(route),
            ],
            "/api/v1/imports/{id}" or "/api/v1/imports/{id}/quarantine" or "/api/v1/imports/{id}/undo" =>
            [
                Get(route.Replace("{id}", "1", StringComparison.Ordinal)),
            ],
            "/api/v1/sources/changes" => [Get(route)],
            "/api/v1/sources/{code}"
            or "/api/v1/sources/{code}/vintages"
            or "/api/v1/sources/{code}/changes"
            or "/sources/{code}/changes.csv"
            or "/sources/{Code}/changes" => asked.Sources.Select(s =>
                Get(route.Replace("{code}", s, StringComparison.OrdinalIgnoreCase))
            ),
            "/imports/{Id}" => [Get("/imports/1")],
            // What waits there is the account's own upload; a choice remembered has the label of its records.
            "/import/table/{Id}" => [Get("/import/table/1")],
            "/imports/{Id}/quarantine/{Number:long}" => [Get("/imports/1/quarantine/1")],
            "/imports/{Id}/undo" => [Get("/imports/1/undo")],
            "/imports/{id}/quarantine.csv" => [Get("/imports/1/quarantine.csv")],
            "/records/new" => [Get("/records/new"), Get("/records/new?schema=Person")],
            "/records/{Id}/correct" => asked.Ids.Select(id => Get($"/records/{id}/correct")),
            "/records/{Id}/history" => asked.Ids.Select(id => Get($"/records/{id}/history")),
            "/api/v1/records/{id}" => asked.Ids.Select(id => Get($"/api/v1/records/{id}")),
            "/api/v1/records/{id}/history" => asked.Ids.Select(id => Get($"/api/v1/records/{id}/history")),
            "/search" => asked
                .Names.Select(n => Get($"/search?q={Uri.EscapeDataString(n)}"))
                .Concat(asked.Searches.Select(s => Get($"/search?q={Uri.EscapeDataString(s)}")))
                .Append(Get("/search?q=ermias&countries=ly"))
                .Append(Get("/search?q=ermias&view=table&sort=sources&order=desc&filter=ly")),
            "/audit.csv" or "/audit.xlsx" => [Get(route)],
            "/go" => [Get("/go"), .. asked.Names.Select(n => Get($"/go?q={Uri.EscapeDataString(n)}"))],
            // A screening is there for its account alone; what its report shows is tried with its own tests.
            "/screenings" or "/api/v1/screenings" or "/api/v1/screenings/" => [Get(route)],
            "/screenings/{Id}"
            or "/screenings/{id}/report.csv"
            or "/screenings/{id}/report.xlsx"
            or "/api/v1/screenings/{id}"
            or "/api/v1/screenings/{id}/report" =>
            [
                Get(route.Replace("{id}", "1", StringComparison.OrdinalIgnoreCase)),
            ],
            "/searches" or "/api/v1/searches" or "/api/v1/bulk" or "/api/v1/bookmarks" => [Get(route)],
            "/bulk/{Id?}" => [Get("/bulk"), Get("/bulk/1")],
            "/api/v1/bulk/{id}" => [Get("/api/v1/bulk/1")],
            "/bulk/preview" => [Get("/bulk/preview?act=bookmark&records=00000000000000000000000000000001")],
            "/search.csv" or "/search.xlsx" => asked
                .Names.Concat(asked.Searches)
                .Select(n => Get($"/search.csv?q={Uri.EscapeDataString(n)}")),
            "/imports.csv" or "/sources.csv" => [Get(route), Get($"{route}?sort=records&order=desc&filter=list")],
            // The rows are those of the CSV; the container has the time in it.
            "/imports.xlsx" or "/sources.xlsx" => [Get(route.Replace("xlsx", "csv", StringComparison.Ordinal))],
            "/imports/{id}/quarantine.xlsx" => [Get("/imports/1/quarantine.xlsx")],
            "/match/{dataset}" => asked.Datasets.Select(d => Match(d, asked.Names)),
            _ when route.StartsWith("/review", StringComparison.Ordinal)
                    || route.StartsWith("/api/v1/review", StringComparison.Ordinal)
                    || route.StartsWith("/api/v1/scorers", StringComparison.Ordinal) => OfReview(route),
            _ when route.StartsWith("/reconcile", StringComparison.Ordinal) => Reconciling(route, asked),
            _ => OfPromises(route, asked),
        };

    private static IEnumerable<Func<HttpRequestMessage>> OfPromises(string route, Questions asked) =>
        route switch
        {
            "/undertakings" or "/undertakings.csv" =>
            [
                Get(route),
                Get($"{route}?state=late&sort=reached&order=desc"),
                Get($"{route}?state=delivered"),
                Get($"{route}?strand=respond&filter=border"),
            ],
            // The rows are those of the CSV; the container has the time in it.
            "/undertakings.xlsx" => [Get("/undertakings.csv?sort=due&order=desc")],
            "/projects" or "/projects.csv" => [Get(route), Get($"{route}?sort=budget&order=desc")],
            "/projects.xlsx" => [Get("/projects.csv?sort=title")],
            "/api/v1/undertakings" => [Get(route), Get($"{route}?state=late"), Get($"{route}?owner=demo-analyst")],
            "/api/v1/projects" or "/undertakings/new" => [Get(route)],
            "/undertakings/{Reference}"
            or "/api/v1/undertakings/{reference}"
            or "/projects/{Reference}"
            or "/api/v1/projects/{reference}" => asked.References.Select(r =>
                Get(route.Replace("{reference}", r, StringComparison.OrdinalIgnoreCase))
            ),
            _ when OfOfficers(route) is { Length: > 0 } desk => desk,
            _ => OfEntities(route, asked),
        };

    /// <summary>The desks of the two officers, which others do not find: what they show is tried with their own tests.</summary>
    private static Func<HttpRequestMessage>[] OfOfficers(string route)
    {
        string[] desks = ["rights", "complaints", "holds", "registers", "transfers", "oversight", "info"];
        return desks.Any(d =>
            route.StartsWith($"/{d}", StringComparison.Ordinal)
            || route.StartsWith($"/api/v1/{d}", StringComparison.Ordinal)
        )
            ? [Get(Filled().Replace(route, "R-NOWHERE"))]
            : [];
    }

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Filled();

    private static IEnumerable<Func<HttpRequestMessage>> OfReview(string route) =>
        route switch
        {
            "/review" or "/review/waiting" or "/review/history" or "/review/history.csv" => [Get(route)],
            // The rows are those of the CSV; the container has the time in it.
            "/review/history.xlsx" => [Get("/review/history.csv?sort=who&filter=same")],
            "/api/v1/review/next" or "/api/v1/review/runs" or "/api/v1/review/history" => [Get(route)],
            "/review/joined" or "/api/v1/review/joined" => [Get(route)],
            "/api/v1/review/waiting" or "/review/learning" or "/api/v1/scorers" => [Get(route)],
            // A version is an artefact of its own; what it was learnt from does not follow the records.
            "/review/learning/{Id}" or "/api/v1/scorers/{id}" =>
            [
                Get(route.Replace("{id}", "lanthorn-v1+2026-01-01.1", StringComparison.OrdinalIgnoreCase)),
            ],
            _ => [],
        };

    private static IEnumerable<Func<HttpRequestMessage>> OfEntities(string route, Questions asked) =>
        route switch
        {
            "/api/v1/entities/{id}/annotations" => asked.Ids.Select(id => Get($"/api/v1/entities/{id}/annotations")),
            "/search/{dataset}" => from name in asked.Names.Concat(asked.Searches)
            from dataset in asked.Datasets
            select Get($"/search/{dataset}?q={Uri.EscapeDataString(name)}&limit=20"),
            "/entities/{id}" or "/entities/{entityId}" => asked.Ids.Select(id => Get($"/entities/{id}")),
            "/entities/{id}/adjacent" => asked.Ids.Select(id => Get($"/entities/{id}/adjacent?limit=50")),
            "/entities/{id}/adjacent/{property}" => asked.Ids.Select(id =>
                Get($"/entities/{id}/adjacent/ownershipOwner")
            ),
            "/entity/{Id}" or "/entity/{id}" => asked.Ids.Select(id => Get($"/entity/{id}")),
            "/entity/{Id}/judge" => asked.Ids.SelectMany(id =>
                new[]
                {
                    Get($"/entity/{id}/judge?other={asked.Ids[0]}"),
                    Get($"/entity/{asked.Ids[0]}/judge?other={id}&verdict=different"),
                }
            ),
            "/entity/{Id}/access" => asked.Ids.Select(id => Get($"/entity/{id}/access")),
            "/entity/{Id}/adjacent/{Property}" => asked.Ids.SelectMany(id =>
                new[] { Get($"/entity/{id}/adjacent/ownershipOwner"), Get($"/entity/{id}/adjacent/nothing") }
            ),
            _ => [],
        };

    private static IEnumerable<Func<HttpRequestMessage>> Reconciling(string route, Questions asked)
    {
        string Queries(IEnumerable<string> texts) =>
            Json(texts.Distinct().Take(90).ToDictionary(t => t, t => new { query = t, limit = 20 }));
        var extend = Json(
            new
            {
                ids = asked.Ids.Take(90),
                properties = new[] { new { id = "name" }, new { id = "country" }, new { id = "parent" } },
            }
        );
        return route switch
        {
            "/reconcile" or "/reconcile/" =>
            [
                Get("/reconcile"),
                Get($"/reconcile?queries={Queries(asked.Names.Concat(asked.Ids))}"),
                Get($"/reconcile?extend={extend}"),
            ],
            "/reconcile/{dataset}" => asked.Datasets.SelectMany(d =>
                new[]
                {
                    Get($"/reconcile/{d}"),
                    Get($"/reconcile/{d}?queries={Queries(asked.Names.Concat(asked.Ids.Take(5)))}"),
                    Get($"/reconcile/{d}?extend={extend}"),
                }
            ),
            "/reconcile/suggest/entity" => asked.Names.Select(n =>
                Get($"/reconcile/suggest/entity?prefix={Uri.EscapeDataString(n)}")
            ),
            "/reconcile/{dataset}/suggest/entity" => from name in asked.Names.Take(2)
            from dataset in asked.Datasets
            select Get($"/reconcile/{dataset}/suggest/entity?prefix={Uri.EscapeDataString(name)}&cursor=1"),
            "/reconcile/suggest/type" or "/reconcile/suggest/property" or "/reconcile/extend/properties" =>
            [
                Get($"{route}?prefix=n&type=Person"),
            ],
            "/reconcile/preview" => asked.Ids.Select(id => Get($"/reconcile/preview?id={id}")),
            _ => [],
        };
    }

    private static string Json<T>(T value) => Uri.EscapeDataString(JsonSerializer.Serialize(value));

    private static Func<HttpRequestMessage> Get(string path) => () => new(HttpMethod.Get, path);

    private static Func<HttpRequestMessage> Match(string dataset, IReadOnlyList<string> names) =>
        () =>
            new(HttpMethod.Post, $"/match/{dataset}?threshold=0.5&cutoff=0.3&limit=20")
            {
                Content = JsonContent.Create(
                    new
                    {
                        queries = names.ToDictionary(
                            n => n,
                            n => new { schema = "Person", properties = new { name = new[] { n } } }
                        ),
                    }
                ),
            };
}
