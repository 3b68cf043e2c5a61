using System.Text;
using Lanthorn.Formats;
using Lanthorn.Intake;
using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Storage;
using Lanthorn.Tests.Storage;

namespace Lanthorn.Tests.Intake;

/// <summary>A store with the tables of Intake in a folder of its own, gone afterwards.</summary>
internal sealed class IntakeFolder : IAsyncDisposable
{
    private static readonly IReadOnlyList<ModuleMigrations> Modules = [new("Intake", typeof(IntakeModule).Assembly)];

    private readonly PostgresDatabase? server;

    private IntakeFolder(string folder, PostgresDatabase? server, Store store) =>
        (Folder, this.server, Store) = (folder, server, store);

    public static readonly Work Ana = new(TemporaryStore.Analyst, "test");

    public string Folder { get; }

    public Store Store { get; private set; }

    public ImportFiles Import => new(Store);

    public ImportProgress Imports => new(Store);

    public ListSources Sources => new(Store, new(Store), new());

    public ReadQuarantine Quarantine => new(Store, Imports);

    public UndoImport Undo => new(Store, Imports);

    public ReplayRows Replay => new(Store, Imports, Quarantine);

    public static async Task<IntakeFolder> CreateAsync(TimeProvider? time = null, Database on = Database.Sqlite)
    {
        var folder = Directory.CreateTempSubdirectory("lanthorn-intake-").FullName;
        var server = on == Database.Postgres ? await PostgresTables.CopyAsync(Modules) : null;
        return new(folder, server, await OpenAsync(folder, server, time));
    }

    public async Task ReopenAsync(TimeProvider? time = null)
    {
        await Store.DisposeAsync();
        Store = await OpenAsync(Folder, server, time);
    }

    /// <summary>Imports texts as files <c>1</c>, <c>2</c> and so on.</summary>
    public Task<ImportFiles.Outcome> ImportAsync(string source, string format, params string[] texts) =>
        ImportAsync(new(Files(texts), source) { Format = format });

    public Task<ImportFiles.Outcome> ImportAsync(ImportRequest request) =>
        Import.HandleAsync(Ana, request, progress: null, TestContext.Current.CancellationToken);

    public static IReadOnlyList<InputFile> Files(params string[] texts) =>
        [.. texts.Select((text, at) => Formats.Sample.File($"{at + 1}", Encoding.UTF8.GetBytes(text)))];

    /// <summary>A line of FollowTheMoney.</summary>
    public static string Person(string id, string name) =>
        $$$"""{"id":"{{{id}}}","schema":"Person","properties":{"name":["{{{name}}}"]}}""" + "\n";

    public async Task<Entity?> EntityAsync(string id) =>
        await Reading.EntityAsync(id, "test", TestContext.Current.CancellationToken);

    public Reading Reading => Store.For(TemporaryStore.Analyst, TemporaryStore.Why);

    public async Task<IReadOnlyList<ReadQuarantine.Refused>> RefusedAsync(string id) =>
        (await Quarantine.PageAsync(Ana, id, 0, 1_000, TestContext.Current.CancellationToken))!.Rows;

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        if (server is not null)
            await server.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private static Task<Store> OpenAsync(string folder, PostgresDatabase? server, TimeProvider? time) =>
        Store.OpenAsync(
            new StoreSettings(folder, time ?? TimeProvider.System, Modules, TemporaryStore.Key, server?.Address ?? ""),
            CancellationToken.None
        );
}
