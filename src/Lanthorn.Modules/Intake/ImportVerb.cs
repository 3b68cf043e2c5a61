using System.CommandLine;
using System.Text.Json;
using Lanthorn.Formats;
using Lanthorn.Governance.Contracts;
using Lanthorn.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Lanthorn.Intake;

/// <summary>The verb <c>import FILE… --source CODE</c>: streams files in and prints what became of their records.</summary>
internal static class ImportVerb
{
    /// <summary>The verbs that stand under it.</summary>
    public static readonly VerbGroup Group = new("import", "Bring files in, mend them and take them back");

    private const int Failed = 1;
    private const int SomeInQuarantine = 3;

    private static readonly Argument<FileInfo[]> Files = new("file")
    {
        Description = "Files of one source; sdn, alt and add of OFAC in any order",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string> Source = new("--source")
    {
        Description = "un-sc, us-ofac, eu-fsf, uk-sanctions, or any other code for a source of your own",
        HelpName = "CODE",
        Required = true,
    };

    private static readonly Option<string> Format = new("--format")
    {
        Description = $"auto, {string.Join(", ", RecordFormats.Names)}",
        HelpName = "NAME",
        DefaultValueFactory = _ => PlanImport.AnyFormat,
    };

    private static readonly Option<FileInfo?> Mapping = new("--mapping")
    {
        Description = "YAML that says which column of a table is what",
        HelpName = "M.yml",
    };

    private static readonly Option<string?> Label = new("--label")
    {
        Description = "Who may see it, such as purpose=enforcement;org=a|b;tlp=amber",
        HelpName = "L",
    };

    private static readonly Option<string?> Evaluation = new("--evaluation")
    {
        Description = "How source and information are graded, such as B3",
        HelpName = "G",
    };

    private static readonly Option<bool> Complete = new("--complete")
    {
        Description = "The files are the whole list: what is not in them has left it",
    };

    public static Verb Verb =>
        new(
            new Command("import", "Bring files of a source in; the same files again change nothing")
            {
                Files,
                Source,
                Format,
                Mapping,
                Label,
                Evaluation,
                Complete,
            },
            RunAsync
        );

    private static async Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellation)
    {
        var work = await context
            .Services.GetRequiredService<Accounts>()
            .NeedWorkOfAsync(context.Account, context.Justification, cancellation);
        var files = parsed.GetValue(Files)!;
        foreach (var file in files)
            RefuseMissing(file);
        var request = new ImportRequest(
            [.. files.Select(f => new InputFile(f.Name, f.OpenRead))],
            parsed.GetValue(Source)!
        )
        {
            Format = parsed.GetValue(Format)!,
            Mapping = parsed.GetValue(Mapping) is { } mapping ? await TextAsync(mapping, cancellation) : null,
            Label = parsed.GetValue(Label),
            Evaluation = parsed.GetValue(Evaluation),
            IsComplete = parsed.GetValue(Complete),
        };
        var outcome = await context
            .Services.GetRequiredService<ImportFiles>()
            .HandleAsync(work, request, Progress(context), cancellation);
        var tally = outcome.Tally;
        await context.Out.WriteLineAsync(
            JsonSerializer.Serialize(
                new
                {
                    read = tally.Read,
                    imported = tally.Imported,
                    unchanged = tally.Unchanged,
                    quarantined = tally.Quarantined,
                    seconds = Math.Round(outcome.Seconds, 3),
                }
            )
        );
        if (outcome.Failure is { } failure)
            await context.Messages.WriteLineAsync($"lanthorn: {failure}");
        return outcome.Failure is not null ? Failed
            : tally.Quarantined > 0 ? SomeInQuarantine
            : 0;
    }

    public static void RefuseMissing(FileInfo file)
    {
        if (!file.Exists)
            throw new RefusedException(
                Directory.Exists(file.FullName)
                    ? Refusal.BadRequest("no-file", $"{file.Name} is a folder", "Name the files in it")
                    : Refusal.BadRequest("no-file", $"There is no file {file.Name}", "Check the path")
            );
    }

    public static async Task<string> TextAsync(FileInfo mapping, CancellationToken cancellation)
    {
        RefuseMissing(mapping);
        // A character has at most four bytes: what is longer is refused unread.
        return mapping.Length <= 4L * ColumnMapping.MaxLength
            ? await File.ReadAllTextAsync(mapping.FullName, cancellation)
            : throw new RefusedException(PlanImport.MappingTooLong);
    }

    /// <summary>A line that counts, on a terminal only.</summary>
    private static Progress<ImportTally>? Progress(VerbContext context) =>
        Console.IsErrorRedirected
            ? null
            : new Progress<ImportTally>(tally =>
                context.Messages.Write($"\r{tally.Read} read, {tally.Imported} imported ")
            );
}
