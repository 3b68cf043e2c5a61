using Lanthorn.Tests.Tidy;

namespace Lanthorn.Tests;

/// <summary>
/// A committed file that the product or a test generates, so that a change of it is seen in review: reference pages, the
/// OpenAPI document, wire answers.
/// </summary>
internal static class GoldenFile
{
    private const string UpdateVariable = "LANTHORN_UPDATE";

    /// <summary>Compares with the committed file; with LANTHORN_UPDATE=1 writes it instead.</summary>
    /// <param name="path">From the repository's root, such as <c>docs/reference/cli.md</c>.</param>
    public static void Check(string path, string content)
    {
        var file = Path.Combine(Checkout.Root, path);
        var wanted = content.ReplaceLineEndings("\n").TrimEnd('\n') + "\n";
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, wanted);
            return;
        }
        var found = File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n") : "";
        if (found != wanted)
            Assert.Fail(
                $"{path} is not what is generated today: {FirstDifference(found, wanted)}\n"
                    + $"If the change is meant, run the test with {UpdateVariable}=1 and commit the file."
            );
    }

    private static string FirstDifference(string found, string wanted)
    {
        if (found.Length == 0)
            return "the file is missing or empty.";
        var (old, now) = (found.Split('\n'), wanted.Split('\n'));
        var line = Enumerable
            .Range(0, Math.Max(old.Length, now.Length))
            .First(i => old.ElementAtOrDefault(i) != now.ElementAtOrDefault(i));
        return $"line {line + 1} is\n  {old.ElementAtOrDefault(line) ?? "(absent)"}\nand should be\n  {now.ElementAtOrDefault(line) ?? "(absent)"}";
    }
}
