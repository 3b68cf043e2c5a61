using CsCheck;
using Lanthorn.Knowledge;
using static Lanthorn.Tests.Storage.TemporaryStore;

namespace Lanthorn.Tests.Storage;

/// <summary>The laws of the store, on generated worlds; a failure prints the seed that gives it again.</summary>
public sealed class LawTests
{
    private const int Worlds = 20;

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

    [Fact]
    public Task The_order_of_imports_changes_no_answer() =>
        World
            .Generated.SelectMany(w => Gen.Shuffle(w.Records.ToArray()).Select(order => (World: w, Order: order)))
            .Select(GenViewer, (drawn, viewer) => (drawn.World, drawn.Order, Viewer: viewer))
            .SampleAsync(
                async drawn =>
                {
                    await using var one = await drawn.World.BuildAsync(_ => true, drawn.World.Records);
                    await using var other = await drawn.World.BuildAsync(_ => true, drawn.Order);
                    Assert.Equal(
                        await Answers.AllAsync(one.Store, drawn.Viewer),
                        await Answers.AllAsync(other.Store, drawn.Viewer)
                    );
                },
                iter: Worlds,
                threads: 1
            );

    [Fact]
    public Task Judgements_taken_back_in_any_order_give_back_the_entities() =>
        World
            .Generated.SelectMany(w => Gen.Shuffle(w.Judgements.ToArray()).Select(back => (World: w, Back: back)))
            .SampleAsync(
                async drawn =>
                {
                    var untouched = drawn.World with { Judgements = [] };
                    await using var at = await untouched.BuildAsync(_ => true, drawn.World.Records);
                    var before = await Answers.EntitiesAsync(at.Store, Officer);
                    foreach (var judged in drawn.World.Judgements)
                        await drawn.World.JudgeAsync(at, judged, judged.Verdict);

                    foreach (var judged in drawn.Back)
                        await drawn.World.JudgeAsync(at, judged, Verdict.Withdrawn);

                    Assert.Equal(before, await Answers.EntitiesAsync(at.Store, Officer, withHistory: false));
                },
                iter: Worlds,
                threads: 1
            );

    [Fact]
    public Task Who_does_not_see_a_record_is_answered_as_if_it_were_not_there() =>
        World
            .Generated.Select(GenViewer, (world, viewer) => (World: world, Viewer: viewer))
            .SampleAsync(
                async drawn =>
                {
                    var (world, viewer) = drawn;
                    await using var all = await world.BuildAsync(_ => true, world.Records);
                    await using var seen = await world.BuildAsync(
                        said => Label.Sees(viewer, Label.Parse(said.Label).Value),
                        world.Records
                    );

                    Assert.Equal(await Answers.AllAsync(seen.Store, viewer), await Answers.AllAsync(all.Store, viewer));
                },
                iter: Worlds,
                threads: 1
            );

    [Fact]
    public async Task The_set_of_visible_labels_agrees_with_the_one_rule()
    {
        await using var at = await CreateAsync();
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
