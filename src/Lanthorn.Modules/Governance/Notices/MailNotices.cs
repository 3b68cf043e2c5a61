using Lanthorn.Governance.Contracts;
using Lanthorn.Platform;

namespace Lanthorn.Governance.Notices;

/// <summary>
/// Tells accounts that want it by e-mail that they have notices: each at most once a day, and only when there are some that it
/// was not told of. They are counted as they are for the bell, so nothing is read in anybody's name.
/// </summary>
internal sealed class MailNotices(Accounts accounts, AskStartLines ask, TimeProvider time)
{
    /// <summary>So many messages leave an installation in an hour, however many servers it has.</summary>
    public const int MaxPerHour = 200;

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>So many accounts are looked at in a round.</summary>
    private const int MaxAccounts = 1_000;

    /// <summary>One round; how many messages it sent.</summary>
    /// <exception cref="MailFailedException">The server took no more; whoever was not told is told in a later round.</exception>
    public async Task<int> HandleAsync(MailServer server, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var left = MaxPerHour - await accounts.CountMailedAsync(now - Hour, cancellation);
        var due = left <= 0 ? [] : await accounts.ListToMailAsync(now - Day, MaxAccounts, cancellation);
        MailServer.Connection? connection = null;
        MailFailedException? refused = null;
        var sent = 0;
        try
        {
            foreach (var person in due)
            {
                if (sent >= left)
                    break;
                var count = await CountAsync(person, cancellation);
                if (count == 0)
                    continue;
                connection ??= await server.ConnectAsync(cancellation);
                if (await accounts.MarkMailedAsync(person, cancellation))
                    try
                    {
                        await connection.TellAsync(person.NoticeAddress!, count, now, cancellation);
                        sent++;
                    }
                    catch (MailFailedException ofOne) when (ofOne.IsOfOneAddress)
                    {
                        // Tried again in a day: an address that is none costs a question, not the others' messages.
                        refused = ofOne;
                    }
                    catch
                    {
                        await accounts.UnmarkMailedAsync(person, CancellationToken.None);
                        throw;
                    }
            }
        }
        finally
        {
            if (connection is not null)
                await connection.DisposeAsync();
        }
        return refused is null ? sent : throw refused;
    }

    /// <summary>What came about since the account looked and since it was told.</summary>
    private Task<int> CountAsync(PersonRow person, CancellationToken cancellation)
    {
        var told = DateTimeOffset.FromUnixTimeMilliseconds(person.MailedAt ?? 0);
        var work = person.ToWork(justification: null);
        return ask.CountNoticesAsync(work.LookedAt >= told ? work : work with { LookedAt = told }, cancellation);
    }
}
