using System.Text.Encodings.Web;
using System.Text.Json;

namespace Lanthorn.Knowledge;

/// <summary>How Lanthorn writes JSON: every script in the clear, since the text is data and never pasted into HTML.</summary>
public static class JsonText
{
    public static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
