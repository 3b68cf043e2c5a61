using Lanthorn.Platform;
using Microsoft.AspNetCore.Components;
using Mono.Cecil;

namespace Lanthorn.Tests.Tidy;

public class ModuleMapTests
{
    [Fact]
    public void A_module_uses_only_platform_engines_itself_and_the_contracts_it_may()
    {
        using var modules = IlReferences.Read(ModuleMap.Assembly);
        Checkout.NoComplaints(
            from type in OwnTypes(modules)
            from used in IlReferences.Of(type)
            where used.Assembly == ModuleMap.Assembly && IsOurs(used.Namespace)
            let objection = ModuleMap.Objection(type.Namespace, used.Namespace)
            where objection is not null
            select $"{type.FullName} {objection} ({used})"
        );
    }

    [Fact]
    public void Every_type_of_the_modules_is_in_a_module()
    {
        using var modules = IlReferences.Read(ModuleMap.Assembly);
        Checkout.NoComplaints(
            from type in OwnTypes(modules)
            let objection = ModuleMap.Objection(type.Namespace, type.Namespace)
            where objection is not null
            select $"{type.FullName} {objection}"
        );
    }

    [Fact]
    public void The_table_of_modules_has_no_cycle_and_no_unknown_name()
    {
        Checkout.NoComplaints(
            from row in ModuleMap.Contracts
            from used in row.Value
            where !ModuleMap.Contracts.ContainsKey(used) || Reach(used).Contains(row.Key)
            select $"{row.Key} uses {used}, which is unknown or leads back to it"
        );
    }

    [Fact]
    public void Only_contracts_modules_and_components_are_public()
    {
        Checkout.NoComplaints(
            from type in typeof(IModule).Assembly.GetExportedTypes()
            where IsOurs(type.Namespace ?? "") && ModuleMap.ModuleOf(type.Namespace!) is not (null or "Platform")
            where !ModuleMap.IsContract(type.Namespace!)
            where !typeof(IComponent).IsAssignableFrom(type)
            // What the compiler makes of the file that holds the usings of a folder of pages.
            where type.Name != "_Imports"
            where !(typeof(IModule).IsAssignableFrom(type) && type.Name.EndsWith("Module", StringComparison.Ordinal))
            select $"{type.FullName} is public; make it internal or move it to the module's Contracts"
        );
    }

    [Fact]
    public void Projects_reference_only_what_the_map_allows()
    {
        Checkout.NoComplaints(
            from project in ProjectsThatExist()
            let allowed = ModuleMap.Projects.GetValueOrDefault(project)
            from used in ReferencesOf(project)
            where allowed is null || !allowed.Contains(used)
            select allowed is null
                ? $"{project} is not in the map of projects: add its row"
                : $"{project} may not reference {used}"
        );
    }

    [Fact]
    public void Engines_do_no_input_or_output()
    {
        Checkout.NoComplaints(
            from project in ModuleMap.WithoutInputOutput.Intersect(ProjectsThatExist())
            from type in TypesOf(project)
            from used in IlReferences.Of(type)
            let objection = ModuleMap.Objection(used)
            where objection is not null
            select $"{type.FullName} {objection}; take a stream, or do it in Lanthorn.Storage"
        );
    }

    [Theory]
    [InlineData("Lanthorn.Governance", "Lanthorn.Screening.Contracts")]
    [InlineData("Lanthorn.Screening.Pages", "Lanthorn.Governance")]
    [InlineData("__Blazor.Lanthorn.Screening.Pages.Hit", "Lanthorn.Governance.Pages")]
    [InlineData("Lanthorn.Platform", "Lanthorn.Governance.Contracts")]
    [InlineData("Lanthorn.Astrology", "Lanthorn.Platform")]
    [InlineData("Lanthorn", "Lanthorn.Platform")]
    public void The_map_objects_to_what_it_must(string from, string to) =>
        Assert.NotNull(ModuleMap.Objection(from, to));

