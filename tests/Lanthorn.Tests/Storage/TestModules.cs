using Lanthorn.Storage;

namespace Lanthorn.Tests.Storage;

/// <summary>The tables of every module, as the program has them.</summary>
internal static class TestModules
{
    public static IReadOnlyList<ModuleMigrations> All { get; } =
    [.. Lanthorn.Program.Modules.All.Select(m => new ModuleMigrations(m.Name, m.GetType().Assembly))];
}
