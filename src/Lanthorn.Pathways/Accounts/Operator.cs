using Lanthorn.Pathways.Store;

namespace Lanthorn.Pathways.Accounts;

/// <summary>
/// The account of whoever sits at the machine: an administrator behind the wall without a password, so that nobody signs in with
/// it. The enforcement side's operator is another account, in another database.
/// </summary>
internal static class Operator
{
    public const string Name = "pathways-operator";

    private const string Organisation = "local";

    public static Task EnsureAsync(PathwaysStore store, CancellationToken cancellation) =>
        store.WriteAsync(
            async (connection, transaction) =>
            {
                if (await Account.ByNameOrEmailAsync(connection, Name, transaction) is not null)
                    return;
                var made = new ManageAccounts(store).Made(new(Name, Roles.Administrator, Organisation));
                await ManageAccounts.InsertIn(connection, transaction, made);
                await store.Audit.AppendIn(connection, transaction, made, $"account {Name} added by the first start");
            },
            cancellation
        );
}
