using System.Text.Json;
using Lanthorn.Knowledge;

namespace Lanthorn.Governance;

/// <summary>How the module writes JSON: snake case, every script in the clear.</summary>
internal static class GovernanceJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JsonText.Compact.Encoder,
    };

    public static string Of<T>(T value) => JsonSerializer.Serialize(value, Options);
}
