using Lanthorn.Commitments;
using Lanthorn.Governance;
using Lanthorn.Intake;
using Lanthorn.Platform;
using Lanthorn.Programmes;
using Lanthorn.Screening;

namespace Lanthorn.Program;

/// <summary>What the product is: its modules, one line each. Nothing is scanned for.</summary>
internal static class Modules
{
    public static readonly IReadOnlyList<IModule> All =
    [
        new GovernanceModule(),
        new IntakeModule(),
        new ScreeningModule(),
        new CommitmentsModule(),
        new ProgrammesModule(),
    ];
}
