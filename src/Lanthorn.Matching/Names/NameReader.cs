namespace Lanthorn.Matching;

/// <summary>
/// What kind of thing a subject is, as far as reading its names goes. Two kinds are compared by the customs of the first.
/// </summary>
public enum SubjectKind
{
    Person,
    Organisation,
    Vessel,
    Other,
}

/// <summary>Reads a name as weighed parts, by the customs of persons, organisations or vessels.</summary>
internal static class NameReader
{
    /// <summary>Parts of one name beyond this are not read.</summary>
    public const int MaxTokens = 24;

    private const int ShortestCompound = 3;

    public static PreparedName Read(string name, NameKind kind, SubjectKind subject) =>
        new(name, kind, [.. ReadParts(name, subject).Select(p => p.Token)]);

    /// <summary>The parts with the words they were read from, to mark in the original what matched.</summary>
    public static List<(Token Token, Word Word)> ReadParts(string name, SubjectKind subject)
    {
        var words = WordSplitter.Split(name, joinsInitials: subject is not SubjectKind.Person);
        if (subject is SubjectKind.Person or SubjectKind.Other)
            words = PutGivenNamesFirst(name, words);
        words = SplitArticles(words);
        var parts = new List<(Token, Word)>(words.Count);
        for (var i = 0; i < words.Count && parts.Count < MaxTokens; )
            i += ReadPart(words, i, subject, parts);
        return parts;
    }

    /// <summary>GHERMAY, Ermias is Ermias GHERMAY; with more than one comma nothing is sure.</summary>
    private static List<Word> PutGivenNamesFirst(string name, List<Word> words)
    {
        var comma = name.AsSpan().IndexOfAny(",،");
        if (comma <= 0 || name.AsSpan(comma + 1).IndexOfAny(",،") >= 0)
            return words;
        var after = words.Where(w => w.Start > comma).ToList();
        return after.Count == 0 || after.TrueForAll(w => Lexicon.Titles.Contains(w.Text))
            ? words
            : [.. after, .. words.Where(w => w.Start < comma)];
    }

    /// <summary>The Arabic article is written on to its word: الميلاد is al and Milad.</summary>
    private static List<Word> SplitArticles(List<Word> words)
    {
        var split = new List<Word>(words.Count);
        foreach (var word in words)
        {
            var hasSuffix = LegalForms.SuffixOf(word.Text);
            if (hasSuffix is not null)
            {
                var length = word.Text.Length - hasSuffix.Length;
                split.Add(word with { Text = word.Text[..length], Sound = word.Text[..length], Length = length });
                split.Add(new(hasSuffix, hasSuffix, word.Script, word.Start + length, hasSuffix.Length));
            }
            else if (
                word.Script == Script.Arabic
                && word.Text.Length >= 2 + ShortestCompound
                && word.Text.StartsWith("ال", StringComparison.Ordinal)
                && word.Text is not ("الياس" or "الهام")
            )
            {
                split.Add(word with { Text = "ال", Sound = "ال", Length = 2 });
                split.Add(new(word.Text[2..], word.Text[2..], Script.Arabic, word.Start + 2, word.Length - 2));
            }
            else
                split.Add(word);
        }
        return split;
    }

    /// <summary>Reads one part, which may take several words; returns how many it took.</summary>
    private static int ReadPart(List<Word> words, int i, SubjectKind subject, List<(Token, Word)> parts)
    {
        if (subject is not SubjectKind.Person)
        {
            var (form, length) = LegalForms.Find(words, i);
            if (form is not null && (words.Count > length || parts.Count > 0))
            {
                parts.Add((Make(words[i].Text, words[i], TokenKind.LegalForm, form), Span(words, i, length)));
                return length;
            }
        }
        if (subject is not SubjectKind.Vessel && ReadServant(words, i) is { Length: > 0 } servant)
        {
            parts.Add((servant.Token, Span(words, i, servant.Length)));
            return servant.Length;
        }
        if (Numbers.Read(words, i, subject) is { Length: > 0 } number)
        {
            parts.Add((Make(number.Text, words[i], TokenKind.Number, number.Text), Span(words, i, number.Length)));
            return number.Length;
        }
        parts.Add((TokenShaping.Shape(words[i], subject), words[i]));
        return 1;
    }

    /// <summary>
    /// Abd al-Rahman, Abdelrahman, Abdurrahman, عبد الرحمن, عبدالرحمن: "servant of" and one of God's names are one part,
    /// whatever stands for the article between them.
    /// </summary>
    private static (Token Token, int Length) ReadServant(List<Word> words, int i)
    {
        var word = words[i];
        var isMisspelt =
            Lexicon.MisspeltServants.Contains(word.Text) && i + 2 < words.Count && IsArticle(words[i + 1].Text);
        if ((isMisspelt || Lexicon.Servants.Contains(word.Text)) && i + 1 < words.Count)
        {
            var next = i + 1;
            if (next + 1 < words.Count && IsArticle(words[next].Text))
                next++;
            var name = words[next];
            if (name.Text.Length < ShortestCompound || name.Script != word.Script || Lexicon.Titles.Contains(name.Text))
                return default;
            return (Compound(name.Text, name.Sound, word.Script), next - i + 1);
        }
        var rest = Compounds.AfterServant(word.Text, word.Script);
        return rest is null ? default : (Compound(rest, rest, word.Script), 1);
    }

    private static bool IsArticle(string text) =>
        text
            is "al"
                or "el"
                or "ul"
                or "ol"
                or "ar"
                or "er"
                or "ur"
                or "as"
                or "es"
                or "us"
                or "az"
                or "ez"
                or "an"
                or "ال";

    private static Token Compound(string name, string sound, Script script)
    {
        var god = name is "lah" or "llah" or "la" or "alah" or "allah" or "ullah" or "له" or "الله" or "لله" or "اله";
        var text =
            script == Script.Arabic ? (god ? "عبدالله" : $"عبد{name}")
            : god ? "abdallah"
            : $"abd{name}";
        var heard =
            script == Script.Arabic && god ? "عبداله"
            : script == Script.Arabic ? text
            : $"abd{(god ? "alah" : sound)}";
        var weight = god ? TokenShaping.FrequentWeight : TokenShaping.FullWeight;
        return new(text, script, Spellings.Read(heard, script), TokenKind.Name, weight, null);
    }

    private static Token Make(string text, Word word, TokenKind kind, string canon) =>
        new(text, word.Script, Spellings.Read(text, word.Script), kind, TokenShaping.WeightOf(kind), canon);

    private static Word Span(List<Word> words, int start, int length) =>
        words[start] with
        {
            Length = Math.Max(words[start].End, words[start + length - 1].End) - words[start].Start,
        };
}
