using System.Text.Json;
using System.Text.Json.Serialization;
using Lanthorn.Knowledge;

namespace Lanthorn.Commitments.Contracts;

/// <summary>The three strands of the Call to Action against migrant smuggling. Stored: the numbers only grow.</summary>
[JsonConverter(typeof(StrandWords))]
public enum Strand
{
    Prevent = 1,
    Respond = 2,
    Alternatives = 3,
}

internal sealed class StrandWords() : JsonStringEnumConverter<Strand>(JsonNamingPolicy.SnakeCaseLower);

public static class StrandText
{
    /// <summary>As it stands in addresses and files.</summary>
    public static string Text(this Strand strand) =>
        strand switch
        {
            Strand.Prevent => "prevent",
            Strand.Respond => "respond",
            _ => "alternatives",
        };

    public static Parsed<Strand> Parse(string? text)
    {
        foreach (var strand in Enum.GetValues<Strand>())
            if (strand.Text().Equals((text ?? "").Trim(), StringComparison.OrdinalIgnoreCase))
                return Parsed.Accept(strand);
        return Parsed.Refuse($"'{text}' is no strand: prevent, respond or alternatives");
    }
}
