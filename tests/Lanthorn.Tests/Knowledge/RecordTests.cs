using System.Text;
using System.Text.Json;
using CsCheck;
using Lanthorn.Knowledge;

namespace Lanthorn.Tests.KnowledgeRoom;

public sealed class RecordTests
{
    private static readonly SourceCode Source = SourceCode.Parse("un-sc").Value;

    [Theory]
    [InlineData("A1", 'A', '1', "A1")]
    [InlineData(" b3 ", 'B', '3', "B3")]
    [InlineData("X4", 'X', '4', "X4")]
    [InlineData("D2", 'C', '2', "D2")]
    [InlineData("e5", 'C', '4', "E5")]
    [InlineData("F6", 'X', '4', "F6")]
    [InlineData("B5", 'B', '4', "B5")]
    public void A_grading_is_mapped_and_kept_as_given(string raw, char source, char information, string given)
    {
        var evaluation = Evaluation.Parse(raw).Value;
        Assert.Equal((source, information, given), (evaluation.Source, evaluation.Information, evaluation.AsGiven));
        Assert.Equal(evaluation, Evaluation.Parse(evaluation.ToString()).Value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("A")]
    [InlineData("A7")]
    [InlineData("A0")]
    [InlineData("G1")]
    [InlineData("X٤")]
    [InlineData("AX")]
    public void What_is_no_grading_is_refused(string raw) => Assert.NotEqual("", Evaluation.Parse(raw).Reason);

    [Fact]
    public void What_nobody_graded_is_unassessed()
    {
        Assert.Equal(Evaluation.Unassessed, default);
        Assert.Equal(Evaluation.Parse("X4").Value, default);
        Assert.Equal(
            ('X', '4', "X4"),
            (default(Evaluation).Source, default(Evaluation).Information, $"{default(Evaluation)}")
        );
    }

    [Fact]
    public void A_record_id_is_the_same_again_only_under_the_same_key_source_and_id()
    {
        byte[] key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
        var id = RecordId.Of(key, Source, "LYi.021");

        // HMAC-SHA256 of "un-sc\nLYi.021", its first half, computed with another implementation.
        Assert.Equal("bd2878c16c58aadf4c90d9a9f7055ff0", id.ToString());
        Assert.Equal(id, RecordId.Of(key, Source, "LYi.021"));
        Assert.NotEqual(id, RecordId.Of(key, Source, "LYi.022"));
        Assert.NotEqual(id, RecordId.Of(key, SourceCode.Parse("us-ofac").Value, "LYi.021"));
        Assert.NotEqual(id, RecordId.Of([.. key.Reverse()], Source, "LYi.021"));
        Assert.Equal(id, RecordId.FromBytes(id.ToBytes()));
        Assert.True(RecordId.TryParse(id.ToString(), out var read) && read == id);
    }

    [Theory]
    [InlineData("")]
    [InlineData("12")]
    [InlineData("zz345678901234567890123456789012")]
    [InlineData("000000000000000000000000000000001")]
    public void What_is_no_record_id_is_not_read(string text)
    {
        Assert.False(RecordId.TryParse(text, out var id));
        Assert.Equal(default, id);
    }

    [Theory]
    [InlineData("un-sc", true)]
    [InlineData("a", true)]
    [InlineData("", false)]
    [InlineData("-a", false)]
    [InlineData("a-", false)]
    [InlineData("UN", false)]
    [InlineData("a\nb", false)]
    [InlineData("a1234567890123456789012345678901234567890", false)]
    public void A_source_code_is_short_and_plain(string text, bool accepted) =>
        Assert.Equal(accepted, SourceCode.Parse(text).IsAccepted);

    [Fact]
    public void A_minor_stays_a_minor_whatever_else_is_said()
    {
        var all = Enum.GetValues<SubjectCategory>();
        foreach (var a in all)
        {
            Assert.Equal(SubjectCategory.Minor, SubjectCategories.MostProtected(a, SubjectCategory.Minor));
            Assert.Equal(a, SubjectCategories.MostProtected(a, SubjectCategory.None));
            Assert.Equal(a, SubjectCategories.MostProtected(a, a));
            foreach (var b in all)
            {
                Assert.Equal(SubjectCategories.MostProtected(a, b), SubjectCategories.MostProtected(b, a));
                foreach (var c in all)
                    Assert.Equal(
                        SubjectCategories.MostProtected(a, SubjectCategories.MostProtected(b, c)),
                        SubjectCategories.MostProtected(SubjectCategories.MostProtected(a, b), c)
                    );
            }
        }
        Assert.Equal(
            SubjectCategory.Victim,
            SubjectCategories.MostProtected(SubjectCategory.Suspect, SubjectCategory.Victim)
        );
    }

    [Fact]
    public void Properties_are_read_back_from_their_bytes() =>
        Gen.Select(Gen.String.AlphaNumeric, Raw.Text)
            .Array[0, 20]
            .Sample(
                pairs =>
                {
                    var builder = new Properties.Builder();
                    foreach (var (name, raw) in pairs)
                        if (CleanText.Prose(raw) is { IsAccepted: true } clean)
                            builder.Add(name, clean.Value);
                    var properties = builder.Build();
                    var bytes = properties.ToJson();
                    Assert.Equal(bytes, Properties.FromJson(bytes).ToJson());
                    Assert.Equal(properties.Names, properties.Names.Order(StringComparer.Ordinal));
                },
                iter: 500
            );

    [Theory]
    [InlineData("[]")]
    [InlineData("{\"a\":\"b\"}")]
    [InlineData("{\"a\":[\"b\",1]}")]
    [InlineData("{\"a\":[[\"b\"]]}")]
    [InlineData("{\"a\":[\"b\"")]
    public void Properties_of_another_shape_are_an_error_and_never_half_read(string json) =>
        Assert.ThrowsAny<JsonException>(() => Properties.FromJson(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void A_property_says_when_it_is_full()
    {
        var builder = new Properties.Builder();
        for (var i = 0; i < Properties.MaxValuesPerProperty; i++)
            Assert.True(builder.Add("name", $"{i}"));
        Assert.False(builder.Add("name", "one too many"));
        Assert.True(builder.Add("name", "7"));
        Assert.Equal(Properties.MaxValuesPerProperty, builder.Build()["name"].Length);
    }
}
