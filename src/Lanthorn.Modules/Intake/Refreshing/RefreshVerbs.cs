using System.CommandLine;
using System.Text.Json;
using Lanthorn.Governance.Contracts;
using Lanthorn.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Lanthorn.Intake.Refreshing;

/// <summary>The verbs <c>sources refresh|schedule|address</c>: fetch official lists, now or by a schedule, and from where.</summary>
internal static class RefreshVerbs
{
    private const int Failed = 1;
    private const int SomeInQuarantine = 3;

    /// <summary>The verb <c>sources</c> stands alone, too.</summary>
    public static readonly VerbGroup Group = new("sources", "");

    private static readonly Argument<string?> OneOrAll = new("code")
    {
        Description = "The source, such as un-sc; without it all whose address is known",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Argument<string> One = new("code") { Description = "The source, such as un-sc" };

    private static readonly Option<string> Every = new("--every")
    {
        Description = "Hours or days, such as 24h or 7d; off ends it",
        HelpName = "TIME|off",
        Required = true,
    };

    private static readonly Option<string?> At = new("--at")
    {
        Description = "Time of the day in UTC, such as 04:30, for a schedule of whole days",
        HelpName = "HH:MM",
    };

    private static readonly Argument<string[]> Urls = new("url")
    {
        Description = "Where its file is; of several files each, in their order",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<bool> Publisher = new("--publisher")
    {
        Description = "Back to the publisher's own address",
    };

    public static IEnumerable<Verb> All { get; } =
    [
        new(
            new Command("refresh", "Fetch official lists from their publishers, where they changed, and import them")
            {
                OneOrAll,
            },
            RefreshAsync,
            Group
        ),
        new(
            new Command("schedule", "Let the server refresh a list regularly, as this account, or no longer")
            {
                One,
                Every,
                At,
            },
            ScheduleAsync,
            Group
        ),
        new(
            new Command("address", "Set where a list is fetched from; for administrators") { One, Urls, Publisher },
            AddressAsync,
            Group
        ),
    ];

    private static async Task<int> RefreshAsync(ParseResult parsed, VerbContext context, CancellationToken cancellation)
    {
        var work = await WorkAsync(context, cancellation);
        var refresh = context.Services.GetRequiredService<RefreshSource>();
        IEnumerable<string> codes = parsed.GetValue(OneOrAll) is { } one
            ? [one]
            : OfficialSources.All.Select(s => s.Code);
        var outcomes = new List<RefreshSource.Outcome>();
        foreach (var code in codes)
        {
            if (OfficialSources.Find(code) is not null)
                await context.Messages.WriteLineAsync($"{code}: asking its publisher");
            var outcome = await refresh.HandleAsync(work, code, progress: null, cancellation);
            outcomes.Add(outcome);
            if (outcome.Result is RefreshResult.Failed or RefreshResult.NoAddress)
                await context.Messages.WriteLineAsync($"lanthorn: {code}: {outcome.Text}");
            else if (!context.Json)
                await context.Out.WriteLineAsync($"{code}: {outcome.Result}: {outcome.Text}");
        }
        if (context.Json)
            await context.Out.WriteLineAsync(
                JsonSerializer.Serialize(outcomes.Select(RefreshEndpoints.Answer.Of), IntakeJson.Options)
            );
        var isNamed = parsed.GetValue(OneOrAll) is not null;
        return outcomes.Exists(o =>
                o.Result == RefreshResult.Failed || (isNamed && o.Result == RefreshResult.NoAddress)
            )
                ? Failed
            : outcomes.Exists(o => o.Tally?.Quarantined > 0) ? SomeInQuarantine
            : 0;
    }

    private static async Task<int> ScheduleAsync(
        ParseResult parsed,
        VerbContext context,
        CancellationToken cancellation
    )
    {
        var work = await WorkAsync(context, cancellation);
        var code = parsed.GetValue(One)!;
        var state = await context
            .Services.GetRequiredService<ScheduleSource>()
            .SetAsync(work, code, parsed.GetValue(Every), parsed.GetValue(At), cancellation);
        await context.Messages.WriteLineAsync(
            state.Schedule is { } on
                ? $"{code} is refreshed every {RefreshTimes.Text(on.Every)} as {on.By} while a server runs, the next time on {Shown.Time(on.NextAt)}"
                : $"{code} is refreshed only when somebody asks"
        );
        return 0;
    }

    private static async Task<int> AddressAsync(ParseResult parsed, VerbContext context, CancellationToken cancellation)
    {
        var (code, urls) = (parsed.GetValue(One)!, parsed.GetValue(Urls)!);
        if (urls.Length == 0 != parsed.GetValue(Publisher))
            throw new RefusedException(
                Refusal.BadRequest("source-address", "Give the address of the file, or --publisher, and not both")
            );
        var work = await WorkAsync(context, cancellation);
        var shown = await context
            .Services.GetRequiredService<AddressSource>()
            .HandleAsync(work, code, urls, cancellation);
        await context.Messages.WriteLineAsync(
            shown.Count == 0 ? $"{code} has no address" : $"{code} is fetched from {string.Join(" ", shown)}"
        );
        return 0;
    }

    private static Task<Work> WorkAsync(VerbContext context, CancellationToken cancellation) =>
        context
            .Services.GetRequiredService<Accounts>()
            .NeedWorkOfAsync(context.Account, context.Justification, cancellation);
}
