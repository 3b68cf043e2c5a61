using System.Globalization;
using Lanthorn.Formats;
using Lanthorn.Knowledge;
using Lanthorn.Platform;

namespace Lanthorn.Screening.Batch;

/// <summary>How a file is screened.</summary>
/// <param name="Dataset">A source code, or <c>default</c> for all that the viewer sees.</param>
/// <param name="Since">Only what came or changed at or after it is found; null for everything.</param>
/// <param name="Dates">How dates such as 03/04/1985 are meant; null finds it out from the first rows.</param>
internal sealed record BatchRequest(
    Schema Schema,
    string Dataset,
    double Threshold,
    DateTimeOffset? Since,
    DateOrder? Dates,
    string Columns
)
{
    public const double LeastThreshold = 0.5;

    /// <summary>From the fields of a form.</summary>
    /// <exception cref="RefusedException">A field is not what it should be.</exception>
    public static BatchRequest Of(Func<string, string?> field)
    {
        string? Given(string name) => field(name)?.Trim() is { Length: > 0 } text ? text : null;
        return new(
            EntityQuery.Matchable(Given("schema") ?? "Person", "schema"),
            Given("dataset") ?? Catalog.Everything,
            ReadThreshold(Given("threshold")),
            ReadSince(Given("since")),
            Given("dates") is { } dates ? ReadOrder(dates) : null,
            Given("columns") ?? ""
        );
    }

    private static double ReadThreshold(string? text)
    {
        if (text is null)
            return MatchRequest.DefaultThreshold;
        return
            double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            && value is >= LeastThreshold and <= 1
            ? value
            : throw EntityQuery.Shape(
                "threshold",
                $"threshold is a number from {LeastThreshold:0.0} to 1, such as 0.7"
            );
    }

    private static DateTimeOffset? ReadSince(string? text)
    {
        if (text is null)
            return null;
        return DateTimeOffset.TryParse(
            text,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var since
        )
            ? since
            : throw EntityQuery.Shape("since", "since is a day such as 2026-11-01");
    }

    private static DateOrder ReadOrder(string text) =>
        DateOrders.Find(text)
        ?? throw EntityQuery.Shape("dates", $"dates is one of {string.Join(", ", DateOrders.Names)}");
}
