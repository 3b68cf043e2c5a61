using System.Text.Json;
using Dapper;
using Lanthorn.Program;
using Lanthorn.Storage;
using Lanthorn.Tests.Storage;

namespace Lanthorn.Tests.Governance;

/// <summary>Managing and overseeing on the command line.</summary>
[Collection(CommandLineCollection.Name)]
public sealed class VerbTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("lanthorn-verbs-").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_account_is_made_with_a_password_that_is_printed_once()
    {
        await DoAsync("organisation", "add", "alpha");

        var (exit, output, messages) = await RunAsync(
            "user",
            "add",
            "ana",
            "--role",
            "analyst",
            "--organisation",
            "alpha",
            "--email",
            "ana@alpha.example"
        );

        Assert.True(exit == 0, messages);
        Assert.InRange(output.Trim().Length, 16, 40);
        Assert.DoesNotContain(output.Trim(), messages, StringComparison.Ordinal);
        var listed = JsonDocument.Parse(await DoAsync("user", "list", "--json")).RootElement;
        var ana = listed.EnumerateArray().Single(p => p.GetProperty("name").GetString() == "ana");
        Assert.Equal("alpha", ana.GetProperty("organisation").GetString());
        Assert.True(ana.GetProperty("is_active").GetBoolean());
        Assert.DoesNotContain(output.Trim(), await DoAsync("audit", "list", "--json"), StringComparison.Ordinal);
        Assert.Equal(["alpha", "local"], Lines(await DoAsync("organisation", "list")));
    }

    [Fact]
    public async Task A_password_comes_from_a_file_and_a_bad_one_is_refused()
    {
        var file = Path.Combine(folder, "password.txt");
        await File.WriteAllTextAsync(file, "a lantern in the harbour\n", Stop);
        Assert.Empty(await DoAsync("user", "add", "ana", "--role", "analyst", "--password-file", file));
        await File.WriteAllTextAsync(file, "short\n", Stop);

        var (exit, _, messages) = await RunAsync("user", "password", "ana", "--password-file", file);

        Assert.Equal(1, exit);
        Assert.Contains("12 to 200 characters", messages, StringComparison.Ordinal);
        var (missing, _, said) = await RunAsync("user", "password", "ana", "--password-file", file + ".none");
        Assert.Equal(1, missing);
        Assert.Contains("There is no file", said, StringComparison.Ordinal);
        Assert.NotEmpty((await DoAsync("user", "password", "ana")).Trim());
    }

    [Fact]
    public async Task An_account_is_locked_unlocked_and_given_another_role()
    {
        await DoAsync("user", "add", "ana", "--role", "analyst");

        await DoAsync("user", "lock", "ana");
        Assert.Contains("locked", await LineOfAsync("ana"), StringComparison.Ordinal);
        await DoAsync("user", "unlock", "ana");
        Assert.Contains("active", await LineOfAsync("ana"), StringComparison.Ordinal);
        await DoAsync("user", "role", "ana", "editor");
        Assert.Contains("editor", await LineOfAsync("ana"), StringComparison.Ordinal);

        var (exit, _, messages) = await RunAsync("user", "lock", "nobody");
        Assert.Equal(1, exit);
        Assert.Contains("No account 'nobody'", messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_those_who_manage_accounts_do_it_and_it_is_logged_under_their_name()
    {
        await DoAsync("user", "add", "ana", "--role", "analyst");
        await DoAsync("user", "add", "adi", "--role", "administrator");

        var (exit, _, messages) = await RunAsync("user", "add", "eve", "--role", "analyst", "--as", "ana");
        Assert.Equal(1, exit);
        Assert.Contains("'ana' is analyst", messages, StringComparison.Ordinal);
        var (unknown, _, said) = await RunAsync("user", "list", "--as", "nobody");
        Assert.Equal(1, unknown);
        Assert.Contains("no account 'nobody'", said, StringComparison.Ordinal);
        await DoAsync("user", "add", "eve", "--role", "analyst", "--as", "adi");

        Assert.Contains(
            "account added: eve, analyst",
            await DoAsync("audit", "list", "--account", "adi"),
            StringComparison.Ordinal
        );
        var (refused, _, _) = await RunAsync("audit", "list", "--as", "ana");
        Assert.Equal(1, refused);
    }

    [Fact]
    public async Task A_token_is_printed_alone_listed_without_itself_and_revoked()
    {
        await DoAsync("user", "add", "ana", "--role", "analyst");

        var token = await DoAsync("token", "create", "--user", "ana", "--name", "script", "--scope", "public");

        Assert.StartsWith("lth_", token, StringComparison.Ordinal);
        Assert.Single(Lines(token));
        var listed = await DoAsync("token", "list", "--user", "ana");
        Assert.Contains("script", listed, StringComparison.Ordinal);
        Assert.DoesNotContain(token.Trim(), listed, StringComparison.Ordinal);
        await DoAsync("token", "revoke", listed.Split(' ')[0]);
        Assert.Contains("revoked", await DoAsync("token", "list", "--user", "ana"), StringComparison.Ordinal);
        foreach (
            var wrong in new[]
            {
                new[] { "token", "create", "--user", "nobody" },
                ["token", "create", "--user", "ana", "--days", "400"],
                ["token", "create", "--user", "ana", "--scope", "everything"],
                ["token", "revoke", "none"],
            }
        )
            Assert.Equal(1, (await RunAsync(wrong)).Exit);
    }

    [Fact]
    public async Task People_are_invited_signed_out_and_lose_a_second_factor_and_services_get_tokens()
    {
        var link = await DoAsync("user", "invite", "ana", "--role", "analyst");
        Assert.StartsWith("http://127.0.0.1:5080/sign-in/invitation#lth_", link, StringComparison.Ordinal);
        Assert.NotEqual(link, await DoAsync("user", "invite", "ana"));
        Assert.Empty(await DoAsync("user", "sessions", "ana"));
        await DoAsync("user", "end-sessions", "ana");
        await DoAsync("user", "reset-factor", "ana");
        Assert.Equal(
            ["analyst", "editor"],
            Lines(await DoAsync("user", "require-factor", "--roles", "editor,analyst"))
        );
        Assert.Empty(await DoAsync("user", "require-factor", "--roles", "none"));
        await DoAsync("user", "add-service", "feeder", "--role", "analyst", "--owner", "ana");
        Assert.StartsWith("lth_", await DoAsync("token", "create", "--user", "feeder"), StringComparison.Ordinal);
        Assert.Equal(1, (await RunAsync("user", "password", "feeder")).Exit);
        Assert.Equal(1, (await RunAsync("user", "invite", "feeder")).Exit);
        Assert.Equal(1, (await RunAsync("user", "invite", "operator")).Exit);
    }

    [Fact]
    public async Task Wider_sight_is_asked_for_and_listed_and_never_granted_at_the_console()
    {
        await DoAsync("user", "add", "ana", "--role", "editor");
        string[] ask = ["ask", "--role", "analyst", "--case", "case 12", "--reason", "a boat is adrift", "--as", "ana"];

        var id = (await DoAsync(["break-glass", .. ask])).Trim();

        Assert.StartsWith(id, await DoAsync("break-glass", "list", "--as", "ana"), StringComparison.Ordinal);
        Assert.Empty(await DoAsync("break-glass", "list"));
        Assert.Equal(1, (await RunAsync("break-glass", "end", id, "--as", "ana")).Exit);
        Assert.Equal(2, (await RunAsync("break-glass", "grant", id)).Exit);
    }

    [Fact]
    public async Task Verify_holds_until_somebody_changes_the_log_and_then_names_the_link()
    {
        await DoAsync("user", "add", "ana", "--role", "analyst");
        Assert.Contains("All chains hold", await DoAsync("audit", "verify"), StringComparison.Ordinal);
        var (chain, sequence) = await ForgeAsync();

        var (exit, output, messages) = await RunAsync("audit", "verify");
        var (code, json, _) = await RunAsync("audit", "verify", "--json");

        Assert.Equal(1, exit);
        Assert.Empty(output);
        Assert.Contains(
            $"Chain {chain} of the audit log does not hold at entry {sequence}",
            messages,
            StringComparison.Ordinal
        );
        Assert.Contains("the entry was changed", messages, StringComparison.Ordinal);
        Assert.Equal(1, code);
        Assert.False(JsonDocument.Parse(json).RootElement.GetProperty("holds").GetBoolean());
    }

    /// <summary>Changes the entry that says who made ana's account.</summary>
    private async Task<(int Chain, long Sequence)> ForgeAsync()
    {
        await using var store = await Store.OpenAsync(
            new StoreSettings(folder, TimeProvider.System, TestModules.All),
            Stop
        );
        return await store.WriteAsync(
            async (connection, transaction) =>
            {
                const string which = "body like '%account added: ana%'";
                await connection.ExecuteAsync(
                    $"update audit_entry set body = replace(body, 'ana', 'eve') where {which}",
                    transaction: transaction
                );
                return await connection.QuerySingleAsync<(int, long)>(
                    "select chain, sequence from audit_entry where body like '%account added: eve%'",
                    transaction: transaction
                );
            },
            Stop
        );
    }

    private async Task<string> LineOfAsync(string name) =>
        Lines(await DoAsync("user", "list")).Single(l => l.StartsWith($"{name} ", StringComparison.Ordinal));

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private async Task<string> DoAsync(params string[] args)
    {
        var (exit, output, messages) = await RunAsync(args);
        Assert.True(exit == 0, messages);
        return output;
    }

    private async Task<(int Exit, string Output, string Messages)> RunAsync(params string[] args)
    {
        await using var output = new StringWriter();
        await using var messages = new StringWriter();
        var exit = await new CommandLine(output, messages).RunAsync([.. args, "--data", folder], Stop);
        return (exit, output.ToString(), messages.ToString());
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
