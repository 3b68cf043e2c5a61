using System.Globalization;

namespace Lanthorn.Program.Demonstration.World;

/// <summary>
/// Numbers of the right form that belong to nobody: from ranges that are kept for fiction, or that no authority gives out.
/// Which, and from which source, is in docs/decisions/0009-fictional-world.md. A test reads each back as real ones are read.
/// </summary>
internal static class Numbers
{
    private const int FictionalMobiles = 1_000;
    private static readonly CultureInfo Plain = CultureInfo.InvariantCulture;

    /// <summary>Ofcom's numbers for drama while they last, then the country code 888, which is given to nobody.</summary>
    public static string Phone(int unit, int number) =>
        unit == 0 && number < FictionalMobiles
            ? string.Create(Plain, $"+447700900{number:000}")
            : string.Create(Plain, $"+888{10_000 + unit:00000}{number:000000}");

    /// <summary>Of a bank that no registry knows: bank code ZZZZ, or a Bankleitzahl of zeros.</summary>
    public static string Iban(int unit, int number)
    {
        var account = string.Create(Plain, $"{unit:000}{number:00000}");
        var (country, rest) = (number % 3) switch
        {
            0 => ("GB", $"ZZZZ000000{account}"),
            1 => ("NL", $"ZZZZ00{account}"),
            _ => ("DE", $"0000000000{account}"),
        };
        var sum = 0;
        foreach (var c in $"{rest}{country}00")
            sum = char.IsAsciiDigit(c) ? ((sum * 10) + c - '0') % 97 : ((sum * 100) + c - 'A' + 10) % 97;
        return string.Create(Plain, $"{country}{98 - sum:00}{rest}");
    }

    /// <summary>Below 5000000, where no ship's number lies, with a right check digit.</summary>
    public static string Imo(int unit, int number)
    {
        var digits = string.Create(Plain, $"{200_000 + (unit * Sizes.MaxVessels) + number:000000}");
        var sum = 0;
        for (var at = 0; at < digits.Length; at++)
            sum += (digits[at] - '0') * (7 - at);
        return string.Create(Plain, $"IMO{digits}{sum % 10}");
    }

    /// <summary>No state has call signs that begin with Q.</summary>
    public static string CallSign(int unit, int number) => string.Create(Plain, $"QZ{unit:000}{number:0000}");

    /// <summary>ZZ is a code that ISO 3166 leaves to its users.</summary>
    public static string Document(int unit, int number) => string.Create(Plain, $"ZZ{unit:000}{number:00000}");

    public static string Plate(int unit, int number) => string.Create(Plain, $"ZZ-{unit:000}-{number:0000}");

    public static string Register(int unit, int number) => string.Create(Plain, $"FICT-{unit:000}-{number:00000}");
}
