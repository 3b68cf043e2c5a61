using System.Text;
using Lanthorn.Tests.Removal;

namespace Lanthorn.Tests.Formats;

/// <summary>
/// Requests that chance has damaged, sent to the whole program: it does them or refuses them, and never breaks. The seed of
/// a failure is printed.
/// </summary>
public sealed class RequestFuzzTests
{
    private const int Inputs = 480;
    private const int Share = 50;
    private const string Json = "application/json";
    private const string Form = "multipart/form-data; boundary=here";

    private sealed record Sent(string Method, string Path, string Type, string Body, bool ByManager = false);

    private static readonly Sent[] Requests =
    [
        new(
            "POST",
            "/match/default?limit=3&threshold=0.5&topics=crime",
            Json,
            """{"weights":{"name":1},"queries":{"q":{"schema":"Person","properties":{"name":["Ana \u0410"],"country":"ge"}}}}"""
        ),
        new(
            "GET",
            "/search/default?q=ana+OR+petrova&limit=3&sort=label:asc&filter=schema:Person&changed_since=2026-01-01",
            "",
            ""
        ),
        new("GET", "/entities/test-1/adjacent/ownershipOwner?limit=5", "", ""),
        new(
            "POST",
            "/api/v1/judgements",
            Json,
            """{"left":"0123456789abcdef0123456789abcdef","right":"1123456789abcdef0123456789abcdef","verdict":"same","reason":"r"}"""
        ),
        new(
            "POST",
            "/api/v1/imports",
            Form,
            "--here\r\nContent-Disposition: form-data; name=\"source\"\r\n\r\nfuzz\r\n--here\r\nContent-Disposition: form-data; "
                + "name=\"files\"; filename*=UTF-8''a%20b.jsonl\r\nContent-Type: text/plain\r\n\r\n"
                + "{\"id\":\"z\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Z\"]}}\n\r\n--here--\r\n"
        ),
        new(
            "POST",
            "/api/v1/people",
            Json,
            """{"name":"eve","role":"analyst","organisation":"alpha","email":"e@a.example"}""",
            true
        ),
        new("PUT", "/api/v1/people/ana/role", Json, """{"role":"analyst"}""", true),
        new("POST", "/api/v1/organisations", Json, """{"name":"beta"}""", true),
        new("POST", "/api/v1/tokens", Json, """{"name":"t","days":3,"scope":"enforcement"}"""),
        new("GET", "/api/v1/imports?limit=5", "", ""),
        new("GET", "/api/v1/audit?limit=5&before=10", "", "", true),
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_damaged_request_is_done_or_refused()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var analyst = await server.SignedInAsync("ana", "analyst", "alpha", Stop);
        using var manager = await server.SignedInAsync("max", "administrator", "alpha", Stop);
        var failures = new List<string>();
        foreach (var seed in Damage.Seeds(Inputs, Share))
        {
            var chance = new Random(seed);
            var sent = Requests[seed % Requests.Length];
            using var request = Damaged(sent, chance, out var shown);
            using var answer = await (sent.ByManager ? manager : analyst).SendAsync(request, Stop);
            var body = await answer.Content.ReadAsStringAsync(Stop);
            // Too many imports at once is an answer too.
            if ((int)answer.StatusCode >= 500 && (int)answer.StatusCode != 503)
                failures.Add($"seed {seed}: {(int)answer.StatusCode} on {shown}: {body}");
        }
        Assert.True(failures.Count == 0, string.Join("\n", failures.Take(5)));
    }

    [Fact]
    public async Task A_body_that_is_no_text_and_a_form_that_is_cut_off_are_refused()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var analyst = await server.SignedInAsync("ana", "analyst", "alpha", Stop);
        var (before, after) = (
            """{"queries":{"q":{"schema":"P"""u8.ToArray(),
            """rson","properties":{"name":"Ana"}}}}"""u8.ToArray()
        );

        using var noText = new ByteArrayContent([.. before, 0xF6, .. after]);
        noText.Headers.ContentType = new(Json);
        using var refused = await analyst.PostAsync("/match/default", noText, Stop);
        using var cutOff = new ByteArrayContent(
            Encoding.UTF8.GetBytes("--here\r\nContent-Disposition: form-data; name=\"source\"\r\n\r\nfu")
        );
        cutOff.Headers.TryAddWithoutValidation("Content-Type", Form);
        using var forged = await analyst.PostAsync("/", cutOff, Stop);

        Assert.Equal(422, (int)refused.StatusCode);
        Assert.Contains("UTF-8", await refused.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.Equal(400, (int)forged.StatusCode);
    }

    private static HttpRequestMessage Damaged(Sent sent, Random chance, out string shown)
    {
        var (path, body, type) = (sent.Path, Encoding.UTF8.GetBytes(sent.Body), sent.Type);
        if (sent.Body.Length == 0 || chance.Next(4) == 0)
            path = Escaped(Damage.To(path, chance));
        if (sent.Body.Length > 0 && chance.Next(5) > 0)
            body = chance.Next(2) == 0 ? Damage.To(body, chance) : Encoding.UTF8.GetBytes(Damage.To(sent.Body, chance));
        if (type.Length > 0 && chance.Next(10) == 0)
            type = new string([.. Damage.To(type, chance).Where(c => c is >= ' ' and <= '~')]);
        shown = $"{sent.Method} {path} ({type}) {Convert.ToBase64String(body)}";
        var request = new HttpRequestMessage(new HttpMethod(sent.Method), new Uri(path, UriKind.Relative));
        if (body.Length > 0)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        }
        return request;
    }

    /// <summary>What a client can send at all: a path from the root, what is no sign of an address as percent and digits.</summary>
    private static string Escaped(string path)
    {
        var kept = new StringBuilder("/");
        foreach (var c in Encoding.UTF8.GetBytes(path.TrimStart('/')))
            if (c is > 32 and < 127 and not ((byte)'#' or (byte)'\\' or (byte)'"' or (byte)'<' or (byte)'>'))
                kept.Append((char)c);
            else
                kept.Append("%" + c.ToString("X2", null));
        return kept.ToString();
    }
}
