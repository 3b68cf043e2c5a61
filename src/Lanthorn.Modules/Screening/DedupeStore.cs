using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Lanthorn.Governance.Contracts;
using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Screening.Reviewing;
using Lanthorn.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Lanthorn.Screening;

/// <summary>
/// The verb <c>dedupe --out clusters.csv</c> without a table: the installation's own records. The program joins what is surely
/// the same, see <see cref="JoinSure"/>, keeps the rest for the review of the account that asked, and writes which records are
/// one entity for this account. With weights that are frozen, so that nothing hidden changes what it says.
/// </summary>
internal static class DedupeStore
{
    /// <summary>So many records are read at once for the file.</summary>
    private const int Slice = 250;

    public static readonly Option<string?> Source = new("--source")
    {
        Description = "Without a table: only records of this source are looked at, against all others",
        HelpName = "CODE",
    };

    public static readonly Option<string?> Since = new("--since")
    {
        Description = "Without a table: only records that came or changed since then are looked at",
        HelpName = "TIME",
    };

    /// <param name="ForReview">Pairs that wait in the review of the account now, from this run and before.</param>
    /// <param name="Held">May be seen but not taken away without their provider's permission.</param>
    private sealed record Summary(int Records, int Clusters, int Joined, int ForReview, int Held, double Seconds);

    public static async Task<int> RunAsync(
        ParseResult parsed,
        VerbContext context,
        FileInfo to,
        CancellationToken cancellation
    )
    {
        var started = Stopwatch.GetTimestamp();
        var work = await context
            .Services.GetRequiredService<Accounts>()
            .NeedWorkOfAsync(context.Account, context.Justification, cancellation);
        await context.Services.GetRequiredService<Candidates>().LoadAsync(cancellation);
        var store = context.Services.GetRequiredService<Store>();
        var find = context.Services.GetRequiredService<FindPairs>();
        var sources = await SourcesAsync(work.On(store), parsed.GetValue(Source), cancellation);
        var since = SinceOf(parsed);
        var joined = 0;
        foreach (var source in sources)
        {
            var answer = await find.HandleAsync(
                work,
                new(source, since, Joins: true),
                progress => SayAsync(context, source, progress),
                cancellation
            );
            joined += answer.Progress.Joined;
        }
        var waiting = (await context.Services.GetRequiredService<Worklist>().ListAsync(work, cancellation)).Count;
        var (records, clusters, held) = await WriteAsync(work, store, sources, to, cancellation);
        var seconds = Math.Round(Stopwatch.GetElapsedTime(started).TotalSeconds, 2);
        var summary = new Summary(records, clusters, joined, waiting, held, seconds);
        await context.Out.WriteLineAsync(
            context.Json
                ? JsonSerializer.Serialize(summary, JsonAnswers.Options)
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"{records} records, {clusters} groups; joined {joined} pairs, {waiting} wait in your review; {seconds:0.0} s"
                )
        );
        if (held > 0)
            await context.Messages.WriteLineAsync(
                $"{held} records may be seen but not taken away without their provider's permission: they are not in the file"
            );
        return 0;
    }

    private static DateTimeOffset? SinceOf(ParseResult parsed)
    {
        if (parsed.GetValue(Since) is not { } text)
            return null;
        const DateTimeStyles utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, utc, out var since)
            ? since
            : throw new RefusedException(
                Refusal.BadRequest("dedupe-since", $"'{text}' is no time", "Write 2026-11-26 or 2026-11-26T14:00Z")
            );
    }

    private static async Task<IReadOnlyList<SourceCode>> SourcesAsync(
        Reading reading,
        string? asked,
        CancellationToken cancellation
    )
    {
        var seen = (await reading.SourcesAsync(cancellation)).Select(s => s.Code).ToList();
        if (asked is null)
            return seen;
        return seen.Where(s => s.Value == asked).ToList() is { Count: > 0 } one
            ? one
            : throw new RefusedException(
                Refusal.NotFound($"There is no source {asked}", "`sources` lists those of which you see records")
            );
    }

    private static Task SayAsync(VerbContext context, SourceCode source, FindPairs.Progress progress)
    {
        const int every = 5_000;
        return progress.Looked % every == 0 || progress.Looked == progress.Records
            ? context.Messages.WriteLineAsync(
                $"{source.Value}: {progress.Looked} of {progress.Records} records, {progress.Joined} pairs joined, {progress.Found} for review"
            )
            : Task.CompletedTask;
    }

    private static async Task<(int Records, int Clusters, int Held)> WriteAsync(
        Work work,
        Store store,
        IReadOnlyList<SourceCode> sources,
        FileInfo file,
        CancellationToken cancellation
    )
    {
        var reading = work.On(store);
        var clusters = new HashSet<RecordId>();
        var (records, held) = (0, 0);
        // Beside it first: whoever breaks off has the earlier file still.
        var beside = file.FullName + ".new";
        await using (var text = new StreamWriter(beside, append: false))
        {
            await text.WriteLineAsync("record_id,cluster_id,score");
            foreach (var source in sources)
            {
                var ordinals = await reading.LiveOrdinalsAsync(source, null, FindPairs.MaxRecords, cancellation);
                foreach (var some in ordinals.Chunk(Slice))
                {
                    var entities = await reading.EntitiesAsync(some, "groups of records", null, cancellation);
                    var ids = await reading.IdsAsync(some, cancellation);
                    var leaving = new List<Record>();
                    foreach (var (ordinal, entity) in entities)
                        if (
                            ids.TryGetValue(ordinal, out var id)
                            && entity.Members.FirstOrDefault(m => m.Id == id) is { } own
                        )
                        {
                            if (!SearchFile.MayLeave(work.Viewer, entity))
                            {
                                held++;
                                continue;
                            }
                            records++;
                            leaving.Add(own);
                            clusters.Add(entity.Members[0].Id);
                            await text.WriteLineAsync(Line(own, entity));
                        }
                    await LogAsync(work, store, leaving, cancellation);
                }
            }
        }
        File.Move(beside, file.FullName, overwrite: true);
        return (records, clusters.Count, held);
    }

    /// <summary>The score is that of the surest judgement that holds the record in its group; a person's is 1.</summary>
    private static string Line(Record own, Entity entity)
    {
        var score = entity
            .Joins.Where(j => j.Left == own.Id || j.Right == own.Id)
            .Select(j => j.Authority == Authority.Person ? 1 : j.Score ?? 1)
            .DefaultIfEmpty(1)
            .Max();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{DedupeFile.Plain(own.PublicId)},{DedupeFile.Plain(entity.Members[0].PublicId)},{score:0.0000}"
        );
    }

    private static Task LogAsync(Work work, Store store, List<Record> leaving, CancellationToken cancellation) =>
        leaving.Count == 0
            ? Task.CompletedTask
            : store.Audit.AppendAsync(
                AuditEntry.By(
                    work.Viewer,
                    Operation.Disclosure,
                    $"groups of records taken away as a file: {leaving.Count} rows",
                    [.. leaving.Select(r => new RecordVersion(r.Id, r.Version))],
                    new(work.Justification, work.Case)
                ),
                cancellation
            );
}
