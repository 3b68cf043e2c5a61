using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Lanthorn.Formats;
using Lanthorn.Knowledge;
using Lanthorn.Matching;
using Lanthorn.Platform;

namespace Lanthorn.Screening;

/// <summary>
/// The verb <c>dedupe --input F.csv --mapping M.yml --out clusters.csv</c>: which rows of a table are about the same thing.
/// Nothing of it touches the store. Statistics come from the file itself, which is the asker's own. Without a table it is
/// <see cref="DedupeStore"/>.
/// </summary>
internal static class DedupeFile
{
    private const int Seed = 20261126;

    /// <summary>More rows would not fit beside the pairs of them.</summary>
    private const int MaxRows = 5_000_000;

    private static readonly Option<FileInfo?> Input = new("--input")
    {
        Description =
            "A table with headings in its first row: CSV or a workbook (.xlsx); without it, the installation's own",
        HelpName = "F.csv",
    };

    private static readonly Option<FileInfo?> Mapping = new("--mapping")
    {
        Description = "Which column is what, as for imports (`import suggest` proposes one)",
        HelpName = "M.yml",
    };

    private static readonly Option<FileInfo> To = new("--out")
    {
        Description = "Where the groups go: record_id,cluster_id,score, a row for each record",
        HelpName = "clusters.csv",
        Required = true,
    };

    private static readonly Option<string?> Truth = new("--truth")
    {
        Description = "A column that says which rows are the same: prints precision, recall and F1 over pairs",
        HelpName = "COLUMN",
    };

    /// <param name="Duplicates">Rows that are about what another row before them is about.</param>
    /// <param name="Damaged">Rows that could not be read; each stands alone.</param>
    private sealed record Summary(int Records, int Clusters, int Duplicates, long Pairs, int Damaged, double Seconds)
    {
        public double? Precision { get; init; }
        public double? Recall { get; init; }
        public double? F1 { get; init; }
    }

    public static Verb Verb { get; } =
        new(
            new Command(
                "dedupe",
                "Groups records that are about the same thing: of a table, or, joining what is sure, the installation's own"
            )
            {
                Input,
                Mapping,
                To,
                Truth,
                DedupeStore.Source,
                DedupeStore.Since,
            },
            RunAsync,
            TouchesStore: parsed => parsed.GetValue(Input) is null
        );

