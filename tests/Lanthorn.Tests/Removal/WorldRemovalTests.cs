using System.Net.Http.Json;
using System.Text.Json;
using Lanthorn.Commitments.Contracts;
using Lanthorn.Knowledge;
using Lanthorn.Program.Demonstration;
using Lanthorn.Program.Demonstration.World;
using Lanthorn.Programmes.Contracts;
using Lanthorn.Storage;
using Lanthorn.Tests.Demonstration;
using Microsoft.Extensions.DependencyInjection;

namespace Lanthorn.Tests.Removal;

/// <summary>
/// The removal law over the world of the demonstration, for each of its accounts: with records that are judged the same,
/// annotations, bookmarks and saved searches. <c>LANTHORN_WORLD=whole</c> takes all of the world, otherwise one of its
/// networks and a share of the rest.
/// </summary>
public sealed class WorldRemovalTests
{
    private const int Share = 200;
    private const int Joined = 16;
    private const int Annotated = 12;

    private static readonly DateTimeOffset Beginning = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_account_of_the_demonstration_is_answered_as_if_what_it_does_not_see_were_not_there()
    {
        var records = await ChosenAsync();
        await using var whole = await World.StartAsync(records, WorldSource.All, _ => true, like: null);
        var removed = new Dictionary<string, World>(StringComparer.Ordinal);
        try
        {
            foreach (var account in whole.Accounts)
            {
                var viewer = await whole.Server.ViewerOfAsync(account.Name, Stop);
                WorldSource[] seen = [.. WorldSource.All.Where(s => Label.Sees(viewer, Label.Parse(s.Label).Value))];
                bool Sees(string label) => Label.Sees(viewer, Label.Parse(label).Value);
                var promised = Promised().Select(u => u.Line.Label).Distinct().Where(Sees);
                var key = string.Join(' ', seen.Select(s => s.Code).Concat(promised));
                var isSeenAlready = removed.TryGetValue(key, out var without);
                // Of accounts with the same sight one is enough for every run.
                if (isSeenAlready && Environment.GetEnvironmentVariable("LANTHORN_WORLD") != "whole")
                    continue;
                if (without is null)
                    removed[key] = without = await World.StartAsync(records, seen, Sees, whole);
                await CompareAsync(whole, without, account.Name, records, seen);
            }
        }
        finally
        {
            foreach (var world in removed.Values)
                await world.DisposeAsync();
        }
        Assert.True(removed.Count >= 4, "Every account sees the same: nothing is tried");
    }

    private static IEnumerable<BroughtUndertaking> Promised() =>
        WorldRecords.World.Undertakings(DateOnly.FromDateTime(Beginning.UtcDateTime));

    private static async Task CompareAsync(
        World whole,
        World removed,
        string account,
        IReadOnlyList<WorldRecords.Read> records,
        WorldSource[] seen
    )
    {
        using var one = whole.SignedIn(account);
        using var other = removed.SignedIn(account);
        var asked = Questions(records, seen);
        var viewer = await whole.Server.ViewerOfAsync(account, Stop);
        var (mine, theirs) = ("", "");
        if (viewer.Purposes.Contains("enforcement"))
            (mine, theirs) = (await KeepAsync(one, asked), await KeepAsync(other, asked));
        var found = 0;
        foreach (var route in RemovalLawTests.Readers(whole.Server).Where(r => !IsOversight(r)))
        foreach (var ask in ReadPaths.Of(route, asked))
        {
            var first = await RemovalLawTests.AnswerAsync(one, ask);
            var second = await RemovalLawTests.AnswerAsync(other, ask);
            if (mine.Length > 0)
                (first, second) = (first.Replace(mine, "saved"), second.Replace(theirs, "saved"));
            found += first.StartsWith("OK", StringComparison.Ordinal) ? 1 : 0;
            using var named = ask();
            Assert.True(
                first == second,
                $"{account}: {named.Method} {named.RequestUri}\nwhole:   {first}\nremoved: {second}"
            );
        }
        Assert.InRange(found, mine.Length > 0 ? 40 : 0, int.MaxValue);
    }

    /// <summary>
    /// The log says who did what, also to records that its reader does not see, and so do its numbers: that is what oversight is.
    /// </summary>
    private static bool IsOversight(string route) =>
        route.Contains("audit", StringComparison.Ordinal) || route.Contains("oversight", StringComparison.Ordinal);

