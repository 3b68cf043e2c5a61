using Lanthorn.Knowledge;
using Lanthorn.Screening;

namespace Lanthorn.Tests.Screening;

/// <summary>Where sources disagree, the page says so; where they only say more or less, it does not.</summary>
public sealed class SideBySideTests
{
    [Theory]
    [InlineData("birthDate", "1979-01-04", "1980-03-01", "Contradict")]
    [InlineData("birthDate", "1979", "1979-01-04", "Agree")]
    [InlineData("birthDate", "1979-01", "1979-02-04", "Contradict")]
    [InlineData("birthDate", "1979|1980", "1980-03-01", "Complement")]
    [InlineData("birthDate", "1979", "", "OneVoice")]
    [InlineData("gender", "male", "female", "Contradict")]
    [InlineData("gender", "male", "male", "Agree")]
    [InlineData("nationality", "er", "et", "DifferMaybeBoth")]
    [InlineData("nationality", "er|et", "et", "Complement")]
    [InlineData("address", "Zuwara", "Tripoli", "Complement")]
    [InlineData("passportNumber", "A1", "a1", "Agree")]
    public void What_two_sources_say_contradicts_agrees_or_completes(
        string property,
        string one,
        string other,
        string expected
    )
    {
        var records = new[] { Record("un-sc", one), Record("us-ofac", other) };
        Assert.Equal(expected, $"{Comparison.Of(Model.Get("Person").Find(property)!, records)}");
        Assert.Equal(expected, $"{Comparison.Of(Model.Get("Person").Find(property)!, [.. records.Reverse()])}");

        Knowledge.Record Record(string source, string values) =>
            Said.By(
                source,
                "Person",
                [
                    ("name", "Ermias Ghermay"),
                    .. values.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(v => (property, v)),
                ]
            );
    }

    [Fact]
    public void A_contradiction_is_said_in_words_with_who_says_what()
    {
        var view = new EntityView(
            Said.Together(
                Said.By("un-sc", "Person", ("name", "Ermias"), ("birthDate", "1979"), ("nationality", "er")),
                Said.By("us-ofac", "Person", ("name", "Ermias"), ("birthDate", "1985-02-01"), ("nationality", "et"))
            )
        );

        Assert.Equal(2, view.Disagreements);
        var born = view.Rows.Single(r => r.Property.Name == "birthDate").InWords;
        Assert.Matches(@"un-sc \(\d\) says 1979", born);
        Assert.Matches(@"us-ofac \(\d\) says 1985-02-01", born);
        Assert.EndsWith("Only one can be right.", born, StringComparison.Ordinal);
        Assert.EndsWith(
            "Each can be true.",
            view.Rows.Single(r => r.Property.Name == "nationality").InWords,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Two_records_of_one_source_that_contradict_each_other_are_told_too()
    {
        var view = new EntityView(
            Said.Together(
                Said.By("un-sc/1", "Person", ("name", "Ermias"), ("gender", "male")),
                Said.By("un-sc/2", "Person", ("name", "Ermias"), ("gender", "female"))
            )
        );

        Assert.Single(view.Columns);
        Assert.Equal(1, view.Disagreements);
    }

    [Fact]
    public void Each_source_has_a_column_with_its_own_values_and_what_all_say_stands_once()
    {
        var view = new EntityView(
            Said.Together(
                Said.By("un-sc", "Person", ("name", "Ermias"), ("address", "Zuwara"), ("gender", "male")),
                Said.By("us-ofac", "Person", ("name", "Ermias"), ("address", "Tripoli"), ("gender", "male"))
            )
        );

        Assert.True(view.IsSideBySide);
        var address = view.Rows.Single(r => r.Property.Name == "address");
        Assert.Equal(
            ["us-ofac: Tripoli", "un-sc: Zuwara"],
            view.Columns.Select(c => $"{c.Source}: {address.Of(c).Single().Text}").OrderDescending()
        );
        Assert.True(view.Rows.Single(r => r.Property.Name == "gender").IsOneForAll);
        Assert.Equal(2, view.Rows.Single(r => r.Property.Name == "gender").Values.Single().Records.Count);
    }
}
