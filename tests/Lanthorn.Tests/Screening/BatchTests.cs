using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Lanthorn.Knowledge;
using Lanthorn.Screening.Batch;
using Lanthorn.Tests.Removal;
using Lanthorn.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;
using SpreadCheetah;

namespace Lanthorn.Tests.Screening;

public sealed class BatchTests
{
    private const string Route = "/api/v1/screenings";

    private const string Customers = """
        Kundennummer;Vorname;Nachname;Geburtsdatum;Religion
        K-1;Ermias;Ghermay;03.02.1980;x
        K-2;Nobody;Atall;1.1.1970;x
        K-3;;;;x
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, OnEachDatabase]
    public async Task Each_row_is_looked_for_by_what_its_headings_say_and_the_report_says_who_and_why(Database database)
    {
        await using var server = await InstalledServer.StartAsync(Stop, on: database);
        using var ana = await FilledAsync(server);

        var done = await ScreenedAsync(ana, Customers);
        var report = await ReportAsync(ana, done);

        Assert.Equal(("finished", 2, 1), (Text(done, "state"), Number(done, "rows"), Number(done, "refused")));
        Assert.Equal(["Kundennummer", "Religion"], Texts(done, "unused_columns").Order());
        Assert.Equal((1, false), (Number(report, "rows_with_hits"), report.GetProperty("is_cut").GetBoolean()));
        var hit = Hits(report)[0];
        Assert.Equal((2, "Ermias Ghermay", "test-1"), (Number(hit, "row"), Text(hit, "asked"), Text(hit, "entity")));
        Assert.InRange(hit.GetProperty("score").GetDouble(), 0.9, 1);
        Assert.Contains("Ghermay is the same", Text(hit, "why"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_workbook_is_screened_as_somebody_says_its_columns_are()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var ana = await FilledAsync(server);
        var workbook = await WorkbookAsync(["No", "Who", "Since when"], ["7", "Ermias Ghermay", "1980-02-03"]);

        var done = await ScreenedAsync(
            ana,
            workbook,
            ("columns", "name: Who\nreference: No\nbirthDate: Since when"),
            ("threshold", "0.96")
        );
        var hit = Assert.Single(Hits(await ReportAsync(ana, done)));

        Assert.Equal(("7", "test-1"), (Text(hit, "reference"), Text(hit, "entity")));
    }

    [Fact]
    public async Task Against_a_list_delta_only_what_came_or_changed_since_is_found()
    {
        var time = new HandTime();
        await using var server = await InstalledServer.StartAsync(Stop, time);
        using var ana = await FilledAsync(server);
        var all = Hits(await ReportAsync(ana, await ScreenedAsync(ana, Customers)));
        time.Move(TimeSpan.FromHours(2));
        var since = time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ", null);
        await SavedSearchTests.WriteAsync(server.Store, TemporaryStore.Person("9", "Ermias Ghermay"));
        await server.CaughtUpAsync(ana, Stop);

        var fresh = Hits(await ReportAsync(ana, await ScreenedAsync(ana, Customers, ("since", since))));

        Assert.DoesNotContain("test-9", all.Select(h => Text(h, "entity")));
        Assert.Equal(["test-9"], fresh.Select(h => Text(h, "entity")));
    }

    [Fact]
    public async Task Who_is_protected_or_a_contact_is_never_reported_and_takes_no_place()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var ana = await FilledAsync(server);
        SubjectCategory[] never =
        [
            SubjectCategory.Contact,
            SubjectCategory.Victim,
            SubjectCategory.Witness,
            SubjectCategory.Informant,
            SubjectCategory.SmuggledMigrant,
            SubjectCategory.Minor,
        ];
        await SavedSearchTests.WriteAsync(
            server.Store,
            [
                .. never.Select(c => TemporaryStore.Person($"p{c}", "Mira Sand") with { Category = c }),
                TemporaryStore.Person("s", "Mira Sandt") with
                {
                    Category = SubjectCategory.Suspect,
                },
            ]
        );
        await server.CaughtUpAsync(ana, Stop);

        var done = await ScreenedAsync(ana, "name\nMira Sand\n");
        Assert.Equal(["test-s"], Hits(await ReportAsync(ana, done)).Select(h => Text(h, "entity")));

        await SavedSearchTests.WriteAsync(
            server.Store,
            TemporaryStore.Person("s", "Mira Sandt") with
            {
                Category = SubjectCategory.Minor,
            }
        );
        Assert.Empty(Hits(await ReportAsync(ana, done)));
    }

    [Fact]
    public async Task What_is_hidden_is_not_found_and_what_was_hidden_since_is_not_shown()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var ana = await FilledAsync(server);
        var done = await ScreenedAsync(ana, Customers);
        Assert.DoesNotContain("test-4", Hits(await ReportAsync(ana, done)).Select(h => Text(h, "entity")));

        await SavedSearchTests.WriteAsync(server.Store, Known() with { Label = Hidden });

        var report = await ReportAsync(ana, done);
        Assert.DoesNotContain("test-1", Hits(report).Select(h => Text(h, "entity")));
        Assert.Equal(Hits(report).Length, Number(report, "total"));
        var csv = await ana.GetStringAsync($"/screenings/{Text(done, "id")}/report.csv", Stop);
        Assert.DoesNotContain("test-1", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_screening_is_its_accounts_own_and_gone_after_a_day_or_when_it_is_deleted()
    {
        var time = new HandTime();
        await using var server = await InstalledServer.StartAsync(Stop, time);
        using var filled = await FilledAsync(server);
        using var ana = server.WithToken(
            await server.Accounts.AddTokenAsync("ana", "long", TimeSpan.FromDays(3), "test", Stop)
        );
        using var ben = await server.SignedInAsync("ben", "analyst", "alpha", Stop);
        var id = Text(await ScreenedAsync(ana, Customers), "id");
        string[] paths = [$"{Route}/{id}", $"{Route}/{id}/report", $"/screenings/{id}", $"/screenings/{id}/report.csv"];
        async Task<IEnumerable<HttpStatusCode>> Answers(HttpClient client)
        {
            var answers = new List<HttpStatusCode>();
            foreach (var path in paths)
                answers.Add((await client.GetAsync(path, Stop)).StatusCode);
            return answers.Distinct();
        }

        Assert.Equal([HttpStatusCode.OK], await Answers(ana));
        Assert.Equal([HttpStatusCode.NotFound], await Answers(ben));
        Assert.Equal(HttpStatusCode.NotFound, (await ben.DeleteAsync($"{Route}/{id}", Stop)).StatusCode);
        time.Move(BatchRuns.Lifetime - TimeSpan.FromMinutes(1));
        Assert.Equal([HttpStatusCode.OK], await Answers(ana));
        time.Move(TimeSpan.FromMinutes(1));
        Assert.Equal([HttpStatusCode.NotFound], await Answers(ana));

        id = Text(await ScreenedAsync(ana, Customers), "id");
        Assert.Equal(HttpStatusCode.NoContent, (await ana.DeleteAsync($"{Route}/{id}", Stop)).StatusCode);
        Assert.Equal("[]", await ana.GetStringAsync(Route, Stop));
    }

    [Fact]
    public async Task What_waits_is_stopped_and_a_second_file_is_refused_until_then()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var ana = await FilledAsync(server);
        var runs = server.Services.GetRequiredService<BatchRuns>();
        await runs.StopAsync(Stop);

        var begun = await BeginAsync(ana, Encoding.UTF8.GetBytes(Customers));
        var id = Text(begun, "id");
        var (second, _) = await RefusedAsync(ana, Customers);
        Assert.Equal(HttpStatusCode.Conflict, second);
        using var stopped = await ana.PostAsync($"{Route}/{id}/stop", null, Stop);
        Assert.Equal(HttpStatusCode.NoContent, stopped.StatusCode);

        var now = await ana.GetFromJsonAsync<JsonElement>($"{Route}/{id}", Stop);
        Assert.Equal(("stopped", 0), (Text(now, "state"), Number(now, "done")));
        Assert.Empty(Hits(await ReportAsync(ana, now)));
        await BeginAsync(ana, Encoding.UTF8.GetBytes(Customers));
    }

    [Fact]
    public async Task What_cannot_be_screened_is_refused_with_what_to_say_instead()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var ana = await FilledAsync(server);
        (string File, string Field, string Value, string Code)[] wrong =
        [
            ("shoe,hat\n1,2\n", "", "", "screening-columns"),
            ("name,Flight number\nMira,AB 12\n", "", "", "screening-travellers"),
            ("PNR\tname\nX\tMira\n", "", "", "screening-travellers"),
            ("name\n", "", "", "screening-file"),
            ("{\"name\": 1}", "", "", "screening-file"),
            ("name\nMira\n", "columns", "name: WHO", "screening-columns"),
            ("name\nMira\n", "columns", "religion: name", "screening-columns"),
            ("name\nMira\n", "columns", "nonsense", "screening-columns"),
            ("name\nMira\n", "threshold", "0.1", "bad-shape"),
            ("name\nMira\n", "since", "yesterday", "bad-shape"),
            ("name\nMira\n", "schema", "Unicorn", "unknown-schema"),
            ("name\nMira\n", "dataset", "nowhere", "not-found"),
            ("name\nMira\n", "dates", "year-first", "bad-shape"),
            ("name\n" + string.Concat(Enumerable.Repeat("Mira\n", BeginBatch.MaxRows + 1)), "", "", "screening-file"),
            (new string('x', BeginBatch.MaxBytes + 1), "", "", "upload-too-long"),
        ];

        foreach (var (file, field, value, code) in wrong)
        {
            var (_, problem) = await RefusedAsync(ana, file, field.Length > 0 ? [(field, value)] : []);
            Assert.Equal((value, code), (value, Text(problem, "code")));
        }
        using var json = await ana.PostAsJsonAsync(Route, new { file = 1 }, Stop);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, json.StatusCode);
        Assert.Equal("[]", await ana.GetStringAsync(Route, Stop));
    }

    [Fact]
    public async Task The_report_leaves_as_a_file_and_formulas_in_it_are_texts()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var ana = await FilledAsync(server);
        var done = await ScreenedAsync(ana, "id,name\n=1+1,Ermias Ghermay\n", ("schema", "Person"));
        var path = $"/screenings/{Text(done, "id")}/report";

        var csv = await ana.GetStringAsync($"{path}.csv?filter=ghermay", Stop);
        var other = await ana.GetStringAsync($"{path}.csv?filter=nobody", Stop);
        var workbook = await ana.GetByteArrayAsync($"{path}.xlsx", Stop);

        Assert.Contains("'=1+1", csv, StringComparison.Ordinal);
        Assert.Contains("test-1", csv, StringComparison.Ordinal);
        Assert.DoesNotContain("test-1", other, StringComparison.Ordinal);
        Assert.Equal("PK"u8.ToArray(), workbook[..2]);
    }

    private static Label Hidden => Label.Parse("purpose=enforcement;org=beta").Value;

    private static Lanthorn.Storage.IncomingRecord Known() =>
        TemporaryStore.Person("1", "Ermias Ghermay", "", ("birthDate", "1980-02-03"));

    private static async Task<HttpClient> FilledAsync(InstalledServer server)
    {
        var ana = await server.SignedInAsync("ana", "analyst", "alpha", Stop);
        await SavedSearchTests.WriteAsync(
            server.Store,
            Known(),
            TemporaryStore.Person("2", "Somebody Else"),
            TemporaryStore.Person("4", "Ermias Ghermay") with
            {
                Label = Hidden,
            }
        );
        await server.CaughtUpAsync(ana, Stop);
        return ana;
    }

    private static Task<JsonElement> ScreenedAsync(HttpClient client, string file, params (string, string)[] fields) =>
        ScreenedAsync(client, Encoding.UTF8.GetBytes(file), fields);

    /// <summary>Begins a screening and waits for its end.</summary>
    private static async Task<JsonElement> ScreenedAsync(
        HttpClient client,
        byte[] file,
        params (string, string)[] fields
    )
    {
        var run = await BeginAsync(client, file, fields);
        while (Text(run, "state") is "waiting" or "running")
        {
            await Task.Delay(10, Stop);
            run = await client.GetFromJsonAsync<JsonElement>($"{Route}/{Text(run, "id")}", Stop);
        }
        Assert.Equal((null, Number(run, "rows")), (run.GetProperty("failure").GetString(), Number(run, "done")));
        return run;
    }

    private static async Task<JsonElement> BeginAsync(HttpClient client, byte[] file, params (string, string)[] fields)
    {
        using var form = Form(file, fields);
        using var answer = await client.PostAsync(Route, form, Stop);
        var text = await answer.Content.ReadAsStringAsync(Stop);
        Assert.True(answer.StatusCode == HttpStatusCode.Accepted, text);
        return JsonDocument.Parse(text).RootElement;
    }

    private static async Task<(HttpStatusCode Status, JsonElement Problem)> RefusedAsync(
        HttpClient client,
        string file,
        params (string, string)[] fields
    )
    {
        using var form = Form(Encoding.UTF8.GetBytes(file), fields);
        using var answer = await client.PostAsync(Route, form, Stop);
        Assert.False(answer.IsSuccessStatusCode);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(Stop));
    }

    private static MultipartFormDataContent Form(byte[] file, (string Name, string Value)[] fields)
    {
        var form = new MultipartFormDataContent { { new ByteArrayContent(file), "file", "customers.csv" } };
        foreach (var (name, value) in fields)
            form.Add(new StringContent(value), name);
        return form;
    }

    private static async Task<byte[]> WorkbookAsync(params string[][] rows)
    {
        using var file = new MemoryStream();
        await using (var sheet = await Spreadsheet.CreateNewAsync(file, cancellationToken: Stop))
        {
            await sheet.StartWorksheetAsync("People", token: Stop);
            foreach (var row in rows)
                await sheet.AddRowAsync([.. row.Select(c => new DataCell(c))], Stop);
            await sheet.FinishAsync(Stop);
        }
        return file.ToArray();
    }

    private static Task<JsonElement> ReportAsync(HttpClient client, JsonElement run) =>
        client.GetFromJsonAsync<JsonElement>($"{Route}/{Text(run, "id")}/report", Stop);

    private static JsonElement[] Hits(JsonElement report) => [.. report.GetProperty("hits").EnumerateArray()];

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    private static IEnumerable<string> Texts(JsonElement json, string name) =>
        json.GetProperty(name).EnumerateArray().Select(t => t.GetString()!);

    private static int Number(JsonElement json, string name) => json.GetProperty(name).GetInt32();
}
