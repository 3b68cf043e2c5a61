using System.Collections.Frozen;

namespace Lanthorn.Knowledge;

/// <summary>An international bank account number (ISO 13616): length by country and check digits modulo 97 hold.</summary>
public readonly record struct Iban
{
    /// <summary>Lengths by country, from the IBAN registry that SWIFT keeps for ISO 13616.</summary>
    private static readonly FrozenDictionary<string, int> Lengths = (
        "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 "
        + "ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 "
        + "LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 "
        + "PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30"
    )
        .Split(' ')
        .ToFrozenDictionary(
            c => c[..2],
            c => int.Parse(c.AsSpan(2), System.Globalization.CultureInfo.InvariantCulture),
            StringComparer.Ordinal
        );

    private readonly string? text;

    private Iban(string text) => this.text = text;

    public string Text => text ?? throw new InvalidOperationException("An empty IBAN");

    /// <summary>The country in lower case, as FollowTheMoney writes it.</summary>
    public string Country => Text[..2].ToLowerInvariant();

    public static Parsed<Iban> Parse(string? raw)
    {
        var text = CheckDigits.Compact(raw);
        if (text.StartsWith("IBAN", StringComparison.Ordinal))
            text = text[4..];
        if (
            text.Length < 5
            || !char.IsAsciiDigit(text[2])
            || !char.IsAsciiDigit(text[3])
            || !Lengths.TryGetValue(text[..2], out var length)
        )
            return Parsed.Refuse("an IBAN begins with a country and two check digits, such as DE89…");
        if (text.Length != length)
            return Parsed.Refuse($"an IBAN of {text[..2]} has {length} characters, this one {text.Length}");
        return CheckDigits.Mod97($"{text[4..]}{text[..4]}") == 1
            ? Parsed.Accept(new Iban(text))
            : Parsed.Refuse("the check digits of the IBAN are wrong");
    }

    public override string ToString() => text ?? "";
}
