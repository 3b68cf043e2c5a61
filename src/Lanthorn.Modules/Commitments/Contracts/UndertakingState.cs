using System.Text.Json;
using System.Text.Json.Serialization;
using Lanthorn.Knowledge;

namespace Lanthorn.Commitments.Contracts;

/// <summary>How an undertaking stands. It is worked out whenever it is asked for, and stored nowhere.</summary>
[JsonConverter(typeof(UndertakingStateWords))]
public enum UndertakingState
{
    Open,

    /// <summary>Due within <see cref="Standing.SoonDays"/> days.</summary>
    DueSoon,

    /// <summary>The day is past, and what was accepted does not reach the measure.</summary>
    Late,
    Delivered,
    Withdrawn,
}

internal sealed class UndertakingStateWords()
    : JsonStringEnumConverter<UndertakingState>(JsonNamingPolicy.SnakeCaseLower);

public static class UndertakingStateText
{
    /// <summary>As it stands in addresses and files.</summary>
    public static string Text(this UndertakingState state) =>
        state switch
        {
            UndertakingState.Open => "open",
            UndertakingState.DueSoon => "due_soon",
            UndertakingState.Late => "late",
            UndertakingState.Delivered => "delivered",
            _ => "withdrawn",
        };

    public static Parsed<UndertakingState> Parse(string? text)
    {
        foreach (var state in Enum.GetValues<UndertakingState>())
            if (state.Text().Equals((text ?? "").Trim().Replace('-', '_'), StringComparison.OrdinalIgnoreCase))
                return Parsed.Accept(state);
        return Parsed.Refuse($"'{text}' is no state: open, due_soon, late, delivered or withdrawn");
    }
}
