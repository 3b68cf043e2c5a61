using Lanthorn.Formats;

namespace Lanthorn.Tests.Formats;

public sealed class UnListTests
{
    private const string Person = """
        <INDIVIDUAL>
          <DATAID>1</DATAID><VERSIONNUM>1</VERSIONNUM>
          <FIRST_NAME>ANNA</FIRST_NAME><SECOND_NAME>MADE</SECOND_NAME><THIRD_NAME>UP</THIRD_NAME>
          <UN_LIST_TYPE>Libya</UN_LIST_TYPE>
          <REFERENCE_NUMBER>LYi.901</REFERENCE_NUMBER>
          <LISTED_ON>2018-06-07</LISTED_ON>
          <NAME_ORIGINAL_SCRIPT>آنا</NAME_ORIGINAL_SCRIPT>
          <COMMENTS1>Leader of a network of human trafficking. Gender: Female</COMMENTS1>
          <DESIGNATION><VALUE>Head of a
            network</VALUE></DESIGNATION>
          <NATIONALITY><VALUE>Eritrea</VALUE></NATIONALITY>
          <LIST_TYPE><VALUE>UN List</VALUE></LIST_TYPE>
          <LAST_DAY_UPDATED><VALUE>2019-09-09</VALUE><VALUE>2020-02-25</VALUE></LAST_DAY_UPDATED>
          <INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Anna Invented</ALIAS_NAME></INDIVIDUAL_ALIAS>
          <INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>Ann</ALIAS_NAME></INDIVIDUAL_ALIAS>
          <INDIVIDUAL_ALIAS><QUALITY/><ALIAS_NAME/></INDIVIDUAL_ALIAS>
          <INDIVIDUAL_ADDRESS><CITY>Sabha</CITY><COUNTRY>Libya</COUNTRY><NOTE>formerly</NOTE></INDIVIDUAL_ADDRESS>
          <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1980</FROM_YEAR><TO_YEAR>1982</TO_YEAR></INDIVIDUAL_DATE_OF_BIRTH>
          <INDIVIDUAL_PLACE_OF_BIRTH><CITY>Asmara</CITY><COUNTRY>Eritrea</COUNTRY></INDIVIDUAL_PLACE_OF_BIRTH>
          <INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NUMBER>A0000001</NUMBER><ISSUING_COUNTRY>Eritrea</ISSUING_COUNTRY></INDIVIDUAL_DOCUMENT>
          <SORT_KEY/><SORT_KEY_LAST_MOD/>
        </INDIVIDUAL>
        """;

    private const string Group = """
        <ENTITY>
          <DATAID>2</DATAID>
          <FIRST_NAME>MADE UP SHIPPING LTD</FIRST_NAME>
          <UN_LIST_TYPE>DPRK</UN_LIST_TYPE>
          <REFERENCE_NUMBER>KPe.901</REFERENCE_NUMBER>
          <LISTED_ON>2017-10-03</LISTED_ON>
          <ENTITY_ALIAS><QUALITY>f.k.a.</QUALITY><ALIAS_NAME>Older Shipping</ALIAS_NAME></ENTITY_ALIAS>
          <ENTITY_ADDRESS><STREET>1 Quay</STREET><COUNTRY>Panama</COUNTRY></ENTITY_ADDRESS>
        </ENTITY>
        """;

    private static string List(params string[] listings) =>
        $"""
            <?xml version="1.0" encoding="UTF-8"?>
            <CONSOLIDATED_LIST dateGenerated="2026-02-27T00:00:09.554Z"><LISTINGS>
            {string.Join('\n', listings)}
            </LISTINGS></CONSOLIDATED_LIST>
            """;

    private static Task<Reading> Read(string text) => Sample.ReadAsync("un", Sample.File("un.xml", text));

    [Fact]
    public async Task A_person_is_read_in_full()
    {
        var read = await Read(List(Person));

        Assert.Equal(
            """
            Person LYi.901 as of 2020-02-25
            address: Sabha, Libya
            alias: آنا | Anna Invented
            birthCountry: er
            birthDate: 1980 | 1981 | 1982
            birthPlace: Asmara, Eritrea
            country: ly | er
            createdAt: 2018-06-07
            firstName: ANNA
            gender: female
            middleName: UP
            modifiedAt: 2019-09-09 | 2020-02-25
            name: ANNA MADE UP
            nationality: er
            notes: Leader of a network of human trafficking. Gender: Female | Address Sabha, Libya: formerly | Date of birth: type of date BETWEEN, from year 1980, to year 1982
            passportNumber: A0000001
            position: Head of a network
            program: Libya
            programId: Libya
            secondName: MADE
            topics: sanction | crime.traffick.human
            weakAlias: Ann
            """,
            read["LYi.901"].Told()
        );
    }

    [Fact]
    public async Task A_company_is_read_in_full_and_the_edition_has_its_day()
    {
        var read = await Read(List(Group));

        Assert.Equal(
            """
            Company KPe.901 as of 2017-10-03
            address: 1 Quay, Panama
            country: pa
            createdAt: 2017-10-03
            name: MADE UP SHIPPING LTD
            previousName: Older Shipping
            program: DPRK
            programId: DPRK
            topics: sanction
            """,
            read["KPe.901"].Told()
        );
        Assert.Equal(new DateOnly(2026, 2, 27), Assert.IsType<EditionDate>(read.Items[0]).AsOf);
    }

    [Fact]
    public async Task A_listing_without_a_number_and_a_second_one_with_it_are_refused_and_the_rest_is_read()
    {
        var read = await Read(List("<ENTITY><FIRST_NAME>X</FIRST_NAME></ENTITY>", Group, Group, Person));

        Assert.Equal(["KPe.901", "LYi.901"], read.Records.Select(r => r.ExternalId));
        Assert.Equal([(3L, ""), (13L, "KPe.901")], read.Rejections.Select(r => (r.Line, r.Value)));
        Assert.All(read.Rejections, r => Assert.Equal("REFERENCE_NUMBER", r.Field));
        Assert.Null(read.End);
    }
}
