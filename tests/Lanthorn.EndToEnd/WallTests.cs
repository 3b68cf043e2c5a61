using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Lanthorn.EndToEnd;

/// <summary>The purpose wall of a real process: what it writes down, and what its backup holds.</summary>
[Collection(nameof(DemonstrationServer))]
public sealed class WallTests(DemonstrationServer server)
{
    private const string Marker = "Wallproof Marker";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Safeguard_9_Neither_files_nor_output_nor_backup_of_a_running_demonstration_hold_the_marker()
    {
        var file = Path.Combine(server.Data, "credentials-pathways.json");
        var behind = JsonSerializer.Deserialize<List<DemonstrationServer.Credential>>(
            await File.ReadAllTextAsync(file, Stop),
            JsonSerializerOptions.Web
        )!;
        string[] roles = ["counsellor", "talent-coordinator", "employer", "pathways-administrator"];
        Assert.Equal(roles, behind.Select(c => c.Role));
        Assert.Empty(behind.Select(c => c.Email).Intersect(server.Credentials.Select(c => c.Email)));
        using var counsellor = server.Client(role: null);
        counsellor.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", behind[0].Token);
        var listed = await counsellor.GetStringAsync("/pathways/api/v1/applicants", Stop);
        Assert.Contains(Marker, listed, StringComparison.Ordinal);

        foreach (var credential in server.Credentials.DistinctBy(c => c.Role))
        {
            using var client = server.Client(credential.Role);
            foreach (var path in new[] { "/", "/search?q=marker", "/metrics", "/api/v1/audit", "/openapi/v1.json" })
            {
                using var answer = await client.GetAsync(path, Stop);
                Assert.DoesNotContain(Marker, await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
            }
            using var refused = await client.GetAsync("/pathways/api/v1/applicants", Stop);
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        }
        var backup = Path.Combine(server.Data, "wall.lan");
        var (exit, _, messages) = await LanthornProcess.RunAsync(server.Data, Stop, "backup", backup);
        Assert.True(exit == 0, messages);

        Assert.DoesNotContain(Marker, server.Said, StringComparison.Ordinal);
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(server.Data, "pathways"), "pathways.db"));
        foreach (var path in Directory.EnumerateFiles(server.Data, "*", SearchOption.AllDirectories))
            Assert.False(Holds(await BytesAsync(path)), path);
        File.Delete(backup);
    }

    /// <summary>In any case, as UTF-8 or UTF-16.</summary>
    private static bool Holds(byte[] bytes)
    {
        var text = Encoding.Latin1.GetString(bytes);
        var wide = Encoding.Latin1.GetString(Encoding.Unicode.GetBytes(Marker));
        return text.Contains(Marker, StringComparison.OrdinalIgnoreCase)
            || text.Contains(wide, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<byte[]> BytesAsync(string path)
    {
        await using var file = new FileStream(
            path,
            FileMode.Open,
            FileAccess.Read,
            FileShare.ReadWrite | FileShare.Delete
        );
        using var copy = new MemoryStream();
        await file.CopyToAsync(copy, Stop);
        return copy.ToArray();
    }
}
