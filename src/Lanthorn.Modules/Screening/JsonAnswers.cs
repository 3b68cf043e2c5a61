using System.Text.Json;
using Lanthorn.Knowledge;

namespace Lanthorn.Screening;

/// <summary>How the module's own API writes JSON: snake case as in the matching API, every script in the clear.</summary>
internal static class JsonAnswers
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JsonText.Compact.Encoder,
    };
}
