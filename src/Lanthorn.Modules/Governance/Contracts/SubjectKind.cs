using System.Text.Json.Serialization;
using Lanthorn.Platform;

namespace Lanthorn.Governance.Contracts;

/// <summary>What a complaint or a hold can be about. Stored: the numbers only grow.</summary>
[JsonConverter(typeof(SnakeWords<SubjectKind>))]
public enum SubjectKind
{
    Undertaking = 1,
    Project = 2,
    Partnership = 3,
    Operation = 4,
    Programme = 5,
    Agreement = 6,
    Record = 7,
    Account = 8,
}

/// <summary>One way to write a subject, so that a hold finds what it is on however it was typed.</summary>
internal static class SubjectNames
{
    /// <summary>References of undertakings and projects are written in capitals.</summary>
    public static string Of(SubjectKind kind, string subject) =>
        kind is SubjectKind.Undertaking or SubjectKind.Project ? subject.Trim().ToUpperInvariant() : subject.Trim();
}
