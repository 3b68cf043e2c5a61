namespace Lanthorn.Pathways;

/// <summary>What lies behind the purpose wall, and where. Nothing in it is shared with the enforcement side.</summary>
/// <param name="Folder">A folder of its own: the database file, the key, the keys of sessions.</param>
public sealed record PathwaysSettings(string Folder, TimeProvider Time)
{
    /// <summary>The folder's name below the data folder of an installation.</summary>
    public const string FolderName = "pathways";

    /// <summary>Address of a PostgreSQL database, in which it has a schema of its own; empty for the SQLite file in the folder.</summary>
    public string Database { get; init; } = "";

    /// <summary>Host names that requests may name, separated by semicolons.</summary>
    public string AllowedHosts { get; init; } = "localhost;127.0.0.1";

    /// <summary>Addresses of reverse proxies whose X-Forwarded headers are believed, separated by semicolons.</summary>
    public string TrustedProxies { get; init; } = "";

    public int SignInsPerMinute { get; init; } = 10;

    public int RequestsPerSecond { get; init; } = 5_000;

    public int SessionHours { get; init; } = 8;

    public int TokenDays { get; init; } = 90;
}
