namespace Lanthorn.Matching;

/// <summary>Decides what a single word is within a name, and what it weighs there.</summary>
internal static class TokenShaping
{
    public const float FullWeight = 1f;
    public const float FrequentWeight = 0.8f;
    private const float FatherWeight = 0.3f;
    private const float ShortWeight = 0.8f;

    /// <summary>A Chinese surname of one syllable is borne by millions.</summary>
    private const float SyllableWeight = 0.45f;

    public static float WeightOf(TokenKind kind) =>
        kind switch
        {
            TokenKind.Initial => 0.3f,
            TokenKind.Particle => 0.06f,
            TokenKind.Title => 0.05f,
            TokenKind.LegalForm => 0.04f,
            TokenKind.Generic => 0.45f,
            TokenKind.Place => 0.6f,
            TokenKind.Number => 0.5f,
            TokenKind.Stop => 0.03f,
            _ => FullWeight,
        };

    public static Token Shape(Word word, SubjectKind subject)
    {
        var text = subject == SubjectKind.Person ? WithoutDisguise(word.Text) : word.Text;
        var sound = ReferenceEquals(text, word.Text) ? word.Sound : text;
        var kind = KindOf(text, word.Script, subject);
        var canon = kind == TokenKind.Name ? Lexicon.SameName.GetValueOrDefault(text) : null;
        var isPersons = kind == TokenKind.Name && subject is SubjectKind.Person or SubjectKind.Other;
        var (known, forms) = isPersons && word.Script == Script.Latin ? NameParts.Find(text) : (FullWeight, 0);
        var weight = kind == TokenKind.Name ? Math.Min(known, NameWeight(text, word.Script, subject)) : WeightOf(kind);
        return new(text, word.Script, Spellings.Read(sound, word.Script), kind, weight, canon) { NativeForms = forms };
    }

    private static TokenKind KindOf(string text, Script script, SubjectKind subject)
    {
        if (subject == SubjectKind.Vessel)
            return Lexicon.VesselPrefixes.Contains(text) ? TokenKind.Title : TokenKind.Name;
        if (subject == SubjectKind.Person)
            return text.Length == 1 && !script.IsSyllabic() ? TokenKind.Initial
                : Lexicon.Particles.Contains(text) ? TokenKind.Particle
                : Lexicon.Titles.Contains(text) || Lexicon.MisspeltTitles.Contains(text) ? TokenKind.Title
                : TokenKind.Name;
        return Lexicon.Stops.Contains(text) ? TokenKind.Stop
            : Lexicon.Places.Contains(text) ? TokenKind.Place
            : Lexicon.Generics.Contains(text) ? TokenKind.Generic
            : Lexicon.Particles.Contains(text) ? TokenKind.Particle
            : TokenKind.Name;
    }

    private static float NameWeight(string text, Script script, SubjectKind subject) =>
        subject is not (SubjectKind.Person or SubjectKind.Other) ? FullWeight
        : Lexicon.Fathers.Contains(text) ? FatherWeight
        : Lexicon.Frequent.Contains(text) ? FrequentWeight
        : script is Script.Han or Script.Hangul && text.Length <= 2 ? SyllableWeight * text.Length
        : text.Length <= 2 && !script.IsSyllabic() ? ShortWeight
        : FullWeight;

    /// <summary>Digits that stand for letters, I9or for Igor; only in words that have letters as well.</summary>
    private static string WithoutDisguise(string text)
    {
        var (digits, letters) = (0, 0);
        foreach (var c in text)
        {
            digits += char.IsAsciiDigit(c) ? 1 : 0;
            letters += char.IsAsciiLetter(c) ? 1 : 0;
        }
        if (digits == 0 || letters < digits)
            return text;
        return string.Create(
            text.Length,
            text,
            static (span, from) =>
            {
                for (var i = 0; i < span.Length; i++)
                    span[i] = from[i] switch
                    {
                        '0' => 'o',
                        '1' => 'i',
                        '3' => 'e',
                        '4' => 'a',
                        '5' => 's',
                        '7' => 't',
                        '9' => 'g',
                        var c => c,
                    };
            }
        );
    }
}
