using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Lanthorn.Commitments.Contracts;
using Lanthorn.Governance.Contracts;
using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Programmes.Contracts;
using Lanthorn.Storage;
using Lanthorn.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Lanthorn.Programmes;

/// <summary>Projects over the API, as files and on the command line.</summary>
internal static class ProjectEndpoints
{
    private const string Api = "/api/v1/projects";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JsonText.Compact.Encoder,
    };

    /// <param name="Undertakings">Those that the viewer sees.</param>
    internal sealed record Answer(Project Project, IReadOnlyList<UndertakingLine> Undertakings);

    public static readonly IReadOnlyList<Column<Project>> Columns =
    [
        new("reference", "Reference", p => p.Reference) { Href = p => $"/projects/{p.Reference}" },
        new("title", "Project", p => p.Title),
        new("instrument", "Instrument", p => p.Instrument),
        new("countries", "Countries", p => string.Join(' ', p.Countries)),
        new("starts", "Start", p => Times.Text(p.Starts) ?? ""),
        new("ends", "End", p => Times.Text(p.Ends) ?? ""),
        new("budget", "Budget", p => p.Budget?.ToString("#,0.##", CultureInfo.CurrentCulture) ?? "")
        {
            Number = p => (double?)p.Budget,
        },
        new("currency", "Currency", p => p.Currency),
    ];

    public static readonly Verb ListVerb = new(
        new Command("list", "Projects that you may see, by title"),
        ListAsync,
        new("project", "Funded projects")
    );

    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("").WithTags("Programmes");
        api.MapGet(
                Api,
                async (HttpContext context, ReadProjects read) =>
                    Answered(context, (await read.ListAsync(context.Work(), context.RequestAborted)).Projects)
            )
            .WithSummary("Projects that you may see, by title")
            .Produces<IReadOnlyList<Project>>();
        api.MapGet($"{Api}/{{reference}}", ShowAsync).WithSummary("A project with its undertakings").Produces<Answer>();
        api.MapGet("/projects.csv", (HttpContext c, ReadProjects r) => FileAsync(c, r, TableFile.Kind.Csv))
            .WithSummary("Projects that you may see, as CSV");
        api.MapGet("/projects.xlsx", (HttpContext c, ReadProjects r) => FileAsync(c, r, TableFile.Kind.Xlsx))
            .WithSummary("Projects that you may see, as a spreadsheet");
    }

    private static async Task<IResult> ShowAsync(
        HttpContext context,
        ReadProjects read,
        Undertakings undertakings,
        string reference
    )
    {
        var (work, cancellation) = (context.Work(), context.RequestAborted);
        var project = await read.NeedAsync(work, reference, cancellation);
        var promised = await undertakings.OfProjectAsync(work, Reference.Parse(project.Reference).Value, cancellation);
        return Answered(context, new Answer(project, promised));
    }

    private static async Task FileAsync(HttpContext context, ReadProjects read, TableFile.Kind kind)
    {
        var work = context.Work();
        var answer = await read.ListAsync(work, context.RequestAborted, Operation.Disclosure);
        string[] notes = answer.IsCut ? [$"These are the first {ReadProjects.MaxListed}: there are more"] : [];
        var rows = context.TableView().Of(answer.Projects, Columns);
        await TableFile.WriteAsync(context, kind, "projects", Columns, rows, notes);
    }

    private static async Task<int> ListAsync(ParseResult parsed, VerbContext context, CancellationToken cancellation)
    {
        var work = await context
            .Services.GetRequiredService<Accounts>()
            .NeedWorkOfAsync(context.Account, context.Justification, cancellation);
        var answer = await context.Services.GetRequiredService<ReadProjects>().ListAsync(work, cancellation);
        if (context.Json)
            await context.Out.WriteLineAsync(JsonSerializer.Serialize(answer.Projects, Json));
        else
            foreach (var project in answer.Projects)
                await context.Out.WriteLineAsync($"{project.Reference, -14} {project.Title}");
        return 0;
    }

    private static IResult Answered<T>(HttpContext context, T answer)
    {
        context.Response.KeepPrivate();
        return Results.Json(answer, Json);
    }
}
