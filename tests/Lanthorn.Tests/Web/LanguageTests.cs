using System.Net;
using System.Text.RegularExpressions;
using Lanthorn.Tests.Governance;
using Lanthorn.Tests.Removal;
using Lanthorn.Tests.Screening;
using Lanthorn.Tests.Storage;

namespace Lanthorn.Tests.Web;

public sealed partial class LanguageTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("fr-CH, en;q=0.5", "fr", "Se connecter")]
    [InlineData("de, en;q=0.5", "en", "Sign in")]
    [InlineData("", "en", "Sign in")]
    [InlineData("%%;;q=x", "en", "Sign in")]
    public async Task A_page_is_in_the_language_that_the_browser_asks_for(string asked, string language, string title)
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var client = server.Anybody();

        var page = await PageAsync(client, "/sign-in", asked);

        Assert.Contains($"<html lang=\"{language}\">", page, StringComparison.Ordinal);
        Assert.Contains($"<h1>{title}</h1>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_chooses_a_language_keeps_it_and_stays_where_he_was()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var browser = await Browser.SignedInAsync(server, "ana", "analyst");

        using var chosen = await browser.SendFormAsync(
            "/searches",
            "/language",
            new() { ["language"] = "fr", ["next"] = "/searches" }
        );
        using var after = await browser.GetAsync("/searches");
        using var unknown = await browser.SendFormAsync("/searches", "/language", new() { ["language"] = "xx" });
        using var away = await browser.SendFormAsync(
            "/searches",
            "/language",
            new() { ["language"] = "en", ["next"] = "//elsewhere.example" }
        );

        Assert.Equal("/searches", $"{chosen.Headers.Location}");
        var page = await after.Content.ReadAsStringAsync(Stop);
        Assert.Contains("<h1>Recherches enregistr", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, unknown.StatusCode);
        Assert.Equal("/", $"{away.Headers.Location}");
    }

    [Fact]
    public async Task Programs_and_files_are_answered_the_same_whatever_language_they_ask_for()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var ana = await server.SignedInAsync("ana", "analyst", "alpha", Stop);
        await SavedSearchTests.WriteAsync(
            server.Store,
            TemporaryStore.Person("1", "Mira Alpha", "", ("country", "er"), ("birthDate", "1980-05-02"))
        );
        await server.CaughtUpAsync(ana, Stop);
        string[] paths = ["/search.csv?q=mira", "/sources.csv", "/imports.csv", "/entities/test-1"];

        foreach (var path in paths)
            Assert.Equal(await PageAsync(ana, path, "en"), await PageAsync(ana, path, "fr"));
        using var api = new HttpRequestMessage(HttpMethod.Get, "/entities/none");
        api.Headers.Accept.ParseAdd("application/json");
        api.Headers.AcceptLanguage.ParseAdd("fr");
        using var refused = await ana.SendAsync(api, Stop);
        Assert.Contains("No such entity!", await refused.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Drawings_and_scores_are_written_with_a_point_in_every_language()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var ana = await server.SignedInAsync("ana", "analyst", "alpha", Stop);
        await SavedSearchTests.WriteAsync(
            server.Store,
            TemporaryStore.Person("1", "Mira Alpha", "", ("country", "er"), ("birthDate", "1980-05-02")),
            TemporaryStore.Person("2", "Myra Alpha", "", ("country", "er"), ("deathDate", "1999-05-02"))
        );
        await server.CaughtUpAsync(ana, Stop);

        foreach (var path in new[] { "/entity/test-1", "/search?q=mira+alfa" })
        {
            var page = await PageAsync(ana, path, "fr");
            Assert.Contains("<html lang=\"fr\">", page, StringComparison.Ordinal);
            Assert.Contains("rythr", page, StringComparison.Ordinal);
            Assert.DoesNotMatch(Comma(), page);
        }
    }

    /// <summary>A length or a score with a comma.</summary>
    [GeneratedRegex(
        """(?:\b(?:x|y|x1|y1|x2|y2|cx|cy|r|width|height|d|transform)="[^"]*[0-9],[0-9]+(?:"|[^0-9,. -])|>[+−-]?[0-9],[0-9]{2}<)"""
    )]
    private static partial Regex Comma();

    private static async Task<string> PageAsync(HttpClient client, string path, string language)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd("text/html");
        if (language.Length > 0)
            request.Headers.TryAddWithoutValidation("Accept-Language", language);
        using var answer = await client.SendAsync(request, Stop);
        return await answer.Content.ReadAsStringAsync(Stop);
    }
}
