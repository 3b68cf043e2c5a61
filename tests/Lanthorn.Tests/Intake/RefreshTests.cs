using System.Text;
using Lanthorn.Intake.Refreshing;
using Lanthorn.Platform;
using Lanthorn.Tests.Formats;
using Lanthorn.Tests.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Lanthorn.Tests.Intake;

/// <summary>Fetching official lists: only what changed, resumed where it broke off, and what was there stands when it fails.</summary>
public sealed class RefreshTests
{
    private const string Un = "un-sc";
    private static readonly Work Operator = new(
        TemporaryStore.Analyst with
        {
            Name = "operator",
            Roles = ["operator"],
        },
        "test"
    );
    private static readonly string First = ListServer.UnList(("LYi.901", "Orin Vesselman"), ("LYi.902", "Bela Quay"));
    private static readonly string Second = ListServer.UnList(("LYi.901", "Orin Vesselmann"));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static RefreshSource RefreshOn(IntakeFolder at, int megabytes = 512)
    {
        var services = new ServiceCollection();
        FetchFile.Configure(services);
        var clients = services.BuildServiceProvider().GetRequiredService<IHttpClientFactory>();
        return new(
            at.Store,
            new Settings { UploadMegabytes = megabytes },
            new RefreshStates(at.Store),
            new FetchFile(clients, at.Store.Time),
            at.Import
        );
    }

    private static async Task<(IntakeFolder At, ListServer Publisher)> StartAsync(TimeProvider? time = null)
    {
        var (at, publisher) = (await IntakeFolder.CreateAsync(time), await ListServer.StartAsync());
        await AddressAsync(at, Un, publisher.At("un.xml"));
        return (at, publisher);
    }

    private static Task<IReadOnlyList<string>> AddressAsync(
        IntakeFolder at,
        string source,
        params string[] addresses
    ) => new AddressSource(at.Store).HandleAsync(Operator, source, addresses, Stop);

    private static Task<RefreshSource.Outcome> RefreshAsync(IntakeFolder at, string source = Un, int megabytes = 512) =>
        RefreshOn(at, megabytes).HandleAsync(IntakeFolder.Ana, source, progress: null, Stop);

    private static IEnumerable<string> LeftIn(IntakeFolder at, string source = Un) =>
        Directory.EnumerateFiles(Path.Combine(at.Folder, "refresh", source), "*.part");

    private static bool HasPart(IntakeFolder at) => LeftIn(at).Any(p => new FileInfo(p).Length == 100);

    [Fact]
    public async Task A_list_is_fetched_and_imported_and_not_fetched_again_while_it_is_unchanged()
    {
        var (at, publisher) = await StartAsync();
        await using var _ = at;
        await using var __ = publisher;
        publisher.Publish("un.xml", First, "a");

        var first = await RefreshAsync(at);
        var again = await RefreshAsync(at);
        publisher.Publish("un.xml", Second, "b");
        var changed = await RefreshAsync(at);

        Assert.Equal((RefreshResult.Updated, 2L), (first.Result, first.Tally!.Imported));
        Assert.Equal((RefreshResult.Unchanged, null), (again.Result, again.Tally));
        Assert.Equal((1L, 1L), (changed.Tally!.Imported, changed.Tally.Ended));
        Assert.Equal([null, "\"a\"", "\"a\""], publisher.Questions.Select(q => q.IfNoneMatch));
        Assert.Equal("Orin Vesselmann", (await at.EntityAsync("un-sc-LYi.901"))!.Caption);
        Assert.Empty(LeftIn(at));
        var state = await new RefreshStates(at.Store).OfAsync(Un, Stop);
        Assert.Equal(RefreshResult.Updated, state.Result);
        Assert.NotNull(state.CheckedAt);
        var import = Assert.Single(
            (await at.Imports.ListAsync(IntakeFolder.Ana, 0, 1, Stop)).Imports,
            i => i.Id == changed.Import
        );
        Assert.Equal(("ana", "un.xml"), (import.Account, Assert.Single(import.Files)));
    }

