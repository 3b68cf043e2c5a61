using System.Globalization;
using Lanthorn.Knowledge;
using Lanthorn.Platform;

namespace Lanthorn.Commitments;

/// <summary>What the fields of an undertaking hold, beside what is written anywhere (<see cref="Written"/>).</summary>
internal static class UndertakingFields
{
    public const int MaxText = 2_000;
    public const int MaxName = 200;
    public const int MaxReason = 500;
    public const int MaxLink = 1_000;

    /// <summary>Amounts are kept as floating numbers of 15 digits: beyond this they would not be what was written.</summary>
    private const decimal MaxAmount = 1_000_000_000_000m;

    /// <summary>Null where nothing is written.</summary>
    /// <exception cref="RefusedException">It is no number above zero, or too large.</exception>
    public static decimal? Amount(string field, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        var isNumber = decimal.TryParse(text.Trim(), NumberStyles.Number, CultureInfo.InvariantCulture, out var number);
        return Amount(field, isNumber ? number : 0);
    }

    /// <inheritdoc cref="Amount(string, string?)"/>
    public static decimal? Amount(string field, decimal? number) =>
        number is null or > 0 and <= MaxAmount
            ? number
            : throw Written.Refuse(
                field,
                "That is no amount",
                $"Write a number above 0 and up to {MaxAmount:0}, with a point before its decimals"
            );

    /// <summary>Who may see it: what was written; else his own organisation, TLP:AMBER or as far as he is cleared.</summary>
    /// <exception cref="RefusedException">It is no label, or the viewer would not see what he writes.</exception>
    public static Label Label(Viewer viewer, string? text)
    {
        var level = viewer.Clearance >= Tlp.Amber ? "amber" : "green";
        var wanted = string.IsNullOrWhiteSpace(text) ? $"org={viewer.Organisation};tlp={level}" : text;
        var label = Written.Taken("label", Knowledge.Label.Parse(wanted));
        return Knowledge.Label.Sees(viewer, label)
            ? label
            : throw Written.Refuse("label", "You would not see it yourself", "Choose a label that you see");
    }
}
