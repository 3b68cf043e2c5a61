namespace Lanthorn.Knowledge;

/// <summary>
/// How reliable the source is (A, B, C, X) and how accurate the information (1-4), as in Article 29 of Regulation
/// (EU) 2016/794. A grading given on another scale (Admiralty A-F and 1-6) is kept as given in <see cref="AsGiven"/>
/// and mapped.
/// </summary>
public readonly record struct Evaluation
{
    private readonly char source;
    private readonly char information;
    private readonly string? asGiven;

    /// <summary>X4 is the default, so that what nobody graded equals what was graded X4.</summary>
    private Evaluation(char source, char information, string asGiven)
    {
        if (asGiven != "X4")
            (this.source, this.information, this.asGiven) = (source, information, asGiven);
    }

    /// <summary>Not assessed: the source cannot be assessed, the accuracy is not known.</summary>
    public static readonly Evaluation Unassessed;

    public char Source => source == default ? 'X' : source;
    public char Information => information == default ? '4' : information;
    public string AsGiven => asGiven ?? "X4";

    public static Parsed<Evaluation> Parse(string? text)
    {
        text = text?.Trim();
        if (text is not { Length: 2 })
            return Parsed.Refuse("an evaluation is a letter and a digit, such as B3");
        var (source, information) = (char.ToUpperInvariant(text[0]), char.ToUpperInvariant(text[1]));
        var asGiven = $"{source}{information}";
        return (source, information) switch
        {
            ('A' or 'B' or 'C' or 'X', >= '1' and <= '4') => Parsed.Accept(
                new Evaluation(source, information, asGiven)
            ),
            // Admiralty: D (not usually reliable) and E (unreliable) are nearest to C, F (cannot be judged) to X;
            // 5 (improbable) and 6 (cannot be judged) to 4 (cannot be corroborated).
            ('A' or 'B' or 'C' or 'D' or 'E' or 'F' or 'X', >= '1' and <= '6') => Parsed.Accept(
                new Evaluation(
                    source switch
                    {
                        'D' or 'E' => 'C',
                        'F' => 'X',
                        _ => source,
                    },
                    information is '5' or '6' ? '4' : information,
                    asGiven
                )
            ),
            _ => Parsed.Refuse($"'{text}' is no evaluation: A, B, C or X and 1 to 4 (or Admiralty A-F and 1-6)"),
        };
    }

    /// <summary>In words, for a title or a screen reader.</summary>
    public string InWords =>
        Source switch
        {
            'A' => "no doubt about the source",
            'B' => "source reliable in most instances",
            'C' => "source unreliable in most instances",
            _ => "source cannot be assessed",
        }
        + ", "
        + Information switch
        {
            '1' => "accuracy not in doubt",
            '2' => "known personally to the source",
            '3' => "corroborated by recorded information",
            _ => "cannot be corroborated",
        };

    public override string ToString() => AsGiven;
}
