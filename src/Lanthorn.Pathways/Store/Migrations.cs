using System.Data.Common;
using Dapper;

namespace Lanthorn.Pathways.Store;

/// <summary>The numbered SQL files behind the wall, each run once, all that are due in one transaction.</summary>
internal static class Migrations
{
    private const string Prefix = "Lanthorn.Pathways.Store.Sql.";

    /// <param name="names">Only these; null for all that this version has.</param>
    /// <exception cref="RefusedException">The database or the backup is of a newer version.</exception>
    public static async Task RunAsync(
        DbConnection connection,
        DbTransaction transaction,
        string suffix,
        IReadOnlyList<string>? names
    )
    {
        var scripts = ScriptsOf(suffix);
        await connection.ExecuteAsync(
            "create table if not exists migration (name text primary key)",
            transaction: transaction
        );
        var done = await NamesAsync(connection, transaction);
        EnsureKnown(done.Concat(names ?? []), scripts);
        foreach (var (name, sql) in scripts)
        {
            if (done.Contains(name) || names?.Contains(name) == false)
                continue;
            await connection.ExecuteAsync(sql, transaction: transaction);
            await connection.ExecuteAsync("insert into migration (name) values (@name)", new { name }, transaction);
        }
    }

    public static async Task<IReadOnlyList<string>> NamesAsync(DbConnection connection, DbTransaction? transaction) =>
        [.. await connection.QueryAsync<string>("select name from migration order by name", transaction: transaction)];

    /// <summary>Names are the same on both databases: only their end tells whose text it is.</summary>
    private static List<(string Name, string Sql)> ScriptsOf(string suffix)
    {
        var assembly = typeof(Migrations).Assembly;
        var scripts = new List<(string, string)>();
        foreach (var resource in assembly.GetManifestResourceNames().Order(StringComparer.Ordinal))
        {
            if (
                !resource.StartsWith(Prefix, StringComparison.Ordinal)
                || !resource.EndsWith(suffix, StringComparison.Ordinal)
            )
                continue;
            using var text = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            scripts.Add((resource[Prefix.Length..^suffix.Length], text.ReadToEnd()));
        }
        return scripts;
    }

    private static void EnsureKnown(IEnumerable<string> wanted, List<(string Name, string Sql)> scripts)
    {
        if (wanted.Except(scripts.Select(s => s.Name), StringComparer.Ordinal).FirstOrDefault() is { } newer)
            throw new RefusedException(
                Refusal.BadRequest(
                    "pathways-newer",
                    $"Pathways was written by a newer version of Lanthorn: this one does not know its migration {newer}",
                    "Use the newer program"
                )
            );
    }
}
