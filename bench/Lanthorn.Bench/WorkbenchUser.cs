using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Lanthorn.Bench;

/// <summary>Somebody who is signed in with a session of his own, and what an account of his kind finds to look at.</summary>
internal sealed partial class WorkbenchUser(HttpClient client, WorkbenchUser.Sights sights) : IDisposable
{
    private const int MostSeen = 40;

    public HttpClient Client => client;

    /// <summary>What an account may see, as paths and names.</summary>
    public sealed record Sights(
        IReadOnlyList<string> Names,
        IReadOnlyList<string> Entities,
        IReadOnlyList<string> LongEntities,
        IReadOnlyList<string> Adjacent
    );

    public void Dispose() => client.Dispose();

    /// <summary>Whether the account sees anything of the kind.</summary>
    public bool Sees(string kind) =>
        kind switch
        {
            "entity with long lists" => sights.LongEntities.Count > 0,
            "adjacent" => sights.Adjacent.Count > 0,
            _ => true,
        };

    public string PathOf(string kind, int chance) =>
        kind switch
        {
            "home" => "/",
            "search" => $"/search?q={Name(chance)}",
            "search as a table" => $"/search?q={Name(chance)}&view=table",
            "entity" => Of(sights.Entities, chance),
            "entity with long lists" => Of(sights.LongEntities, chance),
            "adjacent" => Of(sights.Adjacent, chance),
            "go to" => $"/go?q={Name(chance)}",
            _ => $"/{kind}",
        };

    /// <summary>Asks with the account's token for records of the world's truth until it has seen enough of them.</summary>
    public static async Task<Sights> SeeAsync(
        Uri server,
        string token,
        IEnumerable<string> records,
        CancellationToken cancellation
    )
    {
        using var client = new HttpClient(new SocketsHttpHandler()) { BaseAddress = server };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var (names, entities, longer, adjacent) = (
            new List<string>(),
            new List<string>(),
            new List<string>(),
            new List<string>()
        );
        foreach (var record in records)
        {
            if (entities.Count >= MostSeen && longer.Count >= MostSeen / 4)
                break;
            using var answer = await client.GetAsync($"/entities/{record}", cancellation);
            if (answer.StatusCode != HttpStatusCode.OK)
                continue;
            using var entity = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancellation));
            var page = await client.GetStringAsync($"/entity/{record}", cancellation);
            var more = MorePath().Matches(page).Select(m => m.Value).ToList();
            (more.Count > 0 ? longer : entities).Add($"/entity/{record}");
            adjacent.AddRange(more);
            names.Add(entity.RootElement.GetProperty("caption").GetString()!);
        }
        await Console.Error.WriteLineAsync(
            $"an account sees {entities.Count} entities, {longer.Count} with long lists, {adjacent.Count} further pages"
        );
        return new(names, entities, longer, adjacent);
    }

    public static async Task<WorkbenchUser> SignInAsync(
        Uri server,
        string email,
        string password,
        Sights sights,
        CancellationToken cancellation
    )
    {
        var handler = new SocketsHttpHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false };
        var client = new HttpClient(handler) { BaseAddress = server };
        var page = await client.GetStringAsync("/sign-in", cancellation);
        var fields = new Dictionary<string, string> { ["email"] = email, ["password"] = password };
        if (Proof().Match(page) is { Success: true } proof)
            fields["__RequestVerificationToken"] = proof.Groups["value"].Value;
        using var form = new FormUrlEncodedContent(fields);
        using var answer = await client.PostAsync("/sign-in", form, cancellation);
        return answer.StatusCode == HttpStatusCode.Redirect
            ? new(client, sights)
            : throw new InvalidOperationException($"{email} is not let in: {answer.StatusCode}");
    }

    private string Name(int chance) => Uri.EscapeDataString(Of(sights.Names, chance));

    private static string Of(IReadOnlyList<string> paths, int chance) => paths[chance % paths.Count];

    [GeneratedRegex("/entity/[^\"]+/adjacent/[^\"?#]+")]
    private static partial Regex MorePath();

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"(?<value>[^\"]+)\"")]
    private static partial Regex Proof();
}
