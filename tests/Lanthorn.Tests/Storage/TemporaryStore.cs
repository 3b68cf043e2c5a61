using Lanthorn.Knowledge;
using Lanthorn.Storage;

namespace Lanthorn.Tests.Storage;

/// <summary>A store in a folder of its own, gone afterwards.</summary>
internal sealed class TemporaryStore : IAsyncDisposable
{
    public static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    private readonly TimeProvider time;

    private TemporaryStore(string folder, Store store, TimeProvider time) =>
        (Folder, Store, this.time) = (folder, store, time);

    public string Folder { get; }

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

    public static Task<Store> OpenAsync(string folder, TimeProvider? time = null) =>
        Store.OpenAsync(new StoreSettings(folder, time ?? TimeProvider.System, [], Key), CancellationToken.None);

    public static async Task<TemporaryStore> CreateAsync(TimeProvider? time = null)
    {
        var folder = Directory.CreateTempSubdirectory("lanthorn-test-").FullName;
        return new(folder, await OpenAsync(folder, time), time ?? TimeProvider.System);
    }

    public static RecordId Id(string source, string externalId) =>
        RecordId.Of(Key, SourceCode.Parse(source).Value, externalId);

    public async Task ReopenAsync()
    {
        await Store.DisposeAsync();
        Store = await OpenAsync(Folder, time);
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
        Directory.Delete(Folder, recursive: true);
    }
}