    [Fact]
    public async Task An_unchanged_file_is_fetched_all_the_same_when_something_else_was_imported_after_it()
    {
        var (at, publisher) = await StartAsync();
        await using var _ = at;
        await using var __ = publisher;
        publisher.Publish("un.xml", Second, "b");
        await RefreshAsync(at);
        await at.ImportAsync(Un, "un", First);

        var again = await RefreshAsync(at);

        Assert.Equal((RefreshResult.Updated, 1L), (again.Result, again.Tally!.Ended));
    }

    [Fact]
    public async Task A_download_that_breaks_off_goes_on_where_it_stopped()
    {
        var (at, publisher) = await StartAsync();
        await using var _ = at;
        await using var __ = publisher;
        publisher.Publish("un.xml", First, "a");
        publisher.BreakOff("un.xml", after: 100, () => HasPart(at));

        var outcome = await RefreshAsync(at);

        Assert.Equal((RefreshResult.Updated, 2L), (outcome.Result, outcome.Tally!.Imported));
        Assert.Equal([(null, null), ("bytes=100-", "\"a\"")], publisher.Questions.Select(q => (q.Range, q.IfRange)));
    }

    [Fact]
    public async Task A_file_that_changes_between_its_parts_starts_over()
    {
        var (at, publisher) = await StartAsync();
        await using var _ = at;
        await using var __ = publisher;
        publisher.Publish("un.xml", First, "a");
        publisher.Next(async context =>
        {
            context.Response.Headers.ETag = "\"a\"";
            context.Response.ContentLength = First.Length;
            await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(First).AsMemory(0, 100));
            await context.Response.Body.FlushAsync();
            while (!HasPart(at))
                await Task.Delay(5, Stop);
            publisher.Publish("un.xml", Second, "b");
            context.Abort();
        });

        var outcome = await RefreshAsync(at);

