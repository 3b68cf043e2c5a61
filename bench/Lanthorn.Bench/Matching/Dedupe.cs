using System.Diagnostics;
using System.Globalization;
using Lanthorn.Knowledge;
using Lanthorn.Matching;
using Spectre.Console;

namespace Lanthorn.Bench.Matching;

/// <summary>
/// Deduplication of the labelled files of the data pack, every column but the truth given to it as it stands: pairwise
/// precision, recall and F1. With <c>--records N</c> instead, so many generated rows, for the time they take.
/// </summary>
internal static class Dedupe
{
    private const int Seed = 20261126;

    private sealed record Set(
        string File,
        string[] Columns,
        string[] Properties,
        Func<Dictionary<string, string>, string> Truth
    );

    private static readonly string[] Febrl =
    [
        "given_name",
        "surname",
        "street_number",
        "address_1",
        "address_2",
        "suburb",
        "postcode",
        "state",
        "date_of_birth",
        "soc_sec_id",
    ];

    private static readonly string[] FebrlProperties =
    [
        "firstName",
        "lastName",
        "address",
        "address",
        "address",
        "address",
        "address",
        "address",
        "birthDate",
        "idNumber",
    ];

    private static readonly Set[] Sets =
    [
        new("febrl_dataset1.csv", Febrl, FebrlProperties, FebrlTruth),
        new("febrl_dataset2.csv", Febrl, FebrlProperties, FebrlTruth),
        new(
            "fake_1000.csv",
            ["first_name", "surname", "dob", "city", "email"],
            ["firstName", "lastName", "birthDate", "address", "email"],
            r => r["cluster"]
        ),
        new(
            "historical_50k.csv",
            ["full_name", "dob", "birth_place", "postcode_fake", "gender", "occupation"],
            ["name", "birthDate", "birthPlace", "address", "gender", "position"],
            r => r["cluster"]
        ),
        new(
            "historical_50k.csv",
            ["first_name", "surname", "dob", "birth_place", "postcode_fake", "gender", "occupation"],
            ["firstName", "lastName", "birthDate", "birthPlace", "address", "gender", "position"],
            r => r["cluster"]
        ),
    ];

    public static void Run(Options options, CancellationToken cancellation)
    {
        if (options.Has("--records"))
        {
            AtSize(options, cancellation);
            return;
        }
        var person = Model.Get("Person");
        var folder = Path.Combine(OfficialNames.NeedPack(options), "dedupe");
        var table = Report.Table("deduplication", "file", "rows", "pairs", "precision", "recall", "F1", "seconds");
        foreach (var set in Sets)
        {
            var rows = CsvRows.Read(Path.Combine(folder, set.File));
            var links = new LinkTable(
                [
                    .. set.Columns.Zip(
                        set.Properties,
                        (c, p) => new LinkField(c, LinkField.KindOf(person, p), EntityAssembly.IsStrongIdentifier(p))
                    ),
                ],
                SubjectKind.Person
            );
            foreach (var row in rows)
                links.Add([.. set.Columns.Select(c => row.GetValueOrDefault(c) ?? row.GetValueOrDefault($" {c}"))]);
            var started = Stopwatch.GetTimestamp();
            var result = Deduplication.Run(links, Seed, null, cancellation);
            var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            var outcome = PairQuality.Of(result.Cluster, [.. rows.Select(set.Truth)]);
            table.AddRow(
                set.File,
                Report.Count(rows.Count),
                Report.Count(result.Pairs),
                Report.Share(outcome.Precision),
                Report.Share(outcome.Recall),
                outcome.F1.ToString("0.0000", CultureInfo.InvariantCulture),
                seconds.ToString("0.0", CultureInfo.InvariantCulture)
            );
        }
        AnsiConsole.Write(table);
    }

    /// <summary>Generated persons, a fifth of the rows being others again with a letter lost, another town, a slip in the date.</summary>
    private static void AtSize(Options options, CancellationToken cancellation)
    {
        var records = options.Records;
        var random = new Random(Seed);
        var links = new LinkTable(
            [
                new("name", LinkFieldKind.Name),
                new("born", LinkFieldKind.Date),
                new("town", LinkFieldKind.Text),
                new("phone", LinkFieldKind.Identifier),
            ],
            SubjectKind.Person
        );
        var truth = new List<string>(records);
        string?[] last = [];
        for (var row = 0; row < records; row++)
        {
            var isAgain = row > 0 && random.Next(5) == 0;
            last = isAgain ? Damaged(random, last) : Person(random);
            truth.Add(isAgain ? truth[^1] : $"{row}");
            links.Add(last);
        }
        var started = Stopwatch.GetTimestamp();
        var result = Deduplication.Run(links, Seed, options.Has("--steps") ? new Steps(started) : null, cancellation);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var outcome = PairQuality.Of(result.Cluster, truth);
        using var process = Process.GetCurrentProcess();
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{records:N0} generated rows: {seconds:0.0} s, {result.Pairs:N0} pairs, peak {process.PeakWorkingSet64 >> 20:N0} MiB, precision {outcome.Precision:0.0000}, recall {outcome.Recall:0.0000}, F1 {outcome.F1:0.0000}"
            )
        );
    }

    /// <summary>When each step began.</summary>
    private sealed class Steps(long started) : IProgress<DeduplicationProgress>
    {
        private string last = "";

        public void Report(DeduplicationProgress value)
        {
            if (value.Step == last)
                return;
            last = value.Step;
            Console.WriteLine($"{Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s: {value.Step}");
        }
    }

    private static string?[] Person(Random random) =>
        [
            GeneratedPeople.Name(random),
            $"{random.Next(1940, 2006)}-{random.Next(1, 13):00}-{random.Next(1, 29):00}",
            $"Town {random.Next(3_000)}",
            random.Next(3) == 0 ? null : $"888{random.Next(100_000_000, 999_999_999)}",
        ];

    private static string?[] Damaged(Random random, string?[] row)
    {
        var again = row.ToArray();
        if (random.Next(2) == 0 && again[0] is { Length: > 6 } name)
            again[0] = name.Remove(random.Next(name.Length), 1);
        if (random.Next(5) == 0)
            again[1] = $"{again[1]![..8]}{random.Next(1, 29):00}";
        if (random.Next(4) == 0)
            again[2] = random.Next(2) == 0 ? null : $"Town {random.Next(3_000)}";
        if (random.Next(3) == 0)
            again[3] = null;
        return again;
    }

    /// <summary>rec-223-org and rec-223-dup-0 are one.</summary>
    private static string FebrlTruth(Dictionary<string, string> row) => row["rec_id"].Split('-')[1];
}
