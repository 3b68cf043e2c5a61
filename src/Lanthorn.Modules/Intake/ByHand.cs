using System.Security.Cryptography;
using System.Text;
using Lanthorn.Knowledge;
using Lanthorn.Platform;

namespace Lanthorn.Intake;

/// <summary>Who may write records by hand, and under which source they stand.</summary>
internal static class ByHand
{
    public const int MaxReasonLength = 1_000;

    /// <summary>The sources of what people enter begin so; no file is imported into them.</summary>
    public const string SourcePrefix = "hand-";

    private const int MaxSlugLength = 24;
    private const int HashBytes = 4;

    /// <summary>Those who work on records. Whoever oversees them reads, and does not write.</summary>
    private static readonly string[] Writers =
    [
        "analyst",
        "referral-officer",
        "liaison-officer",
        "sanctions-officer",
        "operations-lead",
        "operator",
    ];

    public static bool MayWrite(Work work) => work.HasEnforcementAccess && Writers.Any(work.IsIn);

    /// <exception cref="RefusedException">The role does not write records.</exception>
    public static void RefuseReaders(Work work)
    {
        if (!MayWrite(work))
            throw new RefusedException(
                work.HasEnforcementAccess
                    ? new(
                        "role-reads-only",
                        403,
                        "Your role reads records and does not write them",
                        "Ask somebody who works on records, such as an analyst"
                    )
                    : Refusal.NotFound("Not Found")
            );
    }

    /// <summary>The source of what an organisation's people enter. Names that make no code get one from their hash.</summary>
    public static SourceCode SourceOf(string organisation)
    {
        var plain = SourceCode.Parse(SourcePrefix + organisation);
        if (plain.IsAccepted)
            return plain.Value;
        var words = string.Concat(
                organisation.ToLowerInvariant().Take(MaxSlugLength).Select(c => char.IsAsciiLetterOrDigit(c) ? c : ' ')
            )
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(organisation))[..HashBytes]);
        return SourceCode.Parse(SourcePrefix + string.Join('-', [.. words, hash])).Value;
    }

    /// <exception cref="RefusedException">There is none, or it is too long.</exception>
    public static string NeedReason(string? reason) =>
        !string.IsNullOrWhiteSpace(reason) && reason.Length <= MaxReasonLength
            ? reason.Trim()
            : throw new RefusedException(
                Refusal.Unprocessable(
                    "record-reason",
                    $"What is written by hand has a reason of at most {MaxReasonLength:N0} characters",
                    "Say in a sentence where it comes from",
                    "reason"
                )
            );
}
