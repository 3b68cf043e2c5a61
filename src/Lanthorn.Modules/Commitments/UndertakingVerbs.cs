using System.CommandLine;
using Lanthorn.Governance.Contracts;
using Lanthorn.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Lanthorn.Commitments;

/// <summary>The verbs <c>undertaking list|show|add|evidence</c>.</summary>
internal static class UndertakingVerbs
{
    private static readonly VerbGroup Group = new("undertaking", "Undertakings: who promised what, and what shows it");

    private static readonly Argument<string> Reference = new("reference") { Description = "Such as U-7K3QXM" };

    private static readonly Option<string?> State = Text("--state", "open, due_soon, late, delivered or withdrawn");
    private static readonly Option<string?> Strand = Text("--strand", "prevent, respond or alternatives");
    private static readonly Option<string?> Owner = Text("--owner", "An account, or a name without one");
    private static readonly Option<string?> Promiser = Text("--promiser", "Who promises");
    private static readonly Option<string?> Promisee = Text("--promisee", "To whom");
    private static readonly Option<string?> What = Text("--text", "What is promised, or what the evidence shows");
    private static readonly Option<string?> Aim = Text("--aim", "The aim it serves");
    private static readonly Option<string?> Due = Text("--due", "The last day on which it is in time");
    private static readonly Option<string?> Measure = Text("--measure", "By what one sees that it was delivered");
    private static readonly Option<string?> Unit = Text("--unit", "What the target counts");
    private static readonly Option<string?> Target = Text("--target", "What accepted amounts must reach");
    private static readonly Option<string?> Project = Text("--project", "Reference of its project");
    private static readonly Option<string?> Label = Text("--label", "Who may see it (default: your organisation)");
    private static readonly Option<string?> Source = Text("--source", "Where it stands that this was promised");
    private static readonly Option<string?> AsOf = Text("--as-of", "The day of the source (default: today)");
    private static readonly Option<string?> Amount = Text("--amount", "How much the evidence counts");
    private static readonly Option<string?> Link = Text("--link", "Address of a document");
    private static readonly Option<string?> Record = Text("--record", "Id of the record that shows it");
    private static readonly Option<string?> Day = Text("--day", "The day for which it holds (default: today)");

    public static IEnumerable<Verb> All { get; } =
    [
        new(
            new Command("list", "Undertakings that you may see, those due first") { State, Strand, Owner },
            ListAsync,
            Group
        ),
        new(new Command("show", "One, with its evidence and history") { Reference }, ShowAsync, Group),
        new(
            new Command("add", "Enter what somebody promised")
            {
                Promiser,
                Promisee,
                What,
                Strand,
                Aim,
                Due,
                Measure,
                Unit,
                Target,
                Owner,
                Project,
                Label,
                Source,
                AsOf,
            },
            AddAsync,
            Group
        ),
        new(
            new Command("evidence", "Offer evidence; somebody else accepts it")
            {
                Reference,
                What,
                Link,
                Record,
                Amount,
                Day,
            },
            OfferAsync,
            Group
        ),
    ];

    private static async Task<int> ListAsync(ParseResult parsed, VerbContext context, CancellationToken cancellation)
    {
        var request = ListUndertakings.Request.Of(
            parsed.GetValue(State),
            parsed.GetValue(Strand),
            parsed.GetValue(Owner)
        );
        var work = await WorkAsync(context, cancellation);
        var answer = await Of<ListUndertakings>(context).HandleAsync(work, request, cancellation);
        if (context.Json)
            await context.Out.WriteLineAsync(CommitmentsJson.Of(answer.Undertakings));
        else
            foreach (var line in answer.Undertakings)
                await context.Out.WriteLineAsync(
                    $"{line.Reference, -14} {Storage.Times.Text(line.Due) ?? "", -10} {UndertakingWords.Of(line.State), -10} {line.Promiser}: {line.Text}"
                );
        if (answer.IsCut)
            await context.Messages.WriteLineAsync(
                $"These are of the first {ReadUndertakings.MaxListed} by their day: there are more"
            );
        return 0;
    }

    private static async Task<int> ShowAsync(ParseResult parsed, VerbContext context, CancellationToken cancellation)
    {
        var work = await WorkAsync(context, cancellation);
        var answer = await Of<ShowUndertaking>(context).HandleAsync(work, parsed.GetValue(Reference)!, cancellation);
        await context.Out.WriteLineAsync(CommitmentsJson.Of(answer));
        return 0;
    }

    private static async Task<int> AddAsync(ParseResult parsed, VerbContext context, CancellationToken cancellation)
    {
        var request = new AddUndertaking.Request
        {
            Promiser = parsed.GetValue(Promiser),
            Promisee = parsed.GetValue(Promisee),
            Text = parsed.GetValue(What),
            Strand = parsed.GetValue(Strand),
            Aim = parsed.GetValue(Aim),
            Due = parsed.GetValue(Due),
            Measure = parsed.GetValue(Measure),
            Unit = parsed.GetValue(Unit),
            Target = UndertakingFields.Amount("target", parsed.GetValue(Target)),
            Owner = parsed.GetValue(Owner),
            Project = parsed.GetValue(Project),
            Label = parsed.GetValue(Label),
            Source = parsed.GetValue(Source),
            AsOf = parsed.GetValue(AsOf),
        };
        var work = await WorkAsync(context, cancellation);
        var added = await Of<AddUndertaking>(context).HandleAsync(work, request, cancellation);
        await context.Out.WriteLineAsync(context.Json ? CommitmentsJson.Of(added) : added.Reference);
        return 0;
    }

    private static async Task<int> OfferAsync(ParseResult parsed, VerbContext context, CancellationToken cancellation)
    {
        var (amount, record) = (UndertakingFields.Amount("amount", parsed.GetValue(Amount)), parsed.GetValue(Record));
        var request = new OfferEvidence.Request
        {
            Kind =
                record is not null ? EvidenceKind.Record
                : amount is not null ? EvidenceKind.Count
                : EvidenceKind.Document,
            Text = parsed.GetValue(What),
            Link = parsed.GetValue(Link),
            Record = record,
            Amount = amount,
            Day = parsed.GetValue(Day),
        };
        var work = await WorkAsync(context, cancellation);
        var offered = await Of<OfferEvidence>(context)
            .HandleAsync(work, parsed.GetValue(Reference)!, request, cancellation);
        await context.Out.WriteLineAsync(context.Json ? CommitmentsJson.Of(offered) : offered.Id);
        return 0;
    }

    private static Task<Work> WorkAsync(VerbContext context, CancellationToken cancellation) =>
        Of<Accounts>(context).NeedWorkOfAsync(context.Account, context.Justification, cancellation);

    private static T Of<T>(VerbContext context)
        where T : notnull => context.Services.GetRequiredService<T>();

    private static Option<string?> Text(string name, string description) =>
        new(name) { Description = description, HelpName = "TEXT" };
}
