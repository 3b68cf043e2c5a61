using Dapper;
using Lanthorn.Storage;
using Npgsql;
using static Lanthorn.Tests.Storage.TemporaryStore;

namespace Lanthorn.Tests.Storage;

public sealed class ExaminationTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, OnEachDatabase]
    public async Task Nothing_is_wrong_with_a_store_that_is_in_use(Database database)
    {
        await using var at = await CreateAsync(database);
        await File.WriteAllBytesAsync(Path.Combine(at.Folder, "installation.key"), Key, Stop);
        OnlyOwner(Path.Combine(at.Folder, "installation.key"));
        await at.ImportAsync("list", true, Person("1", "Ana Petrova"));

        Assert.DoesNotContain(await new Examination(at.Store).RunAsync(Stop), f => f.IsFault);
    }

    [Theory]
    [OnEachDatabase("drop index edge_to", "The index edge_to is missing", "create index edge_to on edge (to_id)")]
    [OnEachDatabase("drop table absence", "The table absence is missing", "Restore the last backup")]
    [OnEachDatabase("delete from search_row", "1 records cannot be searched for", "Restore the last backup")]
    [OnEachDatabase("delete from record_version", "1 records lack their latest version", "Restore the last backup")]
    [OnEachDatabase("update live_count set records = 7", "1 counts of live records differ", "Restore the last backup")]
    [OnEachDatabase(
        "update audit_entry set body = '{}'",
        "The audit log is broken at chain",
        "data protection officer"
    )]
    public async Task What_was_done_to_the_database_from_outside_is_said_with_the_way_out(
        Database database,
        string done,
        string what,
        string wayOut
    )
    {
        await using var at = await CreateAsync(database);
        await File.WriteAllBytesAsync(Path.Combine(at.Folder, "installation.key"), Key, Stop);
        await at.ImportAsync("list", true, Person("1", "Ana Petrova"));
        await at.Store.WriteAsync((c, t) => c.ExecuteAsync(done, transaction: t), Stop);

        var findings = await new Examination(at.Store).RunAsync(Stop);

        var finding = Assert.Single(findings, f => f.IsFault && f.What.StartsWith(what, StringComparison.Ordinal));
        Assert.Contains(wayOut, finding.WayOut, StringComparison.Ordinal);
    }

    [Theory, OnPostgres]
    public async Task A_server_that_lacks_what_the_program_needs_is_said_with_the_way_out(Database database)
    {
        await using var at = await CreateAsync(database);
        await File.WriteAllBytesAsync(Path.Combine(at.Folder, "installation.key"), Key, Stop);
        var name = new NpgsqlConnectionStringBuilder(at.Server!.Address).Database;
        await at.Store.WriteAsync(
            (c, t) =>
                c.ExecuteAsync(
                    $"""
                    drop extension pg_trgm cascade;
                    alter database {name} connection limit 9;
                    update pg_collation set collversion = 'old' where collname = 'nocase';
                    update pg_index set indisvalid = false where indexrelid = 'edge_from'::regclass
                    """,
                    transaction: t
                ),
            Stop
        );

        var faults = (await new Examination(at.Store).RunAsync(Stop)).Where(f => f.IsFault).ToList();

        Assert.Contains(faults, f => f.WayOut.Contains("create extension pg_trgm", StringComparison.Ordinal));
        Assert.Contains(faults, f => f.WayOut.Contains("create index search_row_text", StringComparison.Ordinal));
        Assert.Contains(faults, f => f.What.Contains("allows 9 connections", StringComparison.Ordinal));
        Assert.Contains(faults, f => f.WayOut.Contains("alter collation nocase refresh", StringComparison.Ordinal));
        Assert.Contains(faults, f => f.WayOut.Contains("reindex index edge_from", StringComparison.Ordinal));
    }

    private static void OnlyOwner(string path)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}
