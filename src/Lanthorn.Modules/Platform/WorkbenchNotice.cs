namespace Lanthorn.Platform;

/// <summary>What every page of the workbench says at its top, such as that this is a demonstration; null for nothing.</summary>
public sealed record WorkbenchNotice(string? Text);
