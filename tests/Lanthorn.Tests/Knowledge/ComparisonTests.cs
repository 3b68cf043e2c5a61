using Lanthorn.Knowledge;

namespace Lanthorn.Tests.KnowledgeRoom;

public sealed class ComparisonTests
{
    [Theory]
    [InlineData("identifier", "A-12 345", "a12345", true)]
    [InlineData("identifier", "۱۲۳۴۵", "12345", true)]
    [InlineData("identifier", "A12345", "A12346", false)]
    [InlineData("address", "12, Main St., Tripoli", "12 MAIN ST Tripoli", true)]
    [InlineData("address", "1 2 Main St", "12 Main St", false)]
    [InlineData("email", "Ana@example.org", "ana@example.org", true)]
    [InlineData("email", "ab@cd.org", "abc@d.org", false)]
    [InlineData("url", "http://example.org/a/", "https://example.org/a", true)]
    [InlineData("url", "https://example.org/A", "https://example.org/a", false)]
    [InlineData("name", "Ana PETROVA", "Ana Petrova", true)]
    [InlineData("name", "Ana Petrova", "Petrova Ana", false)]
    [InlineData("country", "de", "at", false)]
    public void Values_say_the_same_in_different_writing(string type, string a, string b, bool same) =>
        Assert.Equal(same, ValueComparison.SaySame(Model.Types[type], a, b));

    [Fact]
    public void Records_meet_in_what_tells_people_apart_and_in_nothing_else()
    {
        Assert.NotNull(ValueComparison.PivotKey(Person("passportNumber"), "A12345"));
        Assert.Null(ValueComparison.PivotKey(Person("passportNumber"), "A-12"));
        Assert.Null(ValueComparison.PivotKey(Person("nationality"), "Germany"));
        Assert.Null(ValueComparison.PivotKey(Person("name"), "Ana Petrova"));
        Assert.Null(ValueComparison.PivotKey(Person("programId"), "LIBYA3"));
        Assert.NotEqual(
            ValueComparison.PivotKey(Person("phone"), "+218910000471"),
            ValueComparison.PivotKey(Person("passportNumber"), "218910000471")
        );
    }

    [Theory]
    [InlineData("1986-03-14", "1986-03-14", DateAgreementKind.Equal)]
    [InlineData("1986", "1986-03-14", DateAgreementKind.Compatible)]
    [InlineData("1986-03-14T08", "1986-03-14T08:30", DateAgreementKind.Compatible)]
    [InlineData("1986-03-04", "1986-04-03", DateAgreementKind.DayAndMonthSwapped)]
    [InlineData("1986-03-03T08", "1986-03-03T09", DateAgreementKind.Differ)]
    [InlineData("1986-03", "1986-04-03", DateAgreementKind.Differ)]
    [InlineData("1986", "1987", DateAgreementKind.Differ)]
    public void Dates_agree_as_far_as_both_are_known(string a, string b, DateAgreementKind kind)
    {
        var (one, other) = (PartialDate.Parse(a).Value, PartialDate.Parse(b).Value);
        Assert.Equal(kind, PartialDate.Compare(one, other));
        Assert.Equal(kind, PartialDate.Compare(other, one));
    }

    private static Property Person(string property) => Model.Get("Person").Find(property)!;
}
