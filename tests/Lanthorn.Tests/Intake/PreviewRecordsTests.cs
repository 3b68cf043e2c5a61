using Lanthorn.Formats;
using Lanthorn.Intake.Proposing;
using Lanthorn.Platform;
using Lanthorn.Tests.Formats;
using Lanthorn.Tests.Storage;

namespace Lanthorn.Tests.Intake;

/// <summary>The first rows as an import would read them, while somebody waits for them.</summary>
public sealed class PreviewRecordsTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static ColumnMapping Mapping(string name = "NAME") =>
        ColumnMapping.Parse($"schema: Person\nid: NO\nproperties: {{ birthDate: BORN, name: {name} }}").Value;

    [Fact]
    public async Task The_first_twenty_rows_are_shown_in_the_order_of_the_mapping_with_what_is_refused()
    {
        await using var at = await IntakeFolder.CreateAsync();
        var table =
            "NO,NAME,BORN\n1,Ana,1980\n,Bo,1981\n3,Cy,some day\n"
            + string.Concat(Enumerable.Range(4, 100).Select(i => $"{i},Di,\n"));

        var rows = await new PreviewRecords(at.Store).HandleAsync(Sample.File("t", table), "csv", Mapping(), Stop);

        Assert.Equal(PreviewRecords.MaxRows, rows.Count);
        Assert.Equal(["birthDate", "name"], rows[0].Values.Select(v => v.Property));
        Assert.Equal(("NO", 3L), (Assert.Single(rows[1].Refused).Field, rows[1].Line));
        Assert.Null(rows[1].Id);
        Assert.Equal(("3", "birthDate"), (rows[2].Id, Assert.Single(rows[2].Refused).Field));
    }

    [Fact]
    public async Task What_cannot_be_read_takes_too_long_or_is_gone_is_a_clear_no()
    {
        var time = new HandTime();
        await using var at = await IntakeFolder.CreateAsync(time);
        var preview = new PreviewRecords(at.Store);
        var slow = new InputFile(
            "slow",
            () =>
            {
                time.Move(TimeSpan.FromMinutes(1));
                return new MemoryStream("NO,NAME,BORN\n1,Ana,1980\n"u8.ToArray());
            }
        );
        var gone = new InputFile("gone", () => File.OpenRead(Path.Combine(at.Folder, "uploads", "nowhere", "0")));

        async Task<Refusal> RefusedAsync(InputFile file, ColumnMapping mapping) =>
            (await Assert.ThrowsAsync<RefusedException>(() => preview.HandleAsync(file, "csv", mapping, Stop))).Refusal;

        Assert.Contains(
            "no column 'WHO'",
            (await RefusedAsync(Sample.File("t", "NO,NAME,BORN\n"), Mapping("WHO"))).Message,
            StringComparison.Ordinal
        );
        Assert.Contains("too long", (await RefusedAsync(slow, Mapping())).Message, StringComparison.Ordinal);
        Assert.Equal(404, (await RefusedAsync(gone, Mapping())).Status);
    }
}
