using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Lanthorn.Mutation;

/// <summary>Compiles one project of the built solution again and again, each time with one file changed.</summary>
internal sealed class Workshop
{
    private readonly CSharpCompilation whole;
    private readonly ResourceDescription[] resources;

    /// <param name="project">The folder of the project, built in Release.</param>
    /// <param name="built">Where its assembly and all that it refers to lie.</param>
    public Workshop(string project, string built)
    {
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(project));
        var parse = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest);
        // What the build itself writes: the usings, and who may see the internals.
        var generated = Path.Combine(project, "obj", "Release", "net10.0");
        IEnumerable<string> files =
        [
            .. Directory.EnumerateFiles(project, "*.cs", SearchOption.AllDirectories).Where(f => !IsBuilt(project, f)),
            .. Directory.EnumerateFiles(generated, $"{name}.*.cs"),
        ];
        var platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        var here = Path.Combine(built, $"{name}.dll");
        IEnumerable<string> references =
        [
            .. platform.Where(f =>
                Path.GetFileName(f).StartsWith("System.", StringComparison.Ordinal)
                || f.EndsWith("mscorlib.dll", StringComparison.Ordinal)
                || f.EndsWith("netstandard.dll", StringComparison.Ordinal)
            ),
            .. References(here, built),
        ];
        whole = CSharpCompilation.Create(
            name,
            [
                .. files
                    .Order(StringComparer.Ordinal)
                    .Select(f => CSharpSyntaxTree.ParseText(File.ReadAllText(f), parse, f)),
            ],
            [.. references.Select(f => MetadataReference.CreateFromFile(f))],
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                optimizationLevel: OptimizationLevel.Release,
                allowUnsafe: true,
                nullableContextOptions: NullableContextOptions.Enable
            )
        );
        resources = [.. ResourcesOf(here)];
    }

    public string Name => whole.AssemblyName!;

    /// <summary>The files below <paramref name="folder"/>.</summary>
    public IEnumerable<SyntaxTree> FilesIn(string folder) =>
        whole.SyntaxTrees.Where(t =>
            t.FilePath.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal)
        );

    /// <summary>The unchanged project; it compiles, or this program lacks something of it.</summary>
    public void Write(string path)
    {
        using var file = File.Create(path);
        var result = whole.Emit(file, manifestResources: resources);
        if (!result.Success)
            throw new InvalidOperationException(string.Join('\n', result.Diagnostics.Take(5)));
    }

    /// <returns>False where the compiler refuses the change: such a fault cannot be made.</returns>
    public bool Write(Change change, string path)
    {
        using var file = File.Create(path);
        return whole.ReplaceSyntaxTree(change.Tree, change.Changed).Emit(file, manifestResources: resources).Success;
    }

    private static bool IsBuilt(string project, string file) =>
        Path.GetRelativePath(project, file).Split(Path.DirectorySeparatorChar)[0] is "bin" or "obj";

    private static IEnumerable<string> References(string assembly, string built)
    {
        using var context = new System.Reflection.PortableExecutable.PEReader(File.OpenRead(assembly));
        var metadata = System.Reflection.Metadata.PEReaderExtensions.GetMetadataReader(context);
        foreach (var handle in metadata.AssemblyReferences)
        {
            var name = metadata.GetString(metadata.GetAssemblyReference(handle).Name);
            var path = Path.Combine(built, $"{name}.dll");
            if (File.Exists(path))
                yield return path;
        }
    }

    private static IEnumerable<ResourceDescription> ResourcesOf(string assembly)
    {
        var loaded = System.Reflection.Assembly.LoadFile(assembly);
        foreach (var resource in loaded.GetManifestResourceNames())
            yield return new(resource, () => loaded.GetManifestResourceStream(resource)!, isPublic: true);
    }
}
