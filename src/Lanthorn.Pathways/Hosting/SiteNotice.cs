using static Lanthorn.Web.Words;

namespace Lanthorn.Pathways.Hosting;

/// <summary>What every page behind the wall says at its top.</summary>
public sealed record SiteNotice(bool IsDemonstration)
{
    /// <summary>In the reader's language; null for nothing.</summary>
    public string? Text => IsDemonstration ? T("Demonstration: accounts and applicants are made up.") : null;
}
