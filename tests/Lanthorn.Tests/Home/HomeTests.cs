using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Dapper;
using Lanthorn.Governance;
using Lanthorn.Governance.Contracts;
using Lanthorn.Storage;
using Lanthorn.Tests.Governance;
using Lanthorn.Tests.Removal;
using Lanthorn.Tests.Storage;

namespace Lanthorn.Tests.Home;

/// <summary>What the home page and the notices say, and to whom.</summary>
public sealed class HomeTests
{
    private const string Home = "/api/v1/home";
    private const string Notices = "/api/v1/notices";
    private const string TwoRefused = "ref,name\n1,Ana\n,Bo\n,Cy\n";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, OnEachDatabase]
    public async Task Refused_rows_wait_for_whoever_may_mend_them_until_they_are_mended_or_taken_back(Database database)
    {
        await using var server = await InstalledServer.StartAsync(Stop, on: database);
        using var ana = await server.SignedInAsync("ana", "analyst", "alpha", Stop);
        using var overseer = await server.SignedInAsync("dora", "data-protection-officer", "alpha", Stop);
        var import = await ImportAsync(ana, "tips", TwoRefused);

        Assert.Equal([("task", $"/imports/{import}", "2 to mend")], await LinesAsync(ana, "to_do"));
        Assert.Empty(await LinesAsync(overseer, "to_do"));

        var set = new { row = 1, set = new Dictionary<string, string> { ["ref"] = "2" } };
        (await ana.PostAsJsonAsync($"/api/v1/imports/{import}/replay", set, Stop)).EnsureSuccessStatusCode();
        Assert.Equal([("task", $"/imports/{import}", "1 to mend")], await LinesAsync(ana, "to_do"));

        var undo = new { reason = "the wrong file" };
        (await ana.PostAsJsonAsync($"/api/v1/imports/{import}/undo", undo, Stop)).EnsureSuccessStatusCode();
        Assert.Empty(await LinesAsync(ana, "to_do"));
    }

    [Theory, OnEachDatabase]
    public async Task Imports_of_others_and_under_hidden_labels_change_no_line_and_no_number(Database database)
    {
        await using var server = await InstalledServer.StartAsync(Stop, on: database);
        using var ana = await server.SignedInAsync("ana", "analyst", "alpha", Stop);
        using var liaison = await server.SignedInAsync("lea", "liaison-officer", "alpha", Stop);
        using var other = await server.SignedInAsync("bob", "analyst", "beta", Stop);
        await ImportAsync(ana, "tips", TwoRefused);
        string[] paths = [Home, Notices, "/", "/notices"];
        var before = await Task.WhenAll(paths.Select(p => TextAsync(ana, p)));

        await ImportAsync(liaison, "quiet", TwoRefused, "purpose=enforcement;role=liaison-officer");
        await ImportAsync(other, "theirs", TwoRefused);

        Assert.Equal(before, await Task.WhenAll(paths.Select(p => TextAsync(ana, p))));
        Assert.Equal(2, (await LinesAsync(liaison, "to_do")).Length);
        await ImportAsync(liaison, "open", TwoRefused);
        Assert.Equal(2, (await LinesAsync(ana, "to_do")).Length);
    }

    [Theory, OnEachDatabase]
    public async Task A_notice_is_what_came_about_since_the_accounts_own_last_look(Database database)
    {
        var time = new HandTime();
        await using var server = await InstalledServer.StartAsync(Stop, time, on: database);
        using var ana = await server.SignedInAsync("ana", "administrator", "alpha", Stop);
        using var eve = await server.SignedInAsync("eve", "administrator", "alpha", Stop);
        time.Move(TimeSpan.FromHours(1));
        await LockOutAsync(server, "carl");

        Assert.Equal(["carl is locked after wrong passwords"], await NamesAsync(ana));
        Assert.Contains("Notices, 1 new", await TextAsync(ana, "/account"), StringComparison.Ordinal);

        using var seen = await ana.PostAsJsonAsync($"{Notices}/seen", new { }, Stop);
        time.Move(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.NoContent, seen.StatusCode);
        Assert.Empty(await NamesAsync(ana));
        Assert.DoesNotContain("1 new", await TextAsync(ana, "/account"), StringComparison.Ordinal);
        Assert.Single(await LinesAsync(ana, "to_do"));
        Assert.Single(await NamesAsync(eve));

        await LockOutAsync(server, "dan");
        Assert.Equal(["dan is locked after wrong passwords"], await NamesAsync(ana));
    }

    [Fact]
    public async Task A_last_look_is_neither_put_back_nor_moved_into_the_future()
    {
        var time = new HandTime();
        await using var server = await InstalledServer.StartAsync(Stop, time);
        using var ana = await server.SignedInAsync("ana", "administrator", "alpha", Stop);
        var begun = time.GetUtcNow();
        time.Move(TimeSpan.FromHours(1));

        await SeenAsync(ana, begun + TimeSpan.FromMinutes(30));
        Assert.Equal(begun + TimeSpan.FromMinutes(30), await LookOfAsync(ana));
        await SeenAsync(ana, begun);
        Assert.Equal(begun + TimeSpan.FromMinutes(30), await LookOfAsync(ana));
        await SeenAsync(ana, begun + TimeSpan.FromDays(3));
        Assert.Equal(time.GetUtcNow(), await LookOfAsync(ana));
    }

    [Fact]
    public async Task The_button_on_the_page_says_that_what_it_shows_was_seen_and_needs_the_forms_proof()
    {
        var time = new HandTime();
        await using var server = await InstalledServer.StartAsync(Stop, time);
        using var browser = await Browser.SignedInAsync(server, "ana", "administrator");
        time.Move(TimeSpan.FromHours(1));
        await LockOutAsync(server, "carl");
        var page = await (await browser.GetAsync("/notices")).Content.ReadAsStringAsync(Stop);

        using var forged = await browser.PostAsync("/notices/seen", []);
        var still = await (await browser.GetAsync("/notices")).Content.ReadAsStringAsync(Stop);
        using var seen = await browser.SendFormAsync("/notices", "/notices/seen", []);
        var after = await (await browser.GetAsync("/notices")).Content.ReadAsStringAsync(Stop);

        Assert.Contains("carl is locked", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.Contains("carl is locked", still, StringComparison.Ordinal);
        Assert.Equal("/notices", seen.Headers.Location?.OriginalString);
        Assert.DoesNotContain("carl is locked", after, StringComparison.Ordinal);
        Assert.Contains("Nothing new", after, StringComparison.Ordinal);
        Assert.DoesNotContain("by e-mail", await PageAsync(browser, "/account"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_ends_within_two_weeks_is_a_deadline_of_its_owner_alone()
    {
        var time = new HandTime();
        await using var server = await InstalledServer.StartAsync(Stop, time);
        using var ana = await server.SignedInAsync("ana", "editor", "alpha", Stop);
        using var bob = await server.SignedInAsync("bob", "administrator", "alpha", Stop);
        await server.Accounts.AddTokenAsync("ana", "nightly", TimeSpan.FromDays(30), "test", Stop);
        await server.Accounts.AddTokenAsync("ana", "yearly", TimeSpan.FromDays(366), "test", Stop);
        var daily = await LinesAsync(ana, "deadlines");
        foreach (var (client, name) in new[] { (ana, "ana"), (bob, "bob") })
        {
            var lasting = await server.Accounts.AddTokenAsync(name, "now", TimeSpan.FromDays(366), "test", Stop);
            client.DefaultRequestHeaders.Authorization = new("Bearer", lasting);
        }
        time.Move(TimeSpan.FromDays(17));

        Assert.Equal(("deadline", "/account", ""), Assert.Single(daily));
        Assert.Contains("nightly", await TextAsync(ana, Home), StringComparison.Ordinal);
        Assert.DoesNotContain("yearly", await TextAsync(ana, Home), StringComparison.Ordinal);
        Assert.Equal(["Your token “nightly” ends"], await NamesAsync(ana));
        Assert.DoesNotContain("nightly", await TextAsync(bob, Home), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_reason_the_page_asks_for_one_and_shows_what_needs_none()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var ana = await server.SignedInAsync("ana", "analyst", "alpha", Stop);
        await ImportAsync(ana, "tips", TwoRefused);
        await server.Accounts.AddPersonAsync(new("bea", null, "analyst", "alpha"), Stop);
        var token = await server.Accounts.AddTokenAsync("bea", "test", TimeSpan.FromDays(1), null, Stop);
        ana.DefaultRequestHeaders.Authorization = new("Bearer", token);

        var home = await ana.GetFromJsonAsync<JsonElement>(Home, Stop);

        Assert.Contains("Sources", home.GetProperty("needs_reason").EnumerateArray().Select(n => n.GetString()));
        Assert.Equal(0, home.GetProperty("not_asked").GetArrayLength());
        Assert.Equal(1, home.GetProperty("to_do").GetArrayLength());
        Assert.Contains("choose a reason first", await TextAsync(ana, "/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_of_the_account_takes_an_address_for_e_mail_where_there_is_a_mail_server()
    {
        await using var box = MailBox.Start();
        await using var server = await InstalledServer.StartAsync(Stop, mailServer: $"127.0.0.1:{box.Port}");
        using var browser = await Browser.SignedInAsync(server, "ana");
        async Task<string> SetAsync(string form, string address)
        {
            var fields = new Dictionary<string, string> { ["address"] = address };
            using var answer = await browser.SendFormAsync("/account", "/account", fields, form);
            return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Stop));
        }

        Assert.Contains("Tell me by e-mail", await PageAsync(browser, "/account"), StringComparison.Ordinal);
        Assert.Contains("is no e-mail address", await SetAsync("notice-mail", "no address"), StringComparison.Ordinal);
        Assert.Contains("You are told", await SetAsync("notice-mail", "o@x.example"), StringComparison.Ordinal);
        Assert.Contains("value=\"o@x.example\"", await PageAsync(browser, "/account"), StringComparison.Ordinal);
        Assert.Contains("No more e-mail", await PageAsync(browser, "/account"), StringComparison.Ordinal);
        Assert.Contains("You get no e-mail", await SetAsync("notice-mail-off", ""), StringComparison.Ordinal);
        Assert.Contains("Tell me by e-mail", await PageAsync(browser, "/account"), StringComparison.Ordinal);
    }

    private static async Task<string> PageAsync(Browser browser, string path)
    {
        using var answer = await browser.GetAsync(path);
        return await answer.Content.ReadAsStringAsync(Stop);
    }

    private static Task LockOutAsync(InstalledServer server, string name) =>
        LockOutAsync(server.Accounts, server.Store, name, "alpha");

    /// <summary>A new account as after too many wrong passwords, whose hashes would take long.</summary>
    internal static async Task LockOutAsync(Accounts accounts, Store store, string name, string organisation)
    {
        await accounts.AddPersonAsync(new(name, null, "analyst", organisation), Stop);
        var until = (store.Time.GetUtcNow() + SignIn.Locked).ToUnixTimeMilliseconds();
        await store.WriteAsync(
            (connection, transaction) =>
                connection.ExecuteAsync(
                    "update gov_person set locked_until = @until where name = @name",
                    new { until, name },
                    transaction
                ),
            Stop
        );
    }

    private static async Task SeenAsync(HttpClient client, DateTimeOffset until) =>
        (await client.PostAsJsonAsync($"{Notices}/seen", new { until }, Stop)).EnsureSuccessStatusCode();

    private static async Task<DateTimeOffset> LookOfAsync(HttpClient client) =>
        (await client.GetFromJsonAsync<JsonElement>(Notices, Stop)).GetProperty("looked_at").GetDateTimeOffset();

    private static async Task<string[]> NamesAsync(HttpClient client) =>
        [
            .. (await client.GetFromJsonAsync<JsonElement>(Notices, Stop))
                .GetProperty("lines")
                .EnumerateArray()
                .Select(l => l.GetProperty("text").GetString()!),
        ];

    private static async Task<(string Kind, string Href, string News)[]> LinesAsync(HttpClient client, string section)
    {
        var home = await client.GetFromJsonAsync<JsonElement>(Home, Stop);
        Assert.Equal(0, home.GetProperty("not_asked").GetArrayLength());
        return
        [
            .. home.GetProperty(section)
                .EnumerateArray()
                .Select(l =>
                    (
                        l.GetProperty("kind").GetString()!,
                        l.GetProperty("href").GetString()!,
                        string.Join(", ", l.GetProperty("news").EnumerateArray().Select(n => n.GetString()))
                    )
                ),
        ];
    }

    private static async Task<string> TextAsync(HttpClient client, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd(
            path.StartsWith("/api", StringComparison.Ordinal) ? "application/json" : "text/html"
        );
        using var answer = await client.SendAsync(request, Stop);
        var text = await answer.Content.ReadAsStringAsync(Stop);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, text);
        return System.Text.RegularExpressions.Regex.Replace(text, "value=\"[^\"]*\"", "");
    }

    /// <summary>Imports a table to its end.</summary>
    private static async Task<string> ImportAsync(HttpClient client, string source, string table, string label = "")
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(source), "source" },
            { new StringContent(label), "label" },
            { new StringContent("schema: Person\nid: ref\nproperties:\n  name: name\n"), "mapping" },
            { new ByteArrayContent(Encoding.UTF8.GetBytes(table)), "files", "tips.csv" },
        };
        using var begun = await client.PostAsync("/api/v1/imports", form, Stop);
        Assert.True(begun.StatusCode == HttpStatusCode.Accepted, await begun.Content.ReadAsStringAsync(Stop));
        var id = (await begun.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("id").GetString()!;
        for (string? state = null; state != "finished"; await Task.Delay(20, Stop))
            state = (await client.GetFromJsonAsync<JsonElement>($"/api/v1/imports/{id}", Stop))
                .GetProperty("state")
                .GetString();
        return id;
    }
}
