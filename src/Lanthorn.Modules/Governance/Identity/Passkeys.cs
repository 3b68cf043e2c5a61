using Dapper;
using Lanthorn.Governance.Contracts;
using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Lanthorn.Governance.Identity;

/// <summary>
/// Keys in a telephone, a computer or a stick, with which somebody comes in without a password (W3C Web Authentication). The
/// framework checks what the authenticator says; it must have checked its person, so that a key counts as two factors.
/// </summary>
internal sealed class Passkeys(
    Store store,
    Accounts accounts,
    Steps steps,
    SignIn signIn,
    TimeProvider time,
    IServiceProvider services,
    ILogger<UserManager<PersonRow>> log
)
{
    private const string What = "sign-in with a passkey";
    private const int MaxOfPerson = 20;
    private const int MaxCredentialLength = 32 * 1024;

    /// <summary>What the browser is asked for.</summary>
    /// <param name="Step">Comes back with its answer.</param>
    /// <param name="Options">JSON, as <c>navigator.credentials</c> takes it.</param>
    internal sealed record Asked(string Step, string Options);

    internal sealed record Shown(string Id, string Name, DateTimeOffset MadeAt, DateTimeOffset? UsedAt);

    public async Task<Asked> BeginNewAsync(HttpContext context, PersonRow person)
    {
        var entity = new PasskeyUserEntity
        {
            Id = person.Id,
            Name = person.Name,
            DisplayName = person.Name,
        };
        var made = await Handler().MakeCreationOptionsAsync(entity, context);
        var state = made.AttestationState ?? "";
        var step = await steps.BeginAsync(Steps.NewPasskey, person.Id, state, context.RequestAborted);
        return new(step, made.CreationOptionsJson);
    }

    /// <exception cref="RefusedException">The browser's answer does not fit what it was asked, or there are too many.</exception>
    public async Task FinishNewAsync(
        HttpContext context,
        PersonRow person,
        string? step,
        string? credential,
        string? name
    )
    {
        var cancellation = context.RequestAborted;
        if (
            await steps.TakeAsync(Steps.NewPasskey, step, cancellation) is not { } begun
            || begun.Person != person.Id
            || credential is not { Length: > 0 and <= MaxCredentialLength }
        )
            throw new RefusedException(Unfit);
        if ((await ListAsync(person.Name, cancellation)).Count >= MaxOfPerson)
            throw new RefusedException(
                Refusal.Unprocessable(
                    "too-many-passkeys",
                    $"An account has at most {MaxOfPerson} passkeys",
                    "Remove one that is no longer used"
                )
            );
        var result = await Handler()
            .PerformAttestationAsync(
                new()
                {
                    HttpContext = context,
                    CredentialJson = credential,
                    AttestationState = begun.State,
                }
            );
        if (!result.Succeeded || result.UserEntity.Id != person.Id)
            throw new RefusedException(Unfit);
        result.Passkey.Name = Names.Token(string.IsNullOrWhiteSpace(name) ? "passkey" : name);
        using var users = new PasskeyStore(store, time);
        await users.AddOrUpdatePasskeyAsync(person, result.Passkey, cancellation);
        await store.WriteAsync(
            (connection, transaction) =>
            {
                accounts.LogIn(connection, transaction, context.Work().Viewer, $"passkey added: {person.Name}");
                return Task.CompletedTask;
            },
            cancellation
        );
    }

    /// <summary>Nobody is known yet: any passkey of this server will do.</summary>
    public async Task<Asked> BeginSignInAsync(HttpContext context)
    {
        var made = await Handler().MakeRequestOptionsAsync(user: null, context);
        var state = made.AssertionState ?? "";
        var step = await steps.BeginAsync(Steps.Passkey, person: null, state, context.RequestAborted);
        return new(step, made.RequestOptionsJson);
    }

    /// <summary>Whose passkey it was, or null without saying why not.</summary>
    public async Task<PersonRow?> FinishSignInAsync(HttpContext context, string? step, string? credential)
    {
        var cancellation = context.RequestAborted;
        if (
            await steps.TakeAsync(Steps.Passkey, step, cancellation) is not { } begun
            || credential is not { Length: > 0 and <= MaxCredentialLength }
        )
            return null;
        var result = await Handler()
            .PerformAssertionAsync(
                new()
                {
                    HttpContext = context,
                    CredentialJson = credential,
                    AssertionState = begun.State,
                }
            );
        if (!result.Succeeded)
            return await signIn.HandleProvenAsync(What, person: null, cancellation);
        using var users = new PasskeyStore(store, time);
        await users.AddOrUpdatePasskeyAsync(result.User, result.Passkey, cancellation);
        return await signIn.HandleProvenAsync(What, result.User, cancellation);
    }

    public async Task<IReadOnlyList<Shown>> ListAsync(string name, CancellationToken cancellation)
    {
        const string list = """
            select passkey.id, passkey.name, passkey.made_at, passkey.used_at
            from gov_passkey passkey join gov_person person on person.id = passkey.person
            where person.name = @name order by passkey.made_at desc, passkey.id limit @MaxOfPerson
            """;
        var rows = await store.ReadOwnAsync(
            c => c.QueryAsync<(string Id, string Name, long Made, long? Used)>(list, new { name, MaxOfPerson }),
            cancellation
        );
        return
        [
            .. rows.Select(r => new Shown(
                r.Id,
                r.Name,
                DateTimeOffset.FromUnixTimeMilliseconds(r.Made),
                r.Used is { } used ? DateTimeOffset.FromUnixTimeMilliseconds(used) : null
            )),
        ];
    }

    /// <exception cref="RefusedException">The account has no such passkey.</exception>
    public Task RemoveAsync(Viewer by, string name, string id, CancellationToken cancellation) =>
        store.WriteAsync(
            async (connection, transaction) =>
            {
                const string remove = """
                    delete from gov_passkey where id = @id and person = (select id from gov_person where name = @name)
                    """;
                if (await connection.ExecuteAsync(remove, new { id, name }, transaction) == 0)
                    throw new RefusedException(Refusal.NotFound($"No passkey '{id}' of {name}", "Load the list again"));
                accounts.LogIn(connection, transaction, by, $"passkey removed: {name}");
            },
            cancellation
        );

    public static readonly Refusal Unfit = Refusal.Unprocessable(
        "passkey",
        "The authenticator's answer does not fit what it was asked",
        "Try again; the address in the browser must be one of this server's names, and not a bare number"
    );

    private PasskeyHandler<PersonRow> Handler() =>
        new(
            new UserManager<PersonRow>(
                new PasskeyStore(store, time),
                Options.Create(new IdentityOptions()),
                passwordHasher: null!,
                userValidators: [],
                passwordValidators: [],
                keyNormalizer: null!,
                new IdentityErrorDescriber(),
                services,
                log
            ),
            Options.Create(
                new IdentityPasskeyOptions
                {
                    UserVerificationRequirement = "required",
                    ResidentKeyRequirement = "required",
                    // Pages here send no referrer, so browsers say no origin with a form: what the authenticator signed counts.
                    ValidateOrigin = asked =>
                        ValueTask.FromResult(
                            !asked.CrossOrigin
                                && asked.Origin
                                    == $"{asked.HttpContext.Request.Scheme}://{asked.HttpContext.Request.Host}"
                        ),
                }
            )
        );
}
