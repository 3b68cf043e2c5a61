using static Lanthorn.Web.Words;

namespace Lanthorn.Platform;

/// <summary>What every page of the workbench says at its top, such as that this is a demonstration; nothing where it is empty.</summary>
public sealed record WorkbenchNotice(IReadOnlyList<string> Sentences)
{
    /// <summary>In the reader's language; null for nothing.</summary>
    public string? Text => Sentences.Count == 0 ? null : string.Join(' ', Sentences.Select(s => T(s)));
}
