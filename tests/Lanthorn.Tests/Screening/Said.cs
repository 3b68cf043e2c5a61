using Lanthorn.Knowledge;
using Lanthorn.Tests.Storage;
using Record = Lanthorn.Knowledge.Record;

namespace Lanthorn.Tests.Screening;

/// <summary>Records as sources say them, and entities made of them, without a store.</summary>
internal static class Said
{
    public static Record By(string source, string schema, params (string Property, string Value)[] values)
    {
        var properties = new Properties.Builder();
        foreach (var (property, value) in values)
            properties.Add(property, value);
        var code = SourceCode.Parse(source.Split('/')[0]).Value;
        return new()
        {
            Id = RecordId.Of(TemporaryStore.Key, code, source),
            Version = 1,
            Source = code,
            ExternalId = source,
            PublicId = source,
            Schema = Model.Get(schema),
            Properties = properties.Build(),
            Label = Label.Everyone,
            ListedFrom = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
            IngestedAt = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
            ImportId = 1,
        };
    }

    /// <summary>One entity of all these: somebody judged each to be the same as the first.</summary>
    public static Entity Together(params IReadOnlyList<Record> records)
    {
        var judgements = records
            .Skip(1)
            .Select(
                (r, at) =>
                {
                    var (left, right) = Judgement.Ordered(records[0].Id, r.Id);
                    return new Judgement
                    {
                        Sequence = at,
                        Left = left,
                        Right = right,
                        Verdict = Verdict.Same,
                        Authority = Authority.Person,
                        DecidedBy = "ana",
                        DecidedAt = DateTimeOffset.UnixEpoch,
                        Reason = "test",
                        Label = Label.Everyone,
                    };
                }
            )
            .ToList();
        return EntityAssembly.Build(
            records[0],
            id => records.FirstOrDefault(r => r.Id == id),
            id => [.. judgements.Where(j => j.Left == id || j.Right == id)]
        );
    }
}
