using System.Text;
using Dapper;
using Lanthorn.Pathways;
using Lanthorn.Pathways.Hosting;
using Lanthorn.Pathways.Store;
using Lanthorn.Tests.Removal;
using Lanthorn.Tests.Storage;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Lanthorn.Tests.Pathways;

/// <summary>The whole program with the made-up people behind its wall, and a fictional applicant whose name is the marker.</summary>
internal sealed class WalledServer : IAsyncDisposable
{
    private WalledServer(InstalledServer server, IReadOnlyList<PathwaysCredential> people) =>
        (Server, People) = (server, people);

    /// <summary>The enforcement side, which is all that an attacker there has.</summary>
    public InstalledServer Server { get; }

    public IReadOnlyList<PathwaysCredential> People { get; }

    public PathwaysStore Store => Site.Services.GetRequiredService<PathwaysStore>();

    public IEnumerable<RouteEndpoint> Routes =>
        Site.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    private PathwaysSite Site => Server.Services.GetRequiredService<PathwaysSite>();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<WalledServer> StartAsync(Database on = Database.Sqlite)
    {
        var server = await InstalledServer.StartAsync(Stop, on: on);
        var settings = server
            .Services.GetRequiredService<PathwaysSite>()
            .Services.GetRequiredService<PathwaysStore>()
            .Settings;
        return new(server, await PathwaysDemonstration.EnsureAsync(settings, server.Folder, Stop));
    }

    public HttpClient Behind(string role) => Server.WithToken(People.First(p => p.Role == role).Token);

    /// <summary>A path of a route: what stands in braces is something.</summary>
    public static string Filled(RouteEndpoint route, string something = "x") =>
        "/"
        + string.Join(
            '/',
            (route.RoutePattern.RawText ?? "").TrimStart('/').Split('/').Select(p => p.StartsWith('{') ? something : p)
        );

    /// <summary>Where the marker stands in the clear in what the installation keeps: files, and tables on a server.</summary>
    public async Task<IReadOnlyList<string>> MarkedAsync()
    {
        var found = FilesWithMarker(Server.Folder).ToList();
        if (Server.Database is not { } database)
            return found;
        await using var connection = new NpgsqlConnection(database.Address);
        await connection.OpenAsync(Stop);
        var tables = await connection.QueryAsync<string>(
            """
            select format('%I.%I', n.nspname, c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relkind = 'r' and n.nspname !~ '^(pg_|information_schema)'
            """
        );
        foreach (var table in tables.ToList())
        foreach (var row in await connection.QueryAsync<string>($"select t::text from {table} t"))
            if (HasMarker(Encoding.UTF8.GetBytes(row)))
                found.Add($"{table}: {row}");
        return found;
    }

    public static IEnumerable<string> FilesWithMarker(string folder) =>
        from path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        where HasMarker(Bytes(path))
        select path;

    /// <summary>In the clear, or in what everybody can read back: other encodings, base64, hex.</summary>
    public static bool HasMarker(byte[] bytes)
    {
        var text = Encoding.Latin1.GetString(bytes);
        return Disguises.Any(d => text.Contains(d, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The first word of the marker, in every form in which it is no secret.</summary>
    private static readonly IReadOnlyList<string> Disguises =
    [
        .. Disguised(PathwaysDemonstration.Marker.Split(' ')[0]),
    ];

    private static IEnumerable<string> Disguised(string word)
    {
        var utf8 = Encoding.UTF8.GetBytes(word);
        yield return word;
        yield return Encoding.Latin1.GetString(Encoding.Unicode.GetBytes(word));
        yield return Encoding.Latin1.GetString(Encoding.BigEndianUnicode.GetBytes(word));
        yield return Convert.ToHexString(utf8);
        // At each of the three places of a group; what depends on the neighbours is left out.
        for (var shift = 0; shift < 3; shift++)
        {
            var shifted = Convert.ToBase64String([.. new byte[shift], .. utf8]);
            yield return shifted[(shift == 0 ? 0 : 4)..((utf8.Length + shift) / 3 * 4)];
        }
    }

    private static byte[] Bytes(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        file.CopyTo(copy);
        return copy.ToArray();
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
