using System.Collections.Frozen;
using System.Globalization;

namespace Lanthorn.Knowledge;

/// <summary>
/// A language by its ISO 639-3 code. FollowTheMoney lists some sixty; the languages of the routes (Tigrinya, Amharic, Pashto,
/// Dari, Kurdish …) are accepted beside them.
/// </summary>
public readonly record struct LanguageCode(string Code)
{
    private static readonly FrozenDictionary<string, string> Known = ReadNames();

    public static Parsed<LanguageCode> Parse(string? raw) =>
        Known.TryGetValue((raw ?? "").Trim().ToLowerInvariant(), out var code)
            ? Parsed.Accept(new LanguageCode(code))
            : Parsed.Refuse("no language that is known here: use an ISO 639 code or its English name");

    private static FrozenDictionary<string, string> ReadNames()
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (code, label) in Model.Types["language"].Values)
            (names[code], names[label.ToLowerInvariant()]) = (code, code);
        foreach (var (code, name) in Routes)
            (names[code], names[name]) = (code, code);
        foreach (var culture in CultureInfo.GetCultures(CultureTypes.NeutralCultures))
            if (names.TryGetValue(culture.ThreeLetterISOLanguageName, out var code))
            {
                names.TryAdd(culture.TwoLetterISOLanguageName, code);
                names.TryAdd(culture.EnglishName.ToLowerInvariant(), code);
            }
        return names.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static readonly (string Code, string Name)[] Routes =
    [
        ("amh", "amharic"),
        ("tir", "tigrinya"),
        ("orm", "oromo"),
        ("som", "somali"),
        ("hau", "hausa"),
        ("yor", "yoruba"),
        ("ful", "fulah"),
        ("wol", "wolof"),
        ("bam", "bambara"),
        ("pus", "pashto"),
        ("prs", "dari"),
        ("kur", "kurdish"),
        ("kmr", "kurmanji"),
        ("ckb", "sorani"),
        ("pan", "punjabi"),
        ("vie", "vietnamese"),
        ("tam", "tamil"),
        ("sin", "sinhala"),
        ("uig", "uyghur"),
        ("tat", "tatar"),
    ];
}
