using Lanthorn.Intake;
using Lanthorn.Intake.Proposing;
using Lanthorn.Platform;
using Lanthorn.Tests.Storage;

namespace Lanthorn.Tests.Intake;

/// <summary>Uploads that wait for their mapping: whose they are, how many, how long.</summary>
public sealed class HeldTablesTests
{
    private static readonly TimeSpan AMinute = TimeSpan.FromMinutes(1);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static Work Of(string name, string organisation = "alpha") =>
        new(TemporaryStore.Analyst with { Name = name, Organisation = organisation }, "test");

    private static async Task<HeldTable> HoldAsync(IntakeFolder at, HeldTables tables, Work work)
    {
        var received = new ReceivedFiles(at.Store, 1_000, () => { });
        await received.AddAsync("t.csv", new MemoryStream("NO,NAME\n1,Ana\n"u8.ToArray()), Stop);
        var proposal = await new ProposeMapping(at.Store, new(at.Store)).HandleAsync(
            work,
            received.Files[0],
            null,
            new(),
            Stop
        );
        try
        {
            return tables.Hold(work, received, new(proposal, proposal.Choice, false, new Dictionary<string, string>()));
        }
        catch
        {
            received.Dispose();
            throw;
        }
    }

    private static int LeftIn(IntakeFolder at) =>
        Directory
            .EnumerateFiles(at.Folder, "*", SearchOption.AllDirectories)
            .Count(f => f.Contains("uploads", StringComparison.Ordinal));

    [Fact]
    public async Task A_table_is_of_the_account_that_uploaded_it_and_of_nobody_else()
    {
        await using var at = await IntakeFolder.CreateAsync();
        using var tables = new HeldTables(at.Store);
        var table = await HoldAsync(at, tables, Of("ana"));

        Assert.Same(table, tables.Find(Of("ana"), table.Id));
        Assert.Null(tables.Find(Of("bea"), table.Id));
        Assert.Null(tables.Find(Of("ana", "bravo"), table.Id));
        Assert.Null(tables.Find(Of("ana"), "1"));
        Assert.Equal(404, Assert.Throws<RefusedException>(() => tables.Take(Of("bea"), table.Id)).Refusal.Status);
        Assert.NotNull(tables.Find(Of("ana"), table.Id));
    }

    [Fact]
    public async Task Half_an_hour_after_it_was_last_looked_at_a_table_and_its_file_are_gone()
    {
        var time = new HandTime();
        await using var at = await IntakeFolder.CreateAsync(time);
        using var tables = new HeldTables(at.Store);
        var table = await HoldAsync(at, tables, Of("ana"));

        time.Move(HeldTables.Lifetime - AMinute);
        Assert.NotNull(tables.Find(Of("ana"), table.Id));
        time.Move(HeldTables.Lifetime - AMinute);
        Assert.Equal(1, LeftIn(at));
        time.Move(AMinute);

        Assert.Null(tables.Find(Of("ana"), table.Id));
        Assert.Equal(0, LeftIn(at));
    }

    [Fact]
    public async Task An_account_has_one_table_all_together_few_and_none_is_left_when_the_server_stops()
    {
        await using var at = await IntakeFolder.CreateAsync();
        using var tables = new HeldTables(at.Store);
        var first = await HoldAsync(at, tables, Of("a0"));
        for (var other = 0; other < HeldTables.MaxHeld; other++)
            await HoldAsync(at, tables, Of($"a{other}"));

        var refused = await Assert.ThrowsAsync<RefusedException>(() => HoldAsync(at, tables, Of("late")));

        Assert.Equal(503, refused.Refusal.Status);
        Assert.Null(tables.Find(Of("a0"), first.Id));
        Assert.Equal(HeldTables.MaxHeld, LeftIn(at));
        tables.Dispose();
        Assert.Equal(0, LeftIn(at));
    }

    [Fact]
    public async Task What_was_taken_is_given_back_unless_another_has_come_meanwhile()
    {
        var time = new HandTime();
        await using var at = await IntakeFolder.CreateAsync(time);
        using var tables = new HeldTables(at.Store);
        var table = await HoldAsync(at, tables, Of("ana"));

        tables.Take(Of("ana"), table.Id);
        time.Move(HeldTables.Lifetime + AMinute);
        Assert.Null(tables.Find(Of("ana"), table.Id));
        Assert.Equal(1, LeftIn(at));
        tables.GiveBack(Of("ana"), table);
        Assert.NotNull(tables.Find(Of("ana"), table.Id));

        tables.Take(Of("ana"), table.Id);
        var next = await HoldAsync(at, tables, Of("ana"));
        tables.GiveBack(Of("ana"), table);
        Assert.Null(tables.Find(Of("ana"), table.Id));
        Assert.NotNull(tables.Find(Of("ana"), next.Id));
        Assert.Equal(1, LeftIn(at));
    }
}
