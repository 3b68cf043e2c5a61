using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Lanthorn.Knowledge;

/// <summary>How Lanthorn writes JSON: every script in the clear, since the text is data and never pasted into HTML.</summary>
public static class JsonText
{
    public static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// False where a name or a value is no text: bytes that are no UTF-8, or half a surrogate pair written as an escape. Both
    /// pass as well-formed JSON, and reading them throws.
    /// </summary>
    public static bool IsText(JsonElement json)
    {
        var written = JsonMarshal.GetRawUtf8Value(json);
        if (!Utf8.IsValid(written))
            return false;
        var reader = new Utf8JsonReader(written);
        try
        {
            while (reader.Read())
                if (reader is { TokenType: JsonTokenType.String or JsonTokenType.PropertyName, ValueIsEscaped: true })
                    reader.GetString();
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
