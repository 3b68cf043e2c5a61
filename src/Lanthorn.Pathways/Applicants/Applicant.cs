using static Lanthorn.Web.Words;

namespace Lanthorn.Pathways.Applicants;

/// <summary>Somebody who looks for a legal route or a safe return, as the counsellor reads it.</summary>
/// <param name="Id">Random: it says nothing about who it is.</param>
/// <param name="State">One of <see cref="ApplicantStates"/>.</param>
internal sealed record Applicant(string Id, string Name, string Note, string State, DateTimeOffset AddedAt);

/// <summary>An applicant in a list: without what he said.</summary>
internal sealed record ApplicantLine(string Id, string Name, string State, DateTimeOffset AddedAt);

/// <summary>How far the counselling of an applicant has come. Stored: words are only added.</summary>
internal static class ApplicantStates
{
    public const string New = "new";
    public const string Counselled = "counselled";
    public const string Closed = "closed";

    public static readonly IReadOnlyList<(string Name, string InWords)> All =
    [
        (New, Later("not yet counselled")),
        (Counselled, Later("in counselling")),
        (Closed, Later("counselling closed")),
    ];

    public static string InWords(string state) => All.FirstOrDefault(s => s.Name == state).InWords ?? state;

    /// <exception cref="RefusedException">There is no such state.</exception>
    public static string Parse(string? state) =>
        All.Any(s => s.Name == state)
            ? state!
            : throw new RefusedException(
                Refusal.Unprocessable(
                    "unknown-state",
                    "There is no such state of an applicant",
                    $"States are {string.Join(", ", All.Select(s => s.Name))}",
                    "state"
                )
            );
}
