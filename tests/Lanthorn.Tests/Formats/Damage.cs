using System.Globalization;
using System.Text;

namespace Lanthorn.Tests.Formats;

/// <summary>
/// What chance does to a file or a text. <c>LANTHORN_FUZZ</c> is the number of inputs of a long run, which begins where the
/// short one ends.
/// </summary>
internal static class Damage
{
    private const string LongRun = "LANTHORN_FUZZ";

    private static readonly string[] Pieces =
    [
        "<",
        ">",
        "&",
        "\"",
        "'",
        "<!DOCTYPE a [<!ENTITY b \"c\">]>",
        "<![CDATA[",
        "</",
        "{",
        "}",
        "[",
        "]",
        ",",
        ";",
        "\\ud800",
        "\0",
        "\r\n",
        "\uFEFF",
        "\uD7FF",
        "-1",
        "99999999999999999999",
        "0000-00-00",
        "(1)",
        "1e999",
        "\uFFFE",
        "\uD800",
        "\u0301",
    ];

    /// <param name="share">Of a long run: where an input costs much, one of so many.</param>
    public static IEnumerable<int> Seeds(int inputs, int share = 1)
    {
        var given = Environment.GetEnvironmentVariable(LongRun);
        return
            int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var many) && many / share > inputs
            ? Enumerable.Range(inputs, many / share)
            : Enumerable.Range(0, inputs);
    }

    /// <summary>A text, damaged in its characters or in its bytes.</summary>
    public static string To(string original, Random chance)
    {
        if (chance.Next(3) == 0)
            return Encoding.UTF8.GetString(To(Encoding.UTF8.GetBytes(original), chance));
        var text = new StringBuilder(original);
        for (var times = chance.Next(1, 5); times > 0; times--)
        {
            var at = chance.Next(text.Length + 1);
            var length = Math.Min(chance.Next(1, 6), text.Length - at);
            switch (chance.Next(6))
            {
                case 0:
                    text.Remove(at, length);
                    break;
                case 1:
                    text.Insert(at, text.ToString(at, length));
                    break;
                case 2:
                    text.Insert(at, Pieces[chance.Next(Pieces.Length)]);
                    break;
                case 3:
                    text.Insert(at, (char)chance.Next(char.MaxValue + 1));
                    break;
                case 4:
                    text.Insert(at, (char)chance.Next(' ', '~'));
                    break;
                default:
                    text.Insert(at, new string((char)chance.Next(' ', '~'), chance.Next(500)));
                    break;
            }
        }
        return text.ToString();
    }

    public static byte[] To(byte[] original, Random chance)
    {
        var bytes = original.ToList();
        for (var times = chance.Next(1, 6); times > 0 && bytes.Count > 0; times--)
        {
            var at = chance.Next(bytes.Count);
            var length = Math.Min(chance.Next(1, 40), bytes.Count - at);
            switch (chance.Next(7))
            {
                case 0:
                    bytes[at] = (byte)chance.Next(256);
                    break;
                case 1:
                    bytes[at] ^= (byte)(1 << chance.Next(8));
                    break;
                case 2:
                    bytes.RemoveRange(at, length);
                    break;
                case 3:
                    bytes.InsertRange(chance.Next(bytes.Count), bytes.GetRange(at, length));
                    break;
                case 4:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                case 5:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Pieces[chance.Next(Pieces.Length)]));
                    break;
                default:
                    // A whole line or tag again, so that ids come twice.
                    var end = bytes.FindIndex(at, b => b is (byte)'\n' or (byte)'>');
                    if (end > at)
                        bytes.InsertRange(end + 1, bytes.GetRange(at, end + 1 - at));
                    break;
            }
        }
        return [.. bytes];
    }
}
