using CsCheck;
using Lanthorn.Knowledge;
using Lanthorn.Storage;

namespace Lanthorn.Tests.Storage;

/// <summary>What a source says in one import.</summary>
internal sealed record Said(int Number, string Source, string Name, string Label, string Phone, int Relative)
{
    public RecordId Id => TemporaryStore.Id(Source, $"{Number}");

    /// <summary>A person, or how two are related.</summary>
    public IncomingRecord Record()
    {
        if (Relative == 0)
            return TemporaryStore.Person($"{Number}", Name, Label, ("phone", Phone), ("country", Phone[^2..]));
        var properties = new Properties.Builder();
        properties.Add("person", $"test-{Number - 1}");
        properties.Add("relative", $"test-{Relative}");
        properties.Add("relationship", Name);
        var schema = Model.Get("Family");
        return new($"{Number}", $"test-{Number}", schema, properties.Build())
        {
            Label = Knowledge.Label.Parse(Label).Value,
        };
    }
}

/// <summary>What somebody, or the engine, judges of two of the records.</summary>
internal sealed record Judged(int One, int Other, Verdict Verdict, Authority Authority, double Score);

/// <summary>A small world of records under many labels, and judgements on them.</summary>
internal sealed record World(IReadOnlyList<Said> Records, IReadOnlyList<Judged> Judgements)
{
    public const int Size = 12;

    public static readonly string[] Labels =
    [
        "",
        "",
        "",
        "purpose=enforcement",
        "org=bravo",
        "org=alpha|bravo;tlp=amber",
        "compartment=C",
        "role=lead",
    ];

    private static readonly string[] Names = ["Ana Petrova", "Ana", "Li Wei", "李明花", "محمد علي", "Petrova Wei"];

    private static readonly string[] Phones = ["+995551234fr", "+995551234de", "+442079460fr"];

    public static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(at => texts[at]);

    private static readonly Gen<Said> GenSaid =
        from source in OneOf("one", "two")
        from name in OneOf(Names)
        from label in OneOf(Labels)
        from phone in OneOf(Phones)
        from relative in Gen.Frequency((3, Gen.Const(0)), (1, Gen.Int[1, Size]))
        select new Said(0, source, name, label, phone, relative);

    private static readonly Gen<Judged> GenJudged =
        from one in Gen.Int[0, Size - 1]
        from step in Gen.Int[1, Size - 1]
        from verdict in Gen.Frequency((4, Gen.Const(Verdict.Same)), (1, Gen.Const(Verdict.Different)))
        from authority in Gen.Enum<Authority>()
        from score in Gen.Double[0.5, 1]
        select new Judged(one, (one + step) % Size, verdict, authority, score);

    public static readonly Gen<World> Generated =
        from records in GenSaid.Array[Size]
        from judgements in GenJudged.Array[0, 8]
        select new World([.. records.Select((r, at) => r with { Number = at + 1 })], judgements);

    public async Task<TemporaryStore> BuildAsync(Database database, Func<Said, bool> isIn, IEnumerable<Said> order)
    {
        var at = await TemporaryStore.CreateAsync(database, new HandTime());
        foreach (var said in order.Where(isIn))
            await at.ImportAsync(said.Source, false, said.Record());
        foreach (var judged in Judgements)
            if (isIn(Records[judged.One]) && isIn(Records[judged.Other]))
                await JudgeAsync(at, judged, judged.Verdict);
        return at;
    }

    public async Task JudgeAsync(TemporaryStore at, Judged judged, Verdict verdict)
    {
        var made = new JudgementMade(
            Records[judged.One].Id,
            Records[judged.Other].Id,
            verdict,
            judged.Authority,
            "olu",
            judged.Score,
            "generated"
        );
        Assert.True(
            await at.Store.For(TemporaryStore.Officer, TemporaryStore.Why).JudgeAsync(made, CancellationToken.None)
        );
    }
}
