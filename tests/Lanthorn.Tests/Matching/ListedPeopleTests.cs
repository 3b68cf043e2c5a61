using Lanthorn.Formats;
using Lanthorn.Matching;

namespace Lanthorn.Tests.Matching;

/// <summary>The people whom the UN lists for smuggling and trafficking in Libya, asked for among the whole UN and OFAC lists.</summary>
public sealed class ListedPeopleTests
{
    private static readonly Lazy<Task<Lists>> Loaded = new(LoadAsync);

    [Theory]
    [InlineData("Ermias Ghermay", "LYi.021", "24004")]
    [InlineData("إرمياس غيرماي", "LYi.021", "24004")]
    [InlineData("ኤርሚያስ ግርማይ", "LYi.021", "24004")]
    [InlineData("Ermias Girmay", "LYi.021", "24004")]
    [InlineData("Ermyas Ghirmai", "LYi.021", "24004")]
    [InlineData("Ermas Ghermy", "LYi.021", "24004")]
    [InlineData("GHERMAY, Ermias", "LYi.021", "24004")]
    [InlineData("Fitwi Abdelrazak", "LYi.022", "24313")]
    [InlineData("Fitiwi Abdelrazzak", "LYi.022", "24313")]
    [InlineData("فيتيوي عبد الرزاق", "LYi.022", "24313")]
    [InlineData("Ahmed Oumar Dabbashi", "LYi.023", "24314")]
    [InlineData("Ahmad Omar al-Dabbashi", "LYi.023", "24314")]
    [InlineData("أحمد عمر الدباشي", "LYi.023", "24314")]
    [InlineData("Musab Abu Qarin", "LYi.024", "24310")]
    [InlineData("Mus'ab Abu-Qarin", "LYi.024", "24310")]
    [InlineData("مصعب أبو قرين", "LYi.024", "24310")]
    [InlineData("Mohammed Kachlaf", "LYi.025", "24311")]
    [InlineData("Muhammad Kashlaf", "LYi.025", "24311")]
    [InlineData("محمد كشلاف", "LYi.025", "24311")]
    [InlineData("Abd Al-Rahman al-Milad", "LYi.026", "24312")]
    [InlineData("Abdurrahman Al Milad", "LYi.026", "24312")]
    [InlineData("عبد الرحمن الميلاد", "LYi.026", "24312")]
    [InlineData("Osama Al Kuni Ibrahim", "LYi.029")]
    [InlineData("Usama al-Koni Ibrahim", "LYi.029")]
    [InlineData("أسامة الكوني إبراهيم", "LYi.029")]
    public async Task A_listed_smuggler_is_found_first(string query, params string[] ids)
    {
        Pack.Need();
        var lists = await Loaded.Value;
        var subject = Subjects.Named(query);
        var found = new Candidate[60];
        var count = lists.Index.Find(subject, [1], null, found.Length, found);
        var best = found[..count]
            .Select(c => (c, Score: Scorer.Value(subject, lists.Prepared[c.Ordinal], ScoreSettings.Default)))
            .OrderByDescending(c => c.Score)
            .ThenBy(c => c.c)
            .First();
        Assert.Contains(lists.Ids[best.c.Ordinal], ids);
        Assert.True(best.Score >= 0.7, $"{best.Score:0.000}");
    }

    private sealed record Lists(CandidateIndex Index, List<PreparedSubject> Prepared, List<string> Ids);

    private static async Task<Lists> LoadAsync()
    {
        var folder = Path.Combine(Pack.Folder!, "sanctions");
        var lists = new Lists(new(), [], []);
        foreach (var (format, files) in new[] { ("un", "un_*.xml"), ("ofac", "ofac_*.csv") })
        {
            var paths = Directory.GetFiles(folder, files);
            var inputs = paths.Select(p => new InputFile(Path.GetFileName(p), () => File.OpenRead(p))).ToList();
            await foreach (var item in RecordFormats.Find(format)!.ReadAsync(inputs, ReadOptions.Default, default))
                if (item is ReadRecord { Schema.Matchable: true } record)
                    Add(lists, record);
        }
        return lists;
    }

    private static void Add(Lists lists, ReadRecord record)
    {
        var subject = PreparedSubject.Prepare(record.Schema, record.Properties);
        lists.Index.Put(lists.Ids.Count, 0, (ulong)lists.Ids.Count, subject);
        lists.Prepared.Add(subject);
        lists.Ids.Add(record.ExternalId);
    }
}
