using System.Text.Json;
using System.Xml.Linq;

namespace Lanthorn.Tests.Tidy;

public class BuildRulesTests
{
    [Fact]
    public void Every_banned_symbol_names_what_to_use_instead()
    {
        Checkout.NoComplaints(
            from line in Checkout.Read("BannedSymbols.txt").Split('\n').Index()
            where line.Item.Length > 0
            let parts = line.Item.Split(';', 2)
            where
                parts.Length != 2
                || parts[1].Trim().Length == 0
                || parts[0] is not (['T' or 'M' or 'P' or 'F' or 'E' or 'N', ':', _, ..])
            select $"BannedSymbols.txt:{line.Index + 1} {line.Item}: wanted is ID;what to use instead"
        );
    }

    [Fact]
    public void The_banned_symbols_and_warnings_as_errors_hold_for_every_project()
    {
        var props = XDocument.Parse(Checkout.Read("Directory.Build.props"));
        Assert.Contains(
            props.Descendants("AdditionalFiles"),
            f => f.Attribute("Include")!.Value.EndsWith("BannedSymbols.txt", StringComparison.Ordinal)
        );
        Assert.Contains(
            props.Descendants("PackageReference"),
            p => p.Attribute("Include")!.Value == "Microsoft.CodeAnalysis.BannedApiAnalyzers"
        );
        Assert.Equal("true", props.Descendants("TreatWarningsAsErrors").Single().Value);
        string[] softening = ["TreatWarningsAsErrors", "WarningsNotAsErrors", "NoWarn", "Nullable", "AnalysisLevel"];
        Checkout.NoComplaints(
            from path in Checkout.With("", ".csproj")
            from element in XDocument.Parse(Checkout.Read(path)).Descendants()
            where softening.Contains(element.Name.LocalName)
            select $"{path} has its own {element.Name.LocalName}; Directory.Build.props decides for all"
        );
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var listed = XDocument
            .Parse(Checkout.Read("lanthorn.slnx"))
            .Descendants("Project")
            .Select(p => p.Attribute("Path")!.Value)
            .Order(StringComparer.Ordinal);
        Assert.Equal(Checkout.With("", ".csproj").Order(StringComparer.Ordinal), listed);
    }

    [Fact]
    public void Versions_stand_in_one_place_and_the_lock_files_follow()
    {
        var versions = Versions();
        Checkout.NoComplaints(
            from project in Checkout.With("", ".csproj")
            from package in XDocument.Parse(Checkout.Read(project)).Descendants("PackageReference")
            let name = package.Attribute("Include")!.Value
            let wanted = package.Attribute("Version") is null ? versions.GetValueOrDefault(name) : null
            let locked = Requested(Path.GetDirectoryName(project) + "/packages.lock.json", name)
            where wanted is null || locked != $"[{wanted}, )"
            select $"{project} wants {name} {wanted}, its lock file has {locked ?? "none"}: dotnet restore, and commit"
        );
    }

    [Fact]
    public void Every_package_has_its_line_among_the_dependencies_and_every_line_its_package()
    {
        var used = Versions()
            .Keys.Concat(Keys("package.json", "dependencies"))
            .Concat(Keys("package.json", "devDependencies"))
            .Concat(Keys(".config/dotnet-tools.json", "tools"))
            .Order(StringComparer.OrdinalIgnoreCase);
        var written = Checkout
            .Read("docs/decisions/dependencies.md")
            .Split('\n')
            .Where(line =>
                line.StartsWith("| ", StringComparison.Ordinal)
                && !line.StartsWith("| package |", StringComparison.Ordinal)
            )
            .Select(line => line.Split('|')[1].Trim())
            .Order(StringComparer.OrdinalIgnoreCase);
        Assert.Equal(used, written);
    }

    private static Dictionary<string, string> Versions() =>
        XDocument
            .Parse(Checkout.Read("Directory.Packages.props"))
            .Descendants("PackageVersion")
            .ToDictionary(p => p.Attribute("Include")!.Value, p => p.Attribute("Version")!.Value);

    private static List<string> Keys(string file, string section)
    {
        using var json = JsonDocument.Parse(Checkout.Read(file));
        return json.RootElement.TryGetProperty(section, out var found)
            ? [.. found.EnumerateObject().Select(entry => entry.Name)]
            : [];
    }

    private static string? Requested(string lockFile, string package)
    {
        if (!Checkout.Files.Contains(lockFile))
            return null;
        using var json = JsonDocument.Parse(Checkout.Read(lockFile));
        return json
            .RootElement.GetProperty("dependencies")
            .EnumerateObject()
            .Where(framework => framework.Value.TryGetProperty(package, out _))
            .Select(framework => framework.Value.GetProperty(package))
            .Where(entry => entry.GetProperty("type").GetString() == "Direct")
            .Select(entry => entry.GetProperty("requested").GetString())
            .FirstOrDefault();
    }
}
