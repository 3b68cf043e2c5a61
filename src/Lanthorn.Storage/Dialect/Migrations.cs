using System.Reflection;

namespace Lanthorn.Storage;

/// <summary>The migrations of a module: SQL files embedded in its folder's <c>Sql</c>, numbered, run once each.</summary>
public sealed record ModuleMigrations(string Name, Assembly Assembly);

/// <summary>Runs the numbered SQL files of the core and of each module once, the core first.</summary>
internal static class Migrations
{
    public static async Task RunAsync(StoreSettings settings, Dialect dialect, CancellationToken cancellation)
    {
        await using var alone = await dialect.BeAloneAsync(settings.Time, cancellation);
        foreach (var module in settings.Modules.Prepend(new("Storage", typeof(Migrations).Assembly)))
            Run(dialect, module);
    }

    private static void Run(Dialect dialect, ModuleMigrations module)
    {
        var upgrade = dialect
            .Upgrading()
            .WithScriptsEmbeddedInAssembly(
                module.Assembly,
                script =>
                    script.Contains($".{module.Name}.Sql.", StringComparison.Ordinal)
                    && script.EndsWith(dialect.ScriptSuffix, StringComparison.Ordinal)
            )
            // A dollar in a script is SQL's, never a variable.
            .WithVariablesDisabled()
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
}
