using CsCheck;
using Lanthorn.Knowledge;
using static Lanthorn.Tests.Storage.TemporaryStore;

namespace Lanthorn.Tests.Storage;

/// <summary>The laws of the store, on generated worlds; a failure prints the seed that gives it again.</summary>
public sealed class LawTests
{
    /// <summary>A new database on a server takes longer than a new file.</summary>
    private static int Worlds(Database database) => database == Database.Sqlite ? 20 : 4;

    private static readonly Viewer[] Viewers =
    [
        Officer,
        Analyst,
        Officer with
        {
            Compartments = [],
            Roles = [],
        },
        new() { Name = "guest", Organisation = "" },
    ];

    private static readonly Gen<Viewer> GenViewer = Gen.Int[0, Viewers.Length - 1].Select(at => Viewers[at]);

    [Theory, OnEachDatabase]
    public Task The_order_of_imports_changes_no_answer(Database database) =>
        World
            .Generated.SelectMany(w => Gen.Shuffle(w.Records.ToArray()).Select(order => (World: w, Order: order)))
            .Select(GenViewer, (drawn, viewer) => (drawn.World, drawn.Order, Viewer: viewer))
            .SampleAsync(
                async drawn =>
                {
                    await using var one = await drawn.World.BuildAsync(database, _ => true, drawn.World.Records);
                    await using var other = await drawn.World.BuildAsync(database, _ => true, drawn.Order);
                    Assert.Equal(
                        await Answers.AllAsync(one.Store, drawn.Viewer),
                        await Answers.AllAsync(other.Store, drawn.Viewer)
                    );
                },
                iter: Worlds(database),
                threads: 1
            );

    [Theory, OnEachDatabase]
    public Task Judgements_taken_back_in_any_order_give_back_the_entities(Database database) =>
        World
            .Generated.SelectMany(w => Gen.Shuffle(w.Judgements.ToArray()).Select(back => (World: w, Back: back)))
            .SampleAsync(
                async drawn =>
                {
                    var untouched = drawn.World with { Judgements = [] };
                    await using var at = await untouched.BuildAsync(database, _ => true, drawn.World.Records);
                    var before = await Answers.EntitiesAsync(at.Store, Officer);
                    foreach (var judged in drawn.World.Judgements)
                        await drawn.World.JudgeAsync(at, judged, judged.Verdict);

                    foreach (var judged in drawn.Back)
                        await drawn.World.JudgeAsync(at, judged, Verdict.Withdrawn);

                    Assert.Equal(before, await Answers.EntitiesAsync(at.Store, Officer, withHistory: false));
                },
                iter: Worlds(database),
                threads: 1
            );

    [Theory, OnEachDatabase]
    public Task Who_does_not_see_a_record_is_answered_as_if_it_were_not_there(Database database) =>
        World
            .Generated.Select(GenViewer, (world, viewer) => (World: world, Viewer: viewer))
            .SampleAsync(
                async drawn =>
                {
                    var (world, viewer) = drawn;
                    await using var all = await world.BuildAsync(database, _ => true, world.Records);
                    await using var seen = await world.BuildAsync(
                        database,
                        said => Label.Sees(viewer, Label.Parse(said.Label).Value),
                        world.Records
                    );

                    Assert.Equal(await Answers.AllAsync(seen.Store, viewer), await Answers.AllAsync(all.Store, viewer));
                },
                iter: Worlds(database),
                threads: 1
            );

    [Theory, OnEachDatabase]
    public async Task The_set_of_visible_labels_agrees_with_the_one_rule(Database database)
    {
        await using var at = await CreateAsync(database);
        var atom = World.OneOf(
            "purpose=enforcement",
            "purpose=prevention",
            "org=alpha",
            "org=alpha|bravo",
            "compartment=C",
            "compartment=D",
            "role=lead",
            "role=lead|analyst",
            "tlp=green",
            "tlp=amber",
            "tlp=red;org=bravo"
        );
        var label = atom.Array[0, 3].Select(atoms => Label.Parse(string.Join(';', atoms)).Value);

        await label
            .Array[1, 8]
            .SampleAsync(
                async labels =>
                {
                    foreach (var one in labels)
                    {
                        var id = await at.Store.Labels.InternAsync(one, CancellationToken.None);
                        Assert.Equal(one, at.Store.Labels.Get(id));
                        foreach (var viewer in Viewers)
                            Assert.Equal(Label.Sees(viewer, one), at.Store.Labels.For(viewer)[id]);
                    }
                },
                iter: 200,
                threads: 1
            );
    }
}
