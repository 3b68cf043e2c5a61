using Lanthorn.Knowledge;
using Lanthorn.Platform;

namespace Lanthorn.Governance.Identity;

/// <summary>What somebody does with his own second factor once he has one: each needs a code, counted like a password.</summary>
internal sealed class ChangeSecondFactor(SignIn signIn, SecondFactor factor)
{
    /// <exception cref="RefusedException">The code is wrong, or the account rests after too many attempts.</exception>
    public async Task<IReadOnlyList<string>> RenewAsync(
        Viewer by,
        PersonRow person,
        string? code,
        CancellationToken cancellation
    )
    {
        await NeedCodeAsync(person, code, cancellation);
        return await factor.RenewAsync(by, person, cancellation);
    }

    /// <exception cref="RefusedException">As above, or the role needs a second factor.</exception>
    public async Task RemoveAsync(Viewer by, PersonRow person, string? code, CancellationToken cancellation)
    {
        await NeedCodeAsync(person, code, cancellation);
        await factor.RemoveAsync(by, person, cancellation);
    }

    private async Task NeedCodeAsync(PersonRow person, string? code, CancellationToken cancellation)
    {
        if (!await signIn.KnowsCodeAsync(person, code, cancellation))
            throw new RefusedException(SecondFactor.WrongCode);
    }
}
