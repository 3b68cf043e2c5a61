using System.Text;
using Lanthorn.Knowledge;

namespace Lanthorn.Formats;

/// <summary>Encodings by name, decoding what they cannot decode to <see cref="DelimitedReader.Undecodable"/>.</summary>
internal static class TextEncoding
{
    private static readonly DecoderReplacementFallback Mark = new(DelimitedReader.Undecodable.ToString());

    public static Parsed<Encoding> Find(string name)
    {
        try
        {
            return Parsed.Accept(
                CodePagesEncodingProvider.Instance.GetEncoding(name, EncoderFallback.ReplacementFallback, Mark)
                    ?? Encoding.GetEncoding(name, EncoderFallback.ReplacementFallback, Mark)
            );
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return Parsed.Refuse($"no encoding '{name}'");
        }
    }
}
