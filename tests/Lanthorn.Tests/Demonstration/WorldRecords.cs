using Lanthorn.Formats;
using Lanthorn.Program.Demonstration.World;

namespace Lanthorn.Tests.Demonstration;

/// <summary>The world as an import reads it: lines of FollowTheMoney, cleaned, with the truth about each beside it.</summary>
internal static class WorldRecords
{
    public static readonly FictionalWorld World = new(scale: 1);

    private static readonly Lazy<Task<IReadOnlyList<Read>>> Loaded = new(LoadAsync);

    /// <param name="Thing">What it is about; null for what happened.</param>
    internal sealed record Read(WorldSource Source, ReadRecord Record, Truth? Thing);

    internal sealed record Truth(string Thing, string Kind, string Network, string Role);

    public static Task<IReadOnlyList<Read>> AllAsync() => Loaded.Value;

    public static Dictionary<string, Truth> Truths(FictionalWorld world) =>
        world
            .TruthLines()
            .Skip(1)
            .Select(line => line.Split(','))
            .ToDictionary(c => c[0], c => new Truth(c[1], c[2], c[3], c[4]), StringComparer.Ordinal);

    private static async Task<IReadOnlyList<Read>> LoadAsync()
    {
        var truths = Truths(World);
        var all = new List<Read>();
        foreach (var source in WorldSource.All)
        {
            var file = new InputFile(source.Code, () => World.Open(source));
            await foreach (var item in RecordFormats.Find("ftm")!.ReadAsync([file], ReadOptions.Default, default))
            {
                var record = Assert.IsType<ReadRecord>(item);
                Assert.Empty(record.DroppedValues);
                all.Add(new(source, record, truths.GetValueOrDefault(record.ExternalId)));
            }
        }
        return all;
    }
}
