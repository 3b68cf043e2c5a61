using CsCheck;
using Lanthorn.Knowledge;
using Record = Lanthorn.Knowledge.Record;

namespace Lanthorn.Tests.KnowledgeRoom;

/// <summary>How judgements join records, and law 2: what was judged and taken back leaves nothing behind.</summary>
public sealed class AssemblyTests
{
    private const int Records = 8;

    private static RecordId Id(int number) => new((UInt128)(number * 7 % 11 + 1));

    private static Record Make(int number, string? imo = null, SubjectCategory category = SubjectCategory.None)
    {
        var properties = new Properties.Builder();
        properties.Add("name", $"Name {number % 3}");
        if (imo is not null)
            foreach (var one in imo.Split(' '))
                properties.Add("imoNumber", one);
        return new()
        {
            Id = Id(number),
            Version = 1,
            Source = SourceCode.Parse($"s{number % 2}").Value,
            ExternalId = $"{number}",
            PublicId = $"p{number}",
            Schema = Model.Get(number % 2 == 0 ? "LegalEntity" : "Company"),
            Properties = properties.Build(),
            Label = Label.Everyone,
            Category = category,
            PublishedAt = number % 3 == 0 ? null : new DateOnly(2020, 1, 1 + number % 2),
            ListedFrom = DateTimeOffset.UnixEpoch,
            IngestedAt = DateTimeOffset.UnixEpoch,
            ImportId = 1,
        };
    }

    private static Judgement Judge(
        long sequence,
        int a,
        int b,
        Verdict verdict,
        Authority authority,
        double score = 0.5
    )
    {
        var (left, right) = Judgement.Ordered(Id(a), Id(b));
        return new()
        {
            Sequence = sequence,
            Left = left,
            Right = right,
            Verdict = verdict,
            Authority = authority,
            DecidedBy = "ana",
            Score = score,
            DecidedAt = DateTimeOffset.UnixEpoch,
            Reason = "test",
            Label = Label.Everyone,
        };
    }

    private static Judgement Same(int a, int b, Authority by = Authority.Engine, double score = 0.5) =>
        Judge(a * 100 + b, a, b, Verdict.Same, by, score);

    private static Judgement Different(int a, int b, Authority by = Authority.Person) =>
        Judge(a * 100 + b + 10_000, a, b, Verdict.Different, by);

    private static Entity Build(IReadOnlyList<Record> records, IReadOnlyList<Judgement> judgements, int from) =>
        EntityAssembly.Build(
            records.Single(r => r.Id == Id(from)),
            id => records.FirstOrDefault(r => r.Id == id),
            id => [.. judgements.Where(j => j.Left == id || j.Right == id)]
        );

    private static string Members(Entity entity) =>
        string.Join(' ', entity.Members.Select(m => m.PublicId).Order(StringComparer.Ordinal));

    private static string Text(Entity entity) =>
        $"{entity.Id} {entity.Caption} {entity.Schema} {entity.Category} {entity.Truncated} "
        + $"[{string.Join(' ', entity.Members.Select(m => m.PublicId))}] "
        + $"[{string.Join(' ', entity.Joins.Select(j => j.Sequence))}] "
        + $"[{string.Join(' ', entity.Contradictions.Select(j => j.Sequence))}] "
        + System.Text.Encoding.UTF8.GetString(entity.Properties.ToJson());

    private static readonly Gen<Record[]> GenRecords = Gen.Select(Gen.Int[0, 5], Gen.Enum<SubjectCategory>())
        .Array[Records]
        .Select(drawn =>
            drawn
                .Select(
                    (d, number) =>
                        Make(
                            number,
                            d.Item1 switch
                            {
                                0 => "IMO1",
                                1 => "IMO2",
                                2 => "IMO1 IMO2",
                                _ => null,
                            },
                            d.Item2
                        )
                )
                .ToArray()
        );

    private static readonly Gen<Judgement[]> GenJudgements = Gen.Select(
            Gen.Int[0, Records - 1],
            Gen.Int[1, Records - 1],
            Gen.Frequency(
                (4, Gen.Const(Verdict.Same)),
                (1, Gen.Const(Verdict.Different)),
                (1, Gen.Const(Verdict.Unsure))
            ),
            Gen.Enum<Authority>(),
            Gen.Int[1, 4]
        )
        .Array[0, 14]
        .Select(drawn =>
            drawn
                .Select(
                    (d, at) => Judge(at + 1, d.Item1, (d.Item1 + d.Item2) % Records, d.Item3, d.Item4, d.Item5 / 4.0)
                )
                .ToArray()
        );

