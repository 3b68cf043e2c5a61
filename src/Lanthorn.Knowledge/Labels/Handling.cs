namespace Lanthorn.Knowledge;

/// <summary>
/// The provider's handling codes (Europol, Council document 6243/18). They restrict what may be done with something, never
/// who may look; H0, the absence of restriction within the Regulation, is <see cref="None"/>. Stored: numbers only grow.
/// </summary>
[Flags]
public enum Handling
{
    None = 0,

    /// <summary>H1: not to be disclosed in judicial proceedings without the provider's permission.</summary>
    NotInProceedings = 1,

    /// <summary>H2: not to be disseminated without the provider's permission.</summary>
    AskBeforePassingOn = 2,

    /// <summary>H3: other restrictions, in the provider's words; every use asks the provider.</summary>
    OtherRestriction = 4,
}

/// <summary>The spelling of handling codes.</summary>
public static class HandlingText
{
    public static string Text(this Handling handling) =>
        handling == Handling.None
            ? "H0"
            : string.Join(
                ' ',
                new[]
                {
                    handling.HasFlag(Handling.NotInProceedings) ? "H1" : null,
                    handling.HasFlag(Handling.AskBeforePassingOn) ? "H2" : null,
                    handling.HasFlag(Handling.OtherRestriction) ? "H3" : null,
                }.OfType<string>()
            );

    public static Parsed<Handling> Parse(string? text)
    {
        var handling = Handling.None;
        foreach (var code in (text ?? "").Split([' ', ',', '|'], StringSplitOptions.RemoveEmptyEntries))
            switch (code.ToUpperInvariant())
            {
                case "H0":
                    break;
                case "H1":
                    handling |= Handling.NotInProceedings;
                    break;
                case "H2":
                    handling |= Handling.AskBeforePassingOn;
                    break;
                case "H3":
                    handling |= Handling.OtherRestriction;
                    break;
                default:
                    return Parsed.Refuse($"'{code}' is no handling code: H0, H1, H2 or H3");
            }
        return Parsed.Accept(handling);
    }
}
