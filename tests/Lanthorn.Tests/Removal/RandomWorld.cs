using Lanthorn.Knowledge;
using Lanthorn.Storage;

namespace Lanthorn.Tests.Removal;

/// <summary>Records under all kinds of labels, edges between them, shared telephone numbers, and judgements that join them.</summary>
internal sealed class RandomWorld
{
    private const int Records = 48;
    private const int Judgements = 16;

    private static readonly string[] Labels =
    [
        "purpose=enforcement",
        "purpose=enforcement",
        "purpose=enforcement;org=alpha",
        "purpose=enforcement;org=beta",
        "purpose=enforcement;org=beta;tlp=red",
        "purpose=enforcement;org=alpha|beta;tlp=amber",
        "purpose=prevention",
        "compartment=deep;purpose=enforcement",
        "purpose=enforcement;role=liaison-officer",
    ];

    private static readonly string[] Given =
    [
        "Ermias",
        "Ahmad",
        "Musab",
        "Mohammed",
        "Fitiwi",
        "Abd al-Rahman",
        "إرمياس",
    ];
    private static readonly string[] Family = ["Ghermay", "Dabbashi", "Abu Qarin", "Kachlaf", "Milad", "ግርማይ"];
    private static readonly string[] Sources = ["list-one", "list-two", "desk-notes", "port-calls"];
    private static readonly string[] Phones = ["+218911234567", "+218927654321", "+393331234567"];
    private static readonly string[] Countries = ["ly", "er", "it"];

    private readonly Random random;

    public RandomWorld(int seed)
    {
        random = new Random(seed);
        All = [.. Enumerable.Range(0, Records).Select(Make)];
        Pairs =
        [
            .. Enumerable
                .Range(0, Judgements)
                .Select(_ => (All[random.Next(Records)], All[random.Next(Records)], random.Next(4) != 0)),
        ];
    }

    public IReadOnlyList<(string Source, IncomingRecord Record)> All { get; }

    private IReadOnlyList<(
        (string Source, IncomingRecord Record) Left,
        (string Source, IncomingRecord Record) Right,
        bool Same
    )> Pairs { get; }

    /// <summary>Writes what is admitted, in an order of its own.</summary>
    public async Task WriteAsync(Store store, Func<Label, bool> admits, int order, CancellationToken cancellation)
    {
        var shuffled = All.Where(r => admits(r.Record.Label)).ToArray();
        new Random(order).Shuffle(shuffled);
        foreach (var (source, record) in shuffled)
        {
            var start = new ImportStart(SourceCode.Parse(source).Value, Everyone("alpha"), "test", false, []);
            var writer = await store.BeginImportAsync(start, cancellation);
            await writer.WriteAsync([record], cancellation);
            await writer.FinishAsync(cancellation);
        }
        foreach (
            var (left, right, same) in Pairs.Where(p => admits(p.Left.Record.Label) && admits(p.Right.Record.Label))
        )
            await JudgeAsync(store, left.Record, right.Record, same, cancellation);
    }

    /// <summary>Somebody of this organisation who may see everything that is not another organisation's.</summary>
    private static Viewer Everyone(string organisation) =>
        new()
        {
            Name = $"everyone-{organisation}",
            Organisation = organisation,
            Roles = ["liaison-officer"],
            Purposes = ["enforcement", "prevention", "programme"],
            Compartments = ["deep"],
            Clearance = Tlp.Red,
        };

    private static async Task JudgeAsync(
        Store store,
        IncomingRecord left,
        IncomingRecord right,
        bool same,
        CancellationToken cancellation
    )
    {
        foreach (var organisation in new[] { "alpha", "beta" })
        {
            var viewer = Everyone(organisation);
            if (left == right || !Label.Sees(viewer, left.Label) || !Label.Sees(viewer, right.Label))
                continue;
            var reading = store.For(viewer, new Justification("test"));
            var (one, other) = (await IdAsync(reading, left), await IdAsync(reading, right));
            var verdict = same ? Verdict.Same : Verdict.Different;
            var by = left.Properties["name"].Length % 2 == 0 ? Authority.Person : Authority.Engine;
            await reading.JudgeAsync(
                new(one, other, verdict, by, "judge", by == Authority.Engine ? 0.97 : null, "test"),
                cancellation
            );
            return;
        }

        async Task<RecordId> IdAsync(Reading reading, IncomingRecord record) =>
            (await reading.EntityAsync(record.PublicId, "test", cancellation))!
                .Members.First(m => m.PublicId == record.PublicId)
                .Id;
    }

    private (string, IncomingRecord) Make(int number)
    {
        var label = Label.Parse(Labels[random.Next(Labels.Length)]).Value;
        var source = Sources[random.Next(Sources.Length)];
        var properties = new Properties.Builder();
        if (number % 5 == 4)
        {
            properties.Add("owner", $"w-{random.Next(number)}");
            properties.Add("asset", $"w-{random.Next(number)}");
            return (source, Incoming("Ownership"));
        }
        properties.Add("name", $"{Given[random.Next(Given.Length)]} {Family[random.Next(Family.Length)]}");
        properties.Add("nationality", Countries[random.Next(Countries.Length)]);
        properties.Add("topics", random.Next(2) == 0 ? "sanction" : "crime.traffick");
        if (random.Next(2) == 0)
            properties.Add("phone", Phones[random.Next(Phones.Length)]);
        if (random.Next(3) == 0)
            properties.Add("notes", "seen near the harbour of Zuwara");
        return (source, Incoming("Person"));

        IncomingRecord Incoming(string schema) =>
            new($"{number}", $"w-{number}", Model.Get(schema), properties.Build())
            {
                Label = label,
                PublishedAt = new DateOnly(2020, 1, 1).AddDays(random.Next(400)),
            };
    }
}
