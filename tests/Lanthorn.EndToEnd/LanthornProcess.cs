using System.Diagnostics;
using System.Text;

namespace Lanthorn.EndToEnd;

/// <summary>The program as its users start it: a real process, ended by its id.</summary>
internal sealed class LanthornProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly StringBuilder messages = new();

    private LanthornProcess(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, line) => Take(output, line.Data);
        process.ErrorDataReceived += (_, line) => Take(messages, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Output => Read(output);

    public string Messages => Read(messages);

    public bool HasEnded => process.HasExited;

    /// <summary>Starts the program that the test project has built beside itself.</summary>
    public static LanthornProcess Start(IReadOnlyDictionary<string, string?> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "lanthorn.dll"));
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return new(Process.Start(start)!);
    }

    /// <summary>Runs a verb to its end and gives its exit code, answer and messages.</summary>
    public static async Task<(int ExitCode, string Output, string Messages)> RunAsync(
        string data,
        CancellationToken cancellation,
        params string[] arguments
    )
    {
        await using var run = Start(new Dictionary<string, string?>(), [.. arguments, "--data", data]);
        await run.EndAsync(cancellation);
        return (run.process.ExitCode, run.Output, run.Messages);
    }

    public async Task<int> EndAsync(CancellationToken cancellation)
    {
        await process.WaitForExitAsync(cancellation);
        return process.ExitCode;
    }

    /// <summary>As pulling the plug: no handler of the process runs.</summary>
    public async Task KillAsync()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        process.Dispose();
    }

    private static void Take(StringBuilder text, string? line)
    {
        lock (text)
            text.AppendLine(line);
    }

    private static string Read(StringBuilder text)
    {
        lock (text)
            return text.ToString();
    }
}
