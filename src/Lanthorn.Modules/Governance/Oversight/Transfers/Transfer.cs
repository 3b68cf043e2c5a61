using System.Text.Json.Serialization;
using Lanthorn.Knowledge;
using Lanthorn.Platform;
using static Lanthorn.Web.Words;

namespace Lanthorn.Governance.Oversight.Transfers;

/// <summary>On which a transfer rests: Articles 36 to 38 of Directive (EU) 2016/680. Stored: the numbers only grow.</summary>
[JsonConverter(typeof(SnakeWords<TransferGround>))]
internal enum TransferGround
{
    /// <summary>An adequacy decision, Article 36.</summary>
    Adequacy = 1,

    /// <summary>Safeguards in a legally binding instrument, Article 37(1)(a).</summary>
    BindingInstrument = 2,

    /// <summary>The controller has assessed the safeguards, Article 37(1)(b).</summary>
    AssessedSafeguards = 3,

    /// <summary>Vital interests of a person, Article 38(1)(a).</summary>
    VitalInterests = 4,

    /// <summary>Legitimate interests of the person concerned, Article 38(1)(b).</summary>
    PersonsInterests = 5,

    /// <summary>An immediate and serious threat to public security, Article 38(1)(c).</summary>
    ImmediateThreat = 6,

    /// <summary>An individual case of preventing or prosecuting crime, Article 38(1)(d).</summary>
    IndividualCase = 7,

    /// <summary>Legal claims in an individual case, Article 38(1)(e).</summary>
    LegalClaims = 8,
}

/// <summary>What somebody has found on a question of the gate.</summary>
[JsonConverter(typeof(SnakeWords<CheckVerdict>))]
internal enum CheckVerdict
{
    NoRisk = 1,
    Assured = 2,
    Risk = 3,
}

/// <param name="Text">On what the verdict rests.</param>
/// <param name="By">The account that answered.</param>
internal sealed record TransferCheck(CheckVerdict Verdict, string Text, string By);

/// <param name="Torture">Whether the person could be tortured or treated inhumanly there.</param>
/// <param name="DeathPenalty">Whether the data could lead to a death penalty.</param>
/// <param name="OnwardUse">Whether they could be passed on or used for something else.</param>
/// <param name="Asylum">Whether somebody in the data has asked for asylum: a risk means yes or not known.</param>
internal sealed record TransferChecks(
    TransferCheck Torture,
    TransferCheck DeathPenalty,
    TransferCheck OnwardUse,
    TransferCheck Asylum
)
{
    [JsonIgnore]
    public IEnumerable<(string Why, TransferCheck Check)> All =>
        [
            (Later("the check on torture found a risk"), Torture),
            (Later("the check on the death penalty found a risk"), DeathPenalty),
            (Later("the check on onward use found a risk"), OnwardUse),
            (Later("somebody in it has asked for asylum, or may have"), Asylum),
        ];
}

/// <summary>What was decided. Stored: the numbers only grow.</summary>
[JsonConverter(typeof(SnakeWords<TransferDecision>))]
internal enum TransferDecision
{
    Approved = 1,
    Refused = 2,
}

/// <summary>Where a transfer stands; worked out from what is recorded.</summary>
[JsonConverter(typeof(SnakeWords<TransferState>))]
internal enum TransferState
{
    Waits,
    RefusedByGate,
    Approved,
    Refused,
}

/// <param name="Records">How many records it is about.</param>
internal sealed record Transfer(
    string Reference,
    string Country,
    string Authority,
    TransferGround Ground,
    string Purpose,
    TransferChecks Checks,
    IReadOnlyList<string> Objections,
    string ProposedBy,
    DateTimeOffset ProposedAt,
    int Records
)
{
    public TransferDecision? Decision { get; init; }
    public string DecidedReason { get; init; } = "";
    public string Necessity { get; init; } = "";
    public string? DecidedBy { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }
    public bool IsFictional { get; init; }

    public TransferState State =>
        Objections.Count > 0 ? TransferState.RefusedByGate
        : Decision is null ? TransferState.Waits
        : Decision == TransferDecision.Approved ? TransferState.Approved
        : TransferState.Refused;
}

/// <summary>One record as the gate looks at it: with what all visible records about the same person say.</summary>
/// <param name="Born">Dates of birth as they are written, to the year or closer.</param>
/// <param name="IsDebrief">It comes from a debrief or an interview.</param>
/// <param name="Texts">Everything that would leave.</param>
internal sealed record TransferItem(
    SubjectCategory Category,
    IReadOnlyList<string> Nationalities,
    IReadOnlyList<string> Born,
    Handling Handling,
    bool IsDebrief,
    IReadOnlyList<string> Texts
);
