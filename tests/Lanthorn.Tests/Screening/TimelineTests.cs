using Lanthorn.Knowledge;
using Lanthorn.Screening;
using Lanthorn.Storage;
using Lanthorn.Web;

namespace Lanthorn.Tests.Screening;

public sealed class TimelineTests
{
    [Fact]
    public void Partial_dates_stand_before_the_exact_ones_that_they_contain()
    {
        string[] days = ["1986-03-14", "1986", "1987", "1986-03", "1986-02-28", "1986-03-14T08:30:00"];

        var ordered = TimelineFact.InOrder(days.Select(d => new TimelineFact(d, null, "life", "x")));

        Assert.Equal(
            ["1986", "1986-02-28", "1986-03", "1986-03-14", "1986-03-14T08:30:00", "1987"],
            ordered.Select(f => f.When)
        );
    }

    [Theory]
    [InlineData("1986", "1986-01-01", "1986-12-31")]
    [InlineData("1984-02", "1984-02-01", "1984-02-29")]
    [InlineData("1986-03-14", "1986-03-14", "1986-03-14")]
    [InlineData("1986-03-14T23:59:00", "1986-03-14", "1986-03-14")]
    public void A_date_covers_the_days_that_it_may_mean(string date, string first, string last)
    {
        var days = TimelineFact.Days(date)!.Value;
        Assert.Equal((first, last), ($"{days.First:yyyy-MM-dd}", $"{days.Last:yyyy-MM-dd}"));
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("1986-13")]
    [InlineData("1986-02-30")]
    [InlineData("")]
    public void What_is_no_date_has_no_place_on_the_line(string text) => Assert.Null(TimelineFact.Days(text));

    [Fact]
    public void The_timeline_has_the_entitys_own_facts_its_life_on_lists_and_what_links_say()
    {
        var person = Said.Together(
            Said.By("un-sc", "Person", ("name", "Ermias"), ("birthDate", "1979")) with
            {
                ListedTo = new(2026, 2, 1, 0, 0, 0, TimeSpan.Zero),
            }
        );
        var payment = Said.Together(
            Said.By(
                "bank",
                "Payment",
                ("payer", "un-sc"),
                ("beneficiary", "tariq"),
                ("date", "2025-05-02"),
                ("amount", "4200"),
                ("currency", "EUR")
            )
        );
        var tariq = Said.Together(Said.By("tariq", "Person", ("name", "Tariq Benomar")));

        var facts = EntityTimeline.Of(
            person,
            [new Reading.Neighbour("paymentPayer", payment)],
            new Dictionary<string, Entity> { ["tariq"] = tariq }
        );

        Assert.Equal(
            [
                "1979 life Birth date",
                "2025-05-02 money Payment, EUR 4200, Tariq Benomar",
                "2026-01-01 lists First seen in un-sc",
                "2026-02-01 lists No longer in un-sc",
            ],
            facts.Select(f => $"{f.When} {f.Lane} {f.What}")
        );
        Assert.Equal("/entity/tariq", facts[1].Href);
    }

    [Fact]
    public void Many_dates_that_one_source_offers_for_one_thing_are_one_span()
    {
        string[] years = ["1972", "1974", "1973"];
        var person = Said.Together(
            Said.By("us-ofac", "Person", [("name", "Ermias"), .. years.Select(y => ("birthDate", y))])
        );

        var born = EntityTimeline.Of(person, [], new Dictionary<string, Entity>())[0];

        Assert.Equal(("1972", "1974"), (born.When, born.Until));
        Assert.EndsWith("1972 or 1973 or 1974", born.What, StringComparison.Ordinal);
    }
}
