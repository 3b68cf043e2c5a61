using System.Text.Json;
using System.Text.Json.Serialization;
using Lanthorn.Knowledge;

namespace Lanthorn.Intake;

/// <summary>How this module's answers write JSON: snake case as in the matching API, every script in the clear.</summary>
internal static class IntakeJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JsonText.Compact.Encoder,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };
}
