using System.CommandLine;
using Lanthorn.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Lanthorn.Governance.Oversight;

/// <summary>The verbs <c>oversight export|statistics</c>, for both officers and the operator.</summary>
internal static class OversightVerbs
{
    private static readonly VerbGroup Group = new("oversight", "What the supervisory authority asks for");

    private static readonly Argument<string> To = new("file") { Description = "The ZIP to write" };

    private static readonly Option<int?> Year = new("--year")
    {
        Description = "Which year (default: this one)",
        HelpName = "YEAR",
    };

    public static IEnumerable<Verb> All { get; } =
    [
        new(
            new Command("export", "Registers, statistics and the audit log of a year as one ZIP") { To, Year },
            ExportAsync,
            Group
        ),
        new(
            new Command("statistics", "Requests, complaints, breaches and reads of a year") { Year },
            CountAsync,
            Group
        ),
    ];

    private static async Task<int> ExportAsync(ParseResult parsed, VerbContext context, CancellationToken cancellation)
    {
        var work = await WorkAsync(context, cancellation);
        var export = context.Services.GetRequiredService<SupervisorExport>();
        using var made = new MemoryStream();
        await export.HandleAsync(work, parsed.GetValue(Year), made, cancellation);
        var path = parsed.GetValue(To)!;
        await File.WriteAllBytesAsync(path, made.ToArray(), cancellation);
        await context.Messages.WriteLineAsync($"Written to {path}");
        return 0;
    }

    private static async Task<int> CountAsync(ParseResult parsed, VerbContext context, CancellationToken cancellation)
    {
        var work = await WorkAsync(context, cancellation);
        var statistics = context.Services.GetRequiredService<YearlyStatistics>();
        var answer = await statistics.HandleAsync(work, parsed.GetValue(Year), cancellation);
        if (context.Json)
            await context.Out.WriteLineAsync(GovernanceJson.Of(answer));
        else
            foreach (var line in answer.Lines)
                await context.Out.WriteLineAsync($"{line.Count, 8} {line.Group} {line.What}".TrimEnd());
        return 0;
    }

    private static Task<Work> WorkAsync(VerbContext context, CancellationToken cancellation) =>
        context.AsOneOfAsync([.. Officers.Both, Roles.Operator], cancellation);
}