    [Fact]
    public void Judgements_undone_in_any_order_give_back_the_entities_as_before() =>
        Gen.Select(GenRecords, GenJudgements, GenJudgements)
            .SelectMany((records, before, more) => Gen.Shuffle(more).Select(back => (records, before, more, back)))
            .Sample(
                drawn =>
                {
                    var (records, _, more, back) = drawn;
                    // Only what was judged on pairs of which nothing was said can be undone to nothing.
                    var said = drawn.before.Where(b => !more.Any(m => (m.Left, m.Right) == (b.Left, b.Right))).ToList();
                    var bytes = records.Select(r => r.Properties.ToJson()).ToList();
                    var were = Enumerable.Range(0, Records).Select(n => Text(Build(records, said, n))).ToList();

                    var sequence = 1_000L;
                    var all = said.Concat(more.Select(m => m with { Sequence = ++sequence })).ToList();
                    var judged = Enumerable.Range(0, Records).Select(n => Text(Build(records, all, n))).ToList();
                    all.AddRange(back.Select(m => m with { Sequence = ++sequence, Verdict = Verdict.Withdrawn }));

                    Assert.Equal(were, Enumerable.Range(0, Records).Select(n => Text(Build(records, all, n))));
                    Assert.Equal(bytes, records.Select(r => r.Properties.ToJson()));
                    Assert.Equal(Records, judged.Count);
                },
                iter: 200
            );

    [Fact]
    public void The_order_of_records_and_judgements_changes_nothing() =>
        Gen.Select(GenRecords, GenJudgements)
            .SelectMany(
                (records, judgements) =>
                    Gen.Select(Gen.Shuffle(records), Gen.Shuffle(judgements))
                        .Select((r, j) => (records, judgements, r, j))
            )
            .Sample(
                drawn =>
                {
                    for (var from = 0; from < Records; from++)
                        Assert.Equal(
                            Text(Build(drawn.records, drawn.judgements, from)),
                            Text(Build(drawn.r, drawn.j, from))
                        );
                },
                iter: 200
            );

    [Fact]
    public void Every_member_leads_to_the_same_entity_and_nobody_is_in_two() =>
        Gen.Select(GenRecords, GenJudgements)
            .Sample(
                (records, judgements) =>
                {
                    for (var from = 0; from < Records; from++)
                    {
                        var entity = Build(records, judgements, from);
                        Assert.Contains(entity.Members, m => m.Id == Id(from));
                        foreach (var member in entity.Members)
                            Assert.Equal(
                                Text(entity),
                                Text(Build(records, judgements, int.Parse(member.ExternalId, null)))
                            );
                    }
                },
                iter: 60
            );

    [Fact]
    public void The_engine_never_joins_what_differs_or_has_two_numbers() =>
        Gen.Select(GenRecords, GenJudgements)
            .Sample(
                (records, drawn) =>
                {
                    var engine = drawn
                        .Select(j => j.Verdict == Verdict.Same ? j with { Authority = Authority.Engine } : j)
                        .ToList();
                    for (var from = 0; from < Records; from++)
                    {
                        var entity = Build(records, engine, from);
                        Assert.Empty(entity.Contradictions);
                        foreach (var a in entity.Members)
                        foreach (var b in entity.Members)
                            if (a.Properties.Has("imoNumber") && b.Properties.Has("imoNumber"))
                                Assert.NotEmpty(a.Properties["imoNumber"].Intersect(b.Properties["imoNumber"]));
                    }
                },
                iter: 200
            );

    [Fact]
    public void People_join_first_and_their_contradiction_is_shown_not_cut()
    {
        Record[] records = [Make(0), Make(1), Make(2)];
        Judgement[] judgements = [Same(0, 1, Authority.Person), Same(1, 2, Authority.Person), Different(0, 2)];

        var entity = Build(records, judgements, 0);

        Assert.Equal("p0 p1 p2", Members(entity));
        Assert.Equal(Verdict.Different, Assert.Single(entity.Contradictions).Verdict);
    }

