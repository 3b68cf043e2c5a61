using Lanthorn.Governance.Contracts;
using Lanthorn.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Lanthorn.Governance;

/// <summary>Who acts on the command line. Where the web says that there is nothing, a person at the console is told why.</summary>
internal static class Acting
{
    /// <exception cref="RefusedException">There is no such active account, or its role is none of those.</exception>
    public static async Task<Work> AsOneOfAsync(
        this VerbContext context,
        IReadOnlyList<string> roles,
        CancellationToken cancellation
    )
    {
        var work = await context.ActingAsync(cancellation);
        return roles.Any(work.IsIn)
            ? work
            : throw new RefusedException(
                new Refusal(
                    "not-your-role",
                    403,
                    $"'{work.Viewer.Name}' is {string.Join(", ", work.Viewer.Roles)}; this is for {string.Join(", ", roles)}",
                    "Name another account with --as, or leave it out to act as the operator"
                )
            );
    }

    /// <exception cref="RefusedException">There is no such active account.</exception>
    public static Task<Work> ActingAsync(this VerbContext context, CancellationToken cancellation) =>
        context.Accounts().NeedWorkOfAsync(context.Account, context.Justification, cancellation);

    public static Accounts Accounts(this VerbContext context) => context.Services.GetRequiredService<Accounts>();
}
