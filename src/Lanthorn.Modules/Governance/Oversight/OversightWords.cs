using System.Globalization;
using Lanthorn.Governance.Contracts;
using Lanthorn.Web;
using static Lanthorn.Web.Words;

namespace Lanthorn.Governance.Oversight;

/// <summary>How complaints and holds are worded on pages and in tables.</summary>
internal static class OversightWords
{
    public static readonly IReadOnlyList<Column<Complaint>> Complaints =
    [
        new("reference", "Reference", k => k.Reference) { Href = k => $"/complaints/{k.Reference}" },
        new("received", "Received", k => Day(k.ReceivedAt)) { Order = k => k.ReceivedAt.UtcTicks },
        new("language", "Language", k => k.Language),
        new("about", "About", k => string.Join(", ", k.Subjects.Select(s => $"{Of(s.Kind)} {s.Subject}"))),
        new("state", "State", k => Of(k.State)),
        new("outcome", "Outcome", k => k.Outcome is { } outcome ? Of(outcome) : ""),
        new("officer", "Officer", k => k.TakenBy ?? ""),
    ];

    public static string Of(ComplaintState state) =>
        state switch
        {
            ComplaintState.Received => T("received"),
            ComplaintState.Taken => T("taken up"),
            _ => T("answered"),
        };

    public static string Of(ComplaintOutcome outcome) =>
        outcome switch
        {
            ComplaintOutcome.Founded => T("founded"),
            ComplaintOutcome.Partly => T("founded in part"),
            ComplaintOutcome.NotFounded => T("not founded"),
            _ => T("for somebody else to answer"),
        };

    public static string Of(SubjectKind kind) =>
        kind switch
        {
            SubjectKind.Undertaking => T("undertaking"),
            SubjectKind.Project => T("project"),
            SubjectKind.Partnership => T("partnership"),
            SubjectKind.Operation => T("operation"),
            SubjectKind.Programme => T("programme"),
            SubjectKind.Agreement => T("agreement"),
            SubjectKind.Record => T("record"),
            _ => T("account"),
        };

    /// <summary>Where the subject has its page; null where no page shows it yet.</summary>
    public static string? HrefOf(SubjectKind kind, string subject) =>
        kind switch
        {
            SubjectKind.Undertaking => $"/undertakings/{Uri.EscapeDataString(subject)}",
            SubjectKind.Project => $"/projects/{Uri.EscapeDataString(subject)}",
            SubjectKind.Record => $"/entity/{Uri.EscapeDataString(subject)}",
            _ => null,
        };

    public static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy", CultureInfo.CurrentCulture);
}
