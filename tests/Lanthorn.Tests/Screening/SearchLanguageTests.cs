using System.Security.Cryptography;
using Lanthorn.Screening;

namespace Lanthorn.Tests.Screening;

public sealed class SearchLanguageTests
{
    private const int Tries = 20_000;

    [Theory]
    [InlineData("ana petrova", "ana AND petrova")]
    [InlineData("ana AND petrova", "ana AND petrova")]
    [InlineData("ana OR bo", "(ana OR bo)")]
    [InlineData("ana bo OR cy dan", "ana AND (bo OR cy) AND dan")]
    [InlineData("ana OR bo OR cy", "(ana OR bo OR cy)")]
    [InlineData("ana or bo", "ana AND or AND bo")]
    [InlineData("\"ana petrova\" bo", "\"ana petrova\" AND bo")]
    [InlineData("“ana petrova”", "\"ana petrova\"")]
    [InlineData("ana -bo", "ana AND NOT bo")]
    [InlineData("-\"ana bo\"", "NOT \"ana bo\"")]
    [InlineData("ana - bo", "ana AND - AND bo")]
    [InlineData("al-dabashi", "al-dabashi")]
    [InlineData("country:ly", "country ly")]
    [InlineData("country:LY OR country:tn", "(country ly OR country tn)")]
    [InlineData("country:\"saudi arabia\"", "country sa")]
    [InlineData("-topic:sanction", "NOT topic sanction")]
    [InlineData("source:UN-SC", "source un-sc")]
    [InlineData("schema:vessel", "schema Vessel")]
    [InlineData("born:1980-05", "born 1980-05")]
    [InlineData("id:Q1:2", "id Q1:2")]
    [InlineData("changed:>2026-01-01", "changed [2026-01-02, )")]
    [InlineData("changed:>=2026-01", "changed [2026-01-01, )")]
    [InlineData("changed:<2026", "changed [, 2026-01-01)")]
    [InlineData("changed:<=2026", "changed [, 2027-01-01)")]
    [InlineData("changed:2026-02", "changed [2026-02-01, 2026-03-01)")]
    [InlineData("IMO:9123456", "IMO:9123456")]
    [InlineData("https://example.org", "https://example.org")]
    [InlineData("10:30", "10:30")]
    [InlineData("ግርማይ OR 明花", "(ግርማይ OR 明花)")]
    [InlineData("", "")]
    [InlineData("   ", "")]
    public void What_is_written_means(string text, string meaning)
    {
        var (read, mistake) = SearchLanguage.Read(text);

        Assert.Null(mistake);
        Assert.Equal(meaning, read!.InWords);
    }

    [Theory]
    [InlineData("ana \"bo", 4, 3, "quotation mark")]
    [InlineData("ana \"\"", 4, 2, "nothing in it")]
    [InlineData("OR ana", 0, 2, "OR stands between two things")]
    [InlineData("ana OR", 4, 2, "OR stands between two things")]
    [InlineData("ana OR AND bo", 7, 3, "AND stands between two things")]
    [InlineData("ana OR -bo", 7, 3, "excluded")]
    [InlineData("ana contry:ly", 4, 9, "no field 'contry'")]
    [InlineData("country:", 0, 8, "nothing stands after 'country:'")]
    [InlineData("x country:Atlantis", 2, 16, "no country 'Atlantis'")]
    [InlineData("topic:nonsense", 0, 14, "no topic 'nonsense'")]
    [InlineData("schema:Spaceship", 0, 16, "no kind 'Spaceship'")]
    [InlineData("born:198", 0, 8, "'198' is no date")]
    [InlineData("born:1980-13", 0, 12, "is no date")]
    [InlineData("changed:><2026", 0, 14, "compares nothing")]
    [InlineData("changed:yesterday", 0, 17, "is no date")]
    public void What_means_nothing_is_named_with_its_place_and_a_way_out(string text, int at, int length, string why)
    {
        var (read, mistake) = SearchLanguage.Read(text);

        Assert.Null(read);
        Assert.Equal((at, length), (mistake!.At, mistake.Length));
        Assert.Contains(why, mistake.Why, StringComparison.Ordinal);
        Assert.NotEmpty(mistake.WayOut);
        Assert.StartsWith($"At character {at + 1}: ", mistake.InWords, StringComparison.Ordinal);
    }

    [Fact]
    public void A_search_of_more_parts_than_are_taken_is_told_so()
    {
        var (_, mistake) = SearchLanguage.Read(string.Join(' ', Enumerable.Range(1, 25).Select(n => $"w{n}")));

        Assert.Contains("at most 24 parts", mistake!.Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ana petrova country:ly -bo", "ana petrova")]
    [InlineData("ana bo OR cy", "ana bo|ana cy")]
    [InlineData("country:ly", "")]
    [InlineData("ana country:ly OR country:tn", "ana")]
    public void Names_are_what_could_be_a_name(string text, string names) =>
        Assert.Equal(names, string.Join('|', SearchLanguage.Read(text).Meaning!.Names));

    [Fact]
    public void Whatever_is_written_gives_a_meaning_or_a_mistake_inside_it()
    {
        var seed = RandomNumberGenerator.GetInt32(int.MaxValue);
        var chance = new Random(seed);
        string[] pieces =
        [
            "ana",
            "\"",
            "“",
            "-",
            " ",
            "  ",
            "OR",
            "AND",
            ":",
            "country:",
            "born:",
            "changed:>",
            "19",
            "<",
            "=",
            "ly",
            "\ud83d",
            "\u0000",
            "明",
            "//",
            "id:",
            "\n",
            "schema:Person",
            "source:x",
        ];
        for (var i = 0; i < Tries; i++)
        {
            var text = string.Concat(
                Enumerable.Range(0, chance.Next(12)).Select(_ => pieces[chance.Next(pieces.Length)])
            );
            var (read, mistake) = SearchLanguage.Read(text);
            Assert.True(read is null != mistake is null, $"seed {seed}: {text}");
            if (mistake is not null)
                Assert.True(
                    mistake.At >= 0 && mistake.Length > 0 && mistake.At + mistake.Length <= text.Length,
                    $"seed {seed}: {text}"
                );
        }
    }
}
