using System.Net.Http.Json;
using System.Text.Json;
using Lanthorn.Intake;
using Lanthorn.Platform;
using Lanthorn.Tests.Removal;
using Lanthorn.Tests.Storage;

namespace Lanthorn.Tests.Intake;

/// <summary>How a person takes an import back.</summary>
public sealed class UndoImportTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, OnEachDatabase]
    public async Task An_import_that_is_taken_back_says_by_whom_and_why(Database database)
    {
        await using var at = await IntakeFolder.CreateAsync(on: database);
        await at.ImportAsync("tips", "ftm", IntakeFolder.Person("t-1", "Ana"));
        var wrong = await at.ImportAsync(
            "tips",
            "ftm",
            IntakeFolder.Person("t-1", "Ana Wrong") + IntakeFolder.Person("t-2", "Bo Wrong")
        );

        var preview = await at.Undo.PreviewAsync(IntakeFolder.Ana, wrong.Id, Stop);
        var done = await at.Undo.HandleAsync(IntakeFolder.Ana, wrong.Id, "the wrong file", Stop);

        Assert.Equal((1, 1), (done.Vanishing, done.Reverting));
        Assert.Equal(preview, done);
        Assert.Equal("Ana", (await at.EntityAsync("t-1"))!.Caption);
        Assert.Null(await at.EntityAsync("t-2"));
        var shown = (await at.Imports.FindAsync(IntakeFolder.Ana, wrong.Id, Stop))!;
        Assert.Equal(
            (ImportState.Undone, "ana", "the wrong file"),
            (shown.State, shown.Undone!.By, shown.Undone.Reason)
        );
        var log = await at.Store.Audit.ListAsync("ana", 100, 0, Stop);
        Assert.Contains(log, e => e.Body.GetProperty("justification").GetString() == "test: the wrong file");
    }

    [Theory, OnEachDatabase]
    public async Task The_catalogue_names_the_edition_from_before_again(Database database)
    {
        await using var at = await IntakeFolder.CreateAsync(on: database);
        await at.ImportAsync("un-sc", "un", List("2026-01-02"));
        var before = await EditionAsync(at);
        var second = await at.ImportAsync("un-sc", "un", List("2026-02-03"));
        var after = await EditionAsync(at);

        await at.Undo.HandleAsync(IntakeFolder.Ana, second.Id, "not an edition", Stop);

        Assert.Equal(new DateOnly(2026, 1, 2), before);
        Assert.Equal(new DateOnly(2026, 2, 3), after);
        Assert.Equal(before, await EditionAsync(at));
    }

    [Fact]
    public async Task Who_does_not_see_an_import_cannot_take_it_back_and_a_reason_is_needed()
    {
        await using var at = await IntakeFolder.CreateAsync();
        var import = await at.ImportAsync("tips", "ftm", IntakeFolder.Person("t-1", "Ana"));
        var stranger = new Work(TemporaryStore.Officer, "test");

        var hidden = await Assert.ThrowsAsync<RefusedException>(() =>
            at.Undo.HandleAsync(stranger, import.Id, "why not", Stop)
        );
        var without = await Assert.ThrowsAsync<RefusedException>(() =>
            at.Undo.HandleAsync(IntakeFolder.Ana, import.Id, " ", Stop)
        );

        Assert.Equal(404, hidden.Refusal.Status);
        Assert.Equal("reason", without.Refusal.Field);
        Assert.NotNull(await at.EntityAsync("t-1"));
    }

    [Fact]
    public async Task An_import_on_which_another_builds_is_refused_with_the_way_out()
    {
        await using var at = await IntakeFolder.CreateAsync();
        var first = await at.ImportAsync("tips", "ftm", IntakeFolder.Person("t-1", "Ana"));
        await at.ImportAsync("tips", "ftm", IntakeFolder.Person("t-2", "Bo"));

        var refused = await Assert.ThrowsAsync<RefusedException>(() =>
            at.Undo.HandleAsync(IntakeFolder.Ana, first.Id, "wrong", Stop)
        );

        Assert.Equal(("import-not-undoable", 409), (refused.Refusal.Code, refused.Refusal.Status));
        Assert.Contains("undo the newest first", refused.Refusal.InWords, StringComparison.Ordinal);
    }

    [Theory, OnEachDatabase]
    public async Task The_index_of_a_running_server_follows_an_undo_even_of_what_a_record_is(Database database)
    {
        await using var server = await InstalledServer.StartAsync(Stop, on: database);
        using var client = await server.SignedInAsync("ana", "analyst", "alpha", Stop);
        var work = (await server.Accounts.WorkOfAsync("ana", "test", Stop))!;
        var (import, undo) = (new ImportFiles(server.Store), new UndoImport(server.Store, new(server.Store)));
        var meeting = IntakeFolder.Person("t-1", "Ana Petrova").Replace("Person", "Event", StringComparison.Ordinal);
        await import.HandleAsync(work, new(IntakeFolder.Files(meeting), "tips"), progress: null, Stop);
        var person = new ImportRequest(IntakeFolder.Files(IntakeFolder.Person("t-1", "Ana Petrova")), "tips");
        var second = await import.HandleAsync(work, person, progress: null, Stop);
        await server.CaughtUpAsync(client, Stop);
        var before = await FoundAsync(client);

        await undo.HandleAsync(work, second.Id, "a meeting, not a person", Stop);
        await server.CaughtUpAsync(client, Stop);

        Assert.Equal((1, 0), (before, await FoundAsync(client)));
    }

    private static async Task<int> FoundAsync(HttpClient client)
    {
        var query = new { schema = "Person", properties = new { name = new[] { "Ana Petrova" } } };
        using var answer = await client.PostAsJsonAsync("/match/default", new { queries = new { q = query } }, Stop);
        var responses = (await answer.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("responses");
        return responses.GetProperty("q").GetProperty("results").GetArrayLength();
    }

    private static string List(string day) =>
        $"""
            <CONSOLIDATED_LIST dateGenerated="{day}T00:00:00Z"><INDIVIDUALS><INDIVIDUAL><DATAID>1</DATAID>
            <FIRST_NAME>MADE UP</FIRST_NAME><REFERENCE_NUMBER>QDi.999</REFERENCE_NUMBER>
            <LISTED_ON>{day}</LISTED_ON></INDIVIDUAL></INDIVIDUALS></CONSOLIDATED_LIST>
            """;

    private static async Task<DateOnly?> EditionAsync(IntakeFolder at) =>
        (await at.Sources.HandleAsync(IntakeFolder.Ana, Stop)).Single(s => s.Code == "un-sc").AsOf;
}
