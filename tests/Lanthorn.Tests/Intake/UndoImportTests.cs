using Lanthorn.Intake;
using Lanthorn.Platform;
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

    private static string List(string day) =>
        $"""
            <CONSOLIDATED_LIST dateGenerated="{day}T00:00:00Z"><INDIVIDUALS><INDIVIDUAL><DATAID>1</DATAID>
            <FIRST_NAME>MADE UP</FIRST_NAME><REFERENCE_NUMBER>QDi.999</REFERENCE_NUMBER>
            <LISTED_ON>{day}</LISTED_ON></INDIVIDUAL></INDIVIDUALS></CONSOLIDATED_LIST>
            """;

    private static async Task<DateOnly?> EditionAsync(IntakeFolder at) =>
        (await at.Sources.HandleAsync(IntakeFolder.Ana, Stop)).Single(s => s.Code == "un-sc").AsOf;
}
