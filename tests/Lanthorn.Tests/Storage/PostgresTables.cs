using System.Collections.Concurrent;
using Lanthorn.Storage;
using Lanthorn.Tests.Storage;

[assembly: AssemblyFixture(typeof(PostgresTables))]

namespace Lanthorn.Tests.Storage;

/// <summary>
/// Databases in which the migrations have run and nothing else: a copy of one is made in a tenth of the time that its
/// migrations take. What is about migrations, or starts the program itself, begins with an empty one.
/// </summary>
public sealed class PostgresTables : IAsyncDisposable
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<PostgresDatabase>>> made = new(
        StringComparer.Ordinal
    );

    internal static async Task<PostgresDatabase> CopyAsync(params IReadOnlyList<ModuleMigrations> modules)
    {
        var of = string.Join(' ', modules.Select(m => m.Name));
        return await PostgresDatabase.CreateAsync(await made.GetOrAdd(of, _ => new(() => MakeAsync(modules))).Value);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var template in made.Values)
            await (await template.Value).DisposeAsync();
        made.Clear();
    }

    private static async Task<PostgresDatabase> MakeAsync(IReadOnlyList<ModuleMigrations> modules)
    {
        var template = await PostgresDatabase.CreateAsync();
        var settings = new StoreSettings("", TimeProvider.System, modules, TemporaryStore.Key, template.Address);
        await using (var dialect = new Postgres(template.Address))
            await Migrations.RunAsync(settings, dialect, CancellationToken.None);
        await template.AllowAsync(connections: false);
        return template;
    }
}
