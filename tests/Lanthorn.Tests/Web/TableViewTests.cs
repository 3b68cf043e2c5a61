using Lanthorn.Web;

namespace Lanthorn.Tests.Web;

public sealed class TableViewTests
{
    private static readonly string[] Rows = ["Zuwara 9", "tripoli 10", "Benghazi 2"];

    private static readonly IReadOnlyList<Column<string>> Columns =
    [
        new("name", "Name", r => r.Split(' ')[0]),
        new("count", "Count", r => r.Split(' ')[1]) { Number = r => double.Parse(r.Split(' ')[1], null) },
    ];

    [Theory]
    [InlineData("", "Zuwara 9,tripoli 10,Benghazi 2")]
    [InlineData("sort=name", "Benghazi 2,tripoli 10,Zuwara 9")]
    [InlineData("sort=name&order=desc", "Zuwara 9,tripoli 10,Benghazi 2")]
    [InlineData("sort=count", "Benghazi 2,Zuwara 9,tripoli 10")]
    [InlineData("sort=count&order=desc", "tripoli 10,Zuwara 9,Benghazi 2")]
    [InlineData("sort=nothing", "Zuwara 9,tripoli 10,Benghazi 2")]
    [InlineData("filter=TRIPOLI", "tripoli 10")]
    [InlineData("filter=zu+9", "Zuwara 9")]
    [InlineData("filter=zu+10", "")]
    public void An_address_says_which_rows_a_table_shows_and_in_which_order(string address, string expected) =>
        Assert.Equal(expected, string.Join(',', ViewOf(address).Of(Rows, Columns)));

    [Theory]
    [InlineData("")]
    [InlineData("sort=name&order=desc&filter=a+b&page=3")]
    [InlineData("filter=%26%3D")]
    public void A_view_comes_back_from_the_address_that_it_makes(string address)
    {
        var view = ViewOf(address);
        var made = view.On("/imports");

        Assert.Equal(view, ViewOf(made.Contains('?', StringComparison.Ordinal) ? made.Split('?')[1] : ""));
    }

    [Fact]
    public void Sorting_by_the_same_column_again_turns_the_order_round_and_goes_to_the_first_page()
    {
        var view = new TableView("name", Descends: false, "", 4);

        Assert.Equal(new TableView("name", Descends: true, "", 0), view.SortedBy("name"));
        Assert.Equal(new TableView("count", Descends: false, "", 0), view.SortedBy("count"));
    }

    [Theory]
    [InlineData("page=-1", 0)]
    [InlineData("page=many", 0)]
    [InlineData("page=99999999", 100_000)]
    public void A_page_that_cannot_be_is_brought_to_one_that_can(string address, int page) =>
        Assert.Equal(page, ViewOf(address).Page);

    private static TableView ViewOf(string address)
    {
        var fields = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(address);
        return TableView.Of(name => fields.TryGetValue(name, out var value) ? value.ToString() : null);
    }
}
