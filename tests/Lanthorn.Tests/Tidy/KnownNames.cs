using Lanthorn.Knowledge;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Mono.Cecil;

namespace Lanthorn.Tests.Tidy;

/// <summary>Every name that a document may use in backticks: of our code, of what it is built with, of FollowTheMoney.</summary>
internal sealed class KnownNames
{
    /// <summary>Read from the source, not from assemblies: a run of one test project knows the names of the other.</summary>
    private readonly Dictionary<string, HashSet<string>> membersByType = new(StringComparer.Ordinal);
    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private readonly Lazy<HashSet<string>> frameworks = new(ReadFrameworks);

    public KnownNames()
    {
        names.UnionWith(Checkout.With("", ".csproj", ".razor").Select(p => Path.GetFileNameWithoutExtension(p)));
        names.UnionWith(Model.Schemata.Keys);
        foreach (var path in Checkout.With("", ".cs"))
        foreach (var node in CSharpSyntaxTree.ParseText(Checkout.Read(path)).GetRoot().DescendantNodes())
            switch (node)
            {
                case BaseNamespaceDeclarationSyntax space:
                    names.Add(space.Name.ToString());
                    break;
                case BaseTypeDeclarationSyntax type:
                    Add(type);
                    break;
                case DelegateDeclarationSyntax function:
                    names.Add(function.Identifier.Text);
                    break;
            }
        names.UnionWith(membersByType.Keys);
        names.UnionWith(membersByType.Values.SelectMany(m => m));
    }

    /// <summary>True for a type, a member, a type with its member, or a namespace that exists.</summary>
    public bool Knows(string name)
    {
        if (names.Contains(name) || frameworks.Value.Contains(name))
            return true;
        if (name.Split('.') is not [.., var type, var member])
            return false;
        return membersByType.TryGetValue(type, out var members)
            ? members.Contains(member)
            : frameworks.Value.Contains(type);
    }

    private void Add(BaseTypeDeclarationSyntax type)
    {
        if (!membersByType.TryGetValue(type.Identifier.Text, out var members))
            membersByType[type.Identifier.Text] = members = new(StringComparer.Ordinal);
        if (type is EnumDeclarationSyntax values)
            members.UnionWith(values.Members.Select(m => m.Identifier.Text));
        if (type is not TypeDeclarationSyntax declared)
            return;
        members.UnionWith(declared.ParameterList?.Parameters.Select(p => p.Identifier.Text) ?? []);
        foreach (var member in declared.Members)
            members.UnionWith(
                member switch
                {
                    BaseTypeDeclarationSyntax nested => [nested.Identifier.Text],
                    MethodDeclarationSyntax method => [method.Identifier.Text],
                    PropertyDeclarationSyntax property => [property.Identifier.Text],
                    EventDeclarationSyntax raised => [raised.Identifier.Text],
                    BaseFieldDeclarationSyntax field => field.Declaration.Variables.Select(v => v.Identifier.Text),
                    _ => [],
                }
            );
    }

    /// <summary>Public types and namespaces of all that the tests run on: .NET, ASP.NET Core and the packages.</summary>
    private static HashSet<string> ReadFrameworks()
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var trusted = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        var others = trusted
            .Split(Path.PathSeparator)
            .Where(p => !Path.GetFileName(p).StartsWith("lanthorn", StringComparison.OrdinalIgnoreCase));
        foreach (var path in others)
        {
            using var module = ModuleDefinition.ReadModule(path);
            var types = module.Types.Where(t => t.IsPublic).Select(t => (t.Namespace, t.Name));
            foreach (var (space, name) in types.Concat(module.ExportedTypes.Select(t => (t.Namespace, t.Name))))
            {
                var simple = name.Split('`')[0];
                found.UnionWith([simple, space, $"{space}.{simple}"]);
            }
        }
        return found;
    }
}
