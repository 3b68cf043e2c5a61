using Lanthorn.Web;
using static Lanthorn.Web.Words;

namespace Lanthorn.Governance.Oversight.Transfers;

/// <summary>How transfers are worded on pages.</summary>
internal static class TransferWords
{
    public static readonly IReadOnlyList<Column<Transfer>> Columns =
    [
        new("reference", "Reference", t => t.Reference) { Href = t => $"/transfers/{t.Reference}" },
        new("proposed", "Proposed", t => OversightWords.Day(t.ProposedAt)) { Order = t => t.ProposedAt.UtcTicks },
        new("country", "Country", t => t.Country.ToUpperInvariant()),
        new("authority", "Authority", t => t.Authority),
        new("records", "Records", t => $"{t.Records}") { Number = t => t.Records },
        new("state", "State", t => Of(t.State)),
        new("by", "Proposed by", t => t.ProposedBy),
    ];

    /// <summary>The questions of the gate: the name of the field, and what is asked.</summary>
    public static readonly IReadOnlyList<(string Field, string Question)> Questions =
    [
        ("torture", Later("Could the person be tortured or treated inhumanly?")),
        ("death", Later("Could it lead to a death penalty?")),
        ("onward", Later("Could it be passed on, or used for something else?")),
        ("asylum", Later("Has anybody in it asked for asylum? Yes or not known is a risk.")),
    ];

    public static string Of(TransferState state) =>
        state switch
        {
            TransferState.Waits => T("waits for a second person"),
            TransferState.RefusedByGate => T("refused by the gate"),
            TransferState.Approved => T("approved"),
            _ => T("refused"),
        };

    public static string Of(CheckVerdict verdict) =>
        verdict switch
        {
            CheckVerdict.NoRisk => T("no risk"),
            CheckVerdict.Assured => T("assurance given"),
            _ => T("a risk"),
        };

    public static string Of(TransferGround ground) =>
        ground switch
        {
            TransferGround.Adequacy => T("adequacy decision (Article 36)"),
            TransferGround.BindingInstrument => T("binding instrument with safeguards (Article 37(1)(a))"),
            TransferGround.AssessedSafeguards => T("safeguards assessed by the controller (Article 37(1)(b))"),
            TransferGround.VitalInterests => T("vital interests (Article 38(1)(a))"),
            TransferGround.PersonsInterests => T("legitimate interests of the person (Article 38(1)(b))"),
            TransferGround.ImmediateThreat => T("immediate and serious threat (Article 38(1)(c))"),
            TransferGround.IndividualCase => T("individual criminal case (Article 38(1)(d))"),
            _ => T("legal claims (Article 38(1)(e))"),
        };
}
