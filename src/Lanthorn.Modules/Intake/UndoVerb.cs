using System.CommandLine;
using System.Text.Json;
using Lanthorn.Governance.Contracts;
using Lanthorn.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Lanthorn.Intake;

/// <summary>The verb <c>import undo IMPORT --reason TEXT</c>: takes a whole import back.</summary>
internal static class UndoVerb
{
    private static readonly Argument<string> Import = new("import")
    {
        Description = "Id of the import, as the list of imports has it, or a source code for its newest import",
    };

    private static readonly Option<string?> Reason = new("--reason")
    {
        Description = "Why the import is taken back; needed unless it is only counted",
        HelpName = "TEXT",
    };

    private static readonly Option<bool> Preview = new("--preview")
    {
        Description = "Only count what would be taken back",
    };

    public static Verb Verb =>
        new(
            new Command("undo", "Take a whole import back: its versions are withdrawn") { Import, Reason, Preview },
            RunAsync,
            ImportVerb.Group
        );

    private static async Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellation)
    {
        var work = await context
            .Services.GetRequiredService<Accounts>()
            .NeedWorkOfAsync(context.Account, context.Justification, cancellation);
        var undo = context.Services.GetRequiredService<UndoImport>();
        var imports = context.Services.GetRequiredService<ImportProgress>();
        var named = parsed.GetValue(Import)!;
        var id = await imports.NewestOfAsync(work, named, cancellation) ?? named;
        var counts = parsed.GetValue(Preview)
            ? await undo.PreviewAsync(work, id, cancellation)
            : await undo.HandleAsync(work, id, parsed.GetValue(Reason), cancellation);
        await context.Out.WriteLineAsync(JsonSerializer.Serialize(counts, IntakeJson.Options));
        return 0;
    }
}
