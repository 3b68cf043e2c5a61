using System.Diagnostics;
using System.Globalization;
using System.Text;
using Lanthorn.Tests.Storage;
using Npgsql;

namespace Lanthorn.EndToEnd;

/// <summary>
/// The commands of the administrator's page, run in their order in an empty folder. A fenced block that begins with
/// <c>sh try</c> is one script; lines in it say what it promises: <c># says: TEXT</c> (on stdout or stderr), and
/// <c># ends with: N</c> where the exit code is not 0. Words after "try" name what a block needs.
/// </summary>
public sealed class AdministratorPageTests
{
    private const string Page = "docs/guide/administrator.md";
    private const string Fence = "```";
    private const string Opening = "```sh try";
    private const string Says = "# says: ";
    private const string Ends = "# ends with: ";

    /// <summary>As the page writes the address of a database of one's own, and the port of the server.</summary>
    private const string ServerAddress = "Host=localhost;Database=lanthorn;Username=lanthorn";
    private const string ServerPort = "5080";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private sealed record Block(int Line, string Needs, IReadOnlyList<string> Lines)
    {
        public IEnumerable<string> Promises => After(Says);

        public int ExitCode => After(Ends).Select(n => int.Parse(n, CultureInfo.InvariantCulture)).FirstOrDefault();

        public string Script => string.Join('\n', Lines);

        private IEnumerable<string> After(string mark) =>
            Lines.Where(l => l.StartsWith(mark, StringComparison.Ordinal)).Select(l => l[mark.Length..]);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_page_is_true_from_beginning_to_end_on_a_clean_machine()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the page is for a shell");
        using var folder = new TemporaryFolder();
        await WriteProgramAsync(folder);
        var port = DemonstrationServer.FreePort().ToString(CultureInfo.InvariantCulture);
        var blocks = Blocks(await File.ReadAllLinesAsync(Path.Combine(Checkout.Root, Page), Stop));
        Assert.True(blocks.Count >= 10, $"only {blocks.Count} blocks are tried");
        foreach (var block in blocks)
        {
            if (!IsThere(block.Needs))
                continue;
            // Each block that needs a database has one of its own, as the page has it made just before.
            await using var server = block.Needs == "postgres" ? await PostgresDatabase.CreateAsync() : null;
            var script = block.Script.Replace(ServerPort, port, StringComparison.Ordinal);
            if (server is not null)
                script = script.Replace(ServerAddress, server.Address, StringComparison.Ordinal);
            var (exit, said) = await RunAsync(folder, script);
            NpgsqlConnection.ClearAllPools();

            Assert.True(
                exit == block.ExitCode,
                $"{Page}, line {block.Line}: ended with {exit}, not {block.ExitCode}\n{block.Script}\n{said}"
            );
            foreach (var promise in block.Promises)
                Assert.True(
                    said.Contains(promise, StringComparison.Ordinal),
                    $"{Page}, line {block.Line}: does not say '{promise}'\n{said}"
                );
        }
    }

    private static List<Block> Blocks(string[] lines)
    {
        var blocks = new List<Block>();
        for (var at = 0; at < lines.Length; at++)
        {
            if (!lines[at].StartsWith(Opening, StringComparison.Ordinal))
                continue;
            var end = Array.IndexOf(lines, Fence, at);
            blocks.Add(new(at + 1, lines[at][Opening.Length..].Trim(), lines[(at + 1)..end]));
            at = end;
        }
        return blocks;
    }

    private static bool IsThere(string needs) =>
        needs switch
        {
            "" => true,
            "postgres" => PostgresDatabase.WhyAbsent is null,
            "curl" => (Environment.GetEnvironmentVariable("PATH") ?? "")
                .Split(Path.PathSeparator)
                .Any(p => File.Exists(Path.Combine(p, "curl"))),
            _ => throw new InvalidOperationException($"nobody knows what '{needs}' is"),
        };

    /// <summary>The program that was built beside the tests, on the path as the page has it.</summary>
    private static async Task WriteProgramAsync(TemporaryFolder folder)
    {
        Directory.CreateDirectory(folder.File("bin"));
        Directory.CreateDirectory(folder.File("work"));
        var program = folder.File("bin/lanthorn");
        await File.WriteAllTextAsync(
            program,
            $"#!/bin/sh\nexec dotnet '{Path.Combine(AppContext.BaseDirectory, "lanthorn.dll")}' \"$@\"\n",
            Stop
        );
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static async Task<(int ExitCode, string Said)> RunAsync(TemporaryFolder folder, string script)
    {
        var start = new ProcessStartInfo("sh")
        {
            WorkingDirectory = folder.File("work"),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in new[] { "-e", "-u", "-c", script })
            start.ArgumentList.Add(argument);
        start.Environment["PATH"] = $"{folder.File("bin")}{Path.PathSeparator}{start.Environment["PATH"]}";
        foreach (
            var name in start.Environment.Keys.Where(n => n.StartsWith("LANTHORN_", StringComparison.Ordinal)).ToList()
        )
            start.Environment.Remove(name);
        using var shell = Process.Start(start)!;
        var said = new StringBuilder();
        shell.OutputDataReceived += (_, line) => Take(said, line.Data);
        shell.ErrorDataReceived += (_, line) => Take(said, line.Data);
        shell.BeginOutputReadLine();
        shell.BeginErrorReadLine();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        patience.CancelAfter(Patience);
        try
        {
            await shell.WaitForExitAsync(patience.Token);
        }
        finally
        {
            if (!shell.HasExited)
                shell.Kill(entireProcessTree: true);
        }
        lock (said)
            return (shell.ExitCode, said.ToString());
    }

    private static void Take(StringBuilder said, string? line)
    {
        lock (said)
            said.AppendLine(line);
    }
}
