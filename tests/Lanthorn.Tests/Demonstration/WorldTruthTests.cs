using System.Globalization;
using Lanthorn.Formats;
using Lanthorn.Matching;
using Lanthorn.Program.Demonstration.World;
using Read = Lanthorn.Tests.Demonstration.WorldRecords.Read;

namespace Lanthorn.Tests.Demonstration;

/// <summary>The truth of the world, held against what can be found in its records.</summary>
public sealed class WorldTruthTests(ITestOutputHelper output)
{
    private const double MatchFrom = 0.7;
    private const int CandidatesEach = 30;

    /// <summary>A little below what was measured, so that a change which finds less, or joins strangers, is seen.</summary>
    private const double LeastPrecision = 0.87;
    private const double LeastRecall = 0.96;

    [Fact]
    public async Task Records_of_one_person_find_each_other_and_those_of_strangers_do_not()
    {
        var people = await PeopleAsync();
        var (index, prepared) = Index(people.Select(p => p.Record));

        var joined = new HashSet<(int, int)>();
        for (var at = 0; at < people.Count; at++)
            foreach (var (other, _) in Matches(index, prepared, prepared[at]).Where(m => m.Ordinal != at))
                joined.Add((Math.Min(at, other), Math.Max(at, other)));

        var right = joined.Count(p => people[p.Item1].Thing!.Thing == people[p.Item2].Thing!.Thing);
        var wanted = people.GroupBy(p => p.Thing!.Thing).Sum(g => g.Count() * (g.Count() - 1) / 2);
        var (precision, recall) = ((double)right / joined.Count, (double)right / wanted);
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{people.Count} records, {wanted} pairs: precision {precision:0.000}, recall {recall:0.000}"
            )
        );
        Assert.True(precision >= LeastPrecision, $"precision {precision:0.000}");
        Assert.True(recall >= LeastRecall, $"recall {recall:0.000}");
    }

    [Fact]
    public async Task Nobody_in_the_world_is_taken_for_somebody_on_the_committed_lists()
    {
        var listed = new List<ReadRecord>();
        foreach (var list in (string[])["un-sc", "us-ofac"])
            listed.AddRange(await ListedAsync(list));
        Assert.NotEmpty(listed);
        var people = await PeopleAsync();
        var (index, prepared) = Index(people.Select(p => p.Record));

        foreach (var person in listed)
        {
            var subject = PreparedSubject.Prepare(person.Schema, person.Properties);
            var taken = Matches(index, prepared, subject)
                .Select(m => people[m.Ordinal].Record.Properties.First("name"));
            Assert.Empty(taken);
        }
    }

    [Fact]
    public async Task The_networks_are_as_connected_as_the_truth_says()
    {
        var all = await WorldRecords.AllAsync();
        var truths = WorldRecords.Truths(WorldRecords.World);
        var links = all.SelectMany(r => LinksOf(r, truths)).Distinct().ToList();
        var networkOf = truths.Values.DistinctBy(t => t.Thing).ToDictionary(t => t.Thing, t => t.Network);

        foreach (var network in networkOf.Values.Where(n => n.Length > 0).Distinct())
        {
            var things = networkOf.Where(t => t.Value == network).Select(t => t.Key).ToHashSet(StringComparer.Ordinal);
            var within = links.Where(l => things.Contains(l.From) && things.Contains(l.To));
            Assert.Equal(1, Components(things, within));
        }
        var forger = Links.SharedForger(WorldRecords.World.UnitOf(0)).Id;
        var between = links
            .Where(l => networkOf[l.From] is { Length: > 0 } a && networkOf[l.To] is { Length: > 0 } b && a != b)
            .ToList();
        Assert.NotEmpty(between);
        Assert.All(between, l => Assert.True(l.From == forger || l.To == forger, $"{l.From} – {l.To}"));
    }

    /// <summary>Without the truth it falls into pieces: that is what there is to find.</summary>
    [Fact]
    public async Task Record_by_record_no_network_is_one()
    {
        var all = await WorldRecords.AllAsync();
        var truths = WorldRecords.Truths(WorldRecords.World);
        var asTheyStand = truths.ToDictionary(t => t.Key, t => t.Value with { Thing = t.Key });
        var links = all.SelectMany(r => LinksOf(r, asTheyStand)).Distinct().ToList();

        foreach (var network in truths.Values.Select(t => t.Network).Where(n => n.Length > 0).Distinct())
        {
            var records = truths
                .Where(t => t.Value.Network == network)
                .Select(t => t.Key)
                .ToHashSet(StringComparer.Ordinal);
            var within = links.Where(l => records.Contains(l.From) && records.Contains(l.To));
            Assert.True(Components(records, within) > 100);
        }
    }

    private sealed record Link(string From, string To);

    private static async Task<IReadOnlyList<Read>> PeopleAsync() =>
        [.. (await WorldRecords.AllAsync()).Where(r => r.Record.Schema.Name == "Person")];

    private static async Task<List<ReadRecord>> ListedAsync(string list)
    {
        var folder = Path.Combine(Tidy.Checkout.Root, "data", "listings");
        var mapping = ColumnMapping.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "listing.mapping.yml")));
        var file = new InputFile(list, () => File.OpenRead(Path.Combine(folder, $"{list}.csv")));
        var read = new List<ReadRecord>();
        var options = new ReadOptions { Mapping = mapping.Value };
        await foreach (var item in RecordFormats.Find("csv")!.ReadAsync([file], options, default))
            if (item is ReadRecord record)
                read.Add(record);
        return read;
    }

    private static (CandidateIndex Index, List<PreparedSubject> Prepared) Index(IEnumerable<ReadRecord> records)
    {
        var (index, prepared) = (new CandidateIndex(), new List<PreparedSubject>());
        foreach (var record in records)
        {
            var subject = PreparedSubject.Prepare(record.Schema, record.Properties);
            index.Put(prepared.Count, 0, (ulong)prepared.Count, subject);
            prepared.Add(subject);
        }
        return (index, prepared);
    }

    private static List<(int Ordinal, double Score)> Matches(
        CandidateIndex index,
        List<PreparedSubject> prepared,
        PreparedSubject subject
    )
    {
        var found = new Candidate[CandidatesEach];
        var count = index.Find(subject, [1], null, found.Length, found);
        return
        [
            .. found[..count]
                .Select(c => (c.Ordinal, Score: Scorer.Value(subject, prepared[c.Ordinal], ScoreSettings.Default)))
                .Where(m => m.Score >= MatchFrom),
        ];
    }

    /// <summary>The things that a record ties together: what it is about, and all that it points at.</summary>
    private static IEnumerable<Link> LinksOf(Read read, Dictionary<string, WorldRecords.Truth> truths)
    {
        var record = read.Record;
        var ends = record
            .Properties.Names.Where(n => record.Schema.Find(n)?.Type.Name == "entity")
            .SelectMany(n => record.Properties[n])
            .Prepend(record.ExternalId)
            .Where(truths.ContainsKey)
            .Select(id => truths[id].Thing)
            .Distinct()
            .ToList();
        return ends.Skip(1).Select(end => new Link(ends[0], end));
    }

    private static int Components(HashSet<string> things, IEnumerable<Link> links)
    {
        var above = things.ToDictionary(t => t, t => t, StringComparer.Ordinal);
        string Root(string thing)
        {
            while (above[thing] != thing)
                thing = above[thing] = above[above[thing]];
            return thing;
        }
        foreach (var link in links)
            above[Root(link.From)] = Root(link.To);
        return things.Select(Root).Distinct(StringComparer.Ordinal).Count();
    }
}
