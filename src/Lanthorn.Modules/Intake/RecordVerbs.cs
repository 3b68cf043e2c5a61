using System.CommandLine;
using System.Text.Json;
using Lanthorn.Governance.Contracts;
using Lanthorn.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Lanthorn.Intake;

/// <summary>The verbs <c>record add</c>, <c>record correct</c> and <c>record history</c>.</summary>
internal static class RecordVerbs
{
    private static readonly VerbGroup Group = new("record", "Records that people enter and correct by hand");

    private static readonly Argument<string> Id = new("id") { Description = "The record's own id or its public id" };

    private static readonly Option<string[]> Set = new("--set")
    {
        Description = "A value, such as name=Ana; several of one property by several --set, none by name=",
        HelpName = "PROPERTY=VALUE",
        DefaultValueFactory = _ => [],
    };

    private static readonly Option<string> Reason = new("--reason")
    {
        Description = "Where it comes from, or why it is corrected",
        HelpName = "TEXT",
        Required = true,
    };

    private static readonly Option<string> Schema = new("--schema")
    {
        Description = "A schema of FollowTheMoney, such as Person",
        HelpName = "NAME",
        Required = true,
    };

    private static readonly Option<string?> OwnId = new("--id")
    {
        Description = "Its id in the source of your organisation (default: a new one)",
        HelpName = "ID",
    };

    private static readonly Option<string?> Label = new("--label")
    {
        Description = "Who may see it (default: your organisation, TLP:AMBER)",
        HelpName = "L",
    };

    private static readonly Option<string?> Evaluation = new("--evaluation")
    {
        Description = "How source and information are graded, such as B3",
        HelpName = "G",
    };

    private static readonly Option<string?> Category = new("--category")
    {
        Description = "What a person is in an enforcement context, such as suspect",
        HelpName = "C",
    };

    private static readonly Option<int?> Version = new("--version-seen")
    {
        Description = "The version that you correct (default: the one that stands)",
        HelpName = "N",
    };

    public static IEnumerable<Verb> All =>
        [
            new(
                new Command("add", "Enter a record in the own source of your organisation")
                {
                    Schema,
                    Set,
                    OwnId,
                    Label,
                    Evaluation,
                    Category,
                    Reason,
                },
                AddAsync,
                Group
            ),
            new(
                new Command("correct", "Make a new version of a record; what is not named stays")
                {
                    Id,
                    Set,
                    Version,
                    Reason,
                },
                CorrectAsync,
                Group
            ),
            new(
                new Command("history", "Each version of a record: who, when, why, what changed") { Id },
                HistoryAsync,
                Group
            ),
        ];

    private static async Task<int> AddAsync(ParseResult parsed, VerbContext context, CancellationToken cancellation)
    {
        var request = new WriteRecords.NewRecord(
            parsed.GetValue(Schema),
            ValuesOf(parsed).ToDictionary(v => v.Key, IReadOnlyList<string> (v) => v.Value, StringComparer.Ordinal),
            parsed.GetValue(Reason)
        )
        {
            Id = parsed.GetValue(OwnId),
            Label = parsed.GetValue(Label),
            Evaluation = parsed.GetValue(Evaluation),
            Category = parsed.GetValue(Category),
        };
        var work = await WorkAsync(context, cancellation);
        return await SayAsync(context, await Records(context).EnterAsync(work, request, cancellation));
    }

    private static async Task<int> CorrectAsync(ParseResult parsed, VerbContext context, CancellationToken cancellation)
    {
        var (work, id) = (await WorkAsync(context, cancellation), parsed.GetValue(Id)!);
        var record = await Records(context).NeedAsync(work, id, "record for correction", cancellation);
        var values = record.Properties.Names.ToDictionary(
            n => n,
            IReadOnlyList<string> (n) => record.Properties[n],
            StringComparer.Ordinal
        );
        foreach (var (name, written) in ValuesOf(parsed))
            values[name] = written;
        var correction = new WriteRecords.Correction(
            parsed.GetValue(Version) ?? record.Version,
            values,
            parsed.GetValue(Reason)
        );
        return await SayAsync(context, await Records(context).CorrectAsync(work, id, correction, cancellation));
    }

    private static async Task<int> HistoryAsync(ParseResult parsed, VerbContext context, CancellationToken cancellation)
    {
        var work = await WorkAsync(context, cancellation);
        var answer =
            await context
                .Services.GetRequiredService<RecordHistory>()
                .HandleAsync(work, parsed.GetValue(Id)!, cancellation)
            ?? throw new RefusedException(WriteRecords.NoSuchRecord);
        return await SayAsync(context, answer);
    }

    private static Dictionary<string, List<string>> ValuesOf(ParseResult parsed)
    {
        var values = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var text in parsed.GetValue(Set) ?? [])
        {
            var (name, value) = Assignment(text);
            if (!values.TryGetValue(name, out var list))
                values[name] = list = [];
            if (value.Length > 0)
                list.Add(value);
        }
        return values;
    }

    /// <exception cref="RefusedException">There is no name before a sign of equality.</exception>
    public static (string Name, string Value) Assignment(string text) =>
        text.IndexOf('=', StringComparison.Ordinal) is > 0 and var at
            ? (text[..at].Trim(), text[(at + 1)..])
            : throw new RefusedException(
                Refusal.BadRequest("set", $"'{text}' sets nothing", "Write NAME=VALUE, in quotes where it has blanks")
            );

    private static WriteRecords Records(VerbContext context) => context.Services.GetRequiredService<WriteRecords>();

    private static Task<Work> WorkAsync(VerbContext context, CancellationToken cancellation) =>
        context
            .Services.GetRequiredService<Accounts>()
            .NeedWorkOfAsync(context.Account, context.Justification, cancellation);

    private static async Task<int> SayAsync(VerbContext context, object answer)
    {
        await context.Out.WriteLineAsync(JsonSerializer.Serialize(answer, IntakeJson.Options));
        return 0;
    }
}
