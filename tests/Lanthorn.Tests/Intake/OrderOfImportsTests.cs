using CsCheck;
using Lanthorn.Storage;
using static Lanthorn.Tests.Intake.IntakeFolder;

namespace Lanthorn.Tests.Intake;

/// <summary>Law 1: entity ids and all answers do not depend on the order in which files came in.</summary>
public sealed class OrderOfImportsTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private sealed record File(string Source, string Text);

    private static readonly Gen<File[]> GenFiles =
        from one in GenText("a")
        from two in GenText("b")
        from three in GenText("c")
        from four in GenText("d")
        select new File[] { new("first", one), new("second", two), new("third", three), new("fourth", four) };

    private static Gen<string> GenText(string prefix) =>
        from names in Gen.Int[0, 5].Array[1, 6]
        select string.Concat(names.Select((n, at) => Person($"{prefix}-{at}", Names[n])));

    private static readonly string[] Names =
    [
        "Ermias Ghermay",
        "إرمياس غيرماي",
        "ኤርሚያስ ግርማይ",
        "Ermias G",
        "Olga Ermias",
        "Ghermay",
    ];

    [Fact]
    public Task Every_answer_is_the_same_in_whatever_order_the_files_came() =>
        Gen.Select(GenFiles, Gen.Shuffle(new[] { 0, 1, 2, 3 }))
            .SampleAsync(
                async (files, order) =>
                    Assert.Equal(await AnswersAsync(files), await AnswersAsync([.. order.Select(at => files[at])])),
                seed: "0000KOIPe036",
                iter: 12
            );

    [Fact]
    public async Task Two_files_of_one_source_make_the_same_records_either_way_and_together()
    {
        var (one, two) = (Person("p-1", "Ana"), Person("p-2", "Bo"));
        File[] apart = [new("tips", one), new("tips", two)];

        var straight = await AnswersAsync(apart);

        Assert.Equal(straight, await AnswersAsync([apart[1], apart[0]]));
        Assert.Equal(straight, await AnswersAsync([new("tips", two + one)]));
    }

    private static async Task<string> AnswersAsync(IReadOnlyList<File> files)
    {
        await using var at = await CreateAsync(new Storage.HandTime());
        foreach (var file in files)
            Assert.Null((await at.ImportAsync(file.Source, "ftm", file.Text)).Failure);
        var said = new List<string>();
        foreach (var words in new[] { "ermias", "ግርማይ", "غيرماي", "Ana", "Bo", "olga" })
        {
            var hits = await at.Reading.SearchAsync(new TextQuery(words), "test", Stop);
            said.Add($"{words}: {hits.Total} {string.Join(", ", hits.Entities.Select(e => $"{e.Id} {e.Caption}"))}");
        }
        foreach (var source in await at.Reading.SourcesAsync(Stop))
            said.Add($"{source.Code}: {source.LiveRecords}");
        return string.Join('\n', said);
    }
}
