using System.Text.Json;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Intake.Refreshing;

/// <summary>
/// Sets where an official list is fetched from, for those who manage the installation: a publisher's address with a token,
/// or a mirror of one's own.
/// </summary>
internal sealed class AddressSource(Store store)
{
    public const int MaxAddresses = 10;

    /// <summary>The roles that may; the operator is the command line's own account.</summary>
    public static readonly string[] Roles = ["administrator", "operator"];

    /// <summary>The addresses as they are shown, without what may be secret in them.</summary>
    /// <param name="addresses">In the order of the files; none is the publisher's own again.</param>
    /// <exception cref="RefusedException">No such official source, no such address, or not for this account.</exception>
    public async Task<IReadOnlyList<string>> HandleAsync(
        Work work,
        string code,
        IReadOnlyList<string> addresses,
        CancellationToken cancellation
    )
    {
        if (!Roles.Any(work.IsIn))
            throw new RefusedException(
                new(
                    "not-your-role",
                    403,
                    $"'{work.Viewer.Name}' is {string.Join(", ", work.Viewer.Roles)}; this is for {string.Join(", ", Roles)}",
                    "Ask an administrator"
                )
            );
        var source = RefreshSource.Need(code);
        if (addresses.Count > MaxAddresses)
            throw Refuse($"A source has at most {MaxAddresses} files", "Give one address for each file");
        var wanted = addresses.Select(Take).ToList();
        await store.WriteAsync(
            async (connection, transaction) =>
            {
                var text = wanted.Count == 0 ? null : JsonSerializer.Serialize(wanted.Select(w => w.Uri.AbsoluteUri));
                await RefreshStates.SetInAsync(connection, transaction, source.Code, "addresses = @text", new { text });
                var shown = wanted.Count == 0 ? "the publisher's own" : string.Join(" ", wanted.Select(w => w.Shown));
                store.Audit.AppendIn(
                    connection,
                    transaction,
                    AuditEntry.By(
                        work.Viewer,
                        Operation.Alteration,
                        $"address set of source {source.Code}: {shown}",
                        [],
                        new Justification("management of sources", work.Case)
                    )
                );
            },
            cancellation
        );
        return [.. (wanted.Count == 0 ? RefreshState.Nothing.AddressesOf(source) : wanted).Select(a => a.Shown)];
    }

    private static FileAddress Take(string text)
    {
        var address = FileAddress.Parse(text);
        return address.IsAccepted
            ? address.Value
            : throw Refuse(
                $"'{text}' cannot be the address of a file: {address.Reason}",
                "Give the address of the file itself"
            );
    }

    private static RefusedException Refuse(string message, string wayOut) =>
        new(Refusal.Unprocessable("source-address", message, wayOut, "addresses"));
}
