using Lanthorn.Governance.Contracts;
using Lanthorn.Platform;
using static Lanthorn.Web.Words;

namespace Lanthorn.Governance;

/// <summary>Tokens of the account that end soon; for those who manage accounts, which ones are locked.</summary>
internal sealed class AccountLines(Accounts accounts, TimeProvider time) : IStartLines
{
    /// <summary>A token that ends within so many days is told of.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromDays(14);

    public string About => "Accounts";

    public async Task<IReadOnlyList<StartLine>> AskAsync(Work work, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var ending = (await accounts.ListTokensAsync(work.Viewer.Name, cancellation))
            .Where(t => t.RevokedAt is null && t.ExpiresAt > now && t.ExpiresAt <= now + Soon)
            .OrderBy(t => t.ExpiresAt)
            .Select(Ending);
        return Roles.Managing.Any(work.IsIn)
            ? [.. (await accounts.ListLockedAsync(cancellation)).Select(Locked), .. ending]
            : [.. ending];
    }

    /// <summary>A token that was made for a shorter time ends as it was meant to: that is no notice.</summary>
    private static StartLine Ending(Token token) =>
        new(StartKind.Deadline, T("Your token “{0}” ends", token.Name), "/account")
        {
            Note = T("Programs that use it stop; make another one in time"),
            Due = token.ExpiresAt,
            Since = token.ExpiresAt - token.CreatedAt > Soon ? token.ExpiresAt - Soon : null,
        };

    private static StartLine Locked(Person person) =>
        new(StartKind.Warning, T("{0} is locked after wrong passwords", person.Name), "/audit")
        {
            Note = T("{0}; signing in works again by itself, or unlock the account", person.Organisation),
            Due = person.LockedUntil,
            Since = person.LockedUntil - SignIn.Locked,
        };
}
