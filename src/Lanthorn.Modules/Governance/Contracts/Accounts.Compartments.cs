using Dapper;
using Lanthorn.Platform;

namespace Lanthorn.Governance.Contracts;

public sealed partial class Accounts
{
    /// <summary>Lets an account into a compartment; nothing happens where it is in already.</summary>
    /// <exception cref="RefusedException">There is no such account.</exception>
    public async Task LetIntoAsync(string name, string compartment, CancellationToken cancellation)
    {
        const string add = """
            insert into gov_compartment (name, person) select @compartment, id from gov_person where name = @name
            on conflict do nothing
            """;
        await NeedAsync(name, cancellation);
        await store.WriteAsync(
            async (connection, transaction) =>
            {
                if (await connection.ExecuteAsync(add, new { compartment, name }, transaction) > 0)
                    LogIn(connection, transaction, Program, $"account let into {compartment}: {name}");
            },
            cancellation
        );
        Interlocked.Increment(ref revision);
    }
}
