using System.Text.Json;
using Dapper;
using Lanthorn.Program;
using Microsoft.Data.Sqlite;

namespace Lanthorn.Tests.Pathways;

/// <summary>The verbs under <c>pathways</c>.</summary>
[Collection(CommandLineCollection.Name)]
public sealed class PathwaysVerbTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("lanthorn-pathways-verbs-").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Accounts_and_tokens_are_made_and_the_enforcement_side_is_not_even_opened()
    {
        var password = await DoAsync("user", "add", "cora", "--role", "counsellor", "--organisation", "Centre");
        var token = await DoAsync("token", "create", "--user", "pathways-operator", "--name", "test", "--days", "3");
        var (forAnother, _, refused) = await RunAsync("token", "create", "--user", "cora", "--name", "test");
        var listed = JsonDocument.Parse(await DoAsync("user", "list", "--json")).RootElement;

        Assert.InRange(password.Trim().Length, 16, 40);
        Assert.StartsWith("lpw_", token, StringComparison.Ordinal);
        Assert.Equal(1, forAnother);
        Assert.Contains("made by their owner", refused, StringComparison.Ordinal);
        Assert.Equal(
            ["cora", "pathways-operator"],
            listed.EnumerateArray().Select(a => a.GetProperty("name").GetString())
        );
        Assert.Equal("The chain holds", (await DoAsync("audit", "verify")).Trim());
        Assert.False(File.Exists(Path.Combine(Data, "lanthorn.db")));
    }

    [Fact]
    public async Task Only_the_administrator_behind_the_wall_acts_and_roles_of_the_other_side_are_unknown()
    {
        await DoAsync("user", "add", "cora", "--role", "counsellor");

        var (asCounsellor, _, first) = await RunAsync("user", "list", "--as", "cora");
        var (asOperator, _, second) = await RunAsync("user", "list", "--as", "operator");
        var (analyst, _, third) = await RunAsync("user", "add", "ana", "--role", "analyst");

        Assert.Equal([1, 1, 1], [asCounsellor, asOperator, analyst]);
        Assert.Contains("'cora' is counsellor", first, StringComparison.Ordinal);
        Assert.Contains("No account 'operator' behind the wall", second, StringComparison.Ordinal);
        Assert.Contains("'analyst' is no role behind the wall", third, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backup_is_made_with_a_key_and_restored_elsewhere_and_a_touched_log_is_named()
    {
        await DoAsync("user", "add", "cora", "--role", "counsellor");
        var (backup, key) = (Path.Combine(folder, "backup"), Path.Combine(folder, "backup.key"));
        Assert.Contains("2 accounts", await DoAsync("backup", backup, "--key", key), StringComparison.Ordinal);
        var (again, _, said) = await RunAsync("backup", backup, "--key", key);
        Assert.Equal(1, again);
        Assert.Contains("a backup overwrites none", said, StringComparison.Ordinal);
        var (keyless, _, _) = await RunAsync("backup", Path.Combine(folder, "other"));
        Assert.Equal(2, keyless);

        var there = Path.Combine(folder, "there");
        var (exit, _, messages) = await RunIn(there, "restore", backup, "--key", key);

        Assert.True(exit == 0, messages);
        Assert.Contains("checked", messages, StringComparison.Ordinal);
        var address = $"Data Source={Path.Combine(there, "pathways", "pathways.db")};Pooling=False";
        await using (var connection = new SqliteConnection(address))
            await connection.ExecuteAsync("update audit set what = 'nothing' where sequence = 2");
        var (broken, _, where) = await RunIn(there, "audit", "verify");
        Assert.Equal(1, broken);
        Assert.Contains("entry 2", where, StringComparison.Ordinal);
    }

    private string Data => Path.Combine(folder, "data");

    private async Task<string> DoAsync(params string[] arguments)
    {
        var (exit, output, messages) = await RunAsync(arguments);
        Assert.True(exit == 0, messages);
        return output;
    }

    private Task<(int Exit, string Output, string Messages)> RunAsync(params string[] arguments) =>
        RunIn(Data, arguments);

    private static async Task<(int Exit, string Output, string Messages)> RunIn(string data, params string[] arguments)
    {
        using var output = new StringWriter();
        using var messages = new StringWriter();
        var exit = await new CommandLine(output, messages).RunAsync(["pathways", .. arguments, "--data", data], Stop);
        return (exit, output.ToString(), messages.ToString());
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
