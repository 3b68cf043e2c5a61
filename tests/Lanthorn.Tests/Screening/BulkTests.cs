using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Lanthorn.Knowledge;
using Lanthorn.Storage;
using Lanthorn.Tests.Removal;
using Lanthorn.Tests.Storage;

namespace Lanthorn.Tests.Screening;

public sealed class BulkTests
{
    private const string Route = "/api/v1/bulk";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, OnEachDatabase]
    public async Task Many_are_bookmarked_at_once_and_taken_back_but_for_those_that_were_bookmarks_before(
        Database database
    )
    {
        await using var server = await InstalledServer.StartAsync(Stop, on: database);
        using var ana = await server.SignedInAsync("ana", "analyst", "alpha", Stop);
        var records = await FilledAsync(server);
        using var marked = await ana.PostAsJsonAsync("/api/v1/bookmarks", new { entity = "test-1" }, Stop);
        Assert.Equal(HttpStatusCode.NoContent, marked.StatusCode);

        var lines = await PreviewAsync(ana, "bookmark", records);
        Assert.Equal([false, true, true], lines.Select(l => l.GetProperty("changes").GetBoolean()));
        Assert.Single(await BookmarksAsync(ana));

        var id = await DoAsync(ana, "bookmark", records);
        Assert.Equal(3, (await BookmarksAsync(ana)).Length);

        await UndoAsync(ana, id);
        Assert.Equal(["test-1"], (await BookmarksAsync(ana)).Select(b => b.GetProperty("entity").GetString()));
        using var again = await ana.PostAsync($"{Route}/{id}/undo", null, Stop);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.StatusCode);
    }

    [Theory, OnEachDatabase]
    public async Task Many_are_judged_the_same_at_once_and_fall_apart_again_when_it_is_taken_back(Database database)
    {
        await using var server = await InstalledServer.StartAsync(Stop, on: database);
        using var ana = await server.SignedInAsync("ana", "analyst", "alpha", Stop);
        var records = await FilledAsync(server);

        var id = await DoAsync(ana, "same", records, "one handwriting");
        Assert.Equal(2, await OthersAsync(ana));

        await UndoAsync(ana, id);
        Assert.Equal(0, await OthersAsync(ana));
    }

    [Fact]
    public async Task What_was_judged_anew_or_rewritten_since_is_left_when_all_is_taken_back()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var ana = await server.SignedInAsync("ana", "analyst", "alpha", Stop);
        using var ben = await server.SignedInAsync("ben", "analyst", "alpha", Stop);
        var records = await FilledAsync(server);
        var joined = await DoAsync(ana, "same", records, "one handwriting");
        using var judged = await ben.PostAsJsonAsync(
            "/api/v1/judgements",
            new
            {
                left = records[0],
                right = records[1],
                verdict = "different",
                reason = "two brothers",
            },
            Stop
        );
        Assert.Equal(HttpStatusCode.Created, judged.StatusCode);

        await UndoAsync(ana, joined);
        using var again = await ana.PostAsJsonAsync(
            "/api/v1/judgements",
            new
            {
                left = records[0],
                right = records[1],
                verdict = "withdrawn",
                reason = "to see what stands below",
            },
            Stop
        );
        Assert.Equal(HttpStatusCode.Created, again.StatusCode);

        var written = await DoAsync(ana, "annotate", records, "seen at the harbour");
        var first = Assert.Single(await AnnotationsAsync(ana, "test-1"));
        using var changed = await ana.PutAsJsonAsync(
            $"/api/v1/entities/test-1/annotations/{first.GetProperty("id").GetInt64()}",
            new { text = "not seen at the harbour" },
            Stop
        );
        Assert.Equal(HttpStatusCode.NoContent, changed.StatusCode);
        await UndoAsync(ana, written);

        Assert.Single(await AnnotationsAsync(ana, "test-1"));
        Assert.Empty(await AnnotationsAsync(ana, "test-2"));
        var shown = await ana.GetFromJsonAsync<JsonElement>($"{Route}/{written}", Stop);
        Assert.Equal(
            [false, true, true],
            shown.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("is_undone").GetBoolean())
        );
    }

    [Fact]
    public async Task What_somebody_did_with_many_is_there_for_him_alone()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var ana = await server.SignedInAsync("ana", "analyst", "alpha", Stop);
        using var ben = await server.SignedInAsync("ben", "analyst", "alpha", Stop);
        var id = await DoAsync(ana, "bookmark", await FilledAsync(server));

        using var shown = await ben.GetAsync($"{Route}/{id}", Stop);
        using var page = await ben.GetAsync($"/bulk/{id}", Stop);
        using var undone = await ben.PostAsync($"{Route}/{id}/undo", null, Stop);

        Assert.Equal(
            [HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound],
            [shown.StatusCode, page.StatusCode, undone.StatusCode]
        );
        Assert.Equal(0, (await ben.GetFromJsonAsync<JsonElement>(Route, Stop)).GetArrayLength());
    }

    [Fact]
    public async Task What_the_viewer_does_not_see_is_absent_from_what_would_happen()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var ana = await server.SignedInAsync("ana", "analyst", "alpha", Stop);
        var records = await FilledAsync(server, label: "purpose=enforcement;org=beta");

        Assert.Single(await PreviewAsync(ana, "annotate", records));
        Assert.Single(await PreviewAsync(ana, "same", records));
    }

    [Theory]
    [InlineData("bookmark", 0)]
    [InlineData("bookmark", 51)]
    [InlineData("same", 1)]
    [InlineData("burn", 2)]
    public async Task Too_few_too_many_and_what_is_no_act_are_refused_with_the_reason(string act, int many)
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var ana = await server.SignedInAsync("ana", "analyst", "alpha", Stop);
        string[] records = [.. Enumerable.Range(1, many).Select(i => i.ToString("x32", null))];

        using var answer = await ana.PostAsJsonAsync(Route, new { act, records }, Stop);
        using var page = await ana.GetAsync(
            $"/bulk/preview?act={act}&records={string.Join("&records=", records)}",
            Stop
        );

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("Nothing to do yet", await page.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    /// <summary>Three people; the last two under the label.</summary>
    private static async Task<string[]> FilledAsync(InstalledServer server, string label = "purpose=enforcement")
    {
        var hidden = Label.Parse(label).Value;
        await SavedSearchTests.WriteAsync(
            server.Store,
            TemporaryStore.Person("1", "Ermias Ghermay"),
            TemporaryStore.Person("2", "Ermias Girmay") with
            {
                Label = hidden,
            },
            TemporaryStore.Person("3", "Ermyas Ghirmay") with
            {
                Label = hidden,
            }
        );
        var all = new Viewer
        {
            Name = "all",
            Organisation = "beta",
            Roles = ["analyst"],
            Purposes = ["enforcement"],
            Compartments = [],
            Clearance = Tlp.Red,
        };
        var records = new List<string>();
        foreach (var id in new[] { "test-1", "test-2", "test-3" })
            records.Add(
                $"{(await server.Store.For(all, new Justification("test")).EntityAsync(id, "test", Stop))!.Members[0].Id}"
            );
        return [.. records];
    }

    private static async Task<JsonElement[]> PreviewAsync(HttpClient client, string act, string[] records)
    {
        using var answer = await client.PostAsJsonAsync($"{Route}/preview", new { act, records }, Stop);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return [.. (await answer.Content.ReadFromJsonAsync<JsonElement>(Stop)).EnumerateArray()];
    }

    private static async Task<string> DoAsync(HttpClient client, string act, string[] records, string text = "")
    {
        using var answer = await client.PostAsJsonAsync(
            Route,
            new
            {
                act,
                records,
                text,
            },
            Stop
        );
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("id").GetString()!;
    }

    private static async Task UndoAsync(HttpClient client, string id)
    {
        using var answer = await client.PostAsync($"{Route}/{id}/undo", null, Stop);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    private static async Task<JsonElement[]> BookmarksAsync(HttpClient client) =>
        [.. (await client.GetFromJsonAsync<JsonElement>("/api/v1/bookmarks", Stop)).EnumerateArray()];

    private static async Task<JsonElement[]> AnnotationsAsync(HttpClient client, string id) =>
        [.. (await client.GetFromJsonAsync<JsonElement>($"/api/v1/entities/{id}/annotations", Stop)).EnumerateArray()];

    /// <summary>How many other records are about the first; the entity's id may be another's.</summary>
    private static async Task<int> OthersAsync(HttpClient client)
    {
        using var first = await client.GetAsync("/entities/test-1", Stop);
        using var answer = first.Headers.Location is { } there ? await client.GetAsync(there, Stop) : null;
        var entity = await (answer ?? first).Content.ReadFromJsonAsync<JsonElement>(Stop);
        return entity.GetProperty("referents").GetArrayLength();
    }
}
