using System.Diagnostics;

namespace Lanthorn.Tests.Tidy;

/// <summary>The repository that these tests were built from: its root and the files that are, or would be, committed.</summary>
internal static class Checkout
{
    private static readonly Lazy<IReadOnlyList<string>> Listed = new(() =>
        [
            .. Git("ls-files", "--cached", "--others", "--exclude-standard", "-z")
                .Split('\0', StringSplitOptions.RemoveEmptyEntries)
                .Distinct(StringComparer.Ordinal)
                .Where(path => File.Exists(FullPath(path)))
                .Order(StringComparer.Ordinal),
        ]
    );

    public static string Root { get; } = FindRoot();

    /// <summary>Paths from the root, with slashes. New files that are not ignored count, so that a fault shows before the commit.</summary>
    public static IReadOnlyList<string> Files => Listed.Value;

    public static string FullPath(string path) => Path.Combine(Root, path);

    public static string Read(string path) => File.ReadAllText(FullPath(path));

    /// <summary>Files with one of these endings, optionally under a folder given with its closing slash.</summary>
    public static IEnumerable<string> With(string folder, params string[] endings) =>
        Files.Where(path =>
            path.StartsWith(folder, StringComparison.Ordinal)
            && endings.Any(e => path.EndsWith(e, StringComparison.Ordinal))
        );

    /// <summary>One assertion for all complaints, so that a run names every place at once.</summary>
    public static void NoComplaints(IEnumerable<string> complaints)
    {
        var all = complaints.ToList();
        if (all.Count > 0)
            Assert.Fail($"{all.Count} complaint(s):\n  {string.Join("\n  ", all)}");
    }

    public static (int ExitCode, string Output, string Errors) Run(string program, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = Root,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.GetAwaiter().GetResult());
    }

    private static string Git(params string[] arguments)
    {
        // A checkout that another user made (a build agent's, a container's) is read all the same.
        var (code, output, errors) = Run("git", ["-c", "safe.directory=*", .. arguments]);
        Assert.True(code == 0, $"git is needed to list the repository's files: {errors}");
        return output;
    }

    private static string FindRoot()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "lanthorn.slnx")))
                return at.FullName;
        throw new InvalidOperationException($"No lanthorn.slnx above {AppContext.BaseDirectory}");
    }
}
