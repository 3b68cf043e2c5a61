namespace Lanthorn.Storage;

/// <summary>Why personal data is read: a free text and, where there is one, the case.</summary>
public sealed record Justification(string Text, string? Case = null);
