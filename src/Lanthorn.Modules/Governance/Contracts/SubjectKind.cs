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
