using Lanthorn.Intake;
using Lanthorn.Platform;
using Lanthorn.Tests.Storage;

namespace Lanthorn.Tests.Intake;

/// <summary>Rows that were refused are mended and come in after all.</summary>
public sealed class ReplayTests
{
    private const string Mapping =
        "schema: Person\nid: ref\nproperties:\n  name: name\n  birthDate: born\n  nationality: country\n";

    private const string Table =
        "ref,name,born,country\n1,Ana,1981,bg\n,Bo,1982,bg\n3,Cy,some day,bg\n4,Di,1984,nowhere\n5,Eve\n";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, OnEachDatabase]
    public async Task A_mended_row_is_a_record_of_the_same_import_and_says_who_mended_it(Database database)
    {
        await using var at = await IntakeFolder.CreateAsync(on: database);
        var import = await ImportAsync(at, Table);
        var refused = await at.RefusedAsync(import.Id);
        var nameless = refused.Single(r => r.Line == 3);

        var answer = await MendAsync(at, import.Id, nameless.Number, ("ref", "2"));

        Assert.Equal((1, 1, 0), (answer.Replayed, answer.Mended, answer.Refused.Count));
        var entity = (await at.EntityAsync("tips-2"))!;
        Assert.Equal("Bo", entity.Caption);
        Assert.Equal("B3", entity.Members[0].Evaluation.ToString());
        var first = (await at.EntityAsync("tips-1"))!;
        Assert.Equal(
            (first.Members[0].ImportId, first.Members[0].Label),
            (entity.Members[0].ImportId, entity.Members[0].Label)
        );
        var mended = (await at.RefusedAsync(import.Id)).Single(r => r.Number == nameless.Number);
        Assert.Equal(("ana", nameless.Reason, nameless.Row), (mended.MendedBy, mended.Reason, mended.Row));
        Assert.Contains("\"ref\":\"2\"", mended.MendedRow, StringComparison.Ordinal);
        Assert.Equal(refused.Count, (await at.RefusedAsync(import.Id)).Count);
    }

    [Theory, OnEachDatabase]
    public async Task A_mended_value_comes_into_the_record_that_stood_without_it(Database database)
    {
        await using var at = await IntakeFolder.CreateAsync(on: database);
        var import = await ImportAsync(at, Table);
        var row = (await at.RefusedAsync(import.Id)).Single(r => r.Field == "birthDate");
        Assert.False((await at.EntityAsync("tips-3"))!.Properties.Has("birthDate"));

        await MendAsync(at, import.Id, row.Number, ("born", "1983-05"));

        var entity = (await at.EntityAsync("tips-3"))!;
        Assert.Equal(("1983-05", 2), (entity.Properties.First("birthDate"), entity.Members[0].Version));
        var again = await Assert.ThrowsAsync<RefusedException>(() =>
            MendAsync(at, import.Id, row.Number, ("born", "1999"))
        );
        Assert.Equal(409, again.Refusal.Status);
    }

    [Theory, OnEachDatabase]
    public async Task What_is_wrong_again_says_the_new_reason_and_keeps_the_first(Database database)
    {
        await using var at = await IntakeFolder.CreateAsync(on: database);
        var import = await ImportAsync(at, Table);
        var row = (await at.RefusedAsync(import.Id)).Single(r => r.Field == "birthDate");

        var answer = await MendAsync(at, import.Id, row.Number, ("born", "1983-14"));

        var again = Assert.Single(answer.Refused);
        Assert.Equal((row.Number, 0), (again.Row, answer.Mended));
        Assert.StartsWith("birthDate: ", again.Reason, StringComparison.Ordinal);
        var kept = (await at.RefusedAsync(import.Id)).Single(r => r.Number == row.Number);
        Assert.Equal((row.Reason, row.Row, again.Reason), (kept.Reason, kept.Row, kept.TriedReason));
        Assert.Contains("1983-14", kept.TriedRow, StringComparison.Ordinal);
        Assert.Null(kept.MendedAt);
    }

    [Theory, OnEachDatabase]
    public async Task With_a_corrected_mapping_all_rows_are_read_again(Database database)
    {
        await using var at = await IntakeFolder.CreateAsync(on: database);
        var wrong = Mapping.Replace("birthDate: born", "birthDate: name", StringComparison.Ordinal);
        var import = await ImportAsync(at, "ref,name,born,country\n1,Ana,1981,bg\n2,Bo,1982,bg\n", wrong);
        Assert.Equal(2, (await at.RefusedAsync(import.Id)).Count);

        var asTheyAre = await at.Replay.HandleAsync(IntakeFolder.Ana, import.Id, new(null), Stop);
        var corrected = await at.Replay.HandleAsync(IntakeFolder.Ana, import.Id, new(null, Mapping), Stop);

        Assert.Equal((2, 0), (asTheyAre.Replayed, asTheyAre.Mended));
        Assert.Equal((2, 2, 0), (corrected.Replayed, corrected.Mended, corrected.Refused.Count));
        Assert.Equal("1982", (await at.EntityAsync("tips-2"))!.Properties.First("birthDate"));
        Assert.Equal(Mapping, await at.Replay.MappingAsync(import.Id, Stop));
    }

    [Theory, OnEachDatabase]
    public async Task A_mended_row_is_taken_back_with_its_import(Database database)
    {
        await using var at = await IntakeFolder.CreateAsync(on: database);
        var import = await ImportAsync(at, Table);
        foreach (var row in await at.RefusedAsync(import.Id))
            await MendAsync(at, import.Id, row.Number, row.Line == 3 ? ("ref", "2") : ("born", "1984"));

        await at.Undo.HandleAsync(IntakeFolder.Ana, import.Id, "wrong file", Stop);

        for (var id = 1; id <= 5; id++)
            Assert.Null(await at.EntityAsync($"tips-{id}"));
        var closed = await Assert.ThrowsAsync<RefusedException>(() => MendAsync(at, import.Id, 2, ("born", "1984")));
        Assert.Contains("undone", closed.Refusal.Message, StringComparison.Ordinal);
    }

    [Theory, OnEachDatabase]
    public async Task What_was_said_since_is_not_overwritten(Database database)
    {
        await using var at = await IntakeFolder.CreateAsync(on: database);
        var import = await ImportAsync(at, Table);
        var row = (await at.RefusedAsync(import.Id)).Single(r => r.Field == "birthDate");
        await ImportAsync(at, "ref,name,born,country\n3,Cyrus,1993,bg\n");

        var answer = await MendAsync(at, import.Id, row.Number, ("born", "1983"));

        Assert.Contains("since", Assert.Single(answer.Refused).Reason, StringComparison.Ordinal);
        Assert.Equal("Cyrus", (await at.EntityAsync("tips-3"))!.Caption);
    }

    [Fact]
    public async Task A_row_mended_to_an_id_that_the_import_has_is_refused()
    {
        await using var at = await IntakeFolder.CreateAsync();
        var import = await ImportAsync(at, Table);
        var nameless = (await at.RefusedAsync(import.Id)).Single(r => r.Line == 3);

        var answer = await MendAsync(at, import.Id, nameless.Number, ("ref", "1"));

        Assert.Contains("this id already", Assert.Single(answer.Refused).Reason, StringComparison.Ordinal);
        Assert.Equal("Ana", (await at.EntityAsync("tips-1"))!.Caption);
    }

    [Theory, OnEachDatabase]
    public async Task A_line_of_json_is_mended_as_a_whole_or_by_a_property(Database database)
    {
        await using var at = await IntakeFolder.CreateAsync(on: database);
        var import = await at.ImportAsync(
            "tips",
            "ftm",
            "{\"id\":\"t-1\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Ana\"],\"birthDate\":[\"some day\"]}}\n",
            "{\"id\":\"t-2\",\"schema\":\"Person\",\n"
        );
        var refused = await at.RefusedAsync(import.Id);

        var value = await MendAsync(at, import.Id, refused.Single(r => !r.IsWholeRow).Number, ("birthDate", "1981"));
        var whole = await at.Replay.HandleAsync(
            IntakeFolder.Ana,
            import.Id,
            new(
                new Dictionary<long, string>
                {
                    [refused.Single(r => r.IsWholeRow).Number] = IntakeFolder.Person("t-2", "Bo"),
                }
            ),
            Stop
        );

        Assert.Equal((1, 1), (value.Mended, whole.Mended));
        Assert.Equal("1981", (await at.EntityAsync("t-1"))!.Properties.First("birthDate"));
        Assert.Equal("Bo", (await at.EntityAsync("t-2"))!.Caption);
    }

    [Fact]
    public async Task A_list_in_which_a_record_has_many_rows_says_what_to_do_instead()
    {
        await using var at = await IntakeFolder.CreateAsync();
        var import = await at.ImportAsync(
            "un-sc",
            "un",
            "<CONSOLIDATED_LIST><INDIVIDUALS><INDIVIDUAL><FIRST_NAME>X</FIRST_NAME></INDIVIDUAL></INDIVIDUALS></CONSOLIDATED_LIST>"
        );

        var refused = await Assert.ThrowsAsync<RefusedException>(() =>
            at.Replay.HandleAsync(IntakeFolder.Ana, import.Id, new(null), Stop)
        );

        Assert.Contains("Correct the record by hand", refused.Refusal.InWords, StringComparison.Ordinal);
    }

    private static Task<ImportFiles.Outcome> ImportAsync(IntakeFolder at, string table, string mapping = Mapping) =>
        at.ImportAsync(new(IntakeFolder.Files(table), "tips") { Mapping = mapping, Evaluation = "B3" });

    private static async Task<ReplayRows.Answer> MendAsync(
        IntakeFolder at,
        string import,
        long number,
        (string Column, string Value) set
    )
    {
        var text = await ReplayEndpoint.MendedAsync(
            at.Quarantine,
            IntakeFolder.Ana,
            (import, number),
            (new Dictionary<string, string> { [set.Column] = set.Value }, null),
            Stop
        );
        return await at.Replay.HandleAsync(
            IntakeFolder.Ana,
            import,
            new(new Dictionary<long, string> { [number] = text }),
            Stop
        );
    }
}