    /// <summary>A bookmark and a saved search.</summary>
    /// <returns>The id of the saved search, which chance gives.</returns>
    private static async Task<string> KeepAsync(HttpClient client, ReadPaths.Questions asked)
    {
        using var marked = await client.PostAsJsonAsync("/api/v1/bookmarks", new { entity = asked.Ids[0] }, Stop);
        marked.EnsureSuccessStatusCode();
        using var saved = await client.PostAsJsonAsync(
            "/api/v1/searches",
            new
            {
                name = "mine",
                query = $"q={Uri.EscapeDataString(asked.Names[0])}",
                shared = false,
            },
            Stop
        );
        saved.EnsureSuccessStatusCode();
        return (await saved.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("id").GetString()!;
    }

    /// <summary>Ids and names of records that are seen, and of some that are not.</summary>
    private static ReadPaths.Questions Questions(IReadOnlyList<WorldRecords.Read> records, WorldSource[] seen)
    {
        var people = records.Where(r => r.Record.Schema.Name == "Person").ToList();
        var shown = people.Where(r => seen.Contains(r.Source)).Take(3).ToList();
        var hidden = people.Where(r => !seen.Contains(r.Source)).Take(3).ToList();
        var open = records.First(r => r.Source == WorldSource.Open);
        return new(
            [.. shown.Append(open).Concat(hidden).Select(r => r.Record.PublicId!)],
            [.. shown.Take(1).Concat(hidden.Take(2)).Select(r => r.Record.Properties["name"][0]), "+999"],
            ["schema:Person -source:world-registry", "source:world-police-north", "topic:crime", "harbour OR boat"],
            ["default", "world-taskforce"],
            ["world-registry", "world-police-north"]
        )
        {
            References =
            [
                .. Promised().Take(12).Select(u => u.Line.Reference),
                .. WorldRecords.World.Projects(DateOnly.FromDateTime(Beginning.UtcDateTime)).Select(p => p.Reference),
            ],
        };
    }

    /// <summary>One network with what happened between its members, and a share of all else.</summary>
    private static async Task<IReadOnlyList<WorldRecords.Read>> ChosenAsync()
    {
        var all = await WorldRecords.AllAsync();
        if (Environment.GetEnvironmentVariable("LANTHORN_WORLD") == "whole")
            return all;
        var network = all.First(r => r.Thing is { Network.Length: > 0 }).Thing!.Network;
        List<WorldRecords.Read> chosen =
        [
            .. all.Where((r, at) => r.Thing?.Network == network || (r.Thing is not null && at % Share == 0)),
        ];
        var ids = chosen.Select(r => r.Record.PublicId!).ToHashSet(StringComparer.Ordinal);
        chosen.AddRange(
            all.Where((r, at) => r.Thing is null && (at % (4 * Share) == 0 || Between(r.Record.Properties, ids)))
        );
        return chosen;
    }

    private static bool Between(Properties properties, HashSet<string> ids) =>
        properties.Names.Sum(n => properties[n].Count(ids.Contains)) > 1;

    /// <summary>A server that holds the records of some sources, with what people made of them.</summary>
    private sealed class World : IAsyncDisposable
    {
        private readonly Clock clock = new();
        private InstalledServer? server;

        public InstalledServer Server => server!;

        public IReadOnlyList<DemonstrationAccount> Accounts { get; private set; } = [];

        /// <param name="like">Whose accounts it has, too: without their passwords, which are slow to make on purpose.</param>
        public static async Task<World> StartAsync(
            IReadOnlyList<WorldRecords.Read> records,
            IReadOnlyList<WorldSource> sources,
            Func<string, bool> sees,
            World? like
        )
        {
            var world = new World();
            world.server = await InstalledServer.StartAsync(Stop, world.clock);
            world.Accounts = like is null
                ? await People.EnsureAsync(world.Server.Services, world.Server.Folder, Stop)
                : await world.CopyAsync(like);
            foreach (var source in sources)
                await world.WriteAsync(source, records.Where(r => r.Source == source));
            await world.PromiseAsync(sees);
            await world.JudgeAsync(records);
            await world.AnnotateAsync(records);
            world.clock.Now = Beginning.AddDays(30);
            using var client = world.SignedIn(People.Analyst);
            await world.Server.CaughtUpAsync(client, Stop);
            return world;
        }

        private async Task<IReadOnlyList<DemonstrationAccount>> CopyAsync(World like)
        {
            var copied = new List<DemonstrationAccount>();
            foreach (var account in like.Accounts)
            {
                var viewer = await like.Server.ViewerOfAsync(account.Name, Stop);
                await Server.Accounts.AddOrganisationAsync(account.Organisation, Stop);
                await Server.Accounts.AddPersonAsync(
                    new(
                        account.Name,
                        account.Email,
                        account.Role,
                        account.Organisation,
                        null,
                        People.Reason,
                        viewer.Clearance
                    ),
                    Stop
                );
                foreach (var compartment in viewer.Compartments)
                    await Server.Accounts.LetIntoAsync(account.Name, compartment, Stop);
                var token = await Server.Accounts.AddTokenAsync(
                    account.Name,
                    "test",
                    TimeSpan.FromDays(365),
                    People.Reason,
                    Stop
                );
                copied.Add(account with { Token = token });
            }
            return copied;
        }

        public HttpClient SignedIn(string account) => Server.WithToken(Accounts.Single(a => a.Name == account).Token);

        public async ValueTask DisposeAsync()
        {
            if (server is not null)
                await server.DisposeAsync();
        }

        private async Task WriteAsync(WorldSource source, IEnumerable<WorldRecords.Read> records)
        {
            clock.Now = Beginning.AddHours(source.Index);
            var viewer = await Server.ViewerOfAsync(source.Importer, Stop);
            var code = SourceCode.Parse(source.Code).Value;
            await Server.Store.UpsertSourceAsync(new(code, source.FullTitle), Stop);
            var writer = await Server.Store.BeginImportAsync(new(code, viewer, "test", false, []), Stop);
            foreach (var batch in records.Chunk(500))
                await writer.WriteAsync([.. batch.Select(r => Incoming(source, r))], Stop);
            await writer.FinishAsync(Stop);
        }

        private async Task PromiseAsync(Func<string, bool> sees)
        {
            clock.Now = Beginning;
            var projects = WorldRecords.World.Projects(DateOnly.FromDateTime(Beginning.UtcDateTime));
            await Server
                .Services.GetRequiredService<Projects>()
                .BringAsync("world", [.. projects.Where(p => sees(p.Label))], Stop);
            await Server
                .Services.GetRequiredService<Undertakings>()
                .BringAsync("world", "test", [.. Promised().Where(u => sees(u.Line.Label))], Stop);
        }

        private static IncomingRecord Incoming(WorldSource source, WorldRecords.Read read) =>
            new(read.Record.ExternalId, read.Record.PublicId!, read.Record.Schema, read.Record.Properties)
            {
                Label = Label.Parse(source.Label).Value,
                Evaluation = Evaluation.Parse(source.Evaluation).Value,
                Category = read.Record.Category,
                PublishedAt = read.Record.PublishedAt,
            };

        /// <summary>Records of one thing are judged the same, two by two, by whoever sees both.</summary>
        private async Task JudgeAsync(IReadOnlyList<WorldRecords.Read> records)
        {
            var pairs = records
                .Where(r => r.Thing is not null)
                .GroupBy(r => r.Thing!.Thing)
                .SelectMany(g => g.Zip(g.Skip(1)))
                .Take(Joined)
                .ToList();
            foreach (var (at, (left, right)) in pairs.Index())
            foreach (var reading in await ReadersAsync())
                if (await IdAsync(reading, left) is { } one && await IdAsync(reading, right) is { } other)
                {
                    clock.Now = Beginning.AddDays(1).AddMinutes(at);
                    var same = new JudgementMade(one, other, Verdict.Same, Authority.Person, "judge", null, "test");
                    await reading.JudgeAsync(same, Stop);
                    break;
                }
        }

        /// <summary>Something is written about records that stand alone, of each source.</summary>
        private async Task AnnotateAsync(IReadOnlyList<WorldRecords.Read> records)
        {
            var alone = records.GroupBy(r => r.Thing?.Thing ?? r.Record.ExternalId).Where(g => g.Count() == 1);
            foreach (var (at, read) in alone.Select(g => g.Single()).Take(Annotated).Index())
            foreach (var reading in await ReadersAsync())
                if (await reading.EntityAsync(read.Record.PublicId!, "test", Stop) is { } entity)
                {
                    clock.Now = Beginning.AddDays(2).AddMinutes(at);
                    await reading.AnnotateAsync(entity, $"about {read.Record.ExternalId}", Stop);
                    break;
                }
        }

        private async Task<Reading[]> ReadersAsync()
        {
            var readers = new List<Reading>();
            foreach (var name in new[] { People.Analyst, People.AnalystNorth })
                readers.Add(Server.Store.For(await Server.ViewerOfAsync(name, Stop), new Justification("test")));
            return [.. readers];
        }

        private static async Task<RecordId?> IdAsync(Reading reading, WorldRecords.Read read) =>
            (await reading.EntityAsync(read.Record.PublicId!, "test", Stop))
                ?.Members.First(m => m.PublicId == read.Record.PublicId)
                .Id;
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = Beginning;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
