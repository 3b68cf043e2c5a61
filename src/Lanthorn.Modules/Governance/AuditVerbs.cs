using System.CommandLine;
using System.Globalization;
using Lanthorn.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Lanthorn.Governance;

/// <summary>The verbs <c>audit verify|list</c>, for those who oversee.</summary>
internal static class AuditVerbs
{
    private const int Broken = 1;

    private static readonly VerbGroup Group = new("audit", "The log of who read or changed what, and why");

    private static readonly Option<string?> Account = new("--account")
    {
        Description = "Only entries of this account",
        HelpName = "NAME",
    };

    private static readonly Option<int> Limit = new("--limit")
    {
        Description = $"How many entries, the newest first, at most {ReadAuditLog.MaxEntries}",
        HelpName = "N",
        DefaultValueFactory = _ => ReadAuditLog.DefaultEntries,
    };

    private static readonly Option<long> Before = new("--before")
    {
        Description = "Id of an entry: only what is older (default: from the newest)",
        HelpName = "ID",
    };

    public static IEnumerable<Verb> All { get; } =
    [
        new(new Command("verify", "Recompute the chains; exit code 1 names the first broken link"), VerifyAsync, Group),
        new(new Command("list", "Entries of the log, the newest first") { Account, Limit, Before }, ListAsync, Group),
    ];

    private static async Task<int> VerifyAsync(ParseResult parsed, VerbContext context, CancellationToken cancellation)
    {
        var work = await context.AsOneOfAsync(Roles.Overseeing, cancellation);
        var log = context.Services.GetRequiredService<ReadAuditLog>();
        var verdict = await log.VerifyAsync(work, cancellation);
        if (context.Json)
            await context.Out.WriteLineAsync(GovernanceJson.Of(verdict));
        if (verdict.Broken is { } broken)
        {
            await context.Messages.WriteLineAsync(
                $"lanthorn: {ReadAuditLog.InWords(broken)}. Keep the folder as it is and compare it with a backup"
            );
            return Broken;
        }
        if (!context.Json)
            await context.Out.WriteLineAsync("All chains hold");
        return 0;
    }

    private static async Task<int> ListAsync(ParseResult parsed, VerbContext context, CancellationToken cancellation)
    {
        var work = await context.AsOneOfAsync(Roles.Overseeing, cancellation);
        var log = context.Services.GetRequiredService<ReadAuditLog>();
        var answer = await log.HandleAsync(
            work,
            parsed.GetValue(Account),
            parsed.GetValue(Before),
            parsed.GetValue(Limit),
            cancellation
        );
        if (context.Json)
        {
            await context.Out.WriteLineAsync(GovernanceJson.Of(answer));
            return 0;
        }
        foreach (var entry in answer.Entries)
            await context.Out.WriteLineAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{entry.At:yyyy-MM-ddTHH:mm:ssZ} {entry.Chain, -8} {entry.Account, -24} {entry.Operation, -12} {entry.What} ({entry.VersionCount} records): {entry.Justification}"
                )
            );
        return 0;
    }
}
