using System.Globalization;
using Lanthorn.Knowledge;
using Lanthorn.Platform;

namespace Lanthorn.Commitments;

/// <summary>What people write about undertakings, read and refused in one way wherever it comes from.</summary>
internal static class Written
{
    public const int MaxText = 2_000;
    public const int MaxName = 200;
    public const int MaxReason = 500;
    public const int MaxLink = 1_000;

    /// <summary>Amounts are kept as floating numbers of 15 digits: beyond this they would not be what was written.</summary>
    private const decimal MaxAmount = 1_000_000_000_000m;

    /// <exception cref="RefusedException">There is none, or it is too long.</exception>
    public static string Need(string field, string? text, int most = MaxName) =>
        May(field, text, most) is { Length: > 0 } given
            ? given
            : throw Refuse(field, $"'{field}' is missing", $"Give 1 to {most} characters");

    /// <exception cref="RefusedException">It is too long.</exception>
    public static string May(string field, string? text, int most = MaxName)
    {
        var given = (text ?? "").Trim();
        return given.Length <= most
            ? given
            : throw Refuse(field, $"'{field}' has {given.Length} characters", $"Write at most {most}");
    }

    /// <exception cref="RefusedException">It was refused as it was read.</exception>
    public static T Taken<T>(string field, Parsed<T> parsed) =>
        parsed.IsAccepted ? parsed.Value : throw Refuse(field, parsed.Reason, "Correct it and send it again");

    /// <summary>Null where nothing is written.</summary>
    /// <exception cref="RefusedException">It is no day.</exception>
    public static DateOnly? Day(string field, string? text) =>
        string.IsNullOrWhiteSpace(text) ? null
        : DateOnly.TryParseExact(text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, 0, out var day) ? day
        : throw Refuse(field, $"'{text}' is no day", "Write it like 2026-05-31");

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
            : throw Refuse(
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
        var label = Taken("label", Knowledge.Label.Parse(wanted));
        return Knowledge.Label.Sees(viewer, label)
            ? label
            : throw Refuse("label", "You would not see it yourself", "Choose a label that you see");
    }

    public static RefusedException Refuse(string field, string message, string wayOut) =>
        new(Refusal.Unprocessable($"undertaking-{field}", message, wayOut, field));
}
