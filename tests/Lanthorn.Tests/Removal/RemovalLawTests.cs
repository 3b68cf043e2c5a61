using System.Net;
using System.Text.RegularExpressions;
using Lanthorn.Knowledge;
using Lanthorn.Tests.Storage;
using Microsoft.AspNetCore.Routing;

namespace Lanthorn.Tests.Removal;

/// <summary>
/// The removal law: what a viewer is answered is what he would be answered by a store from which everything that he may not
/// see was removed. Over every route that reads, on random worlds.
/// </summary>
public sealed partial class RemovalLawTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [OnEachDatabase(1)]
    [InlineData(Database.Sqlite, 2)]
    public async Task Every_answer_is_that_of_a_store_without_what_is_hidden(Database database, int seed)
    {
        var world = new RandomWorld(seed);
        await using var whole = await InstalledServer.StartAsync(Stop, on: database);
        await using var removed = await InstalledServer.StartAsync(Stop, on: database);
        using var one = await whole.SignedInAsync("ana", "analyst", "alpha", Stop);
        using var other = await removed.SignedInAsync("ana", "analyst", "alpha", Stop);
        var viewer = await whole.ViewerOfAsync("ana", Stop);
        await world.WriteAsync(whole.Store, _ => true, seed, Stop);
        await world.WriteAsync(removed.Store, label => Label.Sees(viewer, label), seed + 100, Stop);
        await whole.CaughtUpAsync(one, Stop);
        await removed.CaughtUpAsync(other, Stop);
        Assert.Contains(world.All, r => !Label.Sees(viewer, r.Record.Label));

        string[] ids = [.. world.All.Select(r => r.Record.PublicId), "w-none"];
        var found = 0;
        foreach (var route in Readers(whole))
        foreach (var ask in ReadPaths.Of(route, ids))
        {
            var (first, second) = (await AnswerAsync(one, ask), await AnswerAsync(other, ask));
            using var named = ask();
            Assert.True(first == second, $"{named.Method} {named.RequestUri}\nwhole:   {first}\nremoved: {second}");
            found += first.StartsWith("OK", StringComparison.Ordinal) ? 1 : 0;
        }
        Assert.InRange(found, 30, int.MaxValue);
    }

    [Fact]
    public async Task Every_route_that_reads_says_how_it_is_tried()
    {
        await using var server = await InstalledServer.StartAsync(Stop);

        Assert.All(Readers(server), route => Assert.NotEmpty(ReadPaths.Of(route, ["w-1"])));
    }

    /// <summary>What answers to GET, and the one question that is too long for an address.</summary>
    internal static IEnumerable<string> Readers(InstalledServer server) =>
        server
            .Routes.Where(r =>
                r.Metadata.GetMetadata<HttpMethodMetadata>() is not { HttpMethods: var methods }
                || methods.Contains("GET")
                || Path(r) == "/match/{dataset}"
            )
            .Where(r => r.Metadata.GetMetadata<Microsoft.AspNetCore.StaticAssets.StaticAssetDescriptor>() is null)
            .Select(Path)
            .Distinct()
            .Where(p => !ReadPaths.WithoutRecords.Contains(p));

    private static string Path(RouteEndpoint route) => "/" + (route.RoutePattern.RawText ?? "").TrimStart('/');

    internal static async Task<string> AnswerAsync(HttpClient client, Func<HttpRequestMessage> ask)
    {
        using var request = ask();
        using var answer = await client.SendAsync(request, Stop);
        var body = await answer.Content.ReadAsStringAsync(Stop);
        Assert.True(answer.StatusCode != HttpStatusCode.InternalServerError, $"{request.RequestUri}: {body}");
        return $"{answer.StatusCode} {answer.Headers.Location} {Token().Replace(body, "")}";
    }

    /// <summary>The tokens against forged forms differ from page to page by design, and each server has its own port.</summary>
    [GeneratedRegex("127\\.0\\.0\\.1:[0-9]+|name=\"__RequestVerificationToken\" value=\"[^\"]*\"")]
    private static partial Regex Token();
}
