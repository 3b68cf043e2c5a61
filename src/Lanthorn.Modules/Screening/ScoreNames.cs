using System.CommandLine;
using System.Data;
using System.Globalization;
using System.Text.Json;
using Lanthorn.Knowledge;
using Lanthorn.Matching;
using Lanthorn.Platform;
using Sylvan.Data.Csv;

namespace Lanthorn.Screening;

/// <summary>
/// The verb <c>score NAME1 NAME2</c>: how alike two names are, part by part; or, for a CSV with the columns schema, name1 and
/// name2, the same rows with score and match.
/// </summary>
internal static class ScoreNames
{
    private static readonly Argument<string[]> Names = new("names")
    {
        Description = "Two names, in any script",
        Arity = new ArgumentArity(0, 2),
    };

    private static readonly Option<string> SchemaName = new("--schema")
    {
        Description = "What the names are of: Person, Company, Vessel …",
        DefaultValueFactory = _ => "Person",
    };

    private static readonly Option<FileInfo?> Pairs = new("--pairs")
    {
        Description = "CSV with the columns schema,name1,name2; writes the same rows with score,match",
        HelpName = "F.csv",
    };

    private static readonly Option<double> Threshold = new("--threshold")
    {
        Description = "From which score a pair is a match",
        DefaultValueFactory = _ => MatchRequest.DefaultThreshold,
    };

    public static Verb Verb { get; } =
        new(
            new Command("score", "How alike two names are, and why") { Names, SchemaName, Pairs, Threshold },
            (parsed, context, cancellation) =>
                parsed.GetValue(Pairs) is { } file
                    ? ScoreFileAsync(file, parsed.GetValue(Threshold), context, cancellation)
                    : ScorePairAsync(parsed.GetValue(Names)!, parsed.GetValue(SchemaName)!, context),
            TouchesStore: _ => false
        );

    private static async Task<int> ScorePairAsync(string[] names, string schemaName, VerbContext context)
    {
        if (names.Length != 2)
            throw new RefusedException(Refusal.BadRequest("two-names", "Give two names, or a file with --pairs"));
        var schema =
            Model.Find(schemaName)
            ?? throw new RefusedException(
                Refusal.BadRequest("unknown-schema", $"No schema '{schemaName}'", "Use Person, Company, Vessel …")
            );
        var score = NameScore.Compare(names[0], names[1], schema);
        if (context.Json)
        {
            await context.Out.WriteLineAsync(
                JsonSerializer.Serialize(
                    new
                    {
                        score = Math.Round(score.Value, 6),
                        parts = score.Parts.Select(p => new
                        {
                            feature = p.Feature,
                            points = Math.Round(p.Points, 6),
                            detail = p.Detail,
                        }),
                    },
                    JsonAnswers.Options
                )
            );
            return 0;
        }
        await context.Out.WriteLineAsync(score.Value.ToString("0.000", CultureInfo.InvariantCulture));
        foreach (var part in score.Parts)
            await context.Out.WriteLineAsync(
                $"  {part.Points, 7:+0.000;-0.000} {part.Feature}: {part.Detail}".ToString(CultureInfo.InvariantCulture)
            );
        return 0;
    }

    private static async Task<int> ScoreFileAsync(
        FileInfo file,
        double threshold,
        VerbContext context,
        CancellationToken cancellation
    )
    {
        if (!file.Exists)
            throw new RefusedException(
                Refusal.BadRequest("no-file", $"There is no file {file.Name}", "Check the path")
            );
        using var table = new DataTable { Locale = CultureInfo.InvariantCulture };
        await using (
            var reader = await CsvDataReader.CreateAsync(file.FullName, new CsvDataReaderOptions(), cancellation)
        )
            table.Load(reader);
        if (!table.Columns.Contains("name1") || !table.Columns.Contains("name2"))
        {
            var columns = string.Join(", ", table.Columns.Cast<DataColumn>().Select(c => c.ColumnName));
            throw new RefusedException(
                Refusal.BadRequest(
                    "missing-columns",
                    $"{file.Name} lacks the columns name1 and name2",
                    $"It has {columns}"
                )
            );
        }
        var (score, match) = (table.Columns.Add("score", typeof(string)), table.Columns.Add("match", typeof(string)));
        foreach (DataRow row in table.Rows)
        {
            var schema =
                Model.Find(table.Columns.Contains("schema") ? row["schema"] as string : null) ?? Model.Get("Person");
            var value = NameScore.Compare($"{row["name1"]}", $"{row["name2"]}", schema).Value;
            row[score] = value.ToString("0.0000", CultureInfo.InvariantCulture);
            row[match] = value >= threshold ? "true" : "false";
        }
        await using var writer = CsvDataWriter.Create(context.Out);
        await writer.WriteAsync(table.CreateDataReader(), cancellation);
        return 0;
    }
}
