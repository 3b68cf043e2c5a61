using Lanthorn.Formats;
using Lanthorn.Platform;

namespace Lanthorn.Intake.Proposing;

/// <summary>How a table is to be read, from the texts of a form, a request or a command line.</summary>
internal static class TableReadings
{
    /// <param name="field">Gives the text of <c>sheet</c>, <c>delimiter</c> or <c>encoding</c>; empty is to be found out.</param>
    /// <exception cref="RefusedException">A delimiter is not one character.</exception>
    public static TableReading Of(Func<string, string?> field) =>
        new(Text(field("sheet")), Delimiter(field("delimiter")), Text(field("encoding")));

    public static Refusal NoSuchSchema(string name) =>
        Refusal.Unprocessable(
            "table-schema",
            $"There is no schema '{name}' whose records could be imported",
            "Name one of FollowTheMoney's, such as Person, Company or Vessel",
            "schema"
        );

    private static string? Text(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static char? Delimiter(string? text) =>
        text switch
        {
            null or "" => null,
            "tab" or "\\t" => '\t',
            [var only] when only is not ('"' or '\r' or '\n') => only,
            _ => throw new RefusedException(
                Refusal.Unprocessable(
                    "table-delimiter",
                    "A delimiter is one character",
                    "Such as ; or tab",
                    "delimiter"
                )
            ),
        };
}
