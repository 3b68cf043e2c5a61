using System.Diagnostics;
using System.Net;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Lanthorn.EndToEnd;

/// <summary>The program as it is given to others: published as one executable, started from a folder of its own.</summary>
public sealed partial class PublishedTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_published_executable_serves_its_own_assets_byte_for_byte()
    {
        Assert.SkipUnless(RuntimeInformation.RuntimeIdentifier == "linux-x64", "published for linux-x64");
        using var folder = new TemporaryFolder();
        await PublishAsync(folder.File("program"));
        var port = DemonstrationServer.FreePort();
        using var program = Start(
            folder.File("program/lanthorn"),
            folder.Path,
            ["serve", "--data", folder.File("data"), "--urls", $"http://127.0.0.1:{port}"]
        );
        try
        {
            using var client = new HttpClient(new SocketsHttpHandler())
            {
                BaseAddress = new($"http://localhost:{port}"),
            };
            await ReadyAsync(client, program);

            var page = await client.GetStringAsync("/sign-in", Stop);
            var assets = Assets().Matches(page).Select(m => m.Groups["path"].Value).Distinct().ToList();

            Assert.Contains(assets, a => a.Contains(".css", StringComparison.Ordinal));
            foreach (var asset in assets)
            {
                using var answer = await client.GetAsync(asset, Stop);
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
                Assert.NotEmpty(await answer.Content.ReadAsByteArrayAsync(Stop));
            }
        }
        finally
        {
            program.Kill(entireProcessTree: true);
            await program.WaitForExitAsync(CancellationToken.None);
        }
    }

    private static async Task PublishAsync(string to)
    {
        using var publish = Start(
            "dotnet",
            Checkout.Root,
            [
                "publish",
                "src/Lanthorn/Lanthorn.csproj",
                "--no-restore",
                "-c",
                "Release",
                "-r",
                "linux-x64",
                "--self-contained",
                "false",
                "-p:PublishSingleFile=true",
                "-v",
                "quiet",
                "-o",
                to,
            ]
        );
        var said = await publish.StandardOutput.ReadToEndAsync(Stop);
        await publish.WaitForExitAsync(Stop);
        Assert.True(publish.ExitCode == 0, said);
    }

    private static async Task ReadyAsync(HttpClient client, Process program)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        patience.CancelAfter(TimeSpan.FromMinutes(2));
        while (true)
        {
            Assert.False(program.HasExited, "the published program ended");
            try
            {
                using var answer = await client.GetAsync("/readyz", patience.Token);
                if (answer.StatusCode == HttpStatusCode.OK)
                    return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
            await Task.Delay(100, patience.Token);
        }
    }

    private static Process Start(string program, string folder, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program) { WorkingDirectory = folder, RedirectStandardOutput = true };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    [GeneratedRegex("(?:href|src)=\"(?<path>[^\"]+\\.(?:css|js|svg|woff2)[^\"]*)\"")]
    private static partial Regex Assets();
}
