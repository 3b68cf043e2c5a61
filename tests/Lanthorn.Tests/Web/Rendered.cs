using System.Text.RegularExpressions;
using Lanthorn.Web;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Lanthorn.Tests.Web;

/// <summary>The HTML that components give, as the server writes it.</summary>
internal static partial class Rendered
{
    public static async Task<string> Html<TComponent>(params (string Name, object? Value)[] parameters)
        where TComponent : IComponent
    {
        await using var services = new ServiceCollection().BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var values = ParameterView.FromDictionary(parameters.ToDictionary(p => p.Name, p => p.Value));
            return (await renderer.RenderComponentAsync<TComponent>(values)).ToHtmlString();
        });
    }

    /// <summary>What a reader sees of it.</summary>
    public static string Text(string html) => System.Net.WebUtility.HtmlDecode(Tag().Replace(html, "")).Trim();

    public static RenderFragment Fragment(string html) => builder => builder.AddMarkupContent(0, html);

    /// <summary>Every component of the look once, with all that it can show.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> Everything() =>
        new Dictionary<string, string>
        {
            ["BellLink"] = await Html<BellLink>(("Count", 3), ("Href", "/notices")),
            ["Chip"] = await Html<Chip>(("Kind", "list"), ("Text", "sanctioned")),
            ["DataTable`1"] = await Html<DataTable<string>>(
                ("Rows", new[] { "Tripoli", "Zuwara" }),
                ("Columns", new Column<string>[] { new("port", "Port", p => p) { Href = p => $"/ports/{p}" } }),
                ("View", new TableView("port", Descends: true, "a", 0)),
                ("Path", "/ports"),
                ("Files", "/ports")
            ),
            ["Document"] = await Html<Document>(("Head", Fragment("<title>t</title>")), ("Body", Fragment("<p>b</p>"))),
            ["EmptyState"] = await Html<EmptyState>(("Title", "Nobody"), ("Text", "Try another spelling.")),
            ["EvaluationChip"] = await Html<EvaluationChip>(("Code", "B3"), ("Words", "usually reliable")),
            ["Field"] = await Html<Field>(
                ("Label", "Reason"),
                ("ChildContent", Fragment("<input name=\"reason\">")),
                ("Error", "Say why.")
            ),
            ["HandlingChip"] = await Html<HandlingChip>(("Code", "H1 H2 H3")),
            ["Isolated"] = await Html<Isolated>(("Text", "يوسف")),
            ["Pager"] = await Html<Pager>(
                ("Page", 5),
                ("PageSize", 10),
                ("Total", 134),
                ("Href", (Func<int, string>)(p => $"/search?page={p}"))
            ),
            ["PlaceMap"] = await Html<PlaceMap>(
                ("Points", new MapPoint[] { new("Zuwara", 12.08, 32.93, "/entity/x"), new("Lampedusa", 12.6, 35.5) }),
                ("Countries", new MapCountry[] { new("ly", "Libya", "country", [1]), new("fj", "Fiji", "flag") })
            ),
            ["Progress"] = await Html<Progress>(("Value", 3L), ("Max", 10L), ("Text", "3 of 10 records")),
            ["ScoreParts"] = await Html<ScoreParts>(
                (
                    "Parts",
                    new PartRow[]
                    {
                        new("Name", 0.42, "two parts alike", "Youssef", "يوسف"),
                        new("Birth day differs", -0.05, "1 January is often a stand-in", null, null),
                    }
                ),
                ("Total", 0.37)
            ),
            ["Shell"] = await Html<Shell>(
                ("Body", Fragment("<h1>Search</h1>")),
                ("SearchText", "يوسف"),
                ("Areas", new RailArea[] { new("Know", "ln-know", [new("Search", "/search", true)]) }),
                ("Who", "M. Okafor · Unit 4"),
                ("Reason", Fragment("<details><summary>Reason</summary></details>")),
                ("Account", Fragment("<a href=\"/account\">Account</a>")),
                ("Fiction", "Everything here is fictional.")
            ),
            ["SourceNumbers"] = await Html<SourceNumbers>(("Numbers", new[] { 1, 2 })),
            ["TableFilter"] = await Html<TableFilter>(
                ("View", new TableView("port", Descends: true, "a", 0)),
                ("Path", "/ports?country=ly"),
                ("Files", "/ports"),
                ("Sorts", new (string, string)[] { ("port", "Port") })
            ),
            ["ThemeChoice"] = await Html<ThemeChoice>(),
            ["Timeline"] = await Html<Timeline>(("Facts", FactsOfAYear()), ("ApartLane", "life")),
            ["TlpChip"] = await Html<TlpChip>(("Mark", "amber+strict")),
        };

    private static List<TimelineFact> FactsOfAYear() =>
        [
            .. Enumerable
                .Range(1, 9)
                .SelectMany(m =>
                    new TimelineFact[]
                    {
                        new($"2026-0{m}-02", null, "money", "Payment", "/entity/x", [1, 2]),
                        new($"2026-0{m}", $"2026-0{m}-20", $"lane {m}", "Trip"),
                    }
                ),
            new TimelineFact("1979", null, "life", "Birth date"),
        ];

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();
}
