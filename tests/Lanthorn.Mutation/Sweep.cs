using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Lanthorn.Mutation;

/// <summary>All faults of a folder, or a sample of them, each judged by the tests.</summary>
internal sealed class Sweep
{
    /// <summary>The share of faults that the tests are to notice.</summary>
    private const double Target = .8;

    /// <summary>The folder of the product whose code is changed; its project is the nearest one above.</summary>
    public required string Folder { get; init; }

    /// <summary>The test classes that judge; none is all.</summary>
    public List<string> Tests { get; } = [];

    /// <summary>How many faults are tried; 0 is all.</summary>
    public int Sample { get; set; }

    public int Seed { get; set; } = 1;

    public int Workers { get; set; } = 2;

    /// <summary>Faults known to survive, a line each, with the reason after a tab.</summary>
    public string? Known { get; set; }

    /// <summary>
    /// True where enough faults are noticed. A sample is judged by what is known instead: one that survives and is not
    /// known to is a hole that somebody just made.
    /// </summary>
    public async Task<bool> RunAsync(CancellationToken cancellation)
    {
        var project = ProjectOf(Folder);
        var built = Path.Combine(project, "..", "..", "tests", "Lanthorn.Tests", "bin", "Release", "net10.0");
        var workshop = new Workshop(project, Path.GetFullPath(built));
        var changes = Changes(workshop);
        var scratch = Directory.CreateTempSubdirectory("lanthorn-mutation-").FullName;
        try
        {
            var desks = new ConcurrentQueue<Judging>(await DesksAsync(workshop, built, scratch, cancellation));
            var outcomes = new ConcurrentBag<(Change Change, Outcome Outcome)>();
            var options = new ParallelOptions { MaxDegreeOfParallelism = Workers, CancellationToken = cancellation };
            await Parallel.ForEachAsync(
                changes,
                options,
                async (change, token) =>
                {
                    if (!desks.TryDequeue(out var desk))
                        throw new UnreachableException("There are as many desks as workers.");
                    var outcome = await desk.JudgeAsync(change, token);
                    desks.Enqueue(desk);
                    outcomes.Add((change, outcome));
                    if (outcome == Outcome.Survived)
                        await Console.Out.WriteLineAsync($"survived {change.Place}: {change.Was} => {change.Is}");
                }
            );
            return await ReportAsync([.. outcomes]);
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    private List<Change> Changes(Workshop workshop)
    {
        List<Change> all =
        [
            .. workshop
                .FilesIn(Folder)
                .SelectMany(t => Faults.Of(t, Path.GetRelativePath(Folder, t.FilePath).Replace('\\', '/'))),
        ];
        var random = new Random(Seed);
        return Sample == 0 ? all : [.. random.GetItems([.. all], Sample).Distinct()];
    }

    /// <summary>The unchanged product passes first, and says how long the tests take.</summary>
    private async Task<List<Judging>> DesksAsync(
        Workshop workshop,
        string built,
        string scratch,
        CancellationToken cancellation
    )
    {
        var desks = new List<Judging>();
        var allowed = TimeSpan.FromMinutes(5);
        for (var i = 0; i < Workers; i++)
        {
            var folder = Path.Combine(scratch, i.ToString(CultureInfo.InvariantCulture));
            Judging.Copy(Path.GetFullPath(built), folder, $"{workshop.Name}.dll");
            var watch = Stopwatch.StartNew();
            await new Judging(workshop, folder, Tests, allowed).JudgeUnchangedAsync(cancellation);
            // Generous: another program on the machine is no fault of the code.
            desks.Add(new(workshop, folder, Tests, TimeSpan.FromSeconds(20) + 5 * watch.Elapsed));
        }
        return desks;
    }

    private async Task<bool> ReportAsync(List<(Change Change, Outcome Outcome)> outcomes)
    {
        foreach (
            var file in outcomes.GroupBy(o => o.Change.Place.Split(':')[0]).OrderBy(f => f.Key, StringComparer.Ordinal)
        )
            await Console.Out.WriteLineAsync($"{file.Key, -40} {Share([.. file])}");
        await Console.Out.WriteLineAsync($"{"all", -40} {Share(outcomes)}");
        var survived = outcomes.Where(o => o.Outcome == Outcome.Survived).Select(o => o.Change).ToList();
        if (Sample == 0)
            return Noticed(outcomes) >= Target * Counted(outcomes);
        var known = Known is null
            ? []
            : (await File.ReadAllLinesAsync(Known)).Select(l => l.Split('\t')[0]).ToHashSet();
        return survived.TrueForAll(c => known.Contains(c.Name));
    }

    private static string Share(List<(Change Change, Outcome Outcome)> outcomes) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Noticed(outcomes)} of {Counted(outcomes)} noticed ({(double)Noticed(outcomes) / Math.Max(1, Counted(outcomes)):P1})"
        );

    private static int Noticed(List<(Change Change, Outcome Outcome)> outcomes) =>
        outcomes.Count(o => o.Outcome is Outcome.Noticed or Outcome.Endless);

    private static int Counted(List<(Change Change, Outcome Outcome)> outcomes) =>
        outcomes.Count(o => o.Outcome != Outcome.Impossible);

    private static string ProjectOf(string folder)
    {
        for (var at = folder; at is not null; at = Path.GetDirectoryName(at))
            if (Directory.EnumerateFiles(at, "*.csproj").Any())
                return at;
        throw new InvalidOperationException($"No project holds {folder}.");
    }
}