        Assert.Equal((RefreshResult.Updated, 1L), (outcome.Result, outcome.Tally!.Read));
        Assert.Equal("Orin Vesselmann", (await at.EntityAsync("un-sc-LYi.901"))!.Caption);
    }

    [Fact]
    public async Task A_rest_of_another_state_is_never_put_behind_the_part_that_is_here()
    {
        var (at, publisher) = await StartAsync();
        await using var _ = at;
        await using var __ = publisher;
        publisher.Publish("un.xml", First, "a");
        publisher.BreakOff("un.xml", after: 100, () => HasPart(at));
        // A server that does not look at If-Range.
        publisher.Next(async context =>
        {
            context.Response.StatusCode = 206;
            context.Response.Headers.ETag = "\"c\"";
            context.Response.Headers.ContentRange = "bytes 100-199/200";
            await context.Response.Body.WriteAsync(new byte[100]);
        });

        var outcome = await RefreshAsync(at);

        Assert.Equal((RefreshResult.Updated, 2L), (outcome.Result, outcome.Tally!.Imported));
        Assert.Null(publisher.Questions[^1].Range);
    }

    [Fact]
    public async Task What_does_not_come_through_is_said_and_the_next_refresh_goes_on_with_it()
    {
        var (at, publisher) = await StartAsync();
        await using var _ = at;
        await using var __ = publisher;
        publisher.Publish("un.xml", First, "a");
        publisher.BreakOff("un.xml", after: 100, () => HasPart(at));
        publisher.Next(Fail);
        publisher.Next(Fail);

        var failed = await RefreshAsync(at);
        var again = await RefreshAsync(at);

        Assert.Equal(RefreshResult.Failed, failed.Result);
        Assert.Contains("answers 503", failed.Text, StringComparison.Ordinal);
        Assert.Equal("bytes=100-", publisher.Questions[^1].Range);
        Assert.Equal(2, again.Tally!.Imported);

        static Task Fail(HttpContext context)
        {
            context.Response.StatusCode = 503;
            return Task.CompletedTask;
        }
    }

    [Theory]
    [InlineData(404, "text/plain", "", "there is no such file")]
    [InlineData(403, "text/plain", "", "wants a token")]
    [InlineData(500, "text/plain", "", "answers 500")]
    [InlineData(418, "text/plain", "", "answers 418")]
    [InlineData(200, "text/html; charset=utf-8", "<html>Please sign in</html>", "a page for people")]
    [InlineData(200, "application/xml", "", "is empty")]
    [InlineData(200, "application/xml", "<html>Please sign in</html>", "no list known here")]
    [InlineData(200, "application/xml", "<CONSOLIDATED_LIST><INDIVIDUALS><INDIVIDUAL>", "un.xml")]
    public async Task What_is_no_list_leaves_the_old_one_and_says_cause_place_and_way_out(
        int status,
        string type,
        string body,
        string words
    )
    {
        var (at, publisher) = await StartAsync();
        await using var _ = at;
        await using var __ = publisher;
        publisher.Publish("un.xml", First, "a");
        await RefreshAsync(at);
        for (var attempt = 0; attempt < FetchFile.MaxAttempts; attempt++)
            publisher.Next(context =>
            {
                (context.Response.StatusCode, context.Response.ContentType) = (status, type);
                return context.Response.WriteAsync(body);
            });

        var outcome = await RefreshAsync(at);

        Assert.Equal(RefreshResult.Failed, outcome.Result);
        Assert.Contains(words, outcome.Text, StringComparison.Ordinal);
        Assert.NotNull(await at.EntityAsync("un-sc-LYi.902"));
        var state = await new RefreshStates(at.Store).OfAsync(Un, Stop);
        Assert.Equal((RefreshResult.Failed, outcome.Text), (state.Result, state.ResultText));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_file_longer_than_the_limit_is_not_kept(bool saysSo)
    {
        var (at, publisher) = await StartAsync();
        await using var _ = at;
        await using var __ = publisher;
        publisher.Next(async context =>
        {
            if (saysSo)
                context.Response.ContentLength = 10L * 1024 * 1024 * 1024;
            var piece = new byte[64 * 1024];
            while (!context.RequestAborted.IsCancellationRequested)
                await context.Response.Body.WriteAsync(piece, context.RequestAborted);
        });

        var outcome = await RefreshAsync(at, megabytes: 1);

        Assert.Equal(RefreshResult.Failed, outcome.Result);
        Assert.Contains("longer than 1 MiB", outcome.Text, StringComparison.Ordinal);
        Assert.Empty(LeftIn(at));
    }

    [Fact]
    public async Task A_server_that_falls_silent_is_given_up()
    {
        var time = new HandTime();
        var (at, publisher) = await StartAsync(time);
        await using var _ = at;
        await using var __ = publisher;
        publisher.Publish("un.xml", First, "a");
        for (var attempt = 0; attempt < FetchFile.MaxAttempts; attempt++)
            publisher.Next(async context =>
            {
                await context.Response.Body.WriteAsync("<CONSOLIDATED_LIST>"u8.ToArray());
                await context.Response.Body.FlushAsync();
                await Task.Delay(Timeout.Infinite, context.RequestAborted)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            });

        var refresh = RefreshAsync(at);
        while (!refresh.IsCompleted)
        {
            time.Move(TimeSpan.FromSeconds(20));
            await Task.Delay(10, Stop);
        }

        var outcome = await refresh;
        Assert.Equal(RefreshResult.Failed, outcome.Result);
        Assert.Contains("said nothing for 60 seconds", outcome.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_trickles_is_given_up_after_half_an_hour()
    {
        var time = new HandTime();
        var (at, publisher) = await StartAsync(time);
        await using var _ = at;
        await using var __ = publisher;
        publisher.Next(async context =>
        {
            for (var sent = 1; !context.RequestAborted.IsCancellationRequested; sent++)
            {
                await context.Response.Body.WriteAsync("<"u8.ToArray());
                await context.Response.Body.FlushAsync();
                while (
                    !LeftIn(at).Any(p => new FileInfo(p).Length == sent)
                    && !context.RequestAborted.IsCancellationRequested
                )
                    await Task.Delay(1);
                time.Move(TimeSpan.FromSeconds(50));
            }
        });

        var outcome = await RefreshAsync(at);

        Assert.Equal(RefreshResult.Failed, outcome.Result);
        Assert.Contains("not here after 30 minutes", outcome.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://lists.example/un.xml", "only https")]
    [InlineData("file:///etc/passwd", "only https")]
    [InlineData("/again", "more than 5 times")]
    public async Task Redirects_lead_to_no_lesser_place_and_not_in_circles(string to, string words)
    {
        var (at, publisher) = await StartAsync();
        await using var _ = at;
        await using var __ = publisher;
        for (var hop = 0; hop <= FetchFile.MaxRedirects; hop++)
            publisher.Next(context =>
            {
                context.Response.Redirect(to);
                return Task.CompletedTask;
            });

        var outcome = await RefreshAsync(at);

        Assert.Equal(RefreshResult.Failed, outcome.Result);
        Assert.Contains(words, outcome.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_to_a_good_place_is_followed()
    {
        var (at, publisher) = await StartAsync();
        await using var _ = at;
        await using var __ = publisher;
        publisher.Publish("moved.xml", First, "a");
        publisher.Next(context =>
        {
            context.Response.Redirect("/moved.xml");
            return Task.CompletedTask;
        });

        Assert.Equal(RefreshResult.Updated, (await RefreshAsync(at)).Result);
    }

    [Theory]
    [InlineData("https://lists.example/a", "http://lists.example/a", false)]
    [InlineData("https://lists.example/a", "http://127.0.0.1/a", false)]
    [InlineData("https://lists.example/a", "https://localhost/a", false)]
    [InlineData("https://lists.example/a", "https://name:word@lists.example/a", false)]
    [InlineData("https://lists.example/a", "https://files.example/a?t=1", true)]
    [InlineData("https://lists.example/a", "b", true)]
    [InlineData("http://127.0.0.1/a", "http://127.0.0.1/b", true)]
    [InlineData("http://127.0.0.1/a", "https://lists.example/b", true)]
    public void A_redirect_never_leads_from_https_to_http_nor_to_this_machine(
        string from,
        string to,
        bool isFollowed
    ) =>
        Assert.Equal(
            isFollowed,
            FileAddress.Parse(from).Value.Redirected(new Uri(to, UriKind.RelativeOrAbsolute)).IsAccepted
        );

    [Theory]
    [InlineData("")]
    [InlineData("un.xml")]
    [InlineData("http://lists.example/un.xml")]
    [InlineData("ftp://127.0.0.1/un.xml")]
    [InlineData("https://name:word@lists.example/un.xml")]
    public void What_is_no_safe_address_is_refused(string text) => Assert.False(FileAddress.Parse(text).IsAccepted);

    [Fact]
    public async Task An_edition_of_several_files_is_fetched_whole_when_one_of_them_changed()
    {
        var (at, publisher) = await StartAsync();
        await using var _ = at;
        await using var __ = publisher;
        await AddressAsync(at, "us-ofac", publisher.At("sdn.csv"), publisher.At("alt.csv"), publisher.At("add.csv"));
        var modified = new DateTimeOffset(2026, 2, 3, 4, 5, 6, TimeSpan.Zero);
        publisher.Publish("sdn.csv", Sdn("VESSELMAN, Orin"), "s1", modified);
        publisher.Publish("alt.csv", "9001,1,\"aka\",\"THE FERRYMAN\",-0- \r\n", "a1", modified.AddDays(-1));
        publisher.Publish("add.csv", "9001,1,\"Harbour Road 5\",\"Zuwarah\",\"Libya\",-0- \r\n", "d1");

        var first = await RefreshAsync(at, "us-ofac");
        publisher.Publish("sdn.csv", Sdn("VESSELMANN, Orin"), "s2", modified);
        var second = await RefreshAsync(at, "us-ofac");
        var third = await RefreshAsync(at, "us-ofac");

        Assert.Equal(
            [RefreshResult.Updated, RefreshResult.Updated, RefreshResult.Unchanged],
            new[] { first, second, third }.Select(o => o.Result)
        );
        var names = (await at.EntityAsync("us-ofac-9001"))!.Properties["alias"];
        Assert.Contains("THE FERRYMAN", names);
        Assert.Equal("2026-02-03", (await at.Imports.FindAsync(IntakeFolder.Ana, first.Import!, Stop))!.Edition);

        static string Sdn(string name) =>
            $"9001,\"{name}\",\"individual\",\"SDGT\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n";
    }

    [Fact]
    public async Task A_compressed_list_is_read_as_what_is_in_it()
    {
        var (at, publisher) = await StartAsync();
        await using var _ = at;
        await using var __ = publisher;
        publisher.Next(context => context.Response.Body.WriteAsync(ListSamples.Gzip(First)).AsTask());

        Assert.Equal(2, (await RefreshAsync(at)).Tally!.Imported);
    }

    [Fact]
    public async Task A_source_whose_publisher_gives_tokens_waits_for_an_address_and_never_shows_the_token()
    {
        var (at, publisher) = await StartAsync();
        await using var _ = at;
        await using var __ = publisher;

        var none = await RefreshAsync(at, "eu-fsf");
        var shown = await AddressAsync(at, "eu-fsf", publisher.At("eu.xml?token=secret"));
        var failed = await RefreshAsync(at, "eu-fsf");

        Assert.Equal(RefreshResult.NoAddress, none.Result);
        Assert.Contains("sources address eu-fsf", none.Text, StringComparison.Ordinal);
        Assert.Equal([publisher.At("eu.xml?…")], shown);
        Assert.DoesNotContain("secret", failed.Text, StringComparison.Ordinal);
        Assert.Contains("eu.xml?…", failed.Text, StringComparison.Ordinal);
        var log = await at.Store.Audit.ListAsync(null, 100, 0, Stop);
        Assert.Contains(log, e => e.Body.ToString().Contains("address set of source eu-fsf", StringComparison.Ordinal));
        Assert.DoesNotContain(log, e => e.Body.ToString().Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Only_those_who_manage_the_installation_set_an_address()
    {
        await using var at = await IntakeFolder.CreateAsync();

        var refused = await Assert.ThrowsAsync<RefusedException>(() =>
            new AddressSource(at.Store).HandleAsync(IntakeFolder.Ana, Un, ["https://lists.example/"], Stop)
        );

        Assert.Equal("not-your-role", refused.Refusal.Code);
    }

    [Fact]
    public async Task Two_refreshes_of_one_source_do_not_run_at_once()
    {
        var (at, publisher) = await StartAsync();
        await using var _ = at;
        await using var __ = publisher;
        var (asked, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        publisher.Next(async context =>
        {
            asked.SetResult();
            await go.Task;
            await context.Response.WriteAsync(First);
        });

        var first = RefreshAsync(at);
        await asked.Task;
        var refused = await Assert.ThrowsAsync<RefusedException>(() => RefreshAsync(at));
        go.SetResult();

        Assert.Equal("refresh-running", refused.Refusal.Code);
        Assert.Equal(RefreshResult.Updated, (await first).Result);
    }

    [Fact]
    public async Task A_part_older_than_a_day_is_not_kept()
    {
        var (at, publisher) = await StartAsync();
        await using var _ = at;
        await using var __ = publisher;
        publisher.Publish("un.xml", First, "a");
        for (var attempt = 0; attempt < FetchFile.MaxAttempts; attempt++)
            publisher.BreakOff("un.xml", after: 100, () => HasPart(at));
        await RefreshAsync(at);
        foreach (var part in LeftIn(at))
            File.SetLastWriteTimeUtc(
                part,
                at.Store.Time.GetUtcNow().UtcDateTime - PartFile.MaxAge - TimeSpan.FromMinutes(1)
            );

        RefreshOn(at).Sweep();

        Assert.Empty(LeftIn(at));
    }
}
