using System.CommandLine;
using Lanthorn.Platform;
using Lanthorn.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Lanthorn.Governance.Rights;

/// <summary>The verbs <c>rights list|show|add</c>, for the data protection officer.</summary>
internal static class RightsVerbs
{
    private static readonly VerbGroup Group = new("rights", "Requests of people about what is held of them");

    private static readonly Argument<string> Reference = new("reference") { Description = "Such as R-7K3QXM" };

    private static readonly Option<string?> Kind = Text("--kind", "access, rectification, erasure or restriction");
    private static readonly Option<string?> Law = Text("--law", "directive (default) or europol");
    private static readonly Option<string?> Received = Text("--received", "The day on which it came (default: today)");
    private static readonly Option<string?> Through = Text("--through", "The authority through which it came");
    private static readonly Option<string?> Subject = Text("--subject", "Names, one on a line");
    private static readonly Option<string?> Born = Text("--born", "Day or year of birth");
    private static readonly Option<string?> Contact = Text("--contact", "Where the answer goes");
    private static readonly Option<string?> Wish = Text("--wish", "What is asked, in the person's words");

    public static IEnumerable<Verb> All { get; } =
    [
        new(new Command("list", "Requests, open ones first"), ListAsync, Group),
        new(new Command("show", "One, with what was found and done") { Reference }, ShowAsync, Group),
        new(
            new Command("add", "Enter what a person asks about himself")
            {
                Kind,
                Law,
                Received,
                Through,
                Subject,
                Born,
                Contact,
                Wish,
            },
            AddAsync,
            Group
        ),
    ];

    private static async Task<int> ListAsync(ParseResult parsed, VerbContext context, CancellationToken cancellation)
    {
        var work = await WorkAsync(context, cancellation);
        var lines = await context.Services.GetRequiredService<ListRequests>().HandleAsync(work, cancellation);
        if (context.Json)
            await context.Out.WriteLineAsync(GovernanceJson.Of(lines));
        else
            foreach (var line in lines)
                await context.Out.WriteLineAsync(
                    $"{line.Reference} {Times.Text(line.DueOn)} {RightsWords.Of(line.State), -18} {RightsWords.Of(line.Kind)}{(line.IsOverdue ? " (overdue)" : "")}"
                );
        return 0;
    }

    private static async Task<int> ShowAsync(ParseResult parsed, VerbContext context, CancellationToken cancellation)
    {
        var work = await WorkAsync(context, cancellation);
        var show = context.Services.GetRequiredService<ShowRequest>();
        await context.Out.WriteLineAsync(
            GovernanceJson.Of(await show.HandleAsync(work, parsed.GetValue(Reference)!, cancellation))
        );
        return 0;
    }

    private static async Task<int> AddAsync(ParseResult parsed, VerbContext context, CancellationToken cancellation)
    {
        var work = await WorkAsync(context, cancellation);
        var request = new AddRequest.Request
        {
            Kind = parsed.GetValue(Kind),
            Law = parsed.GetValue(Law),
            Received = parsed.GetValue(Received),
            Through = parsed.GetValue(Through),
            Subject = parsed.GetValue(Subject),
            Born = parsed.GetValue(Born),
            Contact = parsed.GetValue(Contact),
            Wish = parsed.GetValue(Wish),
        };
        var add = context.Services.GetRequiredService<AddRequest>();
        var added = await add.HandleAsync(work, request, cancellation);
        await context.Out.WriteLineAsync(context.Json ? GovernanceJson.Of(added) : added.Reference);
        return 0;
    }

    private static Task<Work> WorkAsync(VerbContext context, CancellationToken cancellation) =>
        context.AsOneOfAsync([Roles.DataProtectionOfficer], cancellation);

    private static Option<string?> Text(string name, string description) =>
        new(name) { Description = description, HelpName = "TEXT" };
}
