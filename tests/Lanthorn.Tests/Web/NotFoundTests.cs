using System.Net;
using Lanthorn.Tests.Removal;

namespace Lanthorn.Tests.Web;

public sealed class NotFoundTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_page_about_nothing_is_404_and_says_so_within_the_workbench()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var ana = await server.SignedInAsync("ana", "analyst", "alpha", Stop);
        ana.DefaultRequestHeaders.Accept.Clear();
        ana.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        string[] paths =
        [
            "entity/nobody",
            "entity/nobody/judge",
            "entity/nobody/access",
            "entity/nobody/adjacent/ownershipOwner",
            "records/nobody/history",
            "records/nobody/correct",
            "imports/none",
            "imports/none/undo",
            "sources/none/changes",
        ];
        foreach (var path in paths)
        {
            using var answer = await ana.GetAsync(path, Stop);
            var page = await answer.Content.ReadAsStringAsync(Stop);

            Assert.True(answer.StatusCode == HttpStatusCode.NotFound, $"{path} answers {answer.StatusCode}");
            Assert.True(page.Contains("<h1", StringComparison.Ordinal), $"{path} says nothing");
            Assert.True(page.Contains("href=\"/account\"", StringComparison.Ordinal), $"{path} leaves the workbench");
        }
    }
}
