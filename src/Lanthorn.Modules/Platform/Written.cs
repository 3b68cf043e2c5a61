using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Lanthorn.Knowledge;

namespace Lanthorn.Platform;

/// <summary>What people write in forms, read and refused in one way wherever it comes from.</summary>
internal static class Written
{
    public const int MaxText = 4_000;
    public const int MaxName = 200;
    public const int MaxReason = 1_000;

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

    /// <summary>Null where nothing is written: a moment of UTC, to the minute.</summary>
    /// <exception cref="RefusedException">It is no moment.</exception>
    public static DateTimeOffset? Moment(string field, string? text) =>
        string.IsNullOrWhiteSpace(text) ? null
        : DateTimeOffset.TryParse(text.Trim(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? at.ToUniversalTime()
        : throw Refuse(field, $"'{text}' is no moment", "Write it like 2026-05-31T14:30");

    /// <summary>One of a closed list, written in snake case.</summary>
    /// <exception cref="RefusedException">It is none of them.</exception>
    public static T Choice<T>(string field, string? text)
        where T : struct, Enum
    {
        foreach (var one in Enum.GetValues<T>())
            if (string.Equals(Word(one), text?.Trim(), StringComparison.OrdinalIgnoreCase))
                return one;
        throw Refuse(
            field,
            $"'{text}' is no choice for '{field}'",
            $"Choose one of {string.Join(", ", Enum.GetValues<T>().Select(Word))}"
        );
    }

    /// <summary>A member of a closed list as addresses, forms and answers write it.</summary>
    public static string Word<T>(T one)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName($"{one}");

    public static RefusedException Refuse(string field, string message, string wayOut) =>
        new(Refusal.Unprocessable($"written-{field}", message, wayOut, field));
}

/// <summary>Answers write closed lists in snake case.</summary>
internal sealed class SnakeWords<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower)
    where T : struct, Enum;
