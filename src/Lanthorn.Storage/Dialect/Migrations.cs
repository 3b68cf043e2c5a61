using System.Reflection;
using DbUp;

namespace Lanthorn.Storage;

/// <summary>The migrations of a module: SQL files embedded in its folder's <c>Sql</c>, numbered, run once each.</summary>
public sealed record ModuleMigrations(string Name, Assembly Assembly);

/// <summary>Runs the numbered SQL files of the core and of each module once, the core first.</summary>
internal static class Migrations
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan RetryEvery = TimeSpan.FromMilliseconds(100);

    public static async Task RunAsync(StoreSettings settings, string connectionString, CancellationToken cancellation)
    {
        await using var alone = await BeAloneAsync(settings, cancellation);
        foreach (var module in settings.Modules.Prepend(new("Storage", typeof(Migrations).Assembly)))
            Run(connectionString, module);
    }

    private static void Run(string connectionString, ModuleMigrations module)
    {
        var upgrade = DeployChanges
            .To.SqliteDatabase(connectionString)
            .WithScriptsEmbeddedInAssembly(
                module.Assembly,
                script =>
                    script.Contains($".{module.Name}.Sql.", StringComparison.Ordinal)
                    && script.EndsWith(Sqlite.ScriptSuffix, StringComparison.Ordinal)
            )
            .JournalToSqliteTable("migration")
            .WithTransactionPerScript()
            .LogToNowhere()
            .Build()
            .PerformUpgrade();
        if (!upgrade.Successful)
            throw new InvalidOperationException(
                $"Migration {upgrade.ErrorScript?.Name ?? module.Name} failed: {upgrade.Error.Message}. "
                    + "The database is as it was before it.",
                upgrade.Error
            );
    }

    /// <summary>A server and a command line that start at the same moment migrate one after the other.</summary>
    private static async Task<FileStream> BeAloneAsync(StoreSettings settings, CancellationToken cancellation)
    {
        var path = Path.Combine(settings.Folder, "migration.lock");
        var started = settings.Time.GetTimestamp();
        while (true)
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (settings.Time.GetElapsedTime(started) < LongestWait)
            {
                await Task.Delay(RetryEvery, cancellation);
            }
    }
}
