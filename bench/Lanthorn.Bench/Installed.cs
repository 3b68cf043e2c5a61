using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Spectre.Console;

namespace Lanthorn.Bench;

/// <summary>The program as its users have it: verbs as processes, a server on a loopback port, ended by its process.</summary>
internal static class Installed
{
    public static void Add(Table table, string measure, double value, string unit) =>
        table.AddRow(measure, value.ToString(value >= 100 ? "N0" : "N2", CultureInfo.InvariantCulture), unit);

    public static async Task<string> VerbAsync(string[] arguments, CancellationToken cancellation)
    {
        using var process = Start(arguments, pack: null);
        var output = await process.StandardOutput.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"lanthorn {arguments[0]} failed; it says why above");
    }

    public static Process Start(string[] arguments, string? pack)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "lanthorn.dll"));
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment["LANTHORN_PACK"] = pack ?? "";
        return Process.Start(start)!;
    }

    public static async Task<TimeSpan> ReadyAsync(int port, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        using var client = new HttpClient(new SocketsHttpHandler())
        {
            BaseAddress = new Uri($"http://127.0.0.1:{port}"),
        };
        while (true)
        {
            try
            {
                using var answer = await client.GetAsync("/readyz", cancellation);
                if (answer.StatusCode == HttpStatusCode.OK)
                    return Stopwatch.GetElapsedTime(started);
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
            await Task.Delay(20, cancellation);
        }
    }

    public static async Task EndAsync(Process process)
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
