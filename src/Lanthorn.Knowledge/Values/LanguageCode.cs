using System.Collections.Frozen;
using System.Globalization;

namespace Lanthorn.Knowledge;

/// <summary>
/// A language by its ISO 639-3 code. FollowTheMoney lists some sixty; the languages of the routes (Tigrinya, Amharic, Pashto,
/// Dari, Kurdish …) are accepted beside them.
/// </summary>
public readonly record struct LanguageCode
{
    private static readonly FrozenDictionary<string, string> Known = ReadNames();

    private readonly string? code;

    private LanguageCode(string code) => this.code = code;

    public string Code => code ?? throw new InvalidOperationException("An empty language");

    /// <summary>Reads ISO 639 codes, English names, and tags such as <c>ar-SY</c> of which the region is passed over.</summary>
    public static Parsed<LanguageCode> Parse(string? raw)
    {
        var text = (raw ?? "").Trim().ToLowerInvariant();
        var end = text.IndexOfAny(['-', '_']);
        var tag = end is 2 or 3 ? text[..end] : text;
        return Known.TryGetValue(text, out var code) || Known.TryGetValue(tag, out code)
            ? Parsed.Accept(new LanguageCode(code))
            : Parsed.Refuse("no language that is known here: use an ISO 639 code or its English name");
    }

    public override string ToString() => code ?? "";

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
        foreach (var pair in Bibliographic.Split(' '))
            names.TryAdd(pair[..3], pair[4..]);
        return names.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>ISO 639-2's second codes, for libraries.</summary>
    private const string Bibliographic =
        "alb=sqi arm=hye bur=mya chi=zho cze=ces dut=nld fre=fra geo=kat ger=deu gre=ell mac=mkd may=msa per=fas rum=ron slo=slk";

    private static (string Code, string Name)[] Routes =>
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
