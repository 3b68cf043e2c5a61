using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Lanthorn.Knowledge;

/// <summary>A country or territory by its FollowTheMoney code (ISO 3166-1 alpha-2 in lower case, and some historic and disputed ones).</summary>
public readonly record struct CountryCode
{
    private const int MaxLength = 100;
    private const string LanguageResource = "countries.in.";

    private static readonly FrozenDictionary<string, string> Codes = ReadCodes();
    private static readonly FrozenDictionary<string, string> Numbers = ReadNumbers();
    private static readonly FrozenDictionary<string, string> Names = ReadNames();
    private static readonly ConcurrentDictionary<string, FrozenDictionary<string, string>> Labels = new();

    private readonly string? code;

    private CountryCode(string code) => this.code = code;

    public string Code => code ?? throw new InvalidOperationException("An empty country");

    public string Label => Model.Types["country"].Values[Code];

    /// <summary>
    /// Reads codes of two and three letters, the names that official lists use, and names in some fifty languages, of which
    /// a name that means two countries is left out.
    /// </summary>
    public static Parsed<CountryCode> Parse(string? raw)
    {
        var clean = CleanText.Line(raw);
        if (!clean.IsAccepted)
            return Parsed.Refuse(clean.Reason);
        if (clean.Value.Length > MaxLength)
            return Parsed.Refuse($"the name of a country has at most {MaxLength} characters");
        return
            Codes.TryGetValue(clean.Value.ToLowerInvariant(), out var code)
            || Names.TryGetValue(Fold(clean.Value), out code)
            ? Parsed.Accept(new CountryCode(code))
            : Parsed.Refuse($"'{clean.Value}' is no country or territory that is known here");
    }

    /// <summary>The country with a number of ISO 3166-1, three digits such as 434; null where there is none.</summary>
    public static CountryCode? OfNumber(string number) =>
        Numbers.TryGetValue(number, out var code) ? new CountryCode(code) : null;

    /// <summary>How a language calls a country; null where that is not known here.</summary>
    /// <param name="language">ISO 639-1, such as <c>fr</c>.</param>
    /// <param name="code">As the model has it; some are no codes of ISO 3166-1.</param>
    public static string? LabelIn(string language, string code) =>
        Labels.GetOrAdd(language, ReadLabels).GetValueOrDefault(code);

    public override string ToString() => code ?? "";

    private static FrozenDictionary<string, string> ReadLabels(string language)
    {
        var resource = $"{LanguageResource}{language}.json";
        if (typeof(CountryCode).Assembly.GetManifestResourceInfo(resource) is null)
            return FrozenDictionary<string, string>.Empty;
        using var json = Embedded(resource);
        return json
            .RootElement.GetProperty("countries")
            .EnumerateObject()
            .ToFrozenDictionary(
                c => c.Name.ToLowerInvariant(),
                c => c.Value.ValueKind == JsonValueKind.Array ? c.Value[0].GetString()! : c.Value.GetString()!,
                StringComparer.Ordinal
            );
    }

    /// <summary>FollowTheMoney's own codes, and ISO 3166-1's of three letters.</summary>
    private static FrozenDictionary<string, string> ReadCodes()
    {
        var known = Model.Types["country"].Values;
        var codes = known.Keys.ToDictionary(c => c, StringComparer.Ordinal);
        using var json = Embedded("countries.codes.json");
        foreach (var row in json.RootElement.EnumerateArray())
            if (row[0].GetString()!.ToLowerInvariant() is var code && known.ContainsKey(code))
                codes.TryAdd(row[1].GetString()!.ToLowerInvariant(), code);
        return codes.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static FrozenDictionary<string, string> ReadNumbers()
    {
        var known = Model.Types["country"].Values;
        using var json = Embedded("countries.codes.json");
        return json
            .RootElement.EnumerateArray()
            .Select(row => (Code: row[0].GetString()!.ToLowerInvariant(), Number: row[2].GetString()!))
            .Where(row => known.ContainsKey(row.Code))
            .ToFrozenDictionary(row => row.Number, row => row.Code, StringComparer.Ordinal);
    }

    private static FrozenDictionary<string, string> ReadNames()
    {
        var known = Model.Types["country"].Values;
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (code, label) in known)
            names.TryAdd(Fold(label), code);
        foreach (var (name, code) in AlsoCalled)
            if (known.ContainsKey(code))
                names.TryAdd(Fold(name), code);
        foreach (var (name, code) in Translated($"{LanguageResource}en.json"))
            names.TryAdd(name, code);
        var elsewhere = typeof(CountryCode)
            .Assembly.GetManifestResourceNames()
            .Where(resource => resource.StartsWith(LanguageResource, StringComparison.Ordinal))
            .SelectMany(Translated)
            .GroupBy(n => n.Name, n => n.Code, StringComparer.Ordinal);
        foreach (var meant in elsewhere)
            if (meant.Distinct().ToList() is [var only])
                names.TryAdd(meant.Key, only);
        return names.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>The names in one language; very short ones in Latin letters are left out, since they look like codes.</summary>
    private static IEnumerable<(string Name, string Code)> Translated(string resource)
    {
        const int leastLatinLetters = 4;
        var known = Model.Types["country"].Values;
        using var json = Embedded(resource);
        var found = new List<(string, string)>();
        foreach (var country in json.RootElement.GetProperty("countries").EnumerateObject())
        {
            var code = country.Name.ToLowerInvariant();
            if (!known.ContainsKey(code))
                continue;
            var spellings =
                country.Value.ValueKind == JsonValueKind.Array
                    ? [.. country.Value.EnumerateArray()]
                    : new[] { country.Value };
            foreach (var name in spellings.Select(n => Fold(n.GetString()!)))
                if (name.Length >= leastLatinLetters || (name.Length > 0 && !Ascii.IsValid(name)))
                    found.Add((name, code));
        }
        return found;
    }

    private static JsonDocument Embedded(string resource)
    {
        using var stream =
            typeof(CountryCode).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"{resource} is not embedded: run npm ci and build again");
        return JsonDocument.Parse(stream);
    }

    /// <summary>
    /// Letters and digits in lower case, without accents, vowel signs of Arabic and a leading "the"; letters that Arabic and
    /// Persian keyboards write differently are one.
    /// </summary>
    private static string Fold(string name)
    {
        var spelled = name.Replace("&", " and ", StringComparison.Ordinal);
        if (spelled.StartsWith("St. ", StringComparison.OrdinalIgnoreCase))
            spelled = $"Saint {spelled[4..]}";
        var folded = new StringBuilder(spelled.Length);
        foreach (var c in spelled.Normalize(NormalizationForm.FormD))
            if (
                char.IsLetterOrDigit(c)
                || (IsMark(c) && c is not (>= '\u0300' and <= '\u036F' or >= '\u064B' and <= '\u065F'))
            )
                folded.Append(
                    c switch
                    {
                        'ی' or 'ى' => 'ي',
                        'ک' => 'ك',
                        'ة' => 'ه',
                        'ı' => 'i',
                        _ => char.ToLowerInvariant(c),
                    }
                );
        var text = folded.ToString();
        return text.StartsWith("the", StringComparison.Ordinal) && text.Length > 5 ? text[3..] : text;
    }

    private static bool IsMark(char c) =>
        char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

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
