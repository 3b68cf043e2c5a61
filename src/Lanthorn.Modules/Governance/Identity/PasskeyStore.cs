using System.Text.Json;
using Dapper;
using Lanthorn.Storage;
using Microsoft.AspNetCore.Identity;

namespace Lanthorn.Governance.Identity;

/// <summary>The part of the framework's store of users that its passkeys ask for; accounts are made and changed elsewhere.</summary>
internal sealed class PasskeyStore(Store store, TimeProvider time) : IUserPasskeyStore<PersonRow>
{
    /// <summary>What an authenticator said of its key. Its attestation is not kept: nobody here asks for a maker.</summary>
    private sealed record Data(
        byte[] PublicKey,
        DateTimeOffset CreatedAt,
        uint SignCount,
        string[] Transports,
        bool IsUserVerified,
        bool IsBackupEligible,
        bool IsBackedUp
    );

    private sealed record Row
    {
        public required byte[] Credential { get; init; }
        public required string Name { get; init; }
        public required string Data { get; init; }
    }

    private const string Columns = "credential as Credential, name as Name, data as Data";

    public Task AddOrUpdatePasskeyAsync(PersonRow user, UserPasskeyInfo passkey, CancellationToken cancellationToken)
    {
        const string put = """
            insert into gov_passkey (credential, id, person, name, data, made_at)
            values (@CredentialId, @id, @person, @name, @data, @now)
            on conflict (credential) do update set data = excluded.data, used_at = @now
            where gov_passkey.person = excluded.person
            """;
        var data = new Data(
            passkey.PublicKey,
            passkey.CreatedAt,
            passkey.SignCount,
            passkey.Transports ?? [],
            passkey.IsUserVerified,
            passkey.IsBackupEligible,
            passkey.IsBackedUp
        );
        var row = new
        {
            passkey.CredentialId,
            id = Secret.NewId(),
            person = user.Id,
            name = passkey.Name ?? "",
            data = JsonSerializer.Serialize(data),
            now = time.GetUtcNow().ToUnixTimeMilliseconds(),
        };
        return store.WriteAsync((c, transaction) => c.ExecuteAsync(put, row, transaction), cancellationToken);
    }

    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(PersonRow user, CancellationToken cancellationToken) =>
        [
            .. (
                await store.ReadOwnAsync(
                    c => c.QueryAsync<Row>($"select {Columns} from gov_passkey where person = @Id", new { user.Id }),
                    cancellationToken
                )
            ).Select(Of),
        ];

    public async Task<PersonRow?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) =>
        await store.ReadOwnAsync(
            c =>
                c.QuerySingleOrDefaultAsync<string>(
                    "select person from gov_passkey where credential = @credentialId",
                    new { credentialId }
                ),
            cancellationToken
        )
            is { } person
            ? await FindByIdAsync(person, cancellationToken)
            : null;

    public async Task<UserPasskeyInfo?> FindPasskeyAsync(
        PersonRow user,
        byte[] credentialId,
        CancellationToken cancellationToken
    ) =>
        await store.ReadOwnAsync(
            c =>
                c.QuerySingleOrDefaultAsync<Row>(
                    $"select {Columns} from gov_passkey where person = @Id and credential = @credentialId",
                    new { user.Id, credentialId }
                ),
            cancellationToken
        )
            is { } row
            ? Of(row)
            : null;

    public Task<PersonRow?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        store.ReadOwnAsync(connection => PersonRow.ByIdAsync(connection, userId), cancellationToken);

    public Task<PersonRow?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        store.ReadOwnAsync(connection => PersonRow.ByNameAsync(connection, normalizedUserName), cancellationToken);

    public Task<string> GetUserIdAsync(PersonRow user, CancellationToken cancellationToken) => Task.FromResult(user.Id);

    public Task<string?> GetUserNameAsync(PersonRow user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(user.Name);

    public Task<string?> GetNormalizedUserNameAsync(PersonRow user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(user.Name);

    public Task RemovePasskeyAsync(PersonRow user, byte[] credentialId, CancellationToken cancellationToken) =>
        throw Elsewhere();

    public Task SetUserNameAsync(PersonRow user, string? userName, CancellationToken cancellationToken) =>
        throw Elsewhere();

    public Task SetNormalizedUserNameAsync(
        PersonRow user,
        string? normalizedName,
        CancellationToken cancellationToken
    ) => throw Elsewhere();

    public Task<IdentityResult> CreateAsync(PersonRow user, CancellationToken cancellationToken) => throw Elsewhere();

    public Task<IdentityResult> UpdateAsync(PersonRow user, CancellationToken cancellationToken) => throw Elsewhere();

    public Task<IdentityResult> DeleteAsync(PersonRow user, CancellationToken cancellationToken) => throw Elsewhere();

    public void Dispose()
    {
        // It holds nothing of its own.
    }

    private static NotSupportedException Elsewhere() => new("Accounts are changed by Accounts, which logs it");

    private static UserPasskeyInfo Of(Row row)
    {
        var data = JsonSerializer.Deserialize<Data>(row.Data)!;
        return new(
            row.Credential,
            data.PublicKey,
            data.CreatedAt,
            data.SignCount,
            data.Transports,
            data.IsUserVerified,
            data.IsBackupEligible,
            data.IsBackedUp,
            attestationObject: [],
            clientDataJson: []
        )
        {
            Name = row.Name,
        };
    }
}
