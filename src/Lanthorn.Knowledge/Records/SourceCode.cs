namespace Lanthorn.Knowledge;

/// <summary>The short name of a source, such as <c>un-sc</c>: 1 to 40 of a-z, 0-9 and inner hyphens.</summary>
public readonly record struct SourceCode : IComparable<SourceCode>
{
    public const int MaxLength = 40;

    private readonly string? value;

    private SourceCode(string value) => this.value = value;

    public string Value => value ?? throw new InvalidOperationException("An empty source code");

    public static Parsed<SourceCode> Parse(string? text)
    {
        if (string.IsNullOrEmpty(text) || text.Length > MaxLength)
            return Parsed.Refuse($"a source code has 1 to {MaxLength} characters");
        foreach (var c in text)
            if (!(char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
                return Parsed.Refuse($"'{c}' cannot be part of a source code: use a-z, 0-9 and hyphens");
        if (text[0] == '-' || text[^1] == '-')
            return Parsed.Refuse("a source code neither begins nor ends with a hyphen");
        return Parsed.Accept(new SourceCode(text));
    }

    public int CompareTo(SourceCode other) => string.CompareOrdinal(value, other.value);

    public override string ToString() => value ?? "";

    public static bool operator <(SourceCode left, SourceCode right) => left.CompareTo(right) < 0;

    public static bool operator >(SourceCode left, SourceCode right) => left.CompareTo(right) > 0;

    public static bool operator <=(SourceCode left, SourceCode right) => left.CompareTo(right) <= 0;

    public static bool operator >=(SourceCode left, SourceCode right) => left.CompareTo(right) >= 0;
}
