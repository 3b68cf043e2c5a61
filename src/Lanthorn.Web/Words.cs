using System.Globalization;
using System.Resources;

namespace Lanthorn.Web;

/// <summary>
/// The words of the workbench in the reader's language. English stands where it is used and is the key; every other language
/// is a resource file <c>Words/Words.(code).resx</c>. What a file lacks is shown in English.
/// </summary>
public static class Words
{
    private static readonly ResourceManager Texts = new("Lanthorn.Web.Words.Words", typeof(Words).Assembly);

    /// <summary>The code of the language in which the request is answered.</summary>
    public static string Language =>
        CultureInfo.CurrentUICulture.Name.Length == 0 ? "en" : CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;

    /// <summary>A text in the language of the request.</summary>
    /// <param name="english">With <c>{0}</c> for the first value, <c>{1}</c> for the second, and so on.</param>
    public static string T(string english, params ReadOnlySpan<object?> values)
    {
        var text = Find(english);
        return values.Length == 0 ? text : string.Format(CultureInfo.CurrentCulture, text, values);
    }

    /// <summary>Texts that differ in the case of their first letter are one entry: resource files know no such difference.</summary>
    private static string Find(string english)
    {
        if (Texts.GetString(english, CultureInfo.CurrentUICulture) is { } text)
            return text;
        if (english.Length == 0 || !char.IsLetter(english[0]))
            return english;
        var isCapital = char.IsUpper(english[0]);
        var other = isCapital ? char.ToLowerInvariant(english[0]) : char.ToUpperInvariant(english[0]);
        return Texts.GetString($"{other}{english[1..]}", CultureInfo.CurrentUICulture) is not { Length: > 0 } found
                ? english
            : isCapital ? $"{char.ToUpper(found[0], CultureInfo.CurrentUICulture)}{found[1..]}"
            : $"{char.ToLower(found[0], CultureInfo.CurrentUICulture)}{found[1..]}";
    }

    /// <summary>One or many, by how many there are: languages have a form for each.</summary>
    /// <param name="many">With <c>{0}</c> for the number.</param>
    public static string T(long number, string one, string many) =>
        T(number == 1 ? one : many, number.ToString("N0", CultureInfo.CurrentCulture));

    /// <summary>The same text: it is translated where it is shown, since what is made once has no reader yet.</summary>
    public static string Later(string english) => english;
}
