using Lanthorn.Knowledge;
using Lanthorn.Storage;

namespace Lanthorn.Tests.Storage;

/// <summary>A store in a folder of its own, gone afterwards.</summary>
internal sealed class TemporaryStore : IAsyncDisposable
{
    public static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    private readonly TimeProvider time;

    private readonly IReadOnlyList<ModuleMigrations> modules;

    private TemporaryStore(
        string folder,
        PostgresDatabase? server,
        Store store,
        TimeProvider time,
        IReadOnlyList<ModuleMigrations> modules
    ) => (Folder, Server, Store, this.time, this.modules) = (folder, server, store, time, modules);

    public string Folder { get; }

    /// <summary>The database on a server; null where it is a file in the folder.</summary>
    public PostgresDatabase? Server { get; }

    public Store Store { get; private set; }

    public static readonly Viewer Analyst = new()
    {
        Name = "ana",
        Organisation = "alpha",
        Roles = ["analyst"],
        Purposes = ["enforcement"],
        Clearance = Tlp.Amber,
    };

    public static readonly Justification Why = new("test");

    /// <summary>Sees every label that the tests use.</summary>
    public static readonly Viewer Officer = new()
    {
        Name = "olu",
        Organisation = "bravo",
        Roles = ["analyst", "lead"],
        Purposes = ["enforcement", "prevention"],
        Compartments = ["C"],
        Clearance = Tlp.Red,
    };

    /// <param name="modules">Those whose tables it has, too; none where only the core is asked.</param>
    public static async Task<TemporaryStore> CreateAsync(
        Database database,
        TimeProvider? time = null,
        params IReadOnlyList<ModuleMigrations> modules
    )
    {
        var folder = Directory.CreateTempSubdirectory("lanthorn-test-").FullName;
        var server = database == Database.Postgres ? await PostgresTables.CopyAsync(modules) : null;
        time ??= TimeProvider.System;
        return new(folder, server, await OpenAsync(folder, server, time, modules), time, modules);
    }

    /// <summary>A second program on the same installation.</summary>
    public Task<Store> OpenOtherAsync() => OpenAsync(Folder, Server, time, modules);

    public static RecordId Id(string source, string externalId) =>
        RecordId.Of(Key, SourceCode.Parse(source).Value, externalId);

    public async Task ReopenAsync()
    {
        await Store.DisposeAsync();
        Store = await OpenOtherAsync();
    }

    public async Task<ImportCounts> ImportAsync(
        string source,
        bool complete,
        params IReadOnlyList<IncomingRecord> records
    )
    {
        var start = new ImportStart(SourceCode.Parse(source).Value, Analyst, "test", complete, []);
        var writer = await Store.BeginImportAsync(start, CancellationToken.None);
        await writer.WriteAsync(records, CancellationToken.None);
        return await writer.FinishAsync(CancellationToken.None);
    }

    public static IncomingRecord Person(string id, string name, string label = "", params (string, string)[] more)
    {
        var properties = new Properties.Builder();
        properties.Add("name", name);
        foreach (var (property, value) in more)
            properties.Add(property, value);
        return new(id, $"test-{id}", Model.Get("Person"), properties.Build()) { Label = Label.Parse(label).Value };
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        if (Server is not null)
            await Server.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private static Task<Store> OpenAsync(
        string folder,
        PostgresDatabase? server,
        TimeProvider time,
        IReadOnlyList<ModuleMigrations> modules
    ) => Store.OpenAsync(new(folder, time, modules, Key, server?.Address ?? ""), CancellationToken.None);
}
