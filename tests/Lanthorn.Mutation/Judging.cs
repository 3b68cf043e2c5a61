using System.Diagnostics;
using System.Text;

namespace Lanthorn.Mutation;

/// <summary>What the tests said of one fault.</summary>
internal enum Outcome
{
    /// <summary>A test failed: the fault was noticed.</summary>
    Noticed,

    /// <summary>The tests did not end in the time allowed, which somebody would notice.</summary>
    Endless,

    /// <summary>All tests passed.</summary>
    Survived,

    /// <summary>The compiler refused it; it is not counted.</summary>
    Impossible,
}

/// <summary>One copy of the built tests, into which one fault after the other is put.</summary>
internal sealed class Judging(Workshop workshop, string folder, IReadOnlyList<string> classes, TimeSpan allowed)
{
    private const string Tests = "Lanthorn.Tests.dll";

    /// <summary>A folder that looks like <paramref name="built"/>, with the one assembly to be changed a file of its own.</summary>
    public static void Copy(string built, string folder, string changed)
    {
        foreach (var file in Directory.EnumerateFiles(built, "*", SearchOption.AllDirectories))
        {
            var there = Path.Combine(folder, Path.GetRelativePath(built, file));
            Directory.CreateDirectory(Path.GetDirectoryName(there)!);
            // The runtime looks for neighbours beside the real file of these.
            if (Path.GetExtension(file) is ".dll" or ".json" && Path.GetDirectoryName(there) == folder)
                File.Copy(file, there);
            else
                File.CreateSymbolicLink(there, file);
        }
        File.Delete(Path.Combine(folder, changed));
    }

    public async Task<Outcome> JudgeAsync(Change change, CancellationToken cancellation)
    {
        if (!workshop.Write(change, Path.Combine(folder, $"{workshop.Name}.dll")))
            return Outcome.Impossible;
        return (await RunAsync(cancellation)).Outcome;
    }

    /// <summary>Refuses to go on where the tests fail with nothing changed.</summary>
    public async Task JudgeUnchangedAsync(CancellationToken cancellation)
    {
        workshop.Write(Path.Combine(folder, $"{workshop.Name}.dll"));
        var (outcome, said) = await RunAsync(cancellation);
        if (outcome != Outcome.Survived)
            throw new InvalidOperationException($"The tests fail with nothing changed:\n{said}");
    }

    // Reads until the first test fails: what others say after it changes nothing.
    private async Task<(Outcome Outcome, string Said)> RunAsync(CancellationToken cancellation)
    {
        string[] arguments =
        [
            Path.Combine(folder, Tests),
            "--no-ansi",
            "--progress",
            "off",
            .. classes.SelectMany(c => new[] { "--filter-class", c }),
        ];
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true };
        start.Environment["DOTNET_TieredPGO"] = "0";
        using var run = Process.Start(start)!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(allowed);
        try
        {
            var said = new StringBuilder();
            while (await run.StandardOutput.ReadLineAsync(limit.Token) is { } line)
            {
                said.AppendLine(line);
                if (line.StartsWith("failed ", StringComparison.Ordinal))
                    return (Outcome.Noticed, said.ToString());
            }
            await run.WaitForExitAsync(limit.Token);
            return (run.ExitCode == 0 ? Outcome.Survived : Outcome.Noticed, said.ToString());
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (Outcome.Endless, "");
        }
        finally
        {
            run.Kill(entireProcessTree: true);
        }
    }
}
