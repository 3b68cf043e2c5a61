using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Dapper;
using Lanthorn.Tests.Governance;
using Lanthorn.Tests.Removal;

namespace Lanthorn.Tests.Intake;

/// <summary>Undo, replay and entry by hand as a browser without script does them, and as the server refuses them.</summary>
public sealed class MendingPagesTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_record_is_entered_on_its_page_and_what_is_wrong_stands_beside_the_field()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var browser = await ReaderAsync(server, "ana");
        Dictionary<string, string> fields = new()
        {
            ["schema"] = "Person",
            ["p.name"] = "Ana Petrova\nАна Петрова",
            ["p.birthDate"] = "some day",
            ["reason"] = "seen",
        };

        using var wrong = await browser.SendFormAsync("/records/new?schema=Person", "/records", new(fields));
        var again = await wrong.Content.ReadAsStringAsync(Stop);
        fields["p.birthDate"] = "1981-05";
        using var right = await browser.SendFormAsync("/records/new?schema=Person", "/records", new(fields));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.Contains("ln-error", again, StringComparison.Ordinal);
        Assert.Contains("Ana Petrova", again, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, right.StatusCode);
        var history = await TextAsync(browser, right.Headers.Location!.OriginalString);
        Assert.Contains("1981-05", history, StringComparison.Ordinal);
        Assert.Contains("by hand", history, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_corrections_on_the_page_the_second_keeps_its_text_and_is_told()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var browser = await ReaderAsync(server, "ana");
        using var entered = await browser.SendFormAsync(
            "/records/new?schema=Person",
            "/records",
            new()
            {
                ["schema"] = "Person",
                ["p.name"] = "Ana",
                ["reason"] = "seen",
            }
        );
        var record = entered.Headers.Location!.OriginalString.Split('/')[2];
        using var first = await CorrectAsync(browser, record, "Anna");
        using var second = await CorrectAsync(browser, record, "Anne");
        var told = await second.Content.ReadAsStringAsync(Stop);

        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Conflict), (first.StatusCode, second.StatusCode));
        Assert.Contains("version 2 stands", told, StringComparison.Ordinal);
        Assert.Contains(">Anne</textarea>", told, StringComparison.Ordinal);
        Assert.Contains("name=\"version\" value=\"2\"", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refused_rows_are_narrowed_and_sorted_where_they_are_mended()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var browser = await ReaderAsync(server, "ana");
        using var client = await server.SignedInAsync("bea", "analyst", "alpha", Stop);
        var import = await ImportAsync(client, "ref,name,note\n1,Ana,\n,Bo,\n,Cy,\n");

        var narrowed = await TextAsync(browser, $"/imports/{import}?filter=3&sort=line&order=desc");
        var sorted = await TextAsync(browser, $"/imports/{import}?sort=line&order=desc");

        Assert.InRange(At(sorted, 2), 0, At(sorted, 1));
        Assert.Equal(-1, At(narrowed, 2));
        Assert.InRange(At(narrowed, 1), 0, int.MaxValue);

        int At(string page, int row) => page.IndexOf($"/imports/{import}/quarantine/{row}\"", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_row_is_mended_and_its_import_taken_back_on_their_pages()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var browser = await ReaderAsync(server, "ana");
        using var client = await server.SignedInAsync("bea", "analyst", "alpha", Stop);
        var import = await ImportAsync(client, "ref,name,note\n1,Ana,\n,Bo,\n");

        var listed = await TextAsync(browser, $"/imports/{import}");
        using var wrong = await MendAsync(browser, import, " ");
        using var right = await MendAsync(browser, import, "2");
        var mended = await TextAsync(browser, $"/imports/{import}");
        var preview = await TextAsync(browser, $"/imports/{import}/undo");
        using var undone = await browser.SendFormAsync(
            $"/imports/{import}/undo",
            $"/imports/{import}/undo/confirmed",
            new() { ["reason"] = "the wrong file" }
        );
        var after = await TextAsync(browser, $"/imports/{import}");

        Assert.Contains($"/imports/{import}/quarantine/1", listed, StringComparison.Ordinal);
        Assert.Equal(
            (HttpStatusCode.UnprocessableEntity, HttpStatusCode.Redirect),
            (wrong.StatusCode, right.StatusCode)
        );
        Assert.Contains("Refused again", await wrong.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.Contains("mended: 1", mended, StringComparison.Ordinal);
        Assert.Contains("Records that vanish</th><td>2", preview, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, undone.StatusCode);
        Assert.Contains("the wrong file", after, StringComparison.Ordinal);
        Assert.DoesNotContain($"/imports/{import}/undo\"", after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_a_full_disk_each_is_refused_and_goes_on_when_there_is_room()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var client = await server.SignedInAsync("bea", "analyst", "alpha", Stop);
        var import = await ImportAsync(client, "ref,name,note\n1,Ana,\n,Bo,\n");
        var record = new
        {
            schema = "Person",
            properties = new { name = new[] { "Cy" }, notes = new[] { new string('x', 2_000) } },
            reason = "seen",
        };
        var replay = new
        {
            row = 1,
            set = new Dictionary<string, string> { ["ref"] = "2", ["note"] = new('y', 15_000) },
        };
        using var before = await client.PostAsJsonAsync("/api/v1/records", record, Stop);

        await LimitAsync(server, "(select page_count + 2 from pragma_page_count)");
        using var entered = await UntilRefusedAsync(client, record);
        using var replayed = await client.PostAsJsonAsync($"/api/v1/imports/{import}/replay", replay, Stop);
        await LimitAsync(server, "1073741823");
        using var enteredAfter = await client.PostAsJsonAsync("/api/v1/records", record, Stop);
        using var replayedAfter = await client.PostAsJsonAsync($"/api/v1/imports/{import}/replay", replay, Stop);
        using var undone = await client.PostAsJsonAsync(
            $"/api/v1/imports/{import}/undo",
            new { reason = "wrong" },
            Stop
        );

        var problem = await entered.Content.ReadFromJsonAsync<JsonElement>(Stop);
        Assert.Equal("store-unavailable", problem.GetProperty("code").GetString());
        Assert.Contains(
            "disk of the database is full",
            problem.GetProperty("title").GetString(),
            StringComparison.Ordinal
        );
        Assert.Equal(HttpStatusCode.ServiceUnavailable, replayed.StatusCode);
        Assert.Equal(
            (HttpStatusCode.Created, HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.OK),
            (before.StatusCode, enteredAfter.StatusCode, replayedAfter.StatusCode, undone.StatusCode)
        );
        var id = (await before.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("id").GetString();
        using var there = await client.GetAsync($"/api/v1/records/{id}", Stop);
        Assert.Equal(HttpStatusCode.OK, there.StatusCode);
        Assert.Null(await server.Store.Audit.VerifyAsync(Stop));
    }

    /// <summary>Enters records until no room is left for another.</summary>
    private static async Task<HttpResponseMessage> UntilRefusedAsync(HttpClient client, object record)
    {
        const int most = 100;
        for (var count = 0; ; count++)
        {
            var answer = await client.PostAsJsonAsync("/api/v1/records", record, Stop);
            if (!answer.IsSuccessStatusCode)
                return answer;
            Assert.True(count < most, "the disk never became full");
            answer.Dispose();
        }
    }

    private static Task LimitAsync(InstalledServer server, string pages) =>
        server.Store.WriteAsync(
            async (connection, transaction) =>
            {
                var most = await connection.ExecuteScalarAsync<long>($"select {pages}", null, transaction);
                await connection.ExecuteAsync($"pragma max_page_count = {most}", null, transaction);
            },
            Stop
        );

    private static async Task<Browser> ReaderAsync(InstalledServer server, string name)
    {
        var browser = await Browser.SignedInAsync(server, name);
        using var _ = await browser.SendFormAsync(
            "/imports",
            "/account/reason",
            new() { ["justification"] = "test", ["next"] = "/imports" }
        );
        return browser;
    }

    private static Task<HttpResponseMessage> CorrectAsync(Browser browser, string record, string name) =>
        browser.SendFormAsync(
            $"/records/{record}/correct",
            $"/records/{record}",
            new()
            {
                ["version"] = "1",
                ["p.name"] = name,
                ["reason"] = "known better",
            }
        );

    private static Task<HttpResponseMessage> MendAsync(Browser browser, string import, string id) =>
        browser.SendFormAsync(
            $"/imports/{import}/quarantine/1",
            $"/imports/{import}/quarantine/1/replay",
            new()
            {
                ["c.ref"] = id,
                ["c.name"] = "Bo",
                ["c.note"] = "",
            }
        );

    private static async Task<string> TextAsync(Browser browser, string path)
    {
        using var answer = await browser.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Stop);
    }

    private static async Task<string> ImportAsync(HttpClient client, string table)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("tips"), "source" },
            { new StringContent("schema: Person\nid: ref\nproperties:\n  name: name\n  notes: note\n"), "mapping" },
            { new ByteArrayContent(Encoding.UTF8.GetBytes(table)), "files", "tips.csv" },
        };
        using var begun = await client.PostAsync("/api/v1/imports", form, Stop);
        Assert.Equal(HttpStatusCode.Accepted, begun.StatusCode);
        var id = (await begun.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("id").GetString()!;
        for (string? state = null; state != "finished"; await Task.Delay(20, Stop))
        {
            var now = await client.GetFromJsonAsync<JsonElement>($"/api/v1/imports/{id}", Stop);
            state = now.GetProperty("state").GetString();
            Assert.NotEqual("failed", state);
        }
        return id;
    }
}
