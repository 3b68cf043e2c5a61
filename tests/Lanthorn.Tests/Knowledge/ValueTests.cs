using CsCheck;
using Lanthorn.Knowledge;

namespace Lanthorn.Tests.KnowledgeRoom;

/// <summary>What each type of value accepts, how it writes it, and why it refuses the rest.</summary>
public sealed class ValueTests
{
    private static Parsed<string> Clean(string property, string raw, params string[] countries)
    {
        var (schema, name) = property.Split(':') switch
        {
            var p => (p[0], p[1]),
        };
        return PropertyCleaning.Clean(Model.Get(schema).Find(name)!, raw, new(countries));
    }

    private static void Accepts(string property, string raw, string clean) =>
        Assert.Equal(clean, Clean(property, raw) is { IsAccepted: true } got ? got.Value : Clean(property, raw).Reason);

    private static void Refuses(string property, string raw, string why)
    {
        var got = Clean(property, raw);
        Assert.False(got.IsAccepted, $"{property} took '{raw}' as {(got.IsAccepted ? got.Value : "")}");
        Assert.Contains(why, got.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("  Ahmad   AL-DABBASHI\n", "Ahmad AL-DABBASHI")]
    [InlineData("\u202Bمحمد علي\u202C", "محمد علي")]
    [InlineData("می\u200Cخواهم", "می\u200Cخواهم")]
    [InlineData("Jose\u200B\u0301", "José")]
    [InlineData("\"Sea Star\"", "Sea Star")]
    [InlineData("“«Sea Star»”,", "Sea Star")]
    [InlineData("'Abd al-Rahman", "'Abd al-Rahman")]
    [InlineData("Abu Rub'", "Abu Rub'")]
    [InlineData("Ermias \"the General\"", "Ermias \"the General\"")]
    [InlineData("van der BERG", "van der BERG")]
    [InlineData("\U000E0041nna\u0000", "nna")]
    [InlineData("𞤀𞤣𞤤𞤢𞤥", "𞤀𞤣𞤤𞤢𞤥")]
    public void A_name_keeps_its_letters_and_case_and_loses_what_is_not_seen(string raw, string clean) =>
        Accepts("Person:name", raw, clean);

    [Theory]
    [InlineData("", "empty")]
    [InlineData("\u200D \u200C", "empty")]
    [InlineData("\"-\"", "at least one letter")]
    public void A_name_without_letters_is_refused(string raw, string why) => Refuses("Person:name", raw, why);

    [Fact]
    public void Broken_Unicode_is_refused() => Refuses("Person:name", "half \uD800", "surrogate");

    [Fact]
    public void A_value_that_is_too_long_is_refused()
    {
        Refuses("Person:name", new string('a', 385), "longer than 384");
        Refuses("Person:notes", new string('a', CleanText.MaxInputLength + 1), "longer than");
    }

    [Theory]
    [InlineData("2024", "2024")]
    [InlineData("2024-03", "2024-03")]
    [InlineData("2024-3-4", "2024-03-04")]
    [InlineData("2024-03-14", "2024-03-14")]
    [InlineData("٢٠٢٤-٠٣-١٤", "2024-03-14")]
    [InlineData("20240314", "2024-03-14")]
    [InlineData("14 Mar 2024", "2024-03-14")]
    [InlineData("March 14, 2024", "2024-03-14")]
    [InlineData("Mar 14, 2024", "2024-03-14")]
    [InlineData("14-Mar-2024", "2024-03-14")]
    [InlineData("Mar. 2024", "2024-03")]
    [InlineData("03/2024", "2024-03")]
    [InlineData("14.03.2024", "2024-03-14")]
    [InlineData("03/14/2024", "2024-03-14")]
    [InlineData("1980-00-00", "1980")]
    [InlineData("1980-05-00", "1980-05")]
    [InlineData("2024-02-29", "2024-02-29")]
    [InlineData("2024-03-14T08", "2024-03-14T08")]
    [InlineData("2024-03-14T08:30Z", "2024-03-14T08:30")]
    [InlineData("2024-03-14 08:30:05.123", "2024-03-14T08:30:05")]
    [InlineData("2024-03-14T08:30:05.123Z", "2024-03-14T08:30:05")]
    [InlineData("2024-03-14T00:30:00+02:00", "2024-03-13T22:30:00")]
    public void A_date_is_as_exact_as_it_was_given(string raw, string clean) => Accepts("Person:birthDate", raw, clean);

    [Theory]
    [InlineData("circa 1980", "not exact")]
    [InlineData("c. 1980", "not exact")]
    [InlineData("1980?", "not exact")]
    [InlineData("1972-1977", "range")]
    [InlineData("1972 to 1977", "range")]
    [InlineData("between 1972 and 1977", "range")]
    [InlineData("2024-02-30", "no day")]
    [InlineData("2023-02-29", "no day")]
    [InlineData("30 Feb 2024", "no day")]
    [InlineData("30.02.2024", "no day")]
    [InlineData("04/03/1980", "two days")]
    [InlineData("1445-09-01", "other calendars")]
    [InlineData("١٣٦٥", "other calendars")]
    [InlineData("2567", "other calendars")]
    [InlineData("20.12.1012", "other calendars")]
    [InlineData("yesterday", "not a date")]
    [InlineData("2021-W07", "not a date")]
    public void A_date_that_is_vague_or_impossible_is_refused(string raw, string why) =>
        Refuses("Person:birthDate", raw, why);

    [Theory]
    [InlineData("ly", "ly")]
    [InlineData("LBY", "ly")]
    [InlineData("Libya", "ly")]
    [InlineData("ليبيا", "ly")]
    [InlineData("Libyen", "ly")]
    [InlineData("Libye", "ly")]
    [InlineData("ኤርትራ", "er")]
    [InlineData("Deutschland", "de")]
    [InlineData("Ελλάδα", "gr")]
    [InlineData("ایران", "ir")]
    [InlineData("বাংলাদেশ", "bd")]
    [InlineData("中国", "cn")]
    [InlineData("Украина", "ua")]
    [InlineData("Türkiye", "tr")]
    [InlineData("TURKEY", "tr")]
    [InlineData("Iran (Islamic Republic of)", "ir")]
    [InlineData("The Gambia", "gm")]
    [InlineData("Trinidad & Tobago", "tt")]
    [InlineData("St. Lucia", "lc")]
    [InlineData("Cote d'Ivoire", "ci")]
    [InlineData("Congo, Democratic Republic of the", "cd")]
    [InlineData("ua-cri", "ua-cri")]
    [InlineData("Niger", "ne")]
    [InlineData("Nigeria", "ng")]
    public void A_country_is_read_by_code_and_by_its_names(string raw, string clean) =>
        Accepts("Person:country", raw, clean);

    [Theory]
    [InlineData("Atlantis", "no country")]
    [InlineData("Mỹ", "no country")]
    [InlineData("434", "no country")]
    [InlineData("qq", "no country")]
    public void A_country_that_is_unknown_or_could_be_two_is_refused(string raw, string why) =>
        Refuses("Person:country", raw, why);

    [Fact]
    public void Every_country_of_the_model_is_read_by_its_code_and_its_label() =>
        Assert.All(
            Model.Types["country"].Values,
            country =>
            {
                Assert.Equal(country.Key, CountryCode.Parse(country.Key.ToUpperInvariant()).Value.Code);
                Assert.Equal(country.Key, CountryCode.Parse(country.Value).Value.Code);
            }
        );

    [Theory]
    [InlineData("+218 91-000 0471", "", "+218910000471")]
    [InlineData("00218910000471", "", "+218910000471")]
    [InlineData("+٢١٨٩١٠٠٠٠٤٧١", "", "+218910000471")]
    [InlineData("۰۳۰ ۱۲۳۴۵۶", "de", "+4930123456")]
    [InlineData("020 7946 0958", "gb-sct", "+442079460958")]
    [InlineData("030 123456", "ly,de", "+4930123456")]
    public void A_telephone_number_is_read_by_its_prefix_or_the_countries(string raw, string countries, string clean) =>
        Assert.Equal(clean, Clean("Person:phone", raw, countries.Split(',')).Value);

    [Theory]
    [InlineData("030 123456", "country prefix")]
    [InlineData("+999 12", "country prefix")]
    [InlineData("call me", "country prefix")]
    public void A_telephone_number_without_its_country_is_refused(string raw, string why) =>
        Refuses("Person:phone", raw, why);

    /// <summary>Written as +4900198623 it would be read as +490198623 the next time.</summary>
    [Fact]
    public void A_telephone_number_that_would_be_read_as_another_one_the_next_time_is_refused() =>
        Assert.False(Clean("Person:phone", "tel 000198623", ["de"]).IsAccepted);

    [Fact]
    public void The_example_numbers_of_every_country_are_read_in_their_own_writing()
    {
        var rows = File.ReadLines(Path.Combine(Pack.Need(), "phones/libphonenumber_examples.csv")).Skip(1).ToList();
        Assert.True(rows.Count > 1_000);
        Assert.All(
            rows.Select(row => row.Split(',')).Where(row => row[0] != "001" && row[2] is "mobile" or "fixedLine"),
            row =>
            {
                var (region, prefix, number) = (row[0].ToLowerInvariant(), row[1], row[3]);
                var whole = Clean("Person:phone", $"+{prefix}{number}");
                var arabic = string.Concat(number.Select(c => (char)('٠' + (c - '0'))));
                Assert.True(whole.IsAccepted, $"{region} {number}: {(whole.IsAccepted ? "" : whole.Reason)}");
                Assert.Equal(whole.Value, Clean("Person:phone", $"+{prefix} {arabic}").Value);
                Assert.Equal(whole.Value, Clean("Person:phone", whole.Value).Value);
            }
        );
    }

    [Theory]
    [InlineData("Vessel:imoNumber", "IMO No. 9074729", "IMO9074729")]
    [InlineData("Vessel:imoNumber", "9074729", "IMO9074729")]
    [InlineData("Vessel:imoNumber", "٩٠٧٤٧٢٩", "IMO9074729")]
    [InlineData("Vessel:mmsi", "211 331 640", "211331640")]
    [InlineData("Company:leiCode", "5493 0084UKLVMY22DS16", "54930084UKLVMY22DS16")]
    [InlineData("Company:isinCode", "us0378331005", "US0378331005")]
    [InlineData("Security:isin", "DE000BAY0017", "DE000BAY0017")]
    [InlineData("Company:swiftBic", "deutdeff", "DEUTDEFF")]
    [InlineData("Company:swiftBic", "DEUTDEFF500", "DEUTDEFF500")]
    [InlineData("Company:innCode", "7707083893", "7707083893")]
    [InlineData("Company:innCode", "500100732259", "500100732259")]
    [InlineData("Company:ogrnCode", "1027700132195", "1027700132195")]
    [InlineData("Company:ogrnCode", "304500116000157", "304500116000157")]
    [InlineData("Company:npiCode", "1234567893", "1234567893")]
    [InlineData("Security:figiCode", "BBG000BLNNV0", "BBG000BLNNV0")]
    [InlineData("Person:wikidataId", "q42", "Q42")]
    [InlineData("Person:passportNumber", "A 12/345-б", "A 12/345-б")]
    [InlineData("BankAccount:iban", "IBAN DE89 3704 0044 0532 0130 00", "DE89370400440532013000")]
    [InlineData("BankAccount:iban", "LY83002048000020100120361", "LY83002048000020100120361")]
    public void An_identifier_with_a_known_form_is_written_one_way(string property, string raw, string clean) =>
        Accepts(property, raw, clean);

    [Theory]
    [InlineData("Vessel:imoNumber", "9074720", "check digit")]
    [InlineData("Vessel:imoNumber", "907472", "seven digits")]
    [InlineData("Vessel:mmsi", "21133164", "nine digits")]
    [InlineData("Company:leiCode", "54930084UKLVMY22DS17", "check digits")]
    [InlineData("Company:leiCode", "54930084UKLVMYé22DS16", "20 characters")]
    [InlineData("Company:isinCode", "US0378331006", "check digit")]
    [InlineData("Company:swiftBic", "DEUTQQFF", "BIC")]
    [InlineData("Company:innCode", "7707083894", "INN")]
    [InlineData("Company:innCode", "500100732258", "INN")]
    [InlineData("Company:ogrnCode", "1027700132196", "OGRN")]
    [InlineData("Company:npiCode", "1234567890", "NPI")]
    [InlineData("Security:figiCode", "BBG000BLNNV1", "FIGI")]
    [InlineData("Person:wikidataId", "42", "Wikidata")]
    [InlineData("Person:passportNumber", "---", "letter or digit")]
    [InlineData("BankAccount:iban", "DE88370400440532013000", "check digits")]
    [InlineData("BankAccount:iban", "DE8937040044053201300", "22 characters")]
    [InlineData("BankAccount:iban", "QQ89370400440532013000", "begins with a country")]
    public void An_identifier_with_a_wrong_form_is_refused(string property, string raw, string why) =>
        Refuses(property, raw, why);

    [Fact]
    public void Any_single_wrong_digit_of_a_checked_number_is_noticed()
    {
        // Modulo 97 notices every single slip; modulo 11 with its rest of 10 folded into 0 nearly every one.
        foreach (var iban in new[] { "DE89370400440532013000", "GB29NWBK60161331926819" })
            for (var at = 2; at < iban.Length; at++)
                if (char.IsAsciiDigit(iban[at]))
                {
                    var slip = $"{iban[..at]}{(char)('0' + ((iban[at] - '0' + 1) % 10))}{iban[(at + 1)..]}";
                    Assert.False(Iban.Parse(slip).IsAccepted, slip);
                }
    }

    [Theory]
    [InlineData("Person:email", "Mailto:Ana.B@EXAMPLE.org", "Ana.B@example.org")]
    [InlineData("Person:email", "ana@bücher.example", "ana@xn--bcher-kva.example")]
    [InlineData("Person:website", "example.org", "https://example.org/")]
    [InlineData("Person:website", "HTTP://Example.org/A?b=1", "http://example.org/A?b=1")]
    [InlineData("Person:gender", "Female", "female")]
    [InlineData("Person:gender", "weiblich", "female")]
    [InlineData("Person:gender", "M", "male")]
    [InlineData("Person:topics", "Sanction", "sanction")]
    [InlineData("Document:language", "English", "eng")]
    [InlineData("Document:language", "tigrinya", "tir")]
    [InlineData("Document:language", "ar-SY", "ara")]
    [InlineData("Document:language", "ger", "deu")]
    [InlineData("Document:mimeType", "Text/HTML; charset=utf-8", "text/html")]
    [InlineData(
        "Document:contentHash",
        "DA39A3EE5E6B4B0D3255BFEF95601890AFD80709",
        "da39a3ee5e6b4b0d3255bfef95601890afd80709"
    )]
    [InlineData("UserAccount:ipAddress", "192.0.2.1", "192.0.2.1")]
    [InlineData("UserAccount:ipAddress", "2001:DB8:0:0::1", "2001:db8::1")]
    [InlineData("Ownership:owner", "un-sc-LYi.021", "un-sc-LYi.021")]
    [InlineData("Person:address", "12 Main St;\n\nTripoli ,, Libya,", "12 Main St, Tripoli, Libya")]
    [InlineData("Person:notes", "one\ntwo", "one\ntwo")]
    public void Other_values_are_written_one_way(string property, string raw, string clean) =>
        Accepts(property, raw, clean);

    [Theory]
    [InlineData("Person:email", "ana", "e-mail")]
    [InlineData("Person:email", "ana@localhost", "e-mail")]
    [InlineData("Person:email", "ana@1", "e-mail")]
    [InlineData("Person:email", "a b@example.org", "e-mail")]
    [InlineData("Person:website", "javascript:alert(1)", "http")]
    [InlineData("Person:website", "ftp://example.org", "http")]
    [InlineData("Person:website", "https://bank.example@evil.example/", "user name")]
    [InlineData("Person:gender", "unknown", "male, female or other")]
    [InlineData("Person:topics", "villain", "no topic")]
    [InlineData("Document:language", "klingonese", "no language")]
    [InlineData("Document:mimeType", "/", "type/subtype")]
    [InlineData("Document:contentHash", "da39", "SHA-1")]
    [InlineData("UserAccount:ipAddress", "42", "IP address")]
    [InlineData("UserAccount:ipAddress", "010.0.0.1", "IP address")]
    [InlineData("UserAccount:ipAddress", "fe80::1%eth0", "IP address")]
    [InlineData("Ownership:owner", "two words", "no blanks")]
    [InlineData("Person:address", ", ;", "letter or digit")]
    [InlineData("Person:ownershipOwner", "x", "other end")]
    public void Other_values_that_are_wrong_are_refused(string property, string raw, string why) =>
        Refuses(property, raw, why);

    [Fact]
    public void Cleaning_twice_is_cleaning_once_and_untrusted_text_never_throws()
    {
        var properties = Model
            .Schemata.Values.SelectMany(s => s.Properties.Values)
            .Where(p => !p.IsStub)
            .DistinctBy(p => (p.Type.Name, p.Format))
            .OrderBy(p => p.QualifiedName, StringComparer.Ordinal)
            .ToArray();
        Assert.Equal(Model.Types.Count, properties.Select(p => p.Type.Name).Distinct().Count());

        Raw.Text.Sample(
            raw =>
            {
                foreach (var property in properties)
                {
                    var once = PropertyCleaning.Clean(property, raw, new(["de"]));
                    if (!once.IsAccepted)
                        Assert.NotEqual("", once.Reason);
                    else
                    {
                        var twice = PropertyCleaning.Clean(property, once.Value, new(["de"]));
                        Assert.True(twice.IsAccepted, $"{property.QualifiedName}: '{once.Value}' is refused again");
                        Assert.Equal(once.Value, twice.Value);
                    }
                }
            },
            iter: 3_000
        );
    }

    [Fact]
    public void The_parsers_themselves_never_throw() =>
        Raw.Text.Sample(
            raw =>
            {
                _ = CleanText.Prose(raw);
                _ = PartialDate.Parse(raw);
                _ = CountryCode.Parse(raw);
                _ = LanguageCode.Parse(raw);
                _ = EmailAddress.Parse(raw);
                _ = WebAddress.Parse(raw);
                _ = PhoneNumber.Parse(raw, ["de", "zz-top", ""]);
                _ = Iban.Parse(raw);
                _ = ImoNumber.Parse(raw);
                _ = Label.Parse(raw);
                _ = Evaluation.Parse(raw);
                _ = SourceCode.Parse(raw);
                _ = HandlingText.Parse(raw);
                _ = RecordId.TryParse(raw, out _);
            },
            iter: 3_000
        );
}
