using System.Net.Http.Json;
using System.Text.Json;
using Dapper;
using Lanthorn.Storage;
using Lanthorn.Tests.Removal;
using Lanthorn.Tests.Storage;

namespace Lanthorn.Tests.Governance;

/// <summary>The audit log as those read it who oversee.</summary>
public sealed class OversightTests
{
    private const string Audit = "/api/v1/audit";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_officer_reads_who_did_what_and_that_is_logged_too()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var officer = await server.SignedInAsync("dora", "data-protection-officer", "alpha", Stop);
        await LogAsync(server, 1);

        var page = await officer.GetFromJsonAsync<JsonElement>($"{Audit}?account=ana", Stop);

        var entry = Assert.Single(page.GetProperty("entries").EnumerateArray());
        Assert.Equal("read 0", entry.GetProperty("what").GetString());
        Assert.Equal("consultation", entry.GetProperty("operation").GetString());
        Assert.Equal("test", entry.GetProperty("justification").GetString());
        var own = await officer.GetFromJsonAsync<JsonElement>($"{Audit}?account=dora&limit=2", Stop);
        Assert.Equal(
            ["audit log read: account dora", "audit log read: account ana"],
            own.GetProperty("entries").EnumerateArray().Select(e => e.GetProperty("what").GetString())
        );
    }

    [Fact]
    public async Task The_pages_of_the_log_hold_every_entry_once_however_much_is_logged_meanwhile()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var officer = await server.SignedInAsync("dora", "data-protection-officer", "alpha", Stop);
        await LogAsync(server, 7);

        var read = new List<string?>();
        for (long? before = 0; before is { } at; )
        {
            var page = await officer.GetFromJsonAsync<JsonElement>($"{Audit}?account=ana&limit=3&before={at}", Stop);
            read.AddRange(page.GetProperty("entries").EnumerateArray().Select(e => e.GetProperty("what").GetString()));
            before = page.GetProperty("before") is { ValueKind: JsonValueKind.Number } next ? next.GetInt64() : null;
            await LogAsync(server, 1);
        }

        Assert.Equal(Enumerable.Range(0, 7).Reverse().Select(i => $"read {i}"), read);
    }

    [Fact]
    public async Task The_page_shows_the_log_by_account_and_leads_to_what_is_older()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var browser = await Browser.SignedInAsync(server, "dora", "data-protection-officer");
        await LogAsync(server, 60);

        using var first = await browser.GetAsync("/audit?account=ana&check=true");

        var page = await first.Content.ReadAsStringAsync(Stop);
        Assert.Contains("Every chain holds", page, StringComparison.Ordinal);
        Assert.Contains("read 59", page, StringComparison.Ordinal);
        Assert.DoesNotContain("read 9<", page, StringComparison.Ordinal);
        var older = page.Split("href=\"").Single(p => p.Contains("rel=\"next\"", StringComparison.Ordinal)).Split('"')[
            0
        ];
        using var second = await browser.GetAsync(System.Net.WebUtility.HtmlDecode(older));
        Assert.Contains("read 9<", await second.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chain_that_was_broken_by_hand_is_named()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var officer = await server.SignedInAsync("dora", "data-protection-officer", "alpha", Stop);
        await LogAsync(server, 2);
        var target = (await server.Store.Audit.ListAsync("ana", 1, 0, Stop))[0];
        var holds = await officer.GetFromJsonAsync<JsonElement>($"{Audit}/verify", Stop);
        Assert.True(holds.GetProperty("holds").GetBoolean());

        await server.Store.WriteAsync(
            (connection, transaction) =>
                connection.ExecuteAsync(
                    "update audit_entry set body = replace(body, 'read 1', 'read 2') where id = @Id",
                    new { target.Id },
                    transaction
                ),
            Stop
        );

        var verdict = await officer.GetFromJsonAsync<JsonElement>($"{Audit}/verify", Stop);
        Assert.False(verdict.GetProperty("holds").GetBoolean());
        var broken = verdict.GetProperty("broken");
        Assert.Equal(target.Chain, broken.GetProperty("chain").GetInt32());
        Assert.Equal(target.Sequence, broken.GetProperty("sequence").GetInt64());
        Assert.Contains("changed", broken.GetProperty("why").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_log_is_narrowed_and_sorted_on_its_page_as_it_is_in_its_file()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var browser = await Browser.SignedInAsync(server, "dora", "data-protection-officer");
        await LogAsync(server, 60);

        using var answer = await browser.GetAsync("/audit?account=ana&filter=read&sort=what&order=asc");
        using var file = await browser.GetAsync("/audit.csv?account=ana&filter=read&sort=what&order=asc");
        using var none = await browser.GetAsync("/audit?account=ana&filter=written");

        var page = await answer.Content.ReadAsStringAsync(Stop);
        var rows = (await file.Content.ReadAsStringAsync(Stop)).Split("\r\n").Skip(1);
        string[] wanted = ["read 0", "read 1", "read 10", "read 11"];
        var places = wanted.Select(w => page.IndexOf($">{w}<", StringComparison.Ordinal)).ToArray();
        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
        Assert.Equal(wanted, rows.Take(wanted.Length).Select(r => r.Split(',')[5]));
        Assert.DoesNotContain(">read ", await none.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    private static async Task LogAsync(InstalledServer server, int entries)
    {
        for (var i = 0; i < entries; i++)
            await server.Store.Audit.AppendAsync(
                AuditEntry.By(TemporaryStore.Analyst, Operation.Consultation, $"read {i}", [], new("test")),
                Stop
            );
    }
}
