using System.Text.Json.Serialization;
using Lanthorn.Platform;
using static Lanthorn.Web.Words;

namespace Lanthorn.Governance.Oversight.Registers;

/// <summary>Which register. Stored: the numbers only grow.</summary>
[JsonConverter(typeof(SnakeWords<RegisterKind>))]
internal enum RegisterKind
{
    Activities = 1,
    Assessments = 2,
}

/// <param name="Article">Of Directive (EU) 2016/680: why the entry has it.</param>
internal sealed record RegisterField(string Key, string Title, string Article, bool IsNeeded = true);

/// <summary>
/// The fields of each register: Article 24(1) of Directive (EU) 2016/680 for processing activities, Article 27(2) and 28 for
/// impact assessments.
/// </summary>
internal static class RegisterBook
{
    public static readonly IReadOnlyList<RegisterField> Activities =
    [
        new("name", Later("Activity"), "24(1)"),
        new("controller", Later("Controller, and how it is reached"), "24(1)(a)"),
        new("purposes", Later("Purposes"), "24(1)(b)"),
        new("recipients", Later("To whom data are disclosed"), "24(1)(c)"),
        new("people", Later("Whose data, and which"), "24(1)(d)"),
        new("profiling", Later("Profiling, if any"), "24(1)(e)"),
        new("transfers", Later("Transfers to third countries"), "24(1)(f)"),
        new("basis", Later("Legal basis"), "24(1)(g)"),
        new("limits", Later("Time limits for erasure"), "24(1)(h)"),
        new("security", Later("Security measures"), "24(1)(i)"),
    ];

    public static readonly IReadOnlyList<RegisterField> Assessments =
    [
        new("name", Later("What is assessed"), "27(1)"),
        new("description", Later("What is done with the data"), "27(2)"),
        new("need", Later("Why it is needed and in proportion"), "27(2)"),
        new("risks", Later("Risks to rights and freedoms"), "27(2)"),
        new("measures", Later("Measures against them"), "27(2)"),
        new(
            "consultation",
            Later("Prior consultation of the authority: when, and what it said"),
            "28",
            IsNeeded: false
        ),
        new("outcome", Later("Outcome"), "27"),
        new("review", Later("To be looked at again by"), "27"),
    ];

    public static IReadOnlyList<RegisterField> Fields(RegisterKind kind) =>
        kind == RegisterKind.Activities ? Activities : Assessments;

    public static string Title(RegisterKind kind) =>
        kind == RegisterKind.Activities ? T("Processing activities") : T("Impact assessments");
}
