using System.Text;

namespace Lanthorn.Web;

/// <summary>
/// Which language a browser shall assume for a text, as far as its letters tell (BCP 47): the language where a script has
/// one, "undetermined, in this script" where it has many, nothing where the letters are Latin or of several scripts.
/// </summary>
internal static class ScriptLanguage
{
    /// <summary>What a text is by its first letters it is for a voice and for a font.</summary>
    private const int MaxRunesRead = 200;

    private const string Han = "und-Hani";
    private const string Japanese = "ja";
    private const string Korean = "ko";

    private static readonly (int First, int Last, string Tag)[] Scripts =
    [
        (0x0370, 0x03FF, "el"),
        (0x0400, 0x052F, "und-Cyrl"),
        (0x0530, 0x058F, "hy"),
        (0x0590, 0x05FF, "he"),
        (0x0600, 0x06FF, "und-Arab"),
        (0x0700, 0x074F, "und-Syrc"),
        (0x0750, 0x077F, "und-Arab"),
        (0x0870, 0x08FF, "und-Arab"),
        (0x0900, 0x097F, "und-Deva"),
        (0x0980, 0x09FF, "und-Beng"),
        (0x0E00, 0x0E7F, "th"),
        (0x10A0, 0x10FF, "ka"),
        (0x1100, 0x11FF, Korean),
        (0x1200, 0x139F, "und-Ethi"),
        (0x1780, 0x17FF, "km"),
        (0x1F00, 0x1FFF, "el"),
        (0x2D80, 0x2DDF, "und-Ethi"),
        (0x3040, 0x30FF, Japanese),
        (0x3400, 0x4DBF, Han),
        (0x4E00, 0x9FFF, Han),
        (0xAC00, 0xD7AF, Korean),
        (0xF900, 0xFAFF, Han),
        (0xFB50, 0xFDFF, "und-Arab"),
        (0xFE70, 0xFEFC, "und-Arab"),
        (0x20000, 0x323AF, Han),
    ];

    public static string? Of(string text)
    {
        string? found = null;
        foreach (var rune in text.EnumerateRunes().Take(MaxRunesRead).Where(Rune.IsLetter))
        {
            var tag = Scripts.FirstOrDefault(s => s.First <= rune.Value && rune.Value <= s.Last).Tag;
            if (tag is null)
                return null;
            if (found is null || (found == Han && tag is Japanese or Korean))
                found = tag;
            else if (tag != found && tag != Han)
                return null;
        }
        return found;
    }
}
