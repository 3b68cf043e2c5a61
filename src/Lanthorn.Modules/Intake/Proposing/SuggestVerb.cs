using System.CommandLine;
using System.Text.Json;
using Lanthorn.Formats;
using Lanthorn.Governance.Contracts;
using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Lanthorn.Intake.Proposing;

/// <summary>The verb <c>import suggest FILE</c>: prints a mapping for a table, to be corrected and given to <c>import</c>.</summary>
internal static class SuggestVerb
{
    private static readonly Argument<FileInfo> Table = new("file")
    {
        Description = "A table: CSV or a workbook (.xlsx), with the names of the columns in its first row",
    };

    private static readonly Option<string?> SchemaName = new("--schema")
    {
        Description = "What a row is about, such as Person (default: what the headings speak for)",
        HelpName = "SCHEMA",
    };

    private static readonly Option<string?> Sheet = new("--sheet")
    {
        Description = "The sheet of a workbook (default: its first)",
        HelpName = "S",
    };

    private static readonly Option<string?> Delimiter = new("--delimiter")
    {
        Description = "What separates the columns, such as ; or tab (default: found out)",
        HelpName = "C",
    };

    private static readonly Option<string?> Encoding = new("--encoding")
    {
        Description = "The encoding of the text, such as windows-1252 (default: found out)",
        HelpName = "E",
    };

    public static Verb Verb =>
        new(
            new Command("suggest", "Print a mapping for a table, to be looked at, corrected and given to import")
            {
                Table,
                SchemaName,
                Sheet,
                Delimiter,
                Encoding,
            },
            RunAsync,
            ImportVerb.Group
        );

    private static async Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellation)
    {
        var work = await context
            .Services.GetRequiredService<Accounts>()
            .NeedWorkOfAsync(context.Account, context.Justification, cancellation);
        var file = parsed.GetValue(Table)!;
        ImportVerb.RefuseMissing(file);
        var name = parsed.GetValue(SchemaName);
        var schema = Model.Find(name);
        if (name is not null && schema is not { Abstract: false })
            throw new RefusedException(TableReadings.NoSuchSchema(name));
        var reading = TableReadings.Of(field =>
            parsed.GetValue(
                field switch
                {
                    "sheet" => Sheet,
                    "delimiter" => Delimiter,
                    _ => Encoding,
                }
            )
        );
        var proposal = await context
            .Services.GetRequiredService<ProposeMapping>()
            .HandleAsync(work, new InputFile(file.Name, file.OpenRead), schema, reading, cancellation);
        if (context.Json)
            await context.Out.WriteLineAsync(
                JsonSerializer.Serialize(SuggestEndpoint.Answer.Of(proposal), IntakeJson.Options)
            );
        else
            await context.Out.WriteAsync(proposal.Choice.ToMapping(proposal.Head).ToYaml());
        if (proposal.Head.IsEncodingGuessed)
            await context.Messages.WriteLineAsync(
                $"lanthorn: the text is not UTF-8; {proposal.Head.Encoding} is a guess"
            );
        return 0;
    }
}
