using System.CommandLine;
using Lanthorn.Platform;

namespace Lanthorn.Governance;

/// <summary>The verbs <c>organisation add|list</c>, for those who manage accounts.</summary>
internal static class OrganisationVerbs
{
    private static readonly VerbGroup Group = new("organisation", "Organisations whose people have accounts");

    private static readonly Argument<string> Name = new("name") { Description = "As it stands in labels" };

    public static IEnumerable<Verb> All { get; } =
    [
        new(new Command("add", "Make an organisation; one that exists stays as it is") { Name }, AddAsync, Group),
        new(new Command("list", "All organisations"), ListAsync, Group),
    ];

    private static async Task<int> AddAsync(ParseResult parsed, VerbContext context, CancellationToken cancellation)
    {
        var work = await context.AsOneOfAsync(Roles.Managing, cancellation);
        var name = parsed.GetValue(Name)!;
        await context.Accounts().AddOrganisationAsync(work.Viewer, name, cancellation);
        await context.Messages.WriteLineAsync($"{name} is an organisation here");
        return 0;
    }

    private static async Task<int> ListAsync(ParseResult parsed, VerbContext context, CancellationToken cancellation)
    {
        await context.AsOneOfAsync(Roles.Managing, cancellation);
        var names = await context.Accounts().ListOrganisationsAsync(cancellation);
        await context.Out.WriteLineAsync(
            context.Json ? GovernanceJson.Of(names) : string.Join(Environment.NewLine, names)
        );
        return 0;
    }
}