    private static async Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellation)
    {
        var ofTable = parsed.GetValue(Mapping) is not null || parsed.GetValue(Truth) is not null;
        var ofStore = parsed.GetValue(DedupeStore.Source) is not null || parsed.GetValue(DedupeStore.Since) is not null;
        if (parsed.GetValue(Input) is null ? ofTable : ofStore)
            throw Refuse(
                "mixed",
                "--mapping and --truth are of a table, --source and --since of the installation's own records",
                "Give --input with the former, or leave it out"
            );
        if (parsed.GetValue(Input) is not { } given)
            return await DedupeStore.RunAsync(parsed, context, parsed.GetValue(To)!, cancellation);
        if (parsed.GetValue(Mapping) is not { } said)
            throw Refuse("mapping", "--mapping is missing", "`import suggest` proposes one");
        var started = Stopwatch.GetTimestamp();
        var (file, mapping) = (Existing(given), Existing(said));
        if (mapping.Length > ColumnMapping.MaxLength)
            throw Refuse("mapping", $"{mapping.Name} has {mapping.Length} bytes", "A mapping is a short YAML file");
        var read = ColumnMapping.Parse(await File.ReadAllTextAsync(mapping.FullName, cancellation));
        if (!read.IsAccepted)
            throw Refuse(
                "mapping",
                $"{mapping.Name}: {read.Reason}",
                "Correct it, or have `import suggest` propose one"
            );
        var table = await ReadAsync(file, read.Value, parsed.GetValue(Truth), cancellation);
        var progress = new Said(context.Messages);
        var result = Deduplication.Run(table.Links, Seed, progress, cancellation);
        await WriteAsync(parsed.GetValue(To)!, table, result, cancellation);
        var clusters = result.Cluster.Distinct().Count();
        var summary = new Summary(
            table.Ids.Count,
            clusters,
            table.Ids.Count - clusters,
            result.Pairs,
            table.Damaged,
            Math.Round(Stopwatch.GetElapsedTime(started).TotalSeconds, 2)
        );
        if (table.Truth is { } truth)
        {
            var quality = PairQuality.Of(result.Cluster, truth);
            summary = summary with { Precision = quality.Precision, Recall = quality.Recall, F1 = quality.F1 };
        }
        await SayAsync(context, summary);
        return table.Damaged > 0 ? 3 : 0;
    }

    /// <summary>The rows as the engine wants them, with what the result is written with.</summary>
    private sealed record Table(LinkTable Links, List<string> Ids, List<string>? Truth)
    {
        public int Damaged { get; set; }
    }

    private static async Task<Table> ReadAsync(
        FileInfo file,
        ColumnMapping mapping,
        string? truth,
        CancellationToken cancellation
    )
    {
        var input = new InputFile(file.Name, file.OpenRead);
        try
        {
            var reading = new TableReading(mapping.Sheet, mapping.Delimiter, mapping.Encoding);
            var head = await TableHead.ReadAsync(input, reading, cancellation);
            var names = head.Columns.Select(c => c.Name).ToList();
            var fields = FieldsOf(mapping);
            int[] at = [.. fields.Select(f => At(names, f.Name))];
            var (id, told) = (At(names, mapping.IdColumn), truth is null ? -1 : At(names, truth));
            var table = new Table(new(fields, KindOf(mapping.Schema)), [], truth is null ? null : []);
            await foreach (var row in TableBody.ReadAsync(input, head, cancellation))
            {
                if (table.Ids.Count == MaxRows)
                    throw Refuse(
                        "rows",
                        $"{file.Name} has more than {MaxRows:N0} rows",
                        "Divide it by country or year"
                    );
                table.Ids.Add(row.Cells[id] is { Length: > 0 } own ? own : $"line {row.Line}");
                table.Truth?.Add(row.Cells[told]);
                table.Damaged += row.Damage is null ? 0 : 1;
                table.Links.Add([.. at.Select(a => row.Damage is null ? row.Cells[a] : null)]);
            }
            return table;
        }
        catch (UnreadableFileException unreadable)
        {
            throw Refuse("file", unreadable.Message, "Correct the file and try again");
        }
    }

    /// <summary>
    /// A field for each column. Parts of names tell more than the whole, which would say the same once more: it is left out
    /// where both are there.
    /// </summary>
    private static List<LinkField> FieldsOf(ColumnMapping mapping)
    {
        var parts = mapping.Properties.Select(p => p.Property).ToHashSet(StringComparer.Ordinal);
        var hasParts = parts.Contains("firstName") && parts.Contains("lastName");
        var fields = mapping
            .Properties.Where(p => !(hasParts && p.Property is "name"))
            .SelectMany(p =>
                p.Columns.Select(c => new LinkField(
                    c,
                    LinkField.KindOf(mapping.Schema, p.Property),
                    EntityAssembly.IsStrongIdentifier(p.Property)
                ))
            )
            .DistinctBy(f => f.Name)
            .Where(f => f.Name != mapping.IdColumn)
            .ToList();
        if (fields.Count is 0 or > LinkTable.MaxFields)
            throw Refuse(
                "mapping",
                $"The mapping names {fields.Count} columns beside the id",
                $"Name 1 to {LinkTable.MaxFields} that tell records apart"
            );
        return fields;
    }

    private static SubjectKind KindOf(Schema schema) =>
        schema.IsA("Person") ? SubjectKind.Person
        : schema.IsA("Organization") ? SubjectKind.Organisation
        : schema.IsA("Vessel") ? SubjectKind.Vessel
        : SubjectKind.Other;

    private static int At(List<string> names, string name) =>
        names.IndexOf(name) is >= 0 and var at
            ? at
            : throw Refuse("columns", $"There is no column '{name}'", $"The columns are {string.Join(", ", names)}");

    private static async Task WriteAsync(
        FileInfo file,
        Table table,
        DeduplicationResult result,
        CancellationToken cancellation
    )
    {
        // Beside it first: whoever breaks off has the earlier file still.
        var beside = file.FullName + ".new";
        await using (var text = new StreamWriter(beside, append: false))
        {
            await text.WriteLineAsync("record_id,cluster_id,score");
            for (var row = 0; row < table.Ids.Count; row++)
            {
                cancellation.ThrowIfCancellationRequested();
                var score = result.Score[row].ToString("0.0000", CultureInfo.InvariantCulture);
                var (own, cluster) = (table.Ids[row], table.Ids[result.Cluster[row]]);
                await text.WriteLineAsync($"{Plain(own)},{Plain(cluster)},{score}");
            }
        }
        File.Move(beside, file.FullName, overwrite: true);
    }

    /// <summary>Ids are written as they were read, in quotes where they need them: programs compare them.</summary>
    internal static string Plain(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static async Task SayAsync(VerbContext context, Summary summary)
    {
        if (context.Json)
        {
            await context.Out.WriteLineAsync(JsonSerializer.Serialize(summary, JsonAnswers.Options));
            return;
        }
        await context.Out.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{summary.Records} records, {summary.Clusters} groups, {summary.Duplicates} duplicates, {summary.Pairs} pairs compared in {summary.Seconds:0.0} s"
            )
        );
        if (summary.Damaged > 0)
            await context.Out.WriteLineAsync($"{summary.Damaged} rows could not be read; each stands alone");
        if (summary.F1 is not null)
            await context.Out.WriteLineAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"precision {summary.Precision:0.0000}, recall {summary.Recall:0.0000}, F1 {summary.F1:0.0000}"
                )
            );
    }

    private static FileInfo Existing(FileInfo file) =>
        file.Exists ? file : throw Refuse("file", $"There is no file {file.Name}", "Check the path");

    private static RefusedException Refuse(string code, string message, string wayOut) =>
        new(Refusal.BadRequest($"dedupe-{code}", message, wayOut));

    /// <summary>A line for each step.</summary>
    private sealed class Said(TextWriter messages) : IProgress<DeduplicationProgress>
    {
        private readonly Lock saying = new();
        private string last = "";

        public void Report(DeduplicationProgress value)
        {
            lock (saying)
            {
                if (value.Step == last)
                    return;
                last = value.Step;
                messages.WriteLine(value.All > 0 ? $"{value.Step} {value.All:N0} pairs …" : $"{value.Step} …");
            }
        }
    }
}
