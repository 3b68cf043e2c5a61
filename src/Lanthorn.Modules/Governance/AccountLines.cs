using Lanthorn.Governance.Contracts;
using Lanthorn.Governance.Identity;
using Lanthorn.Platform;
using static Lanthorn.Web.Words;

namespace Lanthorn.Governance;

/// <summary>Tokens of the account that end soon; for those who manage accounts, which ones are locked.</summary>
internal sealed class AccountLines(Accounts accounts, Passkeys passkeys, TimeProvider time) : IStartLines
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
        var added = (await passkeys.ListAsync(work.Viewer.Name, cancellation))
            .Where(p => p.MadeAt > now - Soon)
            .Select(Added);
        return Roles.Managing.Any(work.IsIn)
            ? [.. (await accounts.ListLockedAsync(cancellation)).Select(Locked), .. ending, .. added]
            : [.. ending, .. added];
    }

    /// <summary>Whoever did not do it himself must learn of it.</summary>
    private static StartLine Added(Passkeys.Shown passkey) =>
        new(StartKind.News, T("The passkey “{0}” was added to your account", passkey.Name), "/account#passkeys")
        {
            Note = T("If that was not you, remove it and change your password"),
            Since = passkey.MadeAt,
        };

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