    [Fact]
    public void Of_two_joins_of_the_engine_that_exclude_each_other_the_better_score_wins()
    {
        Record[] records = [Make(0, "IMO1"), Make(1), Make(2, "IMO2")];

        Assert.Equal("p0 p1", Members(Build(records, [Same(0, 1, score: 0.9), Same(1, 2, score: 0.8)], 1)));
        Assert.Equal("p1 p2", Members(Build(records, [Same(0, 1, score: 0.7), Same(1, 2, score: 0.8)], 1)));
        Assert.Equal("p0 p1", Members(Build(records, [Same(0, 1, Authority.Person, 0.1), Same(1, 2, score: 1)], 1)));
    }

    [Fact]
    public void One_with_two_numbers_is_no_bridge_between_two_that_each_have_another()
    {
        Record[] records = [Make(0, "IMO1"), Make(1, "IMO1 IMO2"), Make(2, "IMO2")];

        Assert.Equal("p0 p1", Members(Build(records, [Same(0, 1, score: 0.9), Same(1, 2, score: 0.8)], 1)));
    }

    [Fact]
    public void A_person_overrules_the_engine_and_taking_back_uncovers_it()
    {
        Record[] records = [Make(0), Make(1)];
        List<Judgement> judgements = [Judge(1, 0, 1, Verdict.Same, Authority.Engine)];
        Assert.Equal("p0 p1", Members(Build(records, judgements, 0)));

        judgements.Add(Judge(2, 0, 1, Verdict.Unsure, Authority.Person));
        Assert.Equal("p0", Members(Build(records, judgements, 0)));
        judgements.Add(Judge(3, 0, 1, Verdict.Same, Authority.Engine));
        Assert.Equal("p0", Members(Build(records, judgements, 0)));
        judgements.Add(Judge(4, 0, 1, Verdict.Withdrawn, Authority.Person));
        Assert.Equal("p0 p1", Members(Build(records, judgements, 0)));
    }

    [Fact]
    public void A_hidden_record_joins_nothing_and_truncates_nothing()
    {
        var (records, judgements) = Chain(EntityAssembly.MaxMembers + 1);
        var visible = records.Take(EntityAssembly.MaxMembers).ToDictionary(r => r.Id);

        var entity = EntityAssembly.Build(records[0], visible.GetValueOrDefault, id => judgements[id]);

        Assert.Equal(EntityAssembly.MaxMembers, entity.Members.Count);
        Assert.False(entity.Truncated);
    }

    [Fact]
    public void An_entity_that_reaches_the_limit_says_so()
    {
        var (records, judgements) = Chain(EntityAssembly.MaxMembers + 1);
        var all = records.ToDictionary(r => r.Id);

        var entity = EntityAssembly.Build(records[0], all.GetValueOrDefault, id => judgements[id]);

        Assert.Equal(EntityAssembly.MaxMembers, entity.Members.Count);
        Assert.True(entity.Truncated);
    }

    [Fact]
    public void An_entity_is_named_after_its_earliest_record_and_by_what_most_sources_say()
    {
        Record[] records = [Make(1), Make(2), Make(3, category: SubjectCategory.Minor), Make(4)];
        Judgement[] judgements = [Same(1, 2), Same(2, 3), Same(3, 4)];

        var entity = Build(records, judgements, 3);

        // Numbers 2 and 4 were published first, 2 has the smaller id; 1 and 4 give one name, in two sources.
        Assert.Equal("p2", entity.Id);
        Assert.Equal("Name 1", entity.Caption);
        Assert.Equal("Company", entity.Schema.Name);
        Assert.Equal(SubjectCategory.Minor, entity.Category);
        Assert.Equal(["Name 2", "Name 1", "Name 0"], entity.Properties["name"]);
    }

    /// <summary>Records in a row, each judged the same as the next.</summary>
    private static (List<Record> Records, Dictionary<RecordId, IReadOnlyList<Judgement>> Judgements) Chain(int length)
    {
        var records = Enumerable.Range(0, length).Select(n => Make(n) with { Id = new((UInt128)(n + 1)) }).ToList();
        var joins = records
            .Zip(records.Skip(1))
            .Select((pair, at) => Same(0, 1) with { Sequence = at + 1, Left = pair.First.Id, Right = pair.Second.Id })
            .ToList();
        return (
            records,
            records.ToDictionary(
                r => r.Id,
                r => (IReadOnlyList<Judgement>)[.. joins.Where(j => j.Left == r.Id || j.Right == r.Id)]
            )
        );
    }
}
