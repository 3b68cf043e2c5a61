using System.Runtime.CompilerServices;
using Lanthorn.Governance;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using PathwaysSecret = Lanthorn.Pathways.Accounts.Secret;

namespace Lanthorn.Tests.Governance;

/// <summary>What is shipped makes guessing dear; the tests of this project, which sign in all the time, do not pay for it.</summary>
public sealed class PasswordCostTests
{
    private const int ForTests = 1_000;

    /// <summary>Before any test runs.</summary>
    [ModuleInitializer]
    internal static void Cheapen() => Passwords.IterationsMade = PathwaysSecret.IterationsMade = ForTests;

    [Fact]
    public void A_password_is_hashed_as_slowly_as_is_recommended_on_both_sides_of_the_wall()
    {
        Assert.True(Passwords.Iterations >= 210_000);
        Assert.True(PathwaysSecret.Iterations >= 210_000);
    }

    [Fact]
    public void What_was_hashed_slowly_is_still_recognised()
    {
        var slow = new PasswordHasher<object>(
            Options.Create(new PasswordHasherOptions { IterationCount = Passwords.Iterations })
        );

        Assert.True(
            Passwords.Matches(slow.HashPassword(new object(), "several words in a row"), "several words in a row")
        );
    }
}
