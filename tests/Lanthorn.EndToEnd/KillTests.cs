using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Lanthorn.Tests.Storage;

namespace Lanthorn.EndToEnd;

/// <summary>
/// Processes are killed at seeded moments in all that they write. <c>LANTHORN_KILLS</c> says how often (five in the usual
/// run), <c>LANTHORN_SEED</c> takes the moments of an earlier run again; a failure names both.
/// </summary>
public sealed class KillTests
{
    private const int Usual = 5;
    private const int Records = 4_000;
    private const int Refused = 1_000;
    private const int Writers = 4;

    /// <summary>The longest that a process lives; most of what it does is over by then, on a quiet machine.</summary>
    private const int LongestLife = 3_500;

    private static readonly Func<KillTests, string, int, Task>[] Kinds =
    [
        (test, source, life) => test.ImportAsync(source, life),
        (test, source, life) => test.UndoAsync(source, life),
        (test, _, life) => test.WriteAsync(life),
        (test, source, life) => test.ReplayAsync(source, life),
        (test, source, life) => test.IndexAsync(source, life),
    ];

    private KilledInstallation at = null!;
    private readonly ConcurrentQueue<string> entered = new();
    private readonly ConcurrentQueue<(string Left, string Right)> judged = new();
    private int lastEntered;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, OnEachDatabase]
    public async Task Whatever_is_killed_loses_nothing_that_was_acknowledged(Database database)
    {
        var kills = Number("LANTHORN_KILLS", Usual);
        var seed = Number("LANTHORN_SEED", 20_260);
        // Each database has its part of the kills, and in the usual run of the kinds.
        var (rounds, first) = database == Database.Sqlite ? (kills - (kills * 2 / 5), 0) : (kills * 2 / 5, 3);
        var random = new Random(seed + first);
        await using (at = await KilledInstallation.StartAsync(database, Stop))
            for (var round = 0; round < rounds; round++)
            {
                var (kind, life) = ((first + round) % Kinds.Length, random.Next(LongestLife));
                var name = string.Create(
                    CultureInfo.InvariantCulture,
                    $"seed {seed}, {database}, round {round}, kind {kind}, killed after {life} ms"
                );
                TestContext.Current.TestOutputHelper?.WriteLine(name);
                await Kinds[kind](this, $"round-{round}", life);
                await at.CheckAsync(name, Stop);
            }
    }

    private async Task ImportAsync(string source, int life)
    {
        var file = await PeopleAsync(source);
        await at.KillAsync(life, Stop, "import", file, "--source", source);

        await at.NeedAsync(Stop, "import", file, "--source", source);

        at.Acknowledged[source] = Records;
    }

    private async Task UndoAsync(string source, int life)
    {
        var file = await PeopleAsync(source);
        await at.NeedAsync(Stop, "import", file, "--source", source);
        await at.KillAsync(life, Stop, "import", "undo", source, "--reason", "killed");

        var (exit, _, messages) = await at.RunAsync(Stop, "import", "undo", source, "--reason", "repeated");

        // The killed one may have come to its end: then nothing of this source is left to undo.
        Assert.True(exit == 0 || messages.Contains("no such import", StringComparison.Ordinal), messages);
        at.Acknowledged[source] = 0;
        await at.CheckAsync($"{source} undone", Stop);
        await at.NeedAsync(Stop, "import", file, "--source", source);
        at.Acknowledged[source] = Records;
    }

    private async Task ReplayAsync(string source, int life)
    {
        var (file, wrong, right) = (at.File($"{source}.csv"), at.File("wrong.yml"), at.File("right.yml"));
        var rows = Enumerable.Range(0, Refused).Select(n => $"{(n % 2 == 0 ? $"{n}" : "")},{n},Made Up {n}");
        await File.WriteAllLinesAsync(file, rows.Prepend("ref,alt,name"), Stop);
        await File.WriteAllTextAsync(wrong, "schema: Person\nid: ref\nproperties:\n  name: name\n", Stop);
        await File.WriteAllTextAsync(right, "schema: Person\nid: alt\nproperties:\n  name: name\n", Stop);
        await at.NeedAsync(Stop, "import", file, "--source", source, "--mapping", wrong);
        at.Acknowledged[source] = Refused / 2;
        await at.KillAsync(life, Stop, "import", "replay", source, "--mapping", right);

        await at.NeedAsync(Stop, "import", "replay", source, "--mapping", right);

        at.Acknowledged[source] = Refused;
    }

    /// <summary>People enter and judge records on a server that is killed; all that it answered is there afterwards.</summary>
    private async Task WriteAsync(int life)
    {
        using (var stop = CancellationTokenSource.CreateLinkedTokenSource(Stop))
        {
            var writers = Enumerable.Range(0, Writers).Select(_ => EnterAndJudgeAsync(stop.Token)).ToList();
            await Task.Delay(life, Stop);
            await at.KillServerAsync();
            await stop.CancelAsync();
            await Task.WhenAll(writers);
        }

        await at.ServeAsync(Stop);

        using var client = at.Client();
        foreach (var id in entered)
            using (var answer = await client.GetAsync($"/api/v1/records/{id}", Stop))
                Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{id} was acknowledged and is not there");
        foreach (var (left, right) in judged)
            Assert.Equal(await EntityAsync(client, left), await EntityAsync(client, right));
    }

    private async Task EnterAndJudgeAsync(CancellationToken cancellation)
    {
        using var client = at.Client();
        try
        {
            for (string? before = null; ; )
            {
                var number = Interlocked.Increment(ref lastEntered);
                var record = new
                {
                    id = $"{number}",
                    schema = "Person",
                    properties = new { name = new[] { $"Made Up {number}" } },
                    reason = "killed",
                };
                using var answer = await client.PostAsJsonAsync("/api/v1/records", record, cancellation);
                if (answer.StatusCode != HttpStatusCode.Created)
                    return;
                var written = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellation);
                entered.Enqueue(written.GetProperty("id").GetString()!);
                var id = written.GetProperty("record").GetString()!;
                if (before is not null)
                {
                    var same = new
                    {
                        left = before,
                        right = id,
                        verdict = "same",
                        reason = "killed",
                    };
                    using var said = await client.PostAsJsonAsync("/api/v1/judgements", same, cancellation);
                    if (said.StatusCode == HttpStatusCode.Created)
                        judged.Enqueue((before, id));
                }
                before = before is null ? id : null;
            }
        }
        catch (Exception gone) when (gone is HttpRequestException or OperationCanceledException or IOException)
        {
            // The server was killed: what it has not answered is not acknowledged.
        }
    }

    /// <summary>A server is killed while its index follows an import beside it.</summary>
    private async Task IndexAsync(string source, int life)
    {
        var file = await PeopleAsync(source);
        await using (var import = at.Begin("import", file, "--source", source))
        {
            await Task.Delay(life, Stop);
            await at.KillServerAsync();
            await at.ServeAsync(Stop);
            Assert.True(await import.EndAsync(Stop) == 0, import.Messages);
        }
        at.Acknowledged[source] = Records;
    }

    private async Task<string> PeopleAsync(string source)
    {
        var file = at.File($"{source}.jsonl");
        await File.WriteAllLinesAsync(file, Enumerable.Range(0, Records).Select(n => Line(source, n)), Stop);
        return file;
    }

    /// <summary>The public id of the entity to which a record belongs, by the record's own id.</summary>
    private static async Task<string> EntityAsync(HttpClient client, string record)
    {
        var found = await client.GetFromJsonAsync<JsonElement>($"/api/v1/records/{record}", Stop);
        var id = found.GetProperty("id").GetString()!;
        using var answer = await client.GetAsync($"/entities/{id}", Stop);
        return answer.Headers.Location is { } elsewhere ? elsewhere.OriginalString.Split('/')[^1] : id;
    }

    private static string Line(string source, int number) =>
        JsonSerializer.Serialize(
            new
            {
                id = $"{source}-{number}",
                schema = "Person",
                properties = new
                {
                    name = new[] { $"Made Up {number}" },
                    birthDate = new[] { $"{1950 + (number % 50)}" },
                },
            }
        );

    private static int Number(string variable, int usual) =>
        int.TryParse(
            Environment.GetEnvironmentVariable(variable),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var n
        )
            ? n
            : usual;
}
