using Lanthorn.Formats;
using Lanthorn.Intake;
using Lanthorn.Platform;
using Lanthorn.Tests.Formats;
using static Lanthorn.Tests.Intake.IntakeFolder;

namespace Lanthorn.Tests.Intake;

public sealed class ImportFilesTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static string Listing(string number, string name) =>
        $"<ENTITY><FIRST_NAME>{name}</FIRST_NAME><REFERENCE_NUMBER>{number}</REFERENCE_NUMBER></ENTITY>";

    private static string List(params string[] listings) =>
        $"<CONSOLIDATED_LIST dateGenerated=\"2026-02-27T00:00:00Z\">{string.Concat(listings)}</CONSOLIDATED_LIST>";

    [Fact]
    public async Task Importing_twice_changes_nothing()
    {
        await using var at = await CreateAsync();
        var text = Person("p-1", "Ana Petrova") + Person("p-2", "محمد علي");

        var first = await at.ImportAsync("tips", "auto", text);
        var again = await at.ImportAsync("tips", "auto", text);

        Assert.Equal((2L, 2L, 0L), (first.Tally.Read, first.Tally.Imported, first.Tally.Unchanged));
        Assert.Equal((2L, 0L, 2L), (again.Tally.Read, again.Tally.Imported, again.Tally.Unchanged));
        Assert.Equal(1, (await at.EntityAsync("p-1"))!.Members[0].Version);
        var list = await at.Imports.ListAsync(Ana, 0, 10, Stop);
        Assert.Equal([again.Id, first.Id], list.Imports.Select(i => i.Id));
        Assert.All(list.Imports, i => Assert.Equal(ImportState.Finished, i.State));
        Assert.All(list.Imports, i => Assert.Equal(i.Tally.BytesTotal, i.Tally.BytesRead));
    }

    [Fact]
    public async Task A_changed_record_gets_a_version_and_keeps_the_old_one()
    {
        await using var at = await CreateAsync();
        await at.ImportAsync("tips", "ftm", Person("p-1", "Ana"));

        var changed = await at.ImportAsync("tips", "ftm", Person("p-1", "Ana Petrova"));

        Assert.Equal(1, changed.Tally.Imported);
        var record = (await at.EntityAsync("p-1"))!.Members[0];
        var versions = await at.Reading.VersionsAsync(record.Id, "test", Stop);
        Assert.Equal(["Ana Petrova", "Ana"], versions.Select(v => v.Properties.First("name")!));
    }

    [Fact]
    public async Task What_is_missing_ends_with_a_complete_edition_and_with_no_other()
    {
        await using var at = await CreateAsync();
        var (one, two) = (Person("p-1", "Ana"), Person("p-2", "Bo"));
        await at.ImportAsync("tips", "ftm", one + two);

        var partial = await at.ImportAsync("tips", "ftm", one);
        var complete = await at.ImportAsync(new(Files(one), "tips") { IsComplete = true });
        var ended = await at.EntityAsync("p-2");
        var back = await at.ImportAsync("tips", "ftm", two);

        Assert.Equal((0L, 1L, 0L), (partial.Tally.Ended, complete.Tally.Ended, back.Tally.Ended));
        Assert.NotNull(Assert.Single(ended!.Members).ListedTo);
        Assert.Null(Assert.Single((await at.EntityAsync("p-2"))!.Members).ListedTo);
    }

    [Fact]
    public async Task The_list_of_the_un_is_a_complete_edition_by_itself()
    {
        await using var at = await CreateAsync();
        await at.ImportAsync("un-sc", "auto", List(Listing("QDe.001", "ONE"), Listing("QDe.002", "TWO")));

        var next = await at.ImportAsync("un-sc", "auto", List(Listing("QDe.001", "ONE")));

        Assert.Equal((1L, 1L), (next.Tally.Read, next.Tally.Ended));
        Assert.NotNull((await at.EntityAsync("un-sc-QDe.002"))!.Members[0].ListedTo);
        Assert.Equal("2026-02-27", (await at.Imports.FindAsync(Ana, next.Id, Stop))!.Edition);
    }

    [Theory]
    [InlineData("<ENTITY><FIRST_NAME>NO NUMBER</FIRST_NAME></ENTITY></CONSOLIDATED_LIST>", ImportState.Finished)]
    [InlineData("<ENTITY><FIRST_NAME>CUT", ImportState.Failed)]
    public async Task A_damaged_edition_ends_nothing_that_is_there(string end, string state)
    {
        await using var at = await CreateAsync();
        await at.ImportAsync("un-sc", "auto", List(Listing("QDe.001", "ONE"), Listing("QDe.002", "TWO")));
        var damaged = List(Listing("QDe.003", "THREE")).Replace("</CONSOLIDATED_LIST>", end, StringComparison.Ordinal);

        var outcome = await at.ImportAsync("un-sc", "auto", damaged);

        Assert.Equal((1L, 0L), (outcome.Tally.Imported, outcome.Tally.Ended));
        foreach (var id in new[] { "un-sc-QDe.001", "un-sc-QDe.002", "un-sc-QDe.003" })
            Assert.Null((await at.EntityAsync(id))!.Members[0].ListedTo);
        var import = (await at.Imports.FindAsync(Ana, outcome.Id, Stop))!;
        Assert.Equal(state, import.State);
        Assert.Contains(
            state == ImportState.Failed ? "1, line 1" : "nothing was ended",
            import.Failure + import.Note,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task What_is_refused_is_in_quarantine_with_its_place_and_the_rest_is_in()
    {
        await using var at = await CreateAsync();
        var text =
            Person("p-1", "Ana")
            + "no json\n"
            + Person("p-2", "Bo").Replace("\"name\"", "\"shoeSize\"", StringComparison.Ordinal);

        var outcome = await at.ImportAsync("tips", "ftm", text);

        Assert.Equal((2L, 2L, 2L), (outcome.Tally.Read, outcome.Tally.Imported, outcome.Tally.Quarantined));
        Assert.Null(outcome.Failure);
        var refused = await at.RefusedAsync(outcome.Id);
        Assert.Equal(
            [("1", 2L, 2, "", "no json", true), ("1", 3L, 57, "shoeSize", "Bo", false)],
            refused.Select(r => (r.File, r.Line, r.Column, r.Field, r.Value, r.IsWholeRow))
        );
        Assert.All(refused, r => Assert.NotEmpty(r.Reason));
    }

    [Fact]
    public async Task Reading_the_quarantine_needs_a_reason_and_stands_in_the_log()
    {
        await using var at = await CreateAsync();
        var outcome = await at.ImportAsync("tips", "ftm", "no json\n");

        await at.RefusedAsync(outcome.Id);

        await Assert.ThrowsAsync<RefusedException>(() =>
            at.Quarantine.PageAsync(Ana with { Justification = "" }, outcome.Id, 0, 10, Stop)
        );
        var newest = (await at.Store.Audit.ListAsync("ana", 1, 0, Stop))[0].Body.GetRawText();
        Assert.Contains($"quarantine of import {outcome.Id}", newest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_import_is_there_for_its_organisation_and_those_who_see_its_label()
    {
        await using var at = await CreateAsync();
        var own = await at.ImportAsync("tips", "ftm", "no json\n");
        var stranger = Ana with { Viewer = Ana.Viewer with { Organisation = "bravo" } };
        var lower = Ana with { Viewer = Ana.Viewer with { Clearance = Knowledge.Tlp.Green } };

        foreach (var work in new[] { stranger, lower })
        {
            Assert.Null(await at.Imports.FindAsync(work, own.Id, Stop));
            Assert.Null(await at.Quarantine.PageAsync(work, own.Id, 0, 10, Stop));
            Assert.Equal(0, (await at.Imports.ListAsync(work, 0, 10, Stop)).Total);
        }
        Assert.NotNull(await at.Imports.FindAsync(Ana, own.Id, Stop));
    }

    [Fact]
    public async Task Nobody_imports_into_a_source_that_belongs_to_others()
    {
        await using var at = await CreateAsync();
        await at.ImportAsync("tips", "ftm", Person("p-1", "Ana"));
        var stranger = Ana with { Viewer = Ana.Viewer with { Organisation = "bravo" } };

        var refused = await Assert.ThrowsAsync<RefusedException>(() =>
            at.Import.HandleAsync(stranger, new(Files(Person("p-1", "Bo")), "tips"), null, Stop)
        );

        Assert.Equal(("source-taken", 409), (refused.Refusal.Code, refused.Refusal.Status));
        Assert.Equal("Ana", (await at.EntityAsync("p-1"))!.Caption);
    }

    [Theory]
    [InlineData("Tips", "ftm", null, null, "source")]
    [InlineData("", "ftm", null, null, "source")]
    [InlineData("tips", "parchment", null, null, "format")]
    [InlineData("tips", "auto", "a: &x [*x, *x]", null, "mapping")]
    [InlineData("tips", "auto", "schema: Unicorn", null, "mapping")]
    [InlineData("tips", "ftm", null, "colour=red", "label")]
    [InlineData("tips", "ftm", null, "org=bravo", "label")]
    [InlineData("un-sc", "ofac", null, null, "source")]
    public async Task What_can_be_refused_beforehand_is_refused_with_its_field_and_leaves_no_trace(
        string source,
        string format,
        string? mapping,
        string? label,
        string field
    )
    {
        await using var at = await CreateAsync();
        var request = new ImportRequest(Files(Person("p-1", "Ana")), source)
        {
            Format = format,
            Mapping = mapping,
            Label = label,
        };

        var refused = await Assert.ThrowsAsync<RefusedException>(() => at.ImportAsync(request));

        Assert.Equal(field, refused.Refusal.Field);
        Assert.InRange(refused.Refusal.Status, 400, 422);
        Assert.Equal(0, (await at.Imports.ListAsync(Ana, 0, 10, Stop)).Total);
    }

    [Fact]
    public async Task A_folder_in_place_of_a_file_is_said_and_nothing_is_lost()
    {
        await using var at = await CreateAsync();
        await at.ImportAsync("tips", "ftm", Person("p-1", "Ana"));
        var folder = new InputFile("folder", () => File.OpenRead(at.Folder));

        var outcome = await at.ImportAsync(new([folder], "tips") { Format = "ftm", IsComplete = true });

        Assert.Contains("cannot be read", outcome.Failure, StringComparison.Ordinal);
        Assert.Null((await at.EntityAsync("p-1"))!.Members[0].ListedTo);
    }

    [Fact]
    public async Task A_flood_of_refusals_is_counted_and_kept_up_to_its_limit()
    {
        await using var at = await CreateAsync();
        var lines = string.Concat(Enumerable.Repeat("x\n", ImportJournal.MaxKept + 7));

        var outcome = await at.ImportAsync("tips", "ftm", lines);

        Assert.Equal(ImportJournal.MaxKept + 7, outcome.Tally.Quarantined);
        var page = await at.Quarantine.PageAsync(Ana, outcome.Id, ImportJournal.MaxKept - 2, 50, Stop);
        Assert.Equal((ImportJournal.MaxKept, 2), (page!.Total, page.Rows.Count));
        Assert.Contains(
            "are kept",
            (await at.Imports.FindAsync(Ana, outcome.Id, Stop))!.Note,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_import_that_is_stopped_keeps_what_it_wrote_and_the_next_one_continues()
    {
        await using var at = await CreateAsync();
        const int records = 20_000;
        var text = string.Concat(Enumerable.Range(0, records).Select(i => Person($"p-{i}", $"Made Up {i}")));
        using var stop = new CancellationTokenSource();
        var plan = await at.Import.EnterAsync(Ana, new(Files(text), "tips"), Stop);
        var reports = new StopAfter(stop, reports: 1);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => at.Import.RunAsync(plan, reports, stop.Token));
        var stopped = (await at.Imports.FindAsync(Ana, plan.Id, Stop))!;
        var next = await at.ImportAsync("tips", "ftm", text);

        Assert.Equal(ImportState.Interrupted, stopped.State);
        Assert.InRange(stopped.Tally.Imported, 1, records - 1);
        Assert.Equal((stopped.Tally.Imported, (long)records), (next.Tally.Unchanged, next.Tally.Read));
        Assert.Equal(records, (await at.Reading.SourcesAsync(Stop)).Single().LiveRecords);
        Assert.Null(await at.Store.Audit.VerifyAsync(Stop));
    }

    [Theory]
    [InlineData("un-sc", 1003, "un_consolidated_*.xml")]
    [InlineData("us-ofac", 8976, "ofac_alt_*.csv", "ofac_add_*.csv", "ofac_sdn_*.csv")]
    public async Task The_official_files_come_in_and_come_in_again(string source, int records, params string[] patterns)
    {
        var folder = Path.Combine(Pack.Need(), "sanctions");
        var files = patterns.Select(p => Sample.OnDisk(Directory.EnumerateFiles(folder, p).Order().Last())).ToList();
        await using var at = await CreateAsync();

        var first = await at.ImportAsync(new(files, source));
        var again = await at.ImportAsync(new(files, source));

        Assert.Equal(new ImportTally(records, records), first.Tally with { BytesRead = 0, BytesTotal = 0 });
        Assert.Equal(new ImportTally(records, 0, records), again.Tally with { BytesRead = 0, BytesTotal = 0 });
    }

    /// <summary>Stops at the second batch that was written.</summary>
    private sealed class StopAfter(CancellationTokenSource stop, int reports) : IProgress<ImportTally>
    {
        private int seen;

        public void Report(ImportTally value)
        {
            if (++seen == reports)
                stop.Cancel();
        }
    }
}
