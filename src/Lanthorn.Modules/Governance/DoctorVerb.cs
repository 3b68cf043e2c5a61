using System.CommandLine;
using Lanthorn.Platform;
using Lanthorn.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Lanthorn.Governance;

/// <summary>The verb <c>doctor</c>: what is wrong with an installation, and how to mend it.</summary>
internal static class DoctorVerb
{
    private const int Faulty = 1;

    public static Verb Verb { get; } =
        new(new Command("doctor", "What is wrong with this installation, and how to mend it"), RunAsync);

    private static async Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellation)
    {
        await context.AsOneOfAsync(Roles.Managing, cancellation);
        var findings = await new Examination(context.Services.GetRequiredService<Store>()).RunAsync(cancellation);
        if (context.Json)
            await context.Out.WriteLineAsync(GovernanceJson.Of(findings));
        else if (findings.Count == 0)
            await context.Out.WriteLineAsync("Nothing is wrong.");
        else
            foreach (var finding in findings)
                await context.Out.WriteLineAsync(
                    $"{(finding.IsFault ? "fault" : "note")}: {finding.What}.\n    {finding.WayOut}."
                );
        return findings.Any(f => f.IsFault) ? Faulty : 0;
    }
}
