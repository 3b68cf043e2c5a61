using Lanthorn.Knowledge;

namespace Lanthorn.Governance;

/// <summary>Purposes and marks in words, as an account's page tells them.</summary>
internal static class Purposes
{
    /// <summary>What a purpose opens, for each of <see cref="Label.KnownPurposes"/>.</summary>
    public static string InWords(string purpose) =>
        purpose switch
        {
            "enforcement" => "records kept to act against smuggling networks",
            "prevention" => "records kept to warn and inform people",
            "programme" => "records of funded programmes and partnerships",
            "public" => "what anyone may read",
            _ => throw new ArgumentOutOfRangeException(nameof(purpose), purpose, "no purpose"),
        };

    /// <summary>How far what is marked so may go (Traffic Light Protocol 2.0).</summary>
    public static string InWords(Tlp tlp) =>
        tlp switch
        {
            Tlp.Clear => "what may go to anyone",
            Tlp.Green => "what stays among those who work in the field",
            Tlp.Amber => "what stays with an organisation and those for whom it works",
            Tlp.AmberStrict => "what stays inside an organisation",
            Tlp.Red => "what is for named people alone",
            _ => throw new ArgumentOutOfRangeException(nameof(tlp)),
        };
}
