namespace Lanthorn.Knowledge;

/// <summary>An IMO ship or company number (IMO resolutions A.1117(30) and MSC.160(78)): seven digits, the last a check digit.</summary>
public readonly record struct ImoNumber
{
    private readonly string? text;

    private ImoNumber(string text) => this.text = text;

    /// <summary><c>IMO9074729</c>.</summary>
    public string Text => text ?? throw new InvalidOperationException("An empty IMO number");

    public static Parsed<ImoNumber> Parse(string? raw)
    {
        var text = CheckDigits.Compact(raw);
        if (text.StartsWith("IMO", StringComparison.Ordinal))
            text = text[3..];
        if (text.StartsWith("NO", StringComparison.Ordinal))
            text = text[2..];
        if (text.Length != 7 || !text.All(char.IsAsciiDigit))
            return Parsed.Refuse("an IMO number has seven digits");
        var ship = CheckDigits.Weighted(text, [7, 6, 5, 4, 3, 2]);
        var company = CheckDigits.Weighted(text, [8, 6, 4, 2, 9, 7]);
        var check = text[6] - '0';
        return ship % 10 == check || (11 - (company % 11)) % 10 == check
            ? Parsed.Accept(new ImoNumber($"IMO{text}"))
            : Parsed.Refuse("the check digit of the IMO number is wrong");
    }

    public override string ToString() => text ?? "";
}
