using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Lanthorn.Intake;
using Lanthorn.Tests.Removal;

namespace Lanthorn.Tests.Intake;

/// <summary>Uploading over HTTP: taken in at once, imported in the background, told what became of it.</summary>
public sealed class UploadTests
{
    private const string Imports = "/api/v1/imports";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static MultipartFormDataContent Form(string? file, params (string Name, string Value)[] fields)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
            form.Add(new StringContent(value), name);
        if (file is not null)
            form.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(file)), "files", "tips \u0645.jsonl");
        return form;
    }

    /// <summary>Folders of uploads that are still on the disk.</summary>
    private static IEnumerable<string> LeftIn(InstalledServer server)
    {
        var uploads = Path.Combine(server.Store.Folder, "uploads");
        return Directory.Exists(uploads) ? Directory.EnumerateFileSystemEntries(uploads) : [];
    }

    private static async Task<JsonElement> EndedAsync(HttpClient client, string id)
    {
        while (true)
        {
            var import = await client.GetFromJsonAsync<JsonElement>($"{Imports}/{id}", Stop);
            if (!ImportState.IsUnderWay(import.GetProperty("state").GetString()!))
                return import;
            await Task.Delay(20, Stop);
        }
    }

    private static async Task<string> BeginAsync(HttpClient client, HttpContent form)
    {
        using var answer = await client.PostAsync(Imports, form, Stop);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
        Assert.True(answer.StatusCode == HttpStatusCode.Accepted, body.GetRawText());
        var id = body.GetProperty("id").GetString()!;
        Assert.Equal($"{Imports}/{id}", answer.Headers.Location?.OriginalString);
        return id;
    }

    [Fact]
    public async Task A_file_is_taken_in_imported_and_its_refusals_are_read_as_json_page_and_table()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var client = await server.SignedInAsync("ana", "analyst", "alpha", Stop);
        var text = IntakeFolder.Person("p-1", "Ana") + "=HYPERLINK(\"x\")\n";

        var id = await BeginAsync(client, Form(text, ("source", "tips"), ("evaluation", "B3")));
        var import = await EndedAsync(client, id);

        Assert.Equal(
            ("finished", "ftm", 1, 1, 1),
            (
                import.GetProperty("state").GetString(),
                import.GetProperty("format").GetString(),
                import.GetProperty("read").GetInt32(),
                import.GetProperty("imported").GetInt32(),
                import.GetProperty("quarantined").GetInt32()
            )
        );
        Assert.Equal("tips \u0645.jsonl", import.GetProperty("files")[0].GetString());
        var refused = await client.GetFromJsonAsync<JsonElement>($"{Imports}/{id}/quarantine?limit=5", Stop);
        Assert.Equal(1, refused.GetProperty("total").GetInt32());
        Assert.Equal(2, refused.GetProperty("results")[0].GetProperty("line").GetInt32());
        var table = await client.GetStringAsync($"/imports/{id}/quarantine.csv", Stop);
        Assert.Contains("\"'=HYPERLINK(\"\"x\"\")\"", table, StringComparison.Ordinal);
        var page = await client.GetStringAsync($"/imports/{id}", Stop);
        Assert.Contains("HYPERLINK", page, StringComparison.Ordinal);
        Assert.DoesNotContain("data-refresh", page, StringComparison.Ordinal);
        var list = await client.GetFromJsonAsync<JsonElement>(Imports, Stop);
        Assert.Equal(id, list.GetProperty("results")[0].GetProperty("id").GetString());
        Assert.Equal(
            1,
            (await client.GetFromJsonAsync<JsonElement>("/entities/p-1", Stop)).GetProperty("datasets").GetArrayLength()
        );
        Assert.Empty(LeftIn(server));
    }

    [Fact]
    public async Task A_table_comes_in_with_its_mapping_in_a_field_or_in_a_file_in_any_order()
    {
        const string mapping = "schema: Person\nid: NO\nproperties: { name: NAME }";
        await using var server = await InstalledServer.StartAsync(Stop);
        using var client = await server.SignedInAsync("ana", "analyst", "alpha", Stop);
        using var behind = new MultipartFormDataContent
        {
            { new StringContent("NO,NAME\n2,Bo\n"), "files", "t.csv" },
            { new StringContent(mapping), "mapping", "m.yml" },
            { new StringContent("true"), "complete" },
            { new StringContent("tips"), "source" },
        };

        var first = await EndedAsync(
            client,
            await BeginAsync(client, Form("NO,NAME\n1,Ana\n", ("source", "tips"), ("mapping", mapping)))
        );
        var second = await EndedAsync(client, await BeginAsync(client, behind));

        Assert.Equal(("csv", 1), (first.GetProperty("format").GetString(), first.GetProperty("imported").GetInt32()));
        Assert.Equal((1, 1), (second.GetProperty("imported").GetInt32(), second.GetProperty("ended").GetInt32()));
    }

    [Theory]
    [InlineData(null, "tips", "auto", "", 422, "files")]
    [InlineData("x", "", "auto", "", 422, "source")]
    [InlineData("x", "tips", "auto", "", 422, "file")]
    [InlineData("x", "tips", "parchment", "", 422, "format")]
    [InlineData("x", "tips", "csv", "a: *b", 422, "mapping")]
    public async Task An_upload_that_is_refused_says_the_field_and_leaves_nothing(
        string? file,
        string source,
        string format,
        string mapping,
        int status,
        string field
    )
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var client = await server.SignedInAsync("ana", "analyst", "alpha", Stop);
        using var form = Form(file, ("source", source), ("format", format), ("mapping", mapping));

        using var answer = await client.PostAsync(Imports, form, Stop);

        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
        Assert.Equal((status, field), ((int)answer.StatusCode, body.GetProperty("field").GetString()));
        Assert.Empty(LeftIn(server));
        Assert.Equal(0, (await client.GetFromJsonAsync<JsonElement>(Imports, Stop)).GetProperty("total").GetInt32());
    }

    [Theory]
    [InlineData("text/plain", "x", 415)]
    [InlineData("multipart/form-data", "x", 415)]
    [InlineData("multipart/form-data; boundary=b", "no parts at all", 400)]
    [InlineData("multipart/form-data; boundary=b", "--b\r\n\r\nno name\r\n--b--", 400)]
    [InlineData(
        "multipart/form-data; boundary=b",
        "--b\r\nContent-Disposition: form-data; name=files; filename=f\r\n\r\ncut off",
        400
    )]
    public async Task What_is_no_upload_is_refused(string type, string body, int status)
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var client = await server.SignedInAsync("ana", "analyst", "alpha", Stop);
        using var content = new StringContent(body);
        content.Headers.Remove("Content-Type");
        content.Headers.TryAddWithoutValidation("Content-Type", type);

        using var answer = await client.PostAsync(Imports, content, Stop);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Empty(LeftIn(server));
    }

    [Theory]
    [InlineData("ed", "editor")]
    [InlineData("adam", "administrator")]
    public async Task Whoever_has_no_enforcement_access_finds_nothing(string name, string role)
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var client = await server.SignedInAsync(name, role, "alpha", Stop);

        foreach (
            var path in new[]
            {
                Imports,
                $"{Imports}/1",
                $"{Imports}/1/quarantine",
                "/import",
                "/imports",
                "/imports/1",
            }
        )
        {
            using var read = await client.GetAsync(path, Stop);
            Assert.Equal(HttpStatusCode.NotFound, read.StatusCode);
        }
        foreach (var path in new[] { Imports, $"{Imports}/1/cancel", "/import/files", "/imports/1/cancel" })
        {
            using var form = Form("x", ("source", "tips"));
            using var write = await client.PostAsync(path, form, Stop);
            Assert.Equal(HttpStatusCode.NotFound, write.StatusCode);
        }
    }

    [Fact]
    public async Task Another_organisation_neither_sees_nor_stops_an_import()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var client = await server.SignedInAsync("ana", "analyst", "alpha", Stop);
        using var other = await server.SignedInAsync("olu", "analyst", "bravo", Stop);
        var id = await BeginAsync(client, Form(IntakeFolder.Person("p-1", "Ana"), ("source", "tips")));

        using var seen = await other.GetAsync($"{Imports}/{id}", Stop);
        using var stopped = await other.PostAsync($"{Imports}/{id}/cancel", null, Stop);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (seen.StatusCode, stopped.StatusCode));
        Assert.Equal("finished", (await EndedAsync(client, id)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task An_import_is_stopped_while_it_runs_or_waits_and_not_when_it_has_ended()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var client = await server.SignedInAsync("ana", "analyst", "alpha", Stop);
        var many = string.Concat(
            Enumerable.Range(0, 20_000).Select(i => IntakeFolder.Person($"p-{i}", $"Made Up {i}"))
        );
        var running = await BeginAsync(client, Form(many, ("source", "many")));
        var waiting = await BeginAsync(client, Form(IntakeFolder.Person("q", "Waits"), ("source", "few")));

        foreach (var id in new[] { waiting, running })
            (await client.PostAsync($"{Imports}/{id}/cancel", null, Stop)).EnsureSuccessStatusCode();

        Assert.Equal("interrupted", (await EndedAsync(client, waiting)).GetProperty("state").GetString());
        var stopped = await EndedAsync(client, running);
        Assert.Equal("interrupted", stopped.GetProperty("state").GetString());
        Assert.InRange(stopped.GetProperty("imported").GetInt32(), 0, 19_999);
        using var again = await client.PostAsync($"{Imports}/{running}/cancel", null, Stop);
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        // The queue goes on behind what was stopped.
        var next = await BeginAsync(client, Form(IntakeFolder.Person("r", "Next"), ("source", "few")));
        Assert.Equal("finished", (await EndedAsync(client, next)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task What_a_stopped_server_was_importing_is_called_interrupted_with_the_way_out_at_the_next_start()
    {
        await using var at = await IntakeFolder.CreateAsync();
        var upload = new ImportRequest(IntakeFolder.Files(IntakeFolder.Person("p", "Ana")), "tips")
        {
            Origin = ImportOrigin.Upload,
        };
        var left = await at.Import.EnterAsync(IntakeFolder.Ana, upload, Stop);
        var command = await at.Import.EnterAsync(IntakeFolder.Ana, upload with { Origin = ImportOrigin.Command }, Stop);
        Directory.CreateDirectory(Path.Combine(at.Folder, "uploads", "left"));
        await at.ReopenAsync();

        using var queue = new ImportQueue(
            at.Store,
            new Platform.Settings(),
            at.Import,
            at.Imports,
            Microsoft.Extensions.Logging.Abstractions.NullLogger<ImportQueue>.Instance
        );
        await queue.StartAsync(Stop);
        await queue.StopAsync(Stop);

        var interrupted = (await at.Imports.FindAsync(IntakeFolder.Ana, left.Id, Stop))!;
        Assert.Equal(ImportState.Interrupted, interrupted.State);
        Assert.Contains("upload the files again", interrupted.Failure, StringComparison.Ordinal);
        Assert.Equal(ImportState.Waiting, (await at.Imports.FindAsync(IntakeFolder.Ana, command.Id, Stop))!.State);
        Assert.False(Directory.Exists(Path.Combine(at.Folder, "uploads")));
    }

    [Fact]
    public async Task More_uploads_than_there_is_room_for_are_refused_until_one_is_done()
    {
        await using var at = await IntakeFolder.CreateAsync();
        using var queue = new ImportQueue(
            at.Store,
            new Platform.Settings(),
            at.Import,
            at.Imports,
            Microsoft.Extensions.Logging.Abstractions.NullLogger<ImportQueue>.Instance
        );
        var held = Enumerable.Range(0, ImportQueue.MaxUploads).Select(_ => queue.Receive()).ToList();

        var refused = Assert.Throws<Platform.RefusedException>(queue.Receive);
        held[0].Dispose();
        held[0].Dispose();
        using var next = queue.Receive();

        Assert.Equal(503, refused.Refusal.Status);
        Assert.Throws<Platform.RefusedException>(queue.Receive);
        foreach (var one in held)
            one.Dispose();
    }

    [Fact]
    public async Task Files_longer_together_than_an_upload_may_be_are_refused()
    {
        await using var at = await IntakeFolder.CreateAsync();
        using var received = new ReceivedFiles(at.Store, maxBytes: 100, () => { });
        await received.AddAsync("1", new MemoryStream(new byte[60]), Stop);

        var refused = await Assert.ThrowsAsync<Platform.RefusedException>(() =>
            received.AddAsync("2", new MemoryStream(new byte[41]), Stop)
        );

        Assert.Equal(("upload-too-long", 413), (refused.Refusal.Code, refused.Refusal.Status));
        Assert.Equal("1", Assert.Single(received.Files).Name);
    }
}
