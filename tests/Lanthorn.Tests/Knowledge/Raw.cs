using CsCheck;

namespace Lanthorn.Tests.KnowledgeRoom;

/// <summary>Text as untrusted sources write it: every plane of Unicode, what breaks naive code, and half-right values.</summary>
internal static class Raw
{
    private static readonly string[] Awkward =
    [
        " ",
        "\n",
        "\t",
        "\r\n",
        "\u00A0",
        "\u200B",
        "\u200C",
        "\u200D",
        "\u202E",
        "\u2066",
        "\u0301",
        "\uFFFE",
        "\uFFFF",
        "\u037E",
        "\u1100",
        "\u1161",
        "\uD800",
        "\U000E0041",
        "\"",
        "'",
        "“",
        "”",
        ",",
        ";",
        "-",
        "--",
        "/",
        ":",
        "@",
        "+",
        "%",
        "٢",
        "۳",
        "𞥓",
        "ﬁ",
        "é",
        "Å",
        "İ",
        "ß",
        "محمد",
        "李",
        "Ω",
        "http://",
        "example.org",
        "1986",
        "-03",
        "00",
        "IMO",
    ];

    private static readonly Gen<string> Piece = Gen.Frequency(
        (4, Gen.Int[0, Awkward.Length - 1].Select(at => Awkward[at])),
        (3, Gen.Char[' ', '~'].Select(c => c.ToString())),
        (2, Gen.Int[0x80, 0x10FFFF].Where(c => c is < 0xD800 or > 0xDFFF).Select(char.ConvertFromUtf32)),
        (1, Gen.Char.Select(c => c.ToString()))
    );

    public static readonly Gen<string> Text = Piece.Array[0, 12].Select(string.Concat);
}
