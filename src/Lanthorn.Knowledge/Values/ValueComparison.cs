namespace Lanthorn.Knowledge;

/// <summary>When two values of a property say the same.</summary>
public static class ValueComparison
{
    private const int LeastCharacters = 5;

    /// <summary>
    /// The key under which equal identifiers meet: letters and digits in upper case. Null where the type tells nobody apart
    /// or the value is too short to.
    /// </summary>
    public static string? PivotKey(PropertyType type, string value)
    {
        if (type.Name is not ("identifier" or "phone" or "email" or "iban"))
            return null;
        var key = string.Concat(value.Where(char.IsLetterOrDigit)).ToUpperInvariant();
        return key.Length < LeastCharacters ? null : $"{type.Name}:{key}";
    }
}
