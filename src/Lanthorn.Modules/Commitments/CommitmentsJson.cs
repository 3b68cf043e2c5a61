using System.Text.Json;
using Lanthorn.Knowledge;

namespace Lanthorn.Commitments;

/// <summary>How this module's answers write JSON: snake case, every script in the clear.</summary>
internal static class CommitmentsJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JsonText.Compact.Encoder,
    };

    public static string Of(object answer) => JsonSerializer.Serialize(answer, Options);
}
