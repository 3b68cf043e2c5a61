using System.Globalization;
using Lanthorn.Knowledge;
using Lanthorn.Matching;
using Spectre.Console;

namespace Lanthorn.Bench.Matching;

/// <summary>
/// The candidate index alone at size: building it, freezing it into columns, opening those again, what it holds in memory,
/// and how long a query takes on the live and on the frozen one. One thread; processor time beside the clock's, because the
/// machine may be shared.
/// </summary>
internal static class IndexScale
{
    private const int QueriesPerSecond = 40;
    private const int Limit = 20;

    public static void Run(Options options)
    {
        var queries = options.Seconds * QueriesPerSecond;
        var table = Report.Table($"index of {options.Records:N0} generated persons", "measure", "value", "unit");
        var index = new CandidateIndex();
        var building = new Clock();
        var ordinal = 0;
        foreach (var line in GeneratedPeople.Lines(options.Records))
        {
            var properties = Properties.FromJson(GeneratedPeople.PropertiesOf(line));
            index.Put(ordinal, 0, (ulong)ordinal * 0x9E3779B97F4A7C15, Prepare(properties));
            ordinal++;
        }
        Add("built", building.Cpu.TotalSeconds, "CPU s");
        Add("live, in memory", Held(), "MiB");
        Measure(index, "live", queries, Add);

        var freezing = new Clock();
        var columns = new Dictionary<string, List<byte[]>>(StringComparer.Ordinal);
        index
            .BeginFreezing()
            .Write(
                (name, bytes) =>
                {
                    if (!columns.TryGetValue(name, out var pieces))
                        columns[name] = pieces = [];
                    pieces.Add(bytes.ToArray());
                },
                CancellationToken.None
            );
        Add("frozen", freezing.Cpu.TotalSeconds, "CPU s");
        var joined = columns.ToDictionary(
            c => c.Key,
            c => (ReadOnlyMemory<byte>)c.Value.SelectMany(p => p).ToArray(),
            StringComparer.Ordinal
        );
        columns.Clear();
        foreach (var (name, bytes) in joined.OrderByDescending(c => c.Value.Length).Take(6))
            Add($"column {name}", bytes.Length / 1048576.0, "MiB");
        Add("columns", joined.Values.Sum(c => (double)c.Length) / 1048576, "MiB");
        var opening = new Clock();
        index = new(new FrozenColumns(joined));
        Add("opened", opening.Cpu.TotalSeconds, "CPU s");
        Measure(index, "frozen", queries, Add);
        AnsiConsole.Write(table);

        void Add(string measure, double value, string unit) =>
            table.AddRow(measure, value.ToString("0.00", CultureInfo.InvariantCulture), unit);
    }

    private static void Measure(CandidateIndex of, string name, int queries, Action<string, double, string> add)
    {
        var random = new Random(GeneratedPeople.Seed + 1);
        var found = new Candidate[Limit];
        var (finding, scoring, hits) = (TimeSpan.Zero, TimeSpan.Zero, 0);
        for (var query = -20; query < queries; query++)
        {
            var subject = Named(GeneratedPeople.Name(random));
            var clock = new Clock();
            var count = of.Find(subject, [1], null, Limit, found);
            var took = clock.Cpu;
            clock = new();
            foreach (var candidate in found.AsSpan(0, count))
                Scorer.Value(subject, of.GetPrepared(candidate.Ordinal)!, ScoreSettings.Default);
            if (query < 0)
                continue;
            (finding, scoring, hits) = (finding + took, scoring + clock.Cpu, hits + count);
        }
        add($"{name}: find {Limit} candidates", finding.TotalMilliseconds / queries, "CPU ms");
        add($"{name}: score them ({hits / queries} found)", scoring.TotalMilliseconds / queries, "CPU ms");
    }

    private static PreparedSubject Prepare(Properties properties) =>
        PreparedSubject.Prepare(Model.Get("Person"), properties);

    private static PreparedSubject Named(string name)
    {
        var properties = new Properties.Builder();
        properties.Add("name", name);
        return Prepare(properties.Build());
    }

    private static double Held() => GC.GetTotalMemory(forceFullCollection: true) / 1048576.0;

    /// <summary>Processor time of this process since it was made.</summary>
    private readonly struct Clock()
    {
        private readonly TimeSpan start = Environment.CpuUsage.TotalTime;

        public TimeSpan Cpu => Environment.CpuUsage.TotalTime - start;
    }
}
