using System.Collections.Frozen;
using System.Globalization;

namespace Lanthorn.Knowledge;

/// <summary>A country or territory by its FollowTheMoney code (ISO 3166-1 alpha-2 in lower case, and some historic and disputed ones).</summary>
public readonly record struct CountryCode
{
    private static readonly FrozenDictionary<string, string> Names = ReadNames();

    private readonly string? code;

    private CountryCode(string code) => this.code = code;

    public string Code => code ?? throw new InvalidOperationException("An empty country");

    public string Label => Model.Types["country"].Values[Code];

    /// <summary>Reads codes of two and three letters, English names, and the names that official lists use.</summary>
    public static Parsed<CountryCode> Parse(string? raw)
    {
        var key = Fold(raw ?? "");
        if (key.Length == 0)
            return Parsed.Refuse("empty");
        return Names.TryGetValue(key, out var code)
            ? Parsed.Accept(new CountryCode(code))
            : Parsed.Refuse($"'{raw!.Trim()}' is no country or territory that is known here");
    }

    public override string ToString() => code ?? "";

    private static FrozenDictionary<string, string> ReadNames()
    {
        var codes = Model.Types["country"].Values;
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (code, label) in codes)
        {
            names[Fold(code)] = code;
            names.TryAdd(Fold(label), code);
        }
        foreach (var culture in CultureInfo.GetCultures(CultureTypes.SpecificCultures))
        {
            var region = new RegionInfo(culture.Name);
            var code = region.TwoLetterISORegionName.ToLowerInvariant();
            if (codes.ContainsKey(code))
            {
                names.TryAdd(Fold(region.ThreeLetterISORegionName), code);
                names.TryAdd(Fold(region.EnglishName), code);
            }
        }
        foreach (var (name, code) in AlsoCalled)
            if (codes.ContainsKey(code))
                names.TryAdd(Fold(name), code);
        return names.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>Letters and digits only, lower case, without diacritics and a leading "the".</summary>
    private static string Fold(string name)
    {
        Span<char> folded = stackalloc char[64];
        var length = 0;
        foreach (var c in name.Normalize(System.Text.NormalizationForm.FormD))
        {
            if (!char.IsLetterOrDigit(c))
                continue;
            if (length == folded.Length)
                return "";
            folded[length++] = char.ToLowerInvariant(c);
        }
        var text = folded[..length];
        return (text.StartsWith("the") && length > 5 ? text[3..] : text).ToString();
    }

    /// <summary>Names in the lists of the United Nations, OFAC, the EU and the UK, and adjectives that stand for nationality.</summary>
    private static (string Name, string Code)[] AlsoCalled =>
        [
            ("Korea, North", "kp"),
            ("North Korea", "kp"),
            ("Democratic People's Republic of Korea", "kp"),
            ("DPRK", "kp"),
            ("Korea, South", "kr"),
            ("Republic of Korea", "kr"),
            ("South Korea", "kr"),
            ("Turkey", "tr"),
            ("Türkiye", "tr"),
            ("Turkiye", "tr"),
            ("Burma", "mm"),
            ("Myanmar", "mm"),
            ("United States", "us"),
            ("United States of America", "us"),
            ("USA", "us"),
            ("UK", "gb"),
            ("Great Britain", "gb"),
            ("United Kingdom", "gb"),
            ("United Kingdom of Great Britain and Northern Ireland", "gb"),
            ("Hong Kong", "hk"),
            ("China, Hong Kong Special Administrative Region", "hk"),
            ("Macau", "mo"),
            ("Syria", "sy"),
            ("Syrian Arab Republic", "sy"),
            ("Congo, Democratic Republic of the", "cd"),
            ("Democratic Republic of the Congo", "cd"),
            ("DR Congo", "cd"),
            ("Congo", "cg"),
            ("Congo, Republic of the", "cg"),
            ("Republic of the Congo", "cg"),
            ("Iran (Islamic Republic of)", "ir"),
            ("Islamic Republic of Iran", "ir"),
            ("Iran", "ir"),
            ("Palestinian", "ps"),
            ("Palestine", "ps"),
            ("State of Palestine", "ps"),
            ("West Bank", "ps"),
            ("Gaza", "ps"),
            ("Gaza Strip", "ps"),
            ("Region: Gaza", "ps"),
            ("Occupied Palestinian Territory", "ps"),
            ("Russian Federation", "ru"),
            ("Russia", "ru"),
            ("Virgin Islands, British", "vg"),
            ("British Virgin Islands", "vg"),
            ("Gambia", "gm"),
            ("United Republic of Tanzania", "tz"),
            ("Tanzania", "tz"),
            ("Czech Republic", "cz"),
            ("Czechia", "cz"),
            ("Cote d Ivoire", "ci"),
            ("Côte d'Ivoire", "ci"),
            ("Ivory Coast", "ci"),
            ("Netherlands Antilles", "an"),
            ("Crimea", "ua-cri"),
            ("Region: Crimea", "ua-cri"),
            ("Cabo Verde", "cv"),
            ("Cape Verde", "cv"),
            ("Viet Nam", "vn"),
            ("Vietnam", "vn"),
            ("former Soviet Union", "suhh"),
            ("USSR", "suhh"),
            ("Bahamas", "bs"),
            ("Bahamas, The", "bs"),
            ("Macedonia, The Former Yugoslav Republic of", "mk"),
            ("Macedonia", "mk"),
            ("North Macedonia", "mk"),
            ("St. Vincent and the Grenadines", "vc"),
            ("Saint Vincent and the Grenadines", "vc"),
            ("St. Kitts & Nevis", "kn"),
            ("Saint Kitts and Nevis", "kn"),
            ("Libyan Arab Jamahiriya", "ly"),
            ("Lao People's Democratic Republic", "la"),
            ("Laos", "la"),
            ("Republic of Moldova", "md"),
            ("Moldova", "md"),
            ("Bolivia (Plurinational State of)", "bo"),
            ("Venezuela (Bolivarian Republic of)", "ve"),
            ("Brunei Darussalam", "bn"),
            ("Swaziland", "sz"),
            ("Timor-Leste", "tl"),
            ("East Timor", "tl"),
            ("Micronesia (Federated States of)", "fm"),
            ("Holy See", "va"),
            ("Taiwan, Province of China", "tw"),
            ("Kosovo", "xk"),
        ];
}
