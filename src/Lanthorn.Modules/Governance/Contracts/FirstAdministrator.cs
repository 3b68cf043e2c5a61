using Lanthorn.Governance.Identity;
using Lanthorn.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Lanthorn.Governance.Contracts;

/// <summary>How an installation that nobody manages yet gets its first administrator.</summary>
public static class FirstAdministrator
{
    /// <summary>
    /// The address with which whoever starts the server makes himself the first administrator, once and within 72 hours;
    /// null where somebody can sign in and manage accounts. Each start ends the address of the one before.
    /// </summary>
    public static async Task<string?> AddressAsync(IServiceProvider services, CancellationToken cancellation)
    {
        var invitations = services.GetRequiredService<Invitations>();
        var root = services.GetRequiredService<Settings>().Urls.Split(';')[0].TrimEnd('/');
        return await invitations.FirstAsync(cancellation) is { } link ? $"{root}{link}" : null;
    }
}
