using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Dapper;
using Lanthorn.Tests.Removal;
using Lanthorn.Tests.Storage;

namespace Lanthorn.Tests.Governance;

/// <summary>Tokens with which programs come in.</summary>
public sealed class TokenTests
{
    private const string Tokens = "/api/v1/tokens";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_token_is_shown_once_and_kept_as_a_hash()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var ana = await server.SignedInAsync("ana", "analyst", "alpha", Stop);

        var token = (await MakeAsync(ana, new { name = "script", days = 3 })).GetProperty("token").GetString()!;

        Assert.StartsWith("lth_", token, StringComparison.Ordinal);
        Assert.DoesNotContain(token, await ana.GetStringAsync(Tokens, Stop), StringComparison.Ordinal);
        await server.Store.CheckpointAsync(Stop);
        var bytes = await File.ReadAllBytesAsync(Path.Combine(server.Store.Folder, "lanthorn.db"), Stop);
        Assert.Equal(-1, bytes.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(token)));
        Assert.Equal(
            32L,
            await server.Store.ReadOwnAsync(
                c => c.ExecuteScalarAsync<long>("select length(hash) from gov_token where name = 'script'"),
                Stop
            )
        );
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, token));
    }

    [Fact]
    public async Task A_token_expires()
    {
        var time = new HandTime();
        await using var server = await InstalledServer.StartAsync(Stop, time);
        using var ana = await server.SignedInAsync("ana", "analyst", "alpha", Stop);
        var token = (await MakeAsync(ana, new { name = "script", days = 3 })).GetProperty("token").GetString()!;

        time.Move(TimeSpan.FromDays(3) - TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, token));
        time.Move(TimeSpan.FromSeconds(1));

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(server, token));
    }

    [Fact]
    public async Task A_revoked_token_is_dead_at_once()
    {
        await using var server = await InstalledServer.StartAsync(Stop, new HandTime());
        using var ana = await server.SignedInAsync("ana", "analyst", "alpha", Stop);
        var made = await MakeAsync(ana, new { name = "script" });
        var token = made.GetProperty("token").GetString()!;
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, token));

        using var answer = await ana.DeleteAsync($"{Tokens}/{made.GetProperty("id").GetString()}", Stop);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(server, token));
    }

    [Fact]
    public async Task The_token_of_somebody_else_cannot_be_revoked()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var ana = await server.SignedInAsync("ana", "analyst", "alpha", Stop);
        using var ben = await server.SignedInAsync("ben", "analyst", "alpha", Stop);
        var made = await MakeAsync(ana, new { name = "script" });

        using var answer = await ben.DeleteAsync($"{Tokens}/{made.GetProperty("id").GetString()}", Stop);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, made.GetProperty("token").GetString()!));
    }

    [Fact]
    public async Task A_token_rests_while_its_person_is_locked()
    {
        await using var server = await InstalledServer.StartAsync(Stop, new HandTime());
        using var ana = await server.SignedInAsync("ana", "analyst", "alpha", Stop);
        var token = (await MakeAsync(ana, new { name = "script" })).GetProperty("token").GetString()!;

        await server.Accounts.LockAsync(TemporaryStore.Officer, "ana", Stop);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(server, token));
        await server.Accounts.UnlockAsync(TemporaryStore.Officer, "ana", Stop);

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, token));
    }

    [Fact]
    public async Task A_scope_narrows_the_purposes_and_the_token_makes_no_wider_one()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var lead = await server.SignedInAsync("lea", "operations-lead", "alpha", Stop);
        Assert.Equal(["enforcement", "programme", "public"], await PurposesAsync(lead));
        var made = await MakeAsync(lead, new { name = "funding", scope = "programme" });
        using var scoped = With(server, made.GetProperty("token").GetString()!);

        Assert.Equal(["programme"], await PurposesAsync(scoped));
        foreach (var path in new[] { "/search/default?q=x", "/entities/x", "/search?q=x", "/api/v1/sources" })
            Assert.Equal(HttpStatusCode.NotFound, (await scoped.GetAsync(path, Stop)).StatusCode);
        using var wider = await scoped.PostAsJsonAsync(Tokens, new { name = "wider" }, Stop);
        Assert.Equal(HttpStatusCode.Forbidden, wider.StatusCode);
        using var revoked = await scoped.DeleteAsync($"{Tokens}/{made.GetProperty("id").GetString()}", Stop);
        Assert.Equal(HttpStatusCode.Forbidden, revoked.StatusCode);
    }

    [Fact]
    public async Task A_token_with_a_scope_makes_no_wider_one_by_the_form_of_the_page_either()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var admin = await server.SignedInAsync("adi", "administrator", "alpha", Stop);
        var made = await MakeAsync(admin, new { name = "x", scope = "public" });
        using var scoped = server.Anybody(new CookieContainer());
        scoped.DefaultRequestHeaders.Authorization = new("Bearer", made.GetProperty("token").GetString());
        scoped.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        const string field = "name=\"__RequestVerificationToken\" value=\"";
        var page = await scoped.GetStringAsync("/account", Stop);
        var proof = page[(page.IndexOf(field, StringComparison.Ordinal) + field.Length)..].Split('"')[0];
        using var form = new FormUrlEncodedContent(
            new Dictionary<string, string>
            {
                ["__RequestVerificationToken"] = proof,
                ["_handler"] = "make-token",
                ["name"] = "wider",
                ["days"] = "9",
                ["scope"] = "",
            }
        );

        using var answer = await scoped.PostAsync("/account", form, Stop);

        var told = await answer.Content.ReadAsStringAsync(Stop);
        Assert.Contains("neither makes nor ends tokens", told, StringComparison.Ordinal);
        Assert.DoesNotContain("wider", await admin.GetStringAsync(Tokens, Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_with_a_scope_never_manages_accounts()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var admin = await server.SignedInAsync("adi", "administrator", "alpha", Stop);
        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync("/api/v1/people", Stop)).StatusCode);
        using var scoped = With(
            server,
            (await MakeAsync(admin, new { name = "x", scope = "public" })).GetProperty("token").GetString()!
        );

        foreach (var path in new[] { "/api/v1/people", "/api/v1/organisations", "/api/v1/audit", "/audit" })
            Assert.Equal(HttpStatusCode.NotFound, (await scoped.GetAsync(path, Stop)).StatusCode);
    }

    [Fact]
    public async Task What_is_no_token_is_refused()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var ana = await server.SignedInAsync("ana", "analyst", "alpha", Stop);
        (string Body, string Code)[] wrong =
        [
            ("""{ "name": "x", "days": 0 }""", "token-life"),
            ("""{ "name": "x", "days": 367 }""", "token-life"),
            ("""{ "name": "x", "days": 2147483647 }""", "token-life"),
            ("""{ "name": "x", "days": -2147483648 }""", "token-life"),
            ("""{ "name": "x", "scope": "everything" }""", "token-scope"),
            ("""{ "name": " " }""", "token-name"),
            ("{ }", "token-name"),
        ];
        foreach (var (body, code) in wrong)
        {
            using var content = new StringContent(body, new MediaTypeHeaderValue("application/json"));
            using var answer = await ana.PostAsync(Tokens, content, Stop);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            var refusal = await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
            Assert.Equal(code, refusal.GetProperty("code").GetString());
        }
    }

    [Fact]
    public async Task A_token_that_nobody_made_opens_nothing_and_says_so()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        foreach (var token in new[] { "lth_", $"lth_{new string('A', 43)}", "' or 1=1 --" })
        {
            using var nobody = With(server, token);
            nobody.DefaultRequestHeaders.Accept.ParseAdd("text/html");
            using var answer = await nobody.GetAsync("/api/v1/account", Stop);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            Assert.Contains("invalid_token", $"{answer.Headers.WwwAuthenticate}", StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_token_may_ask_only_so_often_a_second()
    {
        var time = new HandTime();
        await using var server = await InstalledServer.StartAsync(Stop, time, requestsPerSecond: 5);
        using var ana = await server.SignedInAsync("ana", "analyst", "alpha", Stop);
        for (var i = 0; i < 5; i++)
            Assert.Equal(HttpStatusCode.OK, (await ana.GetAsync("/api/v1/account", Stop)).StatusCode);

        using var answer = await ana.GetAsync("/api/v1/account", Stop);

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Equal("1", answer.Headers.GetValues("Retry-After").Single());
        time.Move(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, (await ana.GetAsync("/api/v1/account", Stop)).StatusCode);
    }

    private static HttpClient With(InstalledServer server, string token)
    {
        var client = server.Anybody();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        return client;
    }

    private static async Task<HttpStatusCode> StatusAsync(InstalledServer server, string token)
    {
        using var client = With(server, token);
        return (await client.GetAsync("/api/v1/account", Stop)).StatusCode;
    }

    private static async Task<JsonElement> MakeAsync(HttpClient client, object request)
    {
        using var answer = await client.PostAsJsonAsync(Tokens, request, Stop);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
    }

    private static async Task<List<string?>> PurposesAsync(HttpClient client)
    {
        var account = await client.GetFromJsonAsync<JsonElement>("/api/v1/account", Stop);
        return [.. account.GetProperty("purposes").EnumerateArray().Select(p => p.GetString())];
    }
}
