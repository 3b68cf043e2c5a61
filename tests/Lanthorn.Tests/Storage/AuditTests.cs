using Dapper;
using Lanthorn.Storage;
using static Lanthorn.Tests.Storage.TemporaryStore;

namespace Lanthorn.Tests.Storage;

public sealed class AuditTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, OnEachDatabase]
    public async Task Every_reading_is_logged_with_what_was_read_and_why(Database database)
    {
        await using var at = await CreateAsync(database);
        await at.ImportAsync("list", true, Person("1", "Ana Petrova"));

        await at.Store.For(Analyst, new("looking", "case-7")).EntityAsync("test-1", "entity page", Stop);

        var entry = (await at.Store.Audit.ListAsync("ana", 1, 0, Stop))[0].Body;
        Assert.Equal("entity page", entry.GetProperty("what").GetString());
        Assert.Equal("looking", entry.GetProperty("justification").GetString());
        Assert.Equal("case-7", entry.GetProperty("case").GetString());
        Assert.Equal((int)Operation.Consultation, entry.GetProperty("operation").GetInt32());
        Assert.Equal($"{Id("list", "1")}:1", Assert.Single(entry.GetProperty("versions").EnumerateArray()).GetString());
    }

    [Theory, OnEachDatabase]
    public async Task What_was_searched_for_stands_in_the_log_unreadable(Database database)
    {
        await using var at = await CreateAsync(database);

        await at.Store.For(Analyst, Why).SearchAsync(new TextQuery("petrova"), "search", Stop);

        var entry = (await at.Store.Audit.ListAsync(null, 1, 0, Stop))[0].Body;
        Assert.NotEmpty(entry.GetProperty("terms").GetString()!);
        Assert.DoesNotContain("petrova", entry.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [OnEachDatabase("update audit_entry set body = replace(body, 'looking', 'nothing') where id = 2", "changed")]
    [OnEachDatabase("update audit_entry set versions = hash where id = 2", "changed")]
    [OnEachDatabase("delete from audit_entry where id = 2", "missing")]
    [OnEachDatabase("delete from audit_entry where id >= 2", "gone")]
    [OnEachDatabase("update audit_seal set covers = covers + 1", "seal")]
    public async Task Whoever_changes_the_log_is_noticed(Database database, string change, string why)
    {
        await using var at = await CreateAsync(database);
        for (var i = 0; i < 3; i++)
            await at.Store.Audit.AppendAsync(
                AuditEntry.By(Analyst, Operation.Consultation, "test", [], new("looking")),
                Stop
            );
        await at.Store.Audit.SealAsync(Stop);
        Assert.Null(await at.Store.Audit.VerifyAsync(Stop));

        await at.Store.WriteAsync(
            (connection, transaction) => connection.ExecuteAsync(change, null, transaction),
            Stop
        );

        Assert.Contains(why, (await at.Store.Audit.VerifyAsync(Stop))!.Why, StringComparison.Ordinal);
    }

    [Theory, OnEachDatabase]
    public async Task A_transaction_that_is_rolled_back_takes_its_entry_with_it_and_breaks_no_chain(Database database)
    {
        await using var at = await CreateAsync(database);
        var entry = AuditEntry.By(Analyst, Operation.Alteration, "test", [], Why);
        await at.Store.Audit.AppendAsync(entry, Stop);

        await Assert.ThrowsAsync<InvalidDataException>(() =>
            at.Store.WriteAsync(
                (connection, transaction) =>
                {
                    at.Store.Audit.AppendIn(connection, transaction, entry);
                    throw new InvalidDataException();
                },
                Stop
            )
        );
        await at.Store.Audit.AppendAsync(entry, Stop);

        Assert.Equal(2, (await at.Store.Audit.ListAsync(null, 10, 0, Stop)).Count);
        Assert.Null(await at.Store.Audit.VerifyAsync(Stop));
    }

    [Theory, OnEachDatabase]
    public async Task The_log_is_sealed_every_minute_and_when_the_store_closes(Database database)
    {
        var time = new HandTime();
        await using var at = await CreateAsync(database, time);
        var entry = AuditEntry.By(Analyst, Operation.Alteration, "test", [], Why);
        await at.Store.Audit.AppendAsync(entry, Stop);
        Assert.Equal(0, await SealsAsync(at));

        time.Move(AuditLog.SealEvery);
        while (await SealsAsync(at) == 0)
            await Task.Yield();
        await at.Store.Audit.AppendAsync(entry, Stop);
        await at.ReopenAsync();

        Assert.Equal(2, await SealsAsync(at));
        await at.ReopenAsync();
        Assert.Equal(2, await SealsAsync(at));
        Assert.Null(await at.Store.Audit.VerifyAsync(Stop));
    }

    [Theory, OnEachDatabase]
    public async Task Two_stores_in_one_folder_have_chains_of_their_own(Database database)
    {
        await using var at = await CreateAsync(database);
        await using var other = await at.OpenOtherAsync();
        var entry = AuditEntry.By(Analyst, Operation.Alteration, "test", [], Why);

        for (var i = 0; i < 3; i++)
        {
            await at.Store.Audit.AppendAsync(entry, Stop);
            await other.Audit.AppendAsync(entry, Stop);
        }

        var chains = (await other.Audit.ListAsync(null, 10, 0, Stop)).CountBy(e => e.Chain).ToDictionary();
        Assert.Equal([3, 3], chains.Values);
        Assert.Null(await at.Store.Audit.VerifyAsync(Stop));
    }

    private static Task<long> SealsAsync(TemporaryStore at) =>
        at.Store.ReadOwnAsync(c => c.ExecuteScalarAsync<long>("select count(*) from audit_seal"), Stop);
}
