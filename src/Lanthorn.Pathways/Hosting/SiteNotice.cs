using static Lanthorn.Web.Words;

namespace Lanthorn.Pathways.Hosting;

/// <summary>What every page behind the wall says at its top; nothing where it is empty.</summary>
public sealed record SiteNotice(IReadOnlyList<string> Sentences)
{
    /// <summary>In the reader's language; null for nothing.</summary>
    public string? Text => Sentences.Count == 0 ? null : string.Join(' ', Sentences.Select(s => T(s)));
}
