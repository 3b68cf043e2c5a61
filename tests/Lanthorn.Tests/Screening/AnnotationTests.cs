using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Screening;
using Lanthorn.Tests.Storage;

namespace Lanthorn.Tests.Screening;

/// <summary>What people write about an entity: seen by who sees all of it, changed by its author, gone with any of it.</summary>
public sealed class AnnotationTests
{
    private const string Text = "Seen with two phones in Zuwara";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static readonly Work Ana = new(TemporaryStore.Analyst, "test");

    /// <summary>As Ana, of the same organisation, without her clearance.</summary>
    private static readonly Work Ben = new(TemporaryStore.Analyst with { Name = "ben", Clearance = Tlp.Green }, "test");

    [Theory, OnEachDatabase]
    public async Task An_annotation_is_not_there_for_who_does_not_see_all_the_records(Database database)
    {
        await using var t = await TwoJoinedAsync(database);
        await Annotate.HandleAsync(Ana, t.Store, new Annotate.Written("test-1", Text), Stop);

        Assert.Equal(Text, Assert.Single(await OfAsync(t, Ana, "test-1")).Text);
        Assert.Equal("test-1", Assert.Single((await EntityAsync(t, Ben, "test-1")).Members).PublicId);
        Assert.Empty(await OfAsync(t, Ben, "test-1"));

        // About the part that he sees, everybody writes for everybody.
        await Annotate.HandleAsync(Ben, t.Store, new Annotate.Written("test-1", "Only one record"), Stop);
        Assert.Equal("Only one record", Assert.Single(await OfAsync(t, Ben, "test-1")).Text);
        Assert.Equal(2, (await OfAsync(t, Ana, "test-1")).Count);
    }

    [Theory, OnEachDatabase]
    public async Task Only_its_author_changes_an_annotation_or_takes_it_away(Database database)
    {
        await using var t = await TwoJoinedAsync(database);
        await Annotate.HandleAsync(Ben, t.Store, new Annotate.Written("test-1", Text), Stop);
        var written = Assert.Single(await OfAsync(t, Ana, "test-1"));
        Assert.Equal(("ben", null), (written.Author, written.EditedAt));

        var refused = await Assert.ThrowsAsync<RefusedException>(() =>
            ChangeAsync(t, Ana, written.Id, "Other", "change")
        );
        Assert.Equal(404, refused.Refusal.Status);
        await Assert.ThrowsAsync<RefusedException>(() => ChangeAsync(t, Ana, written.Id, null, "remove"));
        await Assert.ThrowsAsync<RefusedException>(() => ChangeAsync(t, Ben, written.Id, "  ", "change"));

        await ChangeAsync(t, Ben, written.Id, "Three phones", "change");
        var changed = Assert.Single(await OfAsync(t, Ana, "test-1"));
        Assert.Equal("Three phones", changed.Text);
        Assert.NotNull(changed.EditedAt);
        await ChangeAsync(t, Ben, written.Id, null, "remove");
        Assert.Empty(await OfAsync(t, Ana, "test-1"));
    }

    [Theory, OnEachDatabase]
    public async Task Erasing_a_record_erases_what_was_written_about_it(Database database)
    {
        await using var t = await TwoJoinedAsync(database);
        await Annotate.HandleAsync(Ana, t.Store, new Annotate.Written("test-1", Text), Stop);
        await Annotate.HandleAsync(Ben, t.Store, new Annotate.Written("test-1", "Only one record"), Stop);

        Assert.True(await t.Store.EraseAsync(TemporaryStore.Id("list", "2"), Ana.Viewer, "asked", Stop));

        Assert.Equal("Only one record", Assert.Single(await OfAsync(t, Ana, "test-1")).Text);
    }

    [Theory, OnEachDatabase]
    public async Task After_taking_apart_an_annotation_stays_with_every_part_for_who_sees_all(Database database)
    {
        await using var t = await TwoJoinedAsync(database);
        await Annotate.HandleAsync(Ana, t.Store, new Annotate.Written("test-1", Text), Stop);
        await Judge.HandleAsync(
            Ana,
            JudgingTests.On(t.Store),
            new(Id("1"), Id("2"), "withdrawn", "not the same"),
            Stop
        );

        Assert.Equal(2, Assert.Single(await OfAsync(t, Ana, "test-1")).Records);
        Assert.Equal(2, Assert.Single(await OfAsync(t, Ana, "test-2")).Records);
        Assert.Empty(await OfAsync(t, Ben, "test-1"));
    }

    private static string Id(string number) => $"{TemporaryStore.Id("list", number)}";

    private static async Task<TemporaryStore> TwoJoinedAsync(Database database)
    {
        var t = await TemporaryStore.CreateAsync(database, null, TestModules.All);
        await t.ImportAsync(
            "list",
            false,
            TemporaryStore.Person("1", "Ermias"),
            TemporaryStore.Person("2", "Ermias", "tlp=amber")
        );
        await Judge.HandleAsync(Ana, JudgingTests.On(t.Store), new(Id("1"), Id("2"), "same", "same man"), Stop);
        return t;
    }

    private static Task ChangeAsync(TemporaryStore t, Work work, long id, string? text, string act) =>
        Annotate.HandleAsync(work, t.Store, new Annotate.Changed("test-1", id, text, act), Stop);

    private static async Task<Entity> EntityAsync(TemporaryStore t, Work work, string id) =>
        (await work.On(t.Store).EntityAsync(id, "test", Stop))!;

    private static async Task<IReadOnlyList<Lanthorn.Storage.Reading.Annotation>> OfAsync(
        TemporaryStore t,
        Work work,
        string id
    ) => await work.On(t.Store).AnnotationsAsync(await EntityAsync(t, work, id), Stop);
}
