using Microsoft.CodeAnalysis;

namespace Lanthorn.Mutation;

/// <summary>One small fault put into the code on purpose.</summary>
/// <param name="Place">File below the changed folder, and line from 1.</param>
/// <param name="Was">What stood there, on one line.</param>
/// <param name="Is">What stands there instead.</param>
/// <param name="Tree">The file it is in.</param>
/// <param name="Changed">The file with the fault in it.</param>
internal sealed record Change(string Place, string Was, string Is, SyntaxTree Tree, SyntaxTree Changed)
{
    /// <summary>The same fault after lines above it moved.</summary>
    public string Name => $"{Place.Split(':')[0]}: {Was} => {Is}";
}
