using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Lanthorn.Formats;
using Lanthorn.Governance.Contracts;
using Lanthorn.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Lanthorn.Intake;

/// <summary>The verb <c>import replay IMPORT</c>: reads refused rows again, corrected or with another mapping.</summary>
internal static class ReplayVerb
{
    private const int SomeInQuarantine = 3;

    /// <summary>The column of a file of corrected rows that says which row each is.</summary>
    private const string NumberColumn = "quarantine_row";

    private static readonly Argument<string> Import = new("import")
    {
        Description = "Id of the import, as the list of imports has it, or a source code for its newest import",
    };

    private static readonly Option<long?> Row = new("--row")
    {
        Description = "Number of one refused row (default: all that are not mended)",
        HelpName = "N",
    };

    private static readonly Option<string[]> Set = new("--set")
    {
        Description = "A corrected value of that row, such as BORN=1981-05-17",
        HelpName = "COLUMN=VALUE",
        DefaultValueFactory = _ => [],
    };

    private static readonly Option<FileInfo?> Corrected = new("--file")
    {
        Description = $"Corrected rows as CSV: the import's columns, and {NumberColumn} with the number of each row",
        HelpName = "CORRECTED.csv",
    };

    private static readonly Option<FileInfo?> Mapping = new("--mapping")
    {
        Description = "A corrected mapping, which the import keeps",
        HelpName = "M.yml",
    };

    public static Verb Verb =>
        new(
            new Command("replay", "Read refused rows of an import again: corrected, or with another mapping")
            {
                Import,
                Row,
                Set,
                Corrected,
                Mapping,
            },
            RunAsync,
            ImportVerb.Group
        );

    private static async Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellation)
    {
        var work = await context
            .Services.GetRequiredService<Accounts>()
            .NeedWorkOfAsync(context.Account, context.Justification, cancellation);
        var named = parsed.GetValue(Import)!;
        var id =
            await context.Services.GetRequiredService<ImportProgress>().NewestOfAsync(work, named, cancellation)
            ?? named;
        var rows = await RowsAsync(parsed, context, (work, id), cancellation);
        var mapping = parsed.GetValue(Mapping) is { } file ? await ImportVerb.TextAsync(file, cancellation) : null;
        var answer = await context
            .Services.GetRequiredService<ReplayRows>()
            .HandleAsync(work, id, new(rows, mapping), cancellation);
        await context.Out.WriteLineAsync(JsonSerializer.Serialize(answer, IntakeJson.Options));
        return answer.Refused.Count > 0 ? SomeInQuarantine : 0;
    }

    private static async Task<IReadOnlyDictionary<long, string>?> RowsAsync(
        ParseResult parsed,
        VerbContext context,
        (Work Work, string Import) on,
        CancellationToken cancellation
    )
    {
        if (parsed.GetValue(Corrected) is { } file)
            return await CorrectedAsync(file, parsed.GetValue(Row), cancellation);
        var set = (parsed.GetValue(Set) ?? []).Select(RecordVerbs.Assignment).ToList();
        if (parsed.GetValue(Row) is not { } number)
            return set.Count == 0
                ? null
                : throw Refuse("A value is set in no row", "Say which row with --row, or correct several with --file");
        var values = set.GroupBy(s => s.Name, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Last().Value, StringComparer.Ordinal);
        return new Dictionary<long, string>
        {
            [number] = await ReplayEndpoint.MendedAsync(
                context.Services.GetRequiredService<ReadQuarantine>(),
                on.Work,
                (on.Import, number),
                (values, null),
                cancellation
            ),
        };
    }

    /// <summary>The rows of a table by their numbers; a table of one row may leave the number to <c>--row</c>.</summary>
    private static async Task<Dictionary<long, string>> CorrectedAsync(
        FileInfo file,
        long? only,
        CancellationToken cancellation
    )
    {
        ImportVerb.RefuseMissing(file);
        var rows = new Dictionary<long, string>();
        await foreach (var columns in TableRows.ReadAsync(new(file.Name, file.OpenRead), cancellation))
        {
            var given = columns.FirstOrDefault(c => c.Column == NumberColumn).Value;
            if (!long.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                number =
                    only
                    ?? throw Refuse(
                        $"A row of {file.Name} does not say which one it is",
                        $"Give each its number in the column {NumberColumn}, or name one row with --row"
                    );
            rows[number] = RefusedRow.OfColumns(columns.Where(c => c.Column != NumberColumn));
            if (rows.Count > ImportJournal.MaxKept)
                throw Refuse($"{file.Name} has more rows than a quarantine", "Import it as a file of its own");
        }
        return rows.Count > 0 ? rows : throw Refuse($"{file.Name} has no rows", "The first row names the columns");
    }

    private static RefusedException Refuse(string message, string wayOut) =>
        new(Refusal.BadRequest("replay", message, wayOut));
}
