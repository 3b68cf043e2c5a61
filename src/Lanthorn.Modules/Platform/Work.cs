using Lanthorn.Knowledge;
using Lanthorn.Storage;
using Microsoft.AspNetCore.Http;

namespace Lanthorn.Platform;

/// <summary>
/// Who works, and why: everything that a use case needs to know about its caller. The web puts it on the request after
/// sign-in, the command line makes it from <c>--as</c> and <c>--justification</c>.
/// </summary>
/// <param name="Justification">Why personal data is read: a case or a free text; empty where the viewer gave none.</param>
/// <param name="Case">The case at hand, when there is one.</param>
public sealed record Work(Viewer Viewer, string Justification, string? Case = null)
{
    public const int MaxJustificationLength = 500;

    /// <summary>Stands among the roles of whoever sees more than his role lets him, for a time and by a second person's word.</summary>
    public const string WiderSight = "break-glass";

    /// <summary>When the account last looked at its notices; what came later is new to it.</summary>
    public DateTimeOffset LookedAt { get; init; }

    public bool HasEnforcementAccess => Viewer.Purposes.Contains("enforcement");

    /// <summary>What this viewer may read, for this reason. Reading personal data for enforcement needs one.</summary>
    public Reading On(Store store) =>
        HasEnforcementAccess && string.IsNullOrWhiteSpace(Justification)
            ? throw new RefusedException(JustificationNeeded)
            : store.For(Viewer, new Justification(Justification, Case));

    public static readonly Refusal JustificationNeeded = new(
        "justification-needed",
        428,
        "Say why you read personal data",
        $"Choose a reason in the bar, or send the header {Access.JustificationHeader}"
    );

    public bool IsIn(string role) => Viewer.Roles.Contains(role);
}

/// <summary>The request's work, put there by Governance when it has recognised the caller.</summary>
public static class RequestWork
{
    public static void SetWork(this HttpContext context, Work work) => context.Features.Set(work);

    public static Work? FindWork(this HttpContext context) => context.Features.Get<Work>();

    /// <summary>The work of a request that passed sign-in; without it the route was mapped open by mistake.</summary>
    public static Work Work(this HttpContext context) =>
        context.FindWork() ?? throw new InvalidOperationException($"{context.Request.Path} has no signed-in viewer");
}
