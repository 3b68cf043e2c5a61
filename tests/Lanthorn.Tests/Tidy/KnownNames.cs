using System.Reflection;
using Lanthorn.Knowledge;
using Mono.Cecil;

namespace Lanthorn.Tests.Tidy;

/// <summary>Every name that a document may use in backticks: of our code, of what it is built with, of FollowTheMoney.</summary>
internal sealed class KnownNames
{
    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private readonly ILookup<string, HashSet<string>> members;
    private readonly Lazy<HashSet<string>> frameworks = new(ReadFrameworks);

    public KnownNames()
    {
        var projects = Checkout.With("", ".csproj").Select(p => Path.GetFileNameWithoutExtension(p)!).ToList();
        names.UnionWith(projects);
        var types = projects
            .Select(p => p == "Lanthorn" ? "lanthorn" : p)
            .Where(p => File.Exists(Path.Combine(AppContext.BaseDirectory, p + ".dll")))
            .SelectMany(p => Assembly.Load(p).GetTypes())
            .ToList();
        members = types.ToLookup(t => Simple(t.Name), MembersOf);
        foreach (var type in types)
        {
            names.Add(Simple(type.Name));
            names.UnionWith(MembersOf(type));
            if (type.Namespace is { } space)
                names.Add(space);
        }
        names.UnionWith(Model.Schemata.Keys);
    }

    /// <summary>True for a type, a member, <c>Type.Member</c> or a namespace that exists.</summary>
    public bool Knows(string name)
    {
        if (names.Contains(name))
            return true;
        var parts = name.Split('.');
        for (var i = parts.Length - 1; i > 0; i--)
            if (members.Contains(parts[i - 1]))
                return i == parts.Length - 1 && members[parts[i - 1]].Any(m => m.Contains(parts[i]));
        return frameworks.Value.Contains(name) || (parts.Length > 1 && frameworks.Value.Contains(parts[^2]));
    }

    private static HashSet<string> MembersOf(Type type) =>
        [
            .. type.GetMembers(
                    BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance
                )
                .Select(m => Simple(m.Name)),
        ];

    private static string Simple(string name) => name.Split('`')[0];

    /// <summary>Public types, and namespaces, of all that the tests run on: .NET, ASP.NET Core and the packages.</summary>
    private static HashSet<string> ReadFrameworks()
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var trusted = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        foreach (var path in trusted.Split(Path.PathSeparator))
        {
            using var module = ModuleDefinition.ReadModule(path);
            found.Add(module.Assembly.Name.Name);
            foreach (
                var type in module
                    .Types.Where(t => t.IsPublic)
                    .Concat<TypeReference>(
                        module.ExportedTypes.Select(e => new TypeReference(e.Namespace, e.Name, module, module))
                    )
            )
            {
                found.Add(Simple(type.Name));
                found.Add(type.Namespace);
                found.Add($"{type.Namespace}.{Simple(type.Name)}");
            }
        }
        return found;
    }
}
