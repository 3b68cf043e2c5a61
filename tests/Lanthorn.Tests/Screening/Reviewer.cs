using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Lanthorn.Knowledge;
using Lanthorn.Storage;
using Lanthorn.Tests.Removal;
using Lanthorn.Tests.Storage;

namespace Lanthorn.Tests.Screening;

/// <summary>Somebody who reviews pairs over the API.</summary>
internal sealed class Reviewer(InstalledServer server, HttpClient client) : IDisposable
{
    public const string Route = "/api/v1/review";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public HttpClient Client => client;

    public static async Task<Reviewer> SignedInAsync(
        InstalledServer server,
        string name,
        string organisation = "alpha"
    ) => new(server, await server.SignedInAsync(name, "analyst", organisation, Stop));

    public void Dispose() => client.Dispose();

    /// <summary>Brings records of a source in, and waits until they can be found.</summary>
    public async Task ImportAsync(string source, params IReadOnlyList<IncomingRecord> records)
    {
        await WriteAsync(server.Store, source, records);
        await server.CaughtUpAsync(client, Stop);
    }

    public static async Task WriteAsync(Store store, string source, params IReadOnlyList<IncomingRecord> records)
    {
        var start = new ImportStart(SourceCode.Parse(source).Value, TemporaryStore.Officer, "test", false, []);
        var writer = await store.BeginImportAsync(start, Stop);
        await writer.WriteAsync(records, Stop);
        await writer.FinishAsync(Stop);
    }

    /// <summary>Looks for pairs in a source, to the end.</summary>
    public async Task<JsonElement> LookAsync(string source, bool onlyNew = false, bool join = false, bool goOn = false)
    {
        var asked = new
        {
            source,
            only_new = onlyNew,
            join,
            go_on = goOn,
        };
        using var begun = await client.PostAsJsonAsync($"{Route}/runs", asked, Stop);
        Assert.Equal(HttpStatusCode.Accepted, begun.StatusCode);
        while (true)
        {
            var run = (await GetAsync($"{Route}/runs"))[0];
            if (run.GetProperty("state").GetString() is not ("waiting" or "running"))
                return run;
            await Task.Delay(10, Stop);
        }
    }

    public Task<JsonElement> NextAsync() => GetAsync($"{Route}/next");

    /// <summary>The external ids of the next pair with a blank between; null where none waits.</summary>
    public async Task<string?> NamesAsync() => Names(await NextAsync());

    public static string? Names(JsonElement next) =>
        next.GetProperty("pair") is { ValueKind: JsonValueKind.Object } pair
            ? string.Join(
                ' ',
                new[] { "left", "right" }
                    .Select(s => pair.GetProperty(s).GetProperty("entity").GetString()!)
                    .Order(StringComparer.Ordinal)
            )
            : null;

    /// <summary>Decides the next pair.</summary>
    /// <returns>What came of it.</returns>
    public async Task<string> DecideAsync(string verdict, string reason = "side by side")
    {
        var pair = (await NextAsync()).GetProperty("pair").GetProperty("id").GetString()!;
        using var answer = await client.PostAsJsonAsync($"{Route}/{pair}", new { verdict, reason }, Stop);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("outcome").GetString()!;
    }

    public async Task<HttpStatusCode> UndoAsync()
    {
        using var answer = await client.PostAsync($"{Route}/undo", null, Stop);
        return answer.StatusCode;
    }

    public async Task<HttpStatusCode> AnswerAsync(long proposal, bool agrees, string reason = "I see it so, too")
    {
        using var answer = await client.PostAsJsonAsync($"{Route}/waiting/{proposal}", new { agrees, reason }, Stop);
        return answer.StatusCode;
    }

    public async Task<JsonElement[]> WaitingAsync() => [.. (await GetAsync($"{Route}/waiting")).EnumerateArray()];

    public Task<JsonElement> HistoryAsync() => GetAsync($"{Route}/history");

    /// <param name="name">Source and external id.</param>
    public static string IdOf(string name) =>
        $"{RecordId.Of(InstalledServer.Key, SourceCode.Parse(name.Split(' ')[0]).Value, name.Split(' ')[1])}";

    /// <summary>How many records are about an entity.</summary>
    public async Task<int> MembersAsync(string id)
    {
        using var first = await client.GetAsync($"/entities/{id}", Stop);
        using var answer = first.Headers.Location is { } there ? await client.GetAsync(there, Stop) : null;
        var entity = await (answer ?? first).Content.ReadFromJsonAsync<JsonElement>(Stop);
        return entity.GetProperty("referents").GetArrayLength() + 1;
    }

    public Task<JsonElement> GetAsync(string path) => client.GetFromJsonAsync<JsonElement>(path, Stop);
}
