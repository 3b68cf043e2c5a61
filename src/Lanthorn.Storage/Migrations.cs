using DbUp;

namespace Lanthorn.Storage;

/// <summary>Runs the numbered SQL files of the core and of each module once, the core first.</summary>
internal static class Migrations
{
    private const string Dialect = ".sqlite.sql";

    public static void Run(string connectionString, IReadOnlyList<ModuleMigrations> modules)
    {
        foreach (var (name, assembly) in modules.Prepend(new ModuleMigrations("Storage", typeof(Migrations).Assembly)))
        {
            var upgrade = DeployChanges
                .To.SqliteDatabase(connectionString)
                .WithScriptsEmbeddedInAssembly(
                    assembly,
                    script =>
                        script.Contains($".{name}.Sql.", StringComparison.Ordinal)
                        && script.EndsWith(Dialect, StringComparison.Ordinal)
                )
                .JournalToSqliteTable("migration")
                .WithTransactionPerScript()
                .LogToNowhere()
                .Build()
                .PerformUpgrade();
            if (!upgrade.Successful)
                throw new InvalidOperationException(
                    $"Migration {upgrade.ErrorScript?.Name ?? name} failed: {upgrade.Error.Message}. The database is as it was before it.",
                    upgrade.Error
                );
        }
    }
}
