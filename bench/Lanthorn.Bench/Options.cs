using System.Globalization;

namespace Lanthorn.Bench;

/// <summary>What a benchmark run is asked to do.</summary>
internal sealed record Options(
    string? Pack,
    int Records,
    int Seconds,
    IReadOnlySet<string> Flags,
    string? To,
    string? Database,
    int Scale
)
{
    public static Options Parse(string[] arguments)
    {
        string? Value(string name) =>
            Array.IndexOf(arguments, name) is >= 0 and var at && at + 1 < arguments.Length ? arguments[at + 1] : null;
        return new(
            Value("--pack") ?? Environment.GetEnvironmentVariable("LANTHORN_PACK"),
            int.Parse(Value("--records") ?? "100000", CultureInfo.InvariantCulture),
            int.Parse(Value("--seconds") ?? "10", CultureInfo.InvariantCulture),
            arguments.ToHashSet(StringComparer.Ordinal),
            Value("--to"),
            Value("--database"),
            int.Parse(Value("--scale") ?? "1", CultureInfo.InvariantCulture)
        );
    }

    /// <summary>A switch without a value, such as <c>--errors</c>.</summary>
    public bool Has(string flag) => Flags.Contains(flag);
}
