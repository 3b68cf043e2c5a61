using System.Text;
using Lanthorn.Knowledge;
using Lanthorn.Storage;

namespace Lanthorn.Tests.Storage;

/// <summary>
/// All that a store answers to one viewer, as text that can be compared. Without the numbers of imports and judgements, which
/// are times: in these tests time stands still.
/// </summary>
internal static class Answers
{
    private static readonly string[] Questions = ["ana", "petrova ana", "li", "wei", "明花", "محمد", "99555", "7", ""];

    public static async Task<string> AllAsync(Store store, Viewer viewer) =>
        $"{await SearchesAsync(store, viewer)}{await EntitiesAsync(store, viewer)}{await SourcesAsync(store, viewer)}";

    public static async Task<string> SearchesAsync(Store store, Viewer viewer)
    {
        var text = new List<string>();
        foreach (var question in Questions)
        foreach (var any in new[] { false, true })
        {
            var query = new TextQuery(question) { AnyWord = any, Limit = 100 };
            var hits = await store.For(viewer, TemporaryStore.Why).SearchAsync(query, "test", CancellationToken.None);
            var facets =
                from facet in hits.Facets
                from count in facet.Value
                orderby facet.Key, count.Key
                select $"{facet.Key}.{count.Key}={count.Value}";
            var found = hits.Entities.Select(e => e.Id);
            text.Add($"{question}? {string.Join(' ', found)} {hits.Total} {hits.IsAtLeast}");
            text.Add(string.Join(' ', facets));
        }
        return string.Join('\n', text);
    }

    public static async Task<string> EntitiesAsync(Store store, Viewer viewer, bool withHistory = true)
    {
        var (text, stop) = (new List<string>(), CancellationToken.None);
        var reading = store.For(viewer, TemporaryStore.Why);
        for (var number = 1; number <= World.Size; number++)
        {
            var entity = await reading.EntityAsync($"test-{number}", "test", stop);
            text.Add($"test-{number}: {(entity is null ? "none" : Shown(entity))}");
            if (entity is null)
                continue;
            foreach (var next in await reading.NeighboursAsync(entity, "test", stop))
                text.Add($"  {next.Property}: {Shown(next.Entity)}");
            foreach (var sharing in await reading.SharingIdentifiersAsync(entity, "test", stop))
                text.Add($"  shares {sharing.Property}: {Shown(sharing.Entity)}");
            foreach (var judgement in withHistory ? await reading.HistoryAsync(entity, stop) : [])
                text.Add($"  {judgement with { Sequence = 0 }}");
            foreach (var member in entity.Members)
                text.Add($"  versions: {(await reading.VersionsAsync(member.Id, "test", stop)).Count}");
        }
        return string.Join('\n', text);
    }

    public static async Task<string> SourcesAsync(Store store, Viewer viewer) =>
        string.Join('\n', await store.For(viewer, TemporaryStore.Why).SourcesAsync(CancellationToken.None));

    private static string Shown(Entity entity)
    {
        var members = entity.Members.Select(m => $"{m with { ImportId = 0, Properties = Properties.Empty }}");
        var properties = Encoding.UTF8.GetString(entity.Properties.ToJson());
        return $"{entity.Id} {entity.Caption} {entity.Schema} {entity.Truncated} {properties} {string.Join(' ', members)}"
            + $" held by {string.Join(' ', entity.Joins.Select(j => j with { Sequence = 0 }))}";
    }
}
