using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Lanthorn.Tests.Tidy;

public partial class RepositoryTests
{
    private const int MaxRootEntries = 25;
    private const int MaxFileBytes = 1_000_000;

    /// <summary>Files above this size are data; no text that anybody writes is as long.</summary>
    private const int MaxTextBytes = 400_000;

    [Fact]
    public void No_file_names_the_host_of_a_package_registry_or_a_content_network()
    {
        // Put together here, so that this file does not find itself.
        string[] hosts =
        [
            "nuget" + ".org",
            "npmjs" + ".",
            "pypi" + ".org",
            "pythonhosted" + ".org",
            "crates" + ".io",
            "docker" + ".io",
            "ghcr" + ".io",
            "mcr.microsoft" + ".com",
            "packages.microsoft" + ".com",
            "pkgs.dev.azure" + ".com",
            "maven" + ".org",
            "deb.debian" + ".org",
            "unp" + "kg.com",
            "jsdel" + "ivr",
            "cdn" + "js",
            "fonts.google" + "apis",
        ];
        Checkout.NoComplaints(
            from file in Texts()
            from host in hosts
            where file.Text.Contains(host, StringComparison.OrdinalIgnoreCase)
            select $"{file.Path} names {host}"
        );
    }

    [Fact]
    public void No_file_names_a_folder_of_somebodys_machine() =>
        Checkout.NoComplaints(
            from file in Texts()
            from match in MachinePath().Matches(file.Text)
            select $"{file.Path} names {match.Value}"
        );

    [GeneratedRegex(@"(?<![\w.:/\-*$}])/(work|home|root|tmp|Users)/\w+|[A-Za-z]:\\(Users|work)\\")]
    private static partial Regex MachinePath();

    [Theory]
    [InlineData("see /home" + "/ann/lanthorn", true)]
    [InlineData("\"/tmp" + "/pack\"", true)]
    [InlineData("https://example.org/home" + "/ann", false)]
    [InlineData("docs/home" + "/ann", false)]
    public void The_rule_of_machine_folders_bites(string text, bool found) =>
        Assert.Equal(found, MachinePath().IsMatch(text));

    [Fact]
    public void The_lock_file_of_the_front_end_names_no_address() =>
        Assert.DoesNotContain("\"resolved\"", Checkout.Read("package-lock.json"), StringComparison.Ordinal);

    [Fact]
    public void No_configuration_file_chooses_package_sources() =>
        Checkout.NoComplaints(
            from path in Checkout.Files
            let name = Path.GetFileName(path)
            where
                name.Equals(".npmrc", StringComparison.OrdinalIgnoreCase)
                || (
                    name.Equals("nuget.config", StringComparison.OrdinalIgnoreCase)
                    && Checkout.Read(path).Contains("<packageSources", StringComparison.OrdinalIgnoreCase)
                )
            select $"{path} decides where packages come from, which is the machine's business"
        );

    [Fact]
    public void The_root_is_not_a_desk()
    {
        var entries = Checkout.Files.Select(p => p.Split('/')[0]).Distinct().ToList();
        Assert.True(
            entries.Count <= MaxRootEntries,
            $"{entries.Count} entries, more than {MaxRootEntries}: {string.Join(' ', entries)}"
        );
    }

    [Fact]
    public void No_file_is_large() =>
        Checkout.NoComplaints(
            from path in Checkout.Files
            let bytes = new FileInfo(Checkout.FullPath(path)).Length
            where bytes >= MaxFileBytes
            select $"{path} has {bytes} bytes, more than {MaxFileBytes}"
        );

    [Fact]
    public void Nothing_that_the_build_makes_or_fetches_is_committed() =>
        Checkout.NoComplaints(
            from path in Checkout.Files
            where
                path.Contains("wwwroot/lib/", StringComparison.Ordinal)
                || path.Split('/').Any(part => part is "node_modules" or "bin" or "obj" or "TestResults")
            select $"{path} is made or fetched by the build"
        );

    [Fact]
    public void No_file_of_the_data_pack_is_committed()
    {
        var ours = Checkout
            .Files.Select(path => (Path: path, new FileInfo(Checkout.FullPath(path)).Length))
            .Where(file => file.Length > 0)
            .ToLookup(file => file.Length, file => file.Path);
        Checkout.NoComplaints(
            from official in Directory.EnumerateFiles(Pack.Need(), "*", SearchOption.AllDirectories)
            from path in ours[new FileInfo(official).Length]
            where Hash(official) == Hash(Checkout.FullPath(path))
            select $"{path} is {Path.GetFileName(official)} of the data pack"
        );
        static string Hash(string file)
        {
            using var stream = File.OpenRead(file);
            return Convert.ToHexString(SHA256.HashData(stream));
        }
    }

    [Fact]
    public void Scripts_can_be_executed_and_read_by_bash()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no executable bit");
        var scripts = Texts().Where(file => IsScript(file.Text) || IsSourced(file.Text)).ToList();
        Assert.NotEmpty(scripts);
        Checkout.NoComplaints(
            from script in scripts
            let full = Checkout.FullPath(script.Path)
            let parsed = IsShell(script.Text) ? Checkout.Run("bash", "-n", full) : default
            let stuck = IsScript(script.Text) && !IsExecutable(full)
            where parsed.ExitCode != 0 || stuck
            select stuck ? $"{script.Path} is not executable: git update-index --chmod=+x" : parsed.Errors
        );
        static bool IsScript(string text) => text.StartsWith("#!", StringComparison.Ordinal);
        static bool IsSourced(string text) => text.StartsWith("# shellcheck shell=", StringComparison.Ordinal);
        static bool IsShell(string text) => text.Split('\n')[0].EndsWith("bash", StringComparison.Ordinal);
        static bool IsExecutable(string file) =>
            OperatingSystem.IsWindows() || File.GetUnixFileMode(file).HasFlag(UnixFileMode.UserExecute);
    }

    private static IEnumerable<(string Path, string Text)> Texts() =>
        from path in Checkout.Files
        where new FileInfo(Checkout.FullPath(path)).Length <= MaxTextBytes
        let text = Checkout.Read(path)
        where !text.Contains('\0', StringComparison.Ordinal)
        select (path, text);
}
