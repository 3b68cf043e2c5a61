using System.Text;
using Lanthorn.Formats;

namespace Lanthorn.Tests.Formats;

public sealed class OfacTests
{
    private const string Sdn =
        "901,\"MADE-UP, Anna\",\"individual\",\"LIBYA3\",\"Head of the \"\"Made-up\"\" network\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"
        + "\"DOB 01 Feb 1980; POB Asmara, Eritrea; nationality Eritrea; Gender Female; Passport A0000001 (Eritrea).\"\r\n"
        + "902,\"MADE UP SHIPPING CO., LTD.\",-0- ,\"DPRK4\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n"
        + "903,\"MADE-UP STAR\",\"vessel\",\"DPRK4\",-0- ,\"HMZZ9\",\"Bulk Cargo\",\"1000\",\"600\",\"Panama\",\"Made Up Shipping\",\"Vessel Registration Identification IMO 9074729.\"\r\n";

    private const string Alt =
        "901,1,\"aka\",\"INVENTED, Anna\",-0- \r\n902,2,\"fka\",\"OLDER SHIPPING\",\"until 2010\"\r\n";
    private const string Add =
        "901,3,-0- ,\"Sabha\",\"Libya\",-0- \r\n902,4,\"1 Quay\",\"Panama City\",\"Panama\",-0- \r\n";

    private static InputFile File(string name, string text) => Sample.File(name, Encoding.Latin1.GetBytes(text));

    [Fact]
    public async Task Entries_are_read_in_full_with_their_aliases_and_addresses()
    {
        var read = await Sample.ReadAsync("ofac", File("sdn", Sdn), File("alt", Alt), File("add", Add));

        Assert.Empty(read.Rejections);
        Assert.Equal(
            """
            Person 901
            address: Sabha, Libya
            alias: Anna INVENTED
            birthCountry: er
            birthDate: 1980-02-01
            birthPlace: Asmara, Eritrea
            country: ly | er
            firstName: Anna
            gender: female
            lastName: MADE-UP
            name: Anna MADE-UP
            nationality: er
            notes: Passport A0000001 (Eritrea).
            passportNumber: A0000001
            position: Head of the "Made-up" network
            program: LIBYA3
            programId: LIBYA3
            topics: sanction
            """,
            read["901"].Told()
        );
        Assert.Equal(
            """
            Company 902
            address: 1 Quay, Panama City, Panama
            country: pa
            name: MADE UP SHIPPING CO., LTD.
            notes: Alias OLDER SHIPPING: until 2010
            previousName: OLDER SHIPPING
            program: DPRK4
            programId: DPRK4
            topics: sanction
            """,
            read["902"].Told()
        );
        Assert.Equal(
            """
            Vessel 903
            callSign: HMZZ9
            flag: pa
            grossRegisteredTonnage: 600
            imoNumber: IMO9074729
            name: MADE-UP STAR
            notes: Vessel owner: Made Up Shipping
            program: DPRK4
            programId: DPRK4
            tonnage: 1000
            topics: sanction
            type: Bulk Cargo
            """,
            read["903"].Told()
        );
    }

    [Theory]
    [InlineData("012")]
    [InlineData("021")]
    [InlineData("102")]
    [InlineData("120")]
    [InlineData("201")]
    [InlineData("210")]
    public async Task The_order_and_the_names_of_the_files_do_not_matter(string order)
    {
        string[] texts = [Sdn, Alt, Add];
        var straight = await Sample.ReadAsync("ofac", File("1", Sdn), File("2", Alt), File("3", Add));

        var read = await Sample.ReadAsync("ofac", [.. order.Select(c => File("any", texts[c - '0']))]);

        Assert.Equal(straight.Records.Select(r => r.Told()), read.Records.Select(r => r.Told()));
    }

    [Fact]
    public async Task The_list_alone_is_enough_and_its_old_mark_of_the_end_is_no_row()
    {
        var read = await Sample.ReadAsync("ofac", File("sdn", Sdn + "\u001A"));

        Assert.Equal(["901", "902", "903"], read.Records.Select(r => r.ExternalId));
        Assert.Empty(read.Rejections);
        Assert.Null(read.End);
    }

    [Fact]
    public async Task The_mark_of_the_end_in_the_middle_ends_nothing()
    {
        var read = await Sample.ReadAsync(
            "ofac",
            File("sdn", Sdn.Replace("902,", "\u001A\r\n902,", StringComparison.Ordinal))
        );

        Assert.Equal(["901", "902", "903"], read.Records.Select(r => r.ExternalId));
        var refused = Assert.Single(read.Rejections);
        Assert.Equal((2L, 1), (refused.Line, refused.Column));
        Assert.Contains("1 columns", refused.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Aliases_without_the_list_and_aliases_of_nobody_are_said()
    {
        var without = await Sample.ReadAsync("ofac", File("alt", Alt));
        var nobody = await Sample.ReadAsync("ofac", File("sdn", Sdn), File("alt", "999,9,\"aka\",\"NOBODY\",-0- \r\n"));

        Assert.Contains("sdn.csv", without.End!.Reason, StringComparison.Ordinal);
        var refused = Assert.Single(nobody.Rejections);
        Assert.Equal(("alt", 1L, "ent_num"), (refused.File, refused.Line, refused.Field));
        Assert.Equal(3, nobody.Records.Count);
    }

    [Fact]
    public async Task A_second_entry_with_a_number_and_one_without_are_refused()
    {
        var read = await Sample.ReadAsync(
            "ofac",
            File("sdn", Sdn + Sdn[..Sdn.IndexOf('\n', StringComparison.Ordinal)] + "\n" + "x" + Sdn)
        );

        Assert.Equal(3, read.Records.Count);
        Assert.Equal(
            [(4L, "a second entry with this number"), (5L, "an entry has a number")],
            read.Rejections.Take(2).Select(r => (r.Line, r.Reason))
        );
    }

    [Fact]
    public async Task Fields_are_read_in_the_encoding_in_which_each_is()
    {
        byte[] bytes =
        [
            .. Encoding.Latin1.GetBytes(Sdn.Replace("MADE-UP, Anna", "M\u00DCLLER, Anna", StringComparison.Ordinal)),
            .. Encoding.UTF8.GetBytes(
                Sdn.Replace("901,\"MADE-UP", "904,\"MÜLLER", StringComparison.Ordinal).Split('\n')[0]
            ),
        ];

        var read = await Sample.ReadAsync("ofac", Sample.File("sdn", bytes));

        Assert.Equal("Anna MÜLLER", read["901"].Of("name"));
        Assert.Equal("Anna MÜLLER", read["904"].Of("name"));
    }
}