    [Theory]
    [InlineData("Lanthorn.Screening", "Lanthorn.Governance.Contracts")]
    [InlineData("Lanthorn.Screening.Pages", "Lanthorn.Screening")]
    [InlineData("Lanthorn.Governance", "Lanthorn.Platform")]
    public void The_map_lets_pass_what_it_should(string from, string to) => Assert.Null(ModuleMap.Objection(from, to));

    [Fact]
    public void References_are_found_wherever_they_stand()
    {
        using var tests = AssemblyDefinition.ReadAssembly(typeof(ModuleMapTests).Assembly.Location);
        var found = IlReferences.Of(tests.MainModule.GetType(typeof(Sample).FullName!.Replace('+', '/')));
        string[] wanted =
        [
            "System.Text.StringBuilder", // a field
            "System.Net.IPAddress", // a parameter
            "System.Uri", // an argument of a generic in a signature
            "System.Globalization.CultureInfo", // a static call in a lambda
            "System.Net.Http.HttpMethod", // a static call in an async method
            "System.TimeZoneNotFoundException", // a catch clause
            "System.ComponentModel.DescriptionAttribute", // an attribute
            "System.Text.Json.JsonSerializer", // typeof in an attribute
            "System.Numerics.Complex", // an array made in a nested type
            "System.Xml.XmlReader", // a generic constraint
        ];
        Assert.Equal([], wanted.Except(found.Select(f => f.ToString())));
    }

    private static IEnumerable<TypeDefinition> OwnTypes(AssemblyDefinition assembly) =>
        // A root _Imports.razor compiles to an empty component of that name in the root namespace.
        assembly.MainModule.Types.Where(t => t.Name != "_Imports" && IsOurs(t.Namespace));

    private static bool IsOurs(string space) =>
        space == "Lanthorn"
        || space.StartsWith("Lanthorn.", StringComparison.Ordinal)
        || space.StartsWith("__Blazor.Lanthorn.", StringComparison.Ordinal);

    private static HashSet<string> Reach(string module)
    {
        var reached = new HashSet<string> { module };
        var open = new Queue<string>(reached);
        while (open.TryDequeue(out var at))
            foreach (var next in ModuleMap.Contracts.GetValueOrDefault(at, []))
                if (reached.Add(next))
                    open.Enqueue(next);
        return reached;
    }

    private static IEnumerable<string> ProjectsThatExist() =>
        Checkout
            .With("src/", ".csproj")
            .Select(Path.GetFileNameWithoutExtension)
            .Select(name => name == "Lanthorn" ? "lanthorn" : name!);

    private static List<string> ReferencesOf(string project)
    {
        using var assembly = IlReferences.Read(project);
        return
        [
            .. assembly
                .MainModule.AssemblyReferences.Select(r => r.Name)
                .Where(n => n.StartsWith("lanthorn", StringComparison.OrdinalIgnoreCase)),
        ];
    }

    private static List<TypeDefinition> TypesOf(string project)
    {
        var assembly = IlReferences.Read(project);
        return [.. assembly.MainModule.Types.Where(t => IsOurs(t.Namespace))];
    }

    [System.ComponentModel.Description("has one reference of every kind")]
    private sealed class Sample
    {
        private readonly System.Text.StringBuilder text = new();

        [Wants(typeof(System.Text.Json.JsonSerializer))]
        public IEnumerable<Uri> Signature(System.Net.IPAddress address) => [new($"http://{address}{text}")];

        public static Func<string> Lambda() => () => $"{System.Globalization.CultureInfo.InvariantCulture}";

        public static async Task<string> Later()
        {
            await Task.Yield();
            return $"{System.Net.Http.HttpMethod.Get}";
        }

        public static int Catch()
        {
            try
            {
                return Environment.ProcessorCount;
            }
            catch (TimeZoneNotFoundException)
            {
                return 0;
            }
        }

        public static void Constrained<T>(T value)
            where T : System.Xml.XmlReader => _ = value;

        private sealed class Nested
        {
            public static int Array() => new System.Numerics.Complex[Environment.ProcessorCount].Length;
        }
    }

    [AttributeUsage(AttributeTargets.Method)]
    private sealed class WantsAttribute(Type type) : Attribute
    {
        public Type Type { get; } = type;
    }
}
