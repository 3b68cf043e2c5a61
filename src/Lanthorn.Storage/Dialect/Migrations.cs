using System.Reflection;
using DbUp.Engine;

namespace Lanthorn.Storage;

/// <summary>The migrations of a module: SQL files embedded in its folder's <c>Sql</c>, numbered, run once each.</summary>
public sealed record ModuleMigrations(string Name, Assembly Assembly);

/// <summary>
/// Runs the numbered SQL files of the core and of each module once, the core first: all that are due in one transaction, so
/// that a database is never left between two versions of the program.
/// </summary>
internal static class Migrations
{
    public static async Task RunAsync(StoreSettings settings, Dialect dialect, CancellationToken cancellation)
    {
        await using var alone = await dialect.BeAloneAsync(settings.Time, cancellation);
        Run(dialect, ScriptsOf(settings, dialect));
    }

    /// <summary>Makes the tables as these migrations left them.</summary>
    /// <exception cref="RefusedByStoreException">One is not known to this program.</exception>
    public static void Run(StoreSettings settings, Dialect dialect, IReadOnlyList<string> names)
    {
        var known = ScriptsOf(settings, dialect);
        EnsureKnown("backup", names, known.Select(s => NameOf(s.Name)));
        Run(dialect, [.. known.Where(s => names.Contains(NameOf(s.Name), StringComparer.Ordinal))]);
    }

    /// <summary>What a migration is called, whichever the database is.</summary>
    public static string NameOf(string script)
    {
        var end = script.LastIndexOf('.', script.Length - ".sql".Length - 1);
        return end < 0 ? script : script[..end];
    }

    /// <summary>The SQL files of this program, in the order in which they run.</summary>
    public static IReadOnlyList<SqlScript> ScriptsOf(StoreSettings settings, Dialect dialect)
    {
        var scripts = new List<SqlScript>();
        foreach (var module in settings.Modules.Prepend(new("Storage", typeof(Migrations).Assembly)))
        {
            var names = module
                .Assembly.GetManifestResourceNames()
                .Where(n => n.Contains($".{module.Name}.Sql.", StringComparison.Ordinal))
                .Where(n => n.EndsWith(dialect.ScriptSuffix, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal);
            foreach (var name in names)
            {
                using var text = new StreamReader(module.Assembly.GetManifestResourceStream(name)!);
                var order = new SqlScriptOptions { RunGroupOrder = scripts.Count };
                scripts.Add(new SqlScript(name, text.ReadToEnd(), order));
            }
        }
        return scripts;
    }

    private static void Run(Dialect dialect, IReadOnlyList<SqlScript> scripts)
    {
        var engine = dialect
            .Upgrading()
            .WithScripts(scripts)
            // A dollar in a script is SQL's, never a variable.
            .WithVariablesDisabled()
            .WithTransaction()
            .WithExecutionTimeout(TimeSpan.Zero)
            .LogToNowhere()
            .Build();
        EnsureKnown("database", engine.GetExecutedScripts().Select(NameOf), scripts.Select(s => NameOf(s.Name)));
        var upgrade = engine.PerformUpgrade();
        if (!upgrade.Successful)
            throw new InvalidOperationException(
                $"Migration {upgrade.ErrorScript?.Name} failed: {upgrade.Error.Message}. "
                    + "The database is as it was before, and the program of before goes on with it.",
                upgrade.Error
            );
    }

    private static void EnsureKnown(string what, IEnumerable<string> wanted, IEnumerable<string> known)
    {
        if (wanted.Except(known, StringComparer.Ordinal).FirstOrDefault() is { } newer)
            throw new RefusedByStoreException(
                $"The {what} was made by a newer version of Lanthorn: this one does not know its migration {newer}. "
                    + "Use the newer program, or a backup from before the upgrade"
            );
    }
}
