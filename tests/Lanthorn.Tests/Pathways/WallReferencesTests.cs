using Lanthorn.Tests.Tidy;
using Mono.Cecil;

namespace Lanthorn.Tests.Pathways;

/// <summary>The wall in the compiled code: who may name what lies behind it.</summary>
public sealed class WallReferencesTests
{
    private const string Behind = "Lanthorn.Pathways";

    /// <summary>What the code behind the wall may use of ours: values and the look of pages, nothing that opens a store.</summary>
    private static readonly string[] Pure = ["Lanthorn.Knowledge", "Lanthorn.Web"];

    /// <summary>The types of the executable that put both sides beside each other.</summary>
    private static readonly string[] AtTheWall = ["Wall", "CommandLine", "Server"];

    [Fact]
    public void Safeguard_9_Nothing_but_the_executable_references_what_is_behind_the_wall()
    {
        var users = Ours().Where(a => References(a).Contains(Behind)).Select(a => a.Name.Name).ToList();

        Assert.Equal(["lanthorn"], users.Except(["Lanthorn.Tests", "Lanthorn.EndToEnd"]));
    }

    [Fact]
    public void Safeguard_9_Nothing_behind_the_wall_references_a_module_or_the_store_of_the_enforcement_side()
    {
        using var pathways = IlReferences.Read(Behind);

        Assert.Empty(
            References(pathways).Where(n => n.StartsWith("lanthorn", StringComparison.OrdinalIgnoreCase)).Except(Pure)
        );
    }

    [Fact]
    public void Safeguard_9_In_the_executable_only_the_wall_itself_names_what_is_behind_it()
    {
        using var executable = IlReferences.Read("lanthorn");

        Checkout.NoComplaints(
            from type in executable.MainModule.Types
            where !AtTheWall.Contains(type.Name)
            from used in IlReferences.Of(type)
            where used.Assembly == Behind
            select $"{type.FullName} uses {used}: only {string.Join(", ", AtTheWall)} may"
        );
    }

    [Fact]
    public void Safeguard_9_No_sql_of_one_side_names_a_table_of_the_other()
    {
        var enforcement = Checkout
            .With("src/", ".sql", ".cs")
            .Where(p => !p.StartsWith("src/Lanthorn.Pathways/", StringComparison.Ordinal))
            .Where(p => !p.StartsWith("src/Lanthorn/", StringComparison.Ordinal));
        Checkout.NoComplaints(
            from path in enforcement
            from name in new[] { "pathways.", "name_sealed", "note_sealed", "audit_head" }
            where Checkout.Read(path).Contains(name, StringComparison.OrdinalIgnoreCase)
            select $"{path} names {name}"
        );
        Checkout.NoComplaints(
            from path in Checkout.With("src/Lanthorn.Pathways/", ".sql", ".cs")
            from name in new[] { "lanthorn.db", "gov_", "record_version", "audit_entry", "search_row", "judgement" }
            where Checkout.Read(path).Contains(name, StringComparison.Ordinal)
            select $"{path} names {name}"
        );
    }

    private static IEnumerable<AssemblyDefinition> Ours() =>
        Directory
            .EnumerateFiles(AppContext.BaseDirectory, "*anthorn*.dll")
            .Select(Path.GetFileNameWithoutExtension)
            .Select(name => IlReferences.Read(name!));

    private static IEnumerable<string> References(AssemblyDefinition assembly) =>
        assembly.MainModule.AssemblyReferences.Select(r => r.Name);
}
