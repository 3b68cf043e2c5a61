namespace Lanthorn.Matching;

/// <summary>Takes apart names of the form "servant of …" that are written as one word.</summary>
internal static class Compounds
{
    private const int ShortestRest = 3;

    /// <summary>What follows abd and its article: rahman for abdelrahman, abdurrahman, abdirahman; null when none is meant.</summary>
    public static string? AfterServant(string text, Script script)
    {
        if (script == Script.Arabic)
            return !text.StartsWith("عبد", StringComparison.Ordinal) || text.Length < 3 + ShortestRest ? null
                : text.AsSpan(3).StartsWith("ال", StringComparison.Ordinal) && text.Length >= 5 + ShortestRest - 1
                    ? text[5..]
                : text[3..];
        if (script != Script.Latin || !text.StartsWith("abd", StringComparison.Ordinal) || text.Length < 6)
            return null;
        var at = 3;
        while (at < text.Length && at < 5 && text[at] is 'a' or 'e' or 'i' or 'o' or 'u')
            at++;
        if (at == 3)
            return text.Length >= 3 + ShortestRest + 2 ? Undoubled(text[3..]) : null;
        var rest = text[at..];
        if (rest.Length > ShortestRest && rest[0] == 'l' && rest is not ("lah" or "llah"))
            rest = rest[1] == 'l' ? rest[1..] : rest[1..];
        return rest.Length >= 2 && (rest.Length >= ShortestRest || rest == "la") ? Undoubled(rest) : null;
    }

    /// <summary>The article takes on the sound of a following r, s, n, z, d, t: abdurrahman, abdessalam.</summary>
    private static string Undoubled(string rest) =>
        rest.Length > ShortestRest && rest[0] == rest[1] && rest[0] is 'r' or 's' or 'n' or 'z' or 'd' or 't' or 'j'
            ? rest[1..]
            : rest;
}
