using CsCheck;
using Lanthorn.Matching;

namespace Lanthorn.Tests.Matching;

public sealed class DeduplicationTests
{
    private const int Seed = 7;

    private static readonly LinkField[] Fields =
    [
        new("given", LinkFieldKind.Name),
        new("family", LinkFieldKind.Name),
        new("born", LinkFieldKind.Date),
        new("town", LinkFieldKind.Text),
        new("ship", LinkFieldKind.Identifier, IsStrong: true),
    ];

    private static readonly string[] Given =
    [
        "Ermias",
        "Amina",
        "Yusuf",
        "Maria",
        "Ivan",
        "Olga",
        "Tariq",
        "Leila",
        "Jonas",
        "Nadia",
    ];

    private static readonly string[] Family =
    [
        "Ghermay",
        "Dabbashi",
        "Petrov",
        "Milad",
        "Santos",
        "Okafor",
        "Lindqvist",
        "Haddad",
        "Moreau",
        "Kovacs",
        "Bielak",
        "Tesfaye",
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void Rows_that_differ_by_slips_come_together_and_namesakes_stay_apart()
    {
        var rows = Population();
        rows.Add(["Ermias", "Ghermay", "1974-05-02", "Asmara", null]);
        rows.Add(["Ermyas", "Ghermai", "1974-05-02", "Asmara", null]);
        rows.Add(["Ghermay", "Ermias", "1974-05-20", "Asmara", null]);
        rows.Add(["Ermias", "Ghermay", "1951-11-30", "Tripoli", null]);
        var groups = Run(rows).Cluster;
        var first = rows.Count - 4;
        Assert.Equal(groups[first], groups[first + 1]);
        Assert.Equal(groups[first], groups[first + 2]);
        Assert.NotEqual(groups[first], groups[first + 3]);
    }

    [Fact]
    public void Two_ships_numbers_keep_rows_apart_whatever_else_agrees()
    {
        var rows = Population();
        rows.Add(["Ermias", "Ghermay", "1974-05-02", "Asmara", "9074729"]);
        rows.Add(["Ermias", "Ghermay", "1974-05-02", "Asmara", "8814275"]);
        rows.Add(["Ermias", "Ghermay", "1974-05-02", "Asmara", null]);
        var groups = Run(rows).Cluster;
        Assert.NotEqual(groups[rows.Count - 3], groups[rows.Count - 2]);
        AssertNoContradiction(rows, groups);
    }

    [Fact]
    public void The_order_of_the_rows_changes_no_group() =>
        Gen.Int[0, 1_000]
            .Sample(
                seed =>
                {
                    var rows = Population();
                    var order = Enumerable.Range(0, rows.Count).ToArray();
                    new Random(seed).Shuffle(order);
                    var groups = Run(rows).Cluster;
                    var shuffled = Run([.. order.Select(at => rows[at])]).Cluster;
                    Assert.Equal(Partition(groups, at => at), Partition(shuffled, at => order[at]));
                },
                iter: 5
            );

    [Fact]
    public void The_same_rows_give_the_same_groups_and_scores()
    {
        var (one, other) = (Run(Population()), Run(Population()));
        Assert.Equal(one.Cluster, other.Cluster);
        Assert.Equal(one.Score, other.Score);
        Assert.All(one.Score, s => Assert.InRange(s, 0, 1));
    }

    [Fact]
    public void Nothing_one_row_and_rows_without_values_are_no_trouble()
    {
        Assert.Empty(Run([]).Cluster);
        Assert.Equal(
            [0],
            Run([
                ["Ermias", "Ghermay", null, null, null],
            ]).Cluster
        );
        var empty = Run([.. Enumerable.Range(0, 20).Select(_ => new string?[] { null, "", " ", null, null })]);
        Assert.Equal(Enumerable.Range(0, 20), empty.Cluster);
    }

    [Fact]
    public void Any_text_may_stand_in_a_row() =>
        Gen.String[0, 40]
            .Array[5]
            .Array[2, 12]
            .Sample(
                rows =>
                {
                    var groups = Run([.. rows]).Cluster;
                    Assert.Equal(rows.Length, groups.Count);
                    Assert.All(groups, g => Assert.InRange(g, 0, rows.Length - 1));
                },
                iter: 100
            );

    [Fact]
    public void Rows_that_are_all_equal_are_not_compared_with_each_other()
    {
        var rows = Enumerable.Repeat<string?[]>(["Ermias", "Ghermay", "1974-05-02", "Asmara", null], 50_000).ToList();
        Assert.Equal(0, Run(rows).Pairs);
    }

    [Fact]
    public void It_stops_when_it_is_told_to()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() =>
            Deduplication.Run(TableOf(Population()), Seed, null, stop.Token)
        );
    }

    /// <summary>Four hundred people, every fourth twice with a slip of the pen.</summary>
    private static List<string?[]> Population()
    {
        var random = new Random(Seed);
        var rows = new List<string?[]>();
        for (var person = 0; person < 400; person++)
        {
            string?[] row =
            [
                Given[random.Next(Given.Length)],
                $"{Family[random.Next(Family.Length)]}{(char)('a' + person % 20)}",
                $"{random.Next(1940, 2005)}-{random.Next(1, 13):00}-{random.Next(1, 29):00}",
                $"Town {random.Next(30)}",
                null,
            ];
            rows.Add(row);
            if (person % 4 == 0)
                rows.Add([row[0], row[1]![1..], row[2], random.Next(2) == 0 ? row[3] : null, null]);
        }
        return rows;
    }

    private static void AssertNoContradiction(List<string?[]> rows, IReadOnlyList<int> groups) =>
        Assert.All(
            rows.Zip(groups).GroupBy(r => r.Second),
            g => Assert.InRange(g.Select(r => r.First[4]).OfType<string>().Distinct().Count(), 0, 1)
        );

    private static SortedSet<string> Partition(IReadOnlyList<int> groups, Func<int, int> original) =>
        [
            .. groups
                .Select((g, at) => (g, at))
                .GroupBy(g => g.g)
                .Select(g => string.Join(' ', g.Select(r => original(r.at)).Order())),
        ];

    private static DeduplicationResult Run(IReadOnlyList<string?[]> rows) =>
        Deduplication.Run(TableOf(rows), Seed, null, Stop);

    private static LinkTable TableOf(IReadOnlyList<string?[]> rows)
    {
        var table = new LinkTable(Fields, SubjectKind.Person);
        foreach (var row in rows)
            table.Add(row);
        return table;
    }
}
