using Lanthorn.Platform;
using Lanthorn.Screening;
using Lanthorn.Storage;
using Lanthorn.Tests.Storage;

namespace Lanthorn.Tests.Screening;

public sealed class BookmarkTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static readonly Work Ana = new(TemporaryStore.Analyst, "test");

    private static readonly Work Ben = new(TemporaryStore.Analyst with { Name = "ben" }, "test");

    [Theory, OnEachDatabase]
    public async Task A_bookmark_is_the_accounts_own_and_tells_what_has_changed_since_it_looked(Database database)
    {
        var time = new HandTime();
        await using var t = await Opened.CreateAsync(database, time);
        var bookmarks = new Bookmarks(t.Store);
        var home = new BookmarkNews(t.Store, bookmarks);
        await t.ImportAsync("1", "Ermias");
        await bookmarks.SetAsync(Ana, await t.EntityAsync(Ana), Stop);
        await bookmarks.SetAsync(Ana, await t.EntityAsync(Ana), Stop);

        Assert.Empty(Assert.Single(await home.HandleAsync(Ana, Stop)).News);
        Assert.Empty(await home.HandleAsync(Ben, Stop));

        time.Move(TimeSpan.FromMinutes(1));
        await t.ImportAsync("1", "Ermias Ghermay");
        Assert.Equal(["list says something else"], Assert.Single(await home.HandleAsync(Ana, Stop)).News);

        time.Move(TimeSpan.FromMinutes(1));
        await bookmarks.SeenAsync(Ana, (await bookmarks.FindAsync(Ana, await t.EntityAsync(Ana), Stop))!, Stop);
        Assert.Empty(Assert.Single(await home.HandleAsync(Ana, Stop)).News);

        await bookmarks.RemoveAsync(Ana, await t.EntityAsync(Ana), Stop);
        Assert.Empty(await home.HandleAsync(Ana, Stop));
    }

    [Theory, OnEachDatabase]
    public async Task Notices_of_bookmarks_are_as_many_as_the_count_that_reads_none_of_them_says(Database database)
    {
        var time = new HandTime();
        await using var t = await Opened.CreateAsync(database, time);
        var bookmarks = new Bookmarks(t.Store);
        var home = new BookmarkNews(t.Store, bookmarks);
        await t.ImportAsync("1", "Ermias");
        await bookmarks.SetAsync(Ana, await t.EntityAsync(Ana), Stop);
        var outsider = Ana with { Viewer = Ana.Viewer with { Purposes = ["prevention"] } };
        async Task<(int Lines, int Counted)> Told(Work work) =>
            (
                (await home.AskAsync(work, Stop)).Count(l => l.IsNoticeFor(work)),
                await home.CountNoticesAsync(work, Stop)
            );

        Assert.Equal((0, 0), await Told(Ana));
        time.Move(TimeSpan.FromMinutes(1));
        await t.ImportAsync("1", "Ermias Ghermay");
        Assert.Equal((1, 1), await Told(Ana));
        Assert.Equal((0, 0), await Told(Ana with { LookedAt = time.GetUtcNow() }));
        Assert.Equal((0, 0), await Told(outsider));

        await t.ImportAsync("2", "Ermias G.");
        var look = time.GetUtcNow();
        time.Move(TimeSpan.FromMinutes(1));
        await t.JoinAsync("2");
        Assert.Equal((1, 1), await Told(Ana with { LookedAt = look }));
        await bookmarks.SeenAsync(Ana, (await bookmarks.FindAsync(Ana, await t.EntityAsync(Ana), Stop))!, Stop);
        Assert.Equal((0, 0), await Told(Ana));
    }

    [Theory, OnEachDatabase]
    public async Task A_bookmark_on_a_protected_person_is_no_watch_whichever_record_protects(Database database)
    {
        var time = new HandTime();
        await using var t = await Opened.CreateAsync(database, time);
        var bookmarks = new Bookmarks(t.Store);
        var home = new BookmarkNews(t.Store, bookmarks);
        await t.ImportAsync("1", "Ermias", Knowledge.SubjectCategory.Suspect);
        await bookmarks.SetAsync(Ana, await t.EntityAsync(Ana), Stop);
        time.Move(TimeSpan.FromMinutes(1));
        await t.ImportAsync("1", "Ermias Ghermay", Knowledge.SubjectCategory.Suspect);
        Assert.NotEmpty(Assert.Single(await home.HandleAsync(Ana, Stop)).News);
        Assert.Equal(1, await home.CountNoticesAsync(Ana, Stop));

        await t.ImportAsync("2", "Ermias G.", Knowledge.SubjectCategory.Minor);
        await t.JoinAsync("2");

        Assert.Empty(Assert.Single(await home.HandleAsync(Ana, Stop)).News);
        Assert.Equal(0, await home.CountNoticesAsync(Ana, Stop));
        Assert.EndsWith(
            "minor, not watched",
            Assert.Single(await home.AskAsync(Ana, Stop)).Note,
            StringComparison.Ordinal
        );
    }

    /// <summary>A store with the tables of the modules.</summary>
    private sealed class Opened(string folder, PostgresDatabase? server, Store store) : IAsyncDisposable
    {
        public Store Store => store;

        public static async Task<Opened> CreateAsync(Database database, TimeProvider time)
        {
            var folder = Directory.CreateTempSubdirectory("lanthorn-test-").FullName;
            var server = database == Database.Postgres ? await PostgresTables.CopyAsync(TestModules.All) : null;
            var settings = new StoreSettings(folder, time, TestModules.All, TemporaryStore.Key, server?.Address ?? "");
            return new(folder, server, await Store.OpenAsync(settings, Stop));
        }

        public async Task ImportAsync(string id, string name, Knowledge.SubjectCategory category = default)
        {
            var source = Knowledge.SourceCode.Parse("list").Value;
            var writer = await store.BeginImportAsync(new(source, Ana.Viewer, "test", false, []), Stop);
            await writer.WriteAsync([TemporaryStore.Person(id, name) with { Category = category }], Stop);
            await writer.FinishAsync(Stop);
        }

        /// <summary>Somebody says that another record is about the same person.</summary>
        public async Task JoinAsync(string id)
        {
            var (one, other) = (TemporaryStore.Id("list", "1"), TemporaryStore.Id("list", id));
            await Ana.On(store)
                .JudgeAsync(
                    new(one, other, Knowledge.Verdict.Same, Knowledge.Authority.Person, "ana", null, "test"),
                    Stop
                );
        }

        public async Task<Knowledge.Entity> EntityAsync(Work work) =>
            (await work.On(store).EntityAsync("test-1", "test", Stop))!;

        public async ValueTask DisposeAsync()
        {
            await store.DisposeAsync();
            if (server is not null)
                await server.DisposeAsync();
            Directory.Delete(folder, recursive: true);
        }
    }
}
