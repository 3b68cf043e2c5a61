using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Spectre.Console;

namespace Lanthorn.Bench;

/// <summary>
/// Laws 1 and 3 at size, by sampling: one installation holds generated persons of whom every seventh is hidden from the
/// asker, the other one those he sees and nothing else, imported in two files and from the end. Whatever he asks, the two
/// answer with the same bytes.
/// </summary>
internal static class LawsAtSize
{
    private const int HiddenEvery = 7;
    private const int Samples = 300;
    private const string KeyFile = "installation.key";
    private const string Hidden = "purpose=enforcement;org=elsewhere";

    /// <summary>Gives how many answers differed.</summary>
    public static async Task<int> RunAsync(Options options, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("lanthorn-bench-").FullName;
        try
        {
            var (all, visible) = (Path.Combine(folder, "all"), Path.Combine(folder, "visible"));
            await FillAsync(folder, all, visible, options, cancellation);
            var (asked, different) = await CompareAsync(all, visible, options, cancellation);
            AnsiConsole.MarkupLine(
                $"[bold]laws at size[/]: of {options.Records:N0} records every {HiddenEvery}th hidden; {asked} answers compared, {different} differ"
            );
            return different;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task FillAsync(
        string folder,
        string all,
        string visible,
        Options options,
        CancellationToken cancellation
    )
    {
        var lines = GeneratedPeople
            .Lines(options.Records)
            .Index()
            .ToLookup(l => l.Index % HiddenEvery == 0, l => l.Item);
        var seen = lines[false].ToList();
        var (shown, hidden) = (Path.Combine(folder, "shown.jsonl"), Path.Combine(folder, "hidden.jsonl"));
        var (late, early) = (Path.Combine(folder, "late.jsonl"), Path.Combine(folder, "early.jsonl"));
        await File.WriteAllLinesAsync(shown, seen, cancellation);
        await File.WriteAllLinesAsync(hidden, lines[true], cancellation);
        await File.WriteAllLinesAsync(late, seen.Skip(seen.Count / 2).Reverse(), cancellation);
        await File.WriteAllLinesAsync(early, seen.Take(seen.Count / 2).Reverse(), cancellation);
        await Installed.VerbAsync(["organisation", "add", "elsewhere", "--data", all], cancellation);
        await Installed.VerbAsync(
            ["user", "add", "other", "--role", "analyst", "--organisation", "elsewhere", "--data", all],
            cancellation
        );
        await ImportAsync(
            all,
            hidden,
            cancellation,
            "--label",
            Hidden,
            "--as",
            "other",
            "--justification",
            "benchmark"
        );
        await ImportAsync(all, shown, cancellation);
        Directory.CreateDirectory(visible);
        // With one key both give a record the same id, and so the same place among equals.
        File.Copy(Path.Combine(all, KeyFile), Path.Combine(visible, KeyFile));
        await ImportAsync(visible, late, cancellation);
        await ImportAsync(visible, early, cancellation);
    }

    private static async Task ImportAsync(
        string data,
        string file,
        CancellationToken cancellation,
        params string[] more
    )
    {
        await Installed.VerbAsync(
            [
                "import",
                file,
                "--source",
                Path.GetFileNameWithoutExtension(file) == "hidden" ? "hidden" : "bench",
                .. more,
                "--data",
                data,
            ],
            cancellation
        );
        await Console.Error.WriteLineAsync($"imported {Path.GetFileName(file)}");
    }

    private static async Task<(int Asked, int Different)> CompareAsync(
        string all,
        string visible,
        Options options,
        CancellationToken cancellation
    )
    {
        await using var one = await Asked.StartAsync(all, cancellation);
        await using var other = await Asked.StartAsync(visible, cancellation);
        var random = new Random(GeneratedPeople.Seed + 2);
        var (asked, different) = (0, 0);
        for (var sample = 0; sample < Samples; sample++)
        {
            var name = GeneratedPeople.Name(random);
            string[] paths =
            [
                $"/search/default?q={Uri.EscapeDataString(name)}",
                $"/search/default?q={Uri.EscapeDataString(name[..3])}&limit=5",
                $"/entities/bench-{random.Next(options.Records)}",
            ];
            foreach (var path in paths)
                Count(path, await one.GetAsync(path, cancellation), await other.GetAsync(path, cancellation));
            var query = JsonSerializer.Serialize(
                new { queries = new { q = new { schema = "Person", properties = new { name = new[] { name } } } } }
            );
            Count(query, await one.MatchAsync(query, cancellation), await other.MatchAsync(query, cancellation));
        }
        return (asked, different);

        void Count(string question, string left, string right)
        {
            asked++;
            if (left == right)
                return;
            different++;
            Console.Error.WriteLine(
                $"differ on {question}:\n  {left[..Math.Min(400, left.Length)]}\n  {right[..Math.Min(400, right.Length)]}"
            );
        }
    }

    /// <summary>A server of one installation and an analyst who asks it.</summary>
    private sealed class Asked(Process server, HttpClient client) : IAsyncDisposable
    {
        public static async Task<Asked> StartAsync(string data, CancellationToken cancellation)
        {
            await Installed.VerbAsync(["user", "add", "bench", "--role", "analyst", "--data", data], cancellation);
            var token = await Installed.VerbAsync(
                ["token", "create", "--user", "bench", "--reason", "benchmark", "--json", "--data", data],
                cancellation
            );
            var port = Installed.FreePort();
            var server = Installed.Start(["serve", "--urls", $"http://127.0.0.1:{port}", "--data", data], pack: null);
            await Installed.ReadyAsync(port, cancellation);
            var client = new HttpClient(new SocketsHttpHandler()) { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
                "Bearer",
                JsonDocument.Parse(token).RootElement.GetProperty("token").GetString()
            );
            return new(server, client);
        }

        public async Task<string> GetAsync(string path, CancellationToken cancellation)
        {
            using var answer = await client.GetAsync(path, cancellation);
            return await TextAsync(answer, cancellation);
        }

        public async Task<string> MatchAsync(string query, CancellationToken cancellation)
        {
            using var content = new StringContent(query, Encoding.UTF8, "application/json");
            using var answer = await client.PostAsync("/match/default", content, cancellation);
            return await TextAsync(answer, cancellation);
        }

        public async ValueTask DisposeAsync()
        {
            client.Dispose();
            await Installed.EndAsync(server);
            server.Dispose();
        }

        /// <summary>The time of the import is the one thing in which the two rightly differ.</summary>
        private static async Task<string> TextAsync(HttpResponseMessage answer, CancellationToken cancellation)
        {
            var text = await answer.Content.ReadAsStringAsync(cancellation);
            text = Regex.Replace(text, "\"(first_seen|last_seen|last_change)\":\"[^\"]*\"", "");
            return $"{(int)answer.StatusCode} {text}";
        }
    }
}
