using System.ComponentModel;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace Lanthorn.Platform;

/// <summary>
/// All settings of the product: at most 40, each with a default, read from <c>lanthorn.json</c> in the working folder and
/// then from the environment as <c>LANTHORN_…</c>. The reference page is generated from the descriptions here.
/// </summary>
public sealed record Settings
{
    private const string FileName = "lanthorn.json";

    /// <summary>No number of any setting is larger.</summary>
    private const int Most = 1_000_000;

    [Description("Folder that holds the database, keys and blobs")]
    public string Data { get; init; } = "./lanthorn-data";

    [Description(
        "Address of a PostgreSQL database ('Host=…;Database=…;Username=…'); without it SQLite in the data folder"
    )]
    public string Database { get; init; } = "";

    [Description(
        "Address of the PostgreSQL database behind the purpose wall, with a role of its own; without it a schema of its own in that of Database, or SQLite"
    )]
    public string PathwaysDatabase { get; init; } = "";

    [Description(
        "Folder with official files, laid out as the data pack describes; the demonstration loads the lists in it"
    )]
    public string Pack { get; init; } = "";

    [Description("Addresses to listen on, separated by semicolons")]
    public string Urls { get; init; } = "http://127.0.0.1:5080";

    [Description("Name of the organisation that runs this installation; the operator account belongs to it")]
    public string Organisation { get; init; } = "local";

    [Description("Host names that requests may name, separated by semicolons")]
    public string AllowedHosts { get; init; } = "localhost;127.0.0.1";

    [Description("Addresses of reverse proxies that terminate TLS and whose X-Forwarded headers are believed")]
    public string TrustedProxies { get; init; } = "";

    [Description("Certificate file (PFX) for TLS, needed to listen beyond loopback without a trusted proxy")]
    public string Certificate { get; init; } = "";

    [Description("File that holds the password of the certificate")]
    public string CertificatePasswordFile { get; init; } = "";

    [Description("Sign-in attempts a minute and address")]
    public int SignInsPerMinute { get; init; } = 10;

    [Description("API requests a second and token")]
    public int RequestsPerSecond { get; init; } = 5_000;

    [Description("Hours after which a session without requests ends")]
    public int SessionHours { get; init; } = 8;

    [Description("Days after which a new API token expires")]
    public int TokenDays { get; init; } = 90;

    [Description("Largest upload in MiB")]
    public int UploadMegabytes { get; init; } = 512;

    [Description(
        "Mail server ('HOST:PORT') by which accounts that want it are told that they have notices; without it no e-mail is sent"
    )]
    public string SmtpServer { get; init; } = "";

    [Description("Address that these messages come from")]
    public string SmtpSender { get; init; } = "";

    [Description("Account on the mail server, where it wants one")]
    public string SmtpUser { get; init; } = "";

    [Description("File that holds the password of that account")]
    public string SmtpPasswordFile { get; init; } = "";

    [Description(
        "Address of an identity provider (OpenID Connect) through which accounts may also sign in; without it there is none"
    )]
    public string OidcAuthority { get; init; } = "";

    [Description("As which client this installation is registered there")]
    public string OidcClient { get; init; } = "";

    [Description("File that holds the client's secret, where it has one")]
    public string OidcClientSecretFile { get; init; } = "";

    /// <exception cref="RefusedException">The file is no JSON, or a value is none of its kind.</exception>
    public static Settings Read(string folder)
    {
        var settings = new Settings();
        try
        {
            new ConfigurationBuilder()
                .SetBasePath(folder)
                .AddJsonFile(FileName, optional: true)
                .AddEnvironmentVariables("LANTHORN_")
                .Build()
                .Bind(settings, o => o.ErrorOnUnknownConfiguration = false);
        }
        catch (Exception wrong) when (wrong is InvalidDataException or InvalidOperationException or FormatException)
        {
            // Its words name file, line and setting, the innermost most exactly.
            throw Wrong((wrong.InnerException is FormatException at ? at : wrong).Message);
        }
        foreach (var number in typeof(Settings).GetProperties().Where(p => p.PropertyType == typeof(int)))
            if ((int)number.GetValue(settings)! is < 1 or > Most)
                throw Wrong($"{number.Name} is a number from 1 to {Most}");
        return settings;
    }

    private static RefusedException Wrong(string why) =>
        new(
            Refusal.BadRequest(
                "settings",
                $"The settings cannot be read: {why.TrimEnd('.')}",
                $"Correct {FileName} in the working folder, or the environment's LANTHORN_…"
            )
        );

    /// <summary>Name, environment variable, default and meaning of each, for the reference page.</summary>
    public static IEnumerable<(string Name, string Variable, string Default, string Meaning)> Describe()
    {
        var defaults = new Settings();
        return typeof(Settings)
            .GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.GetCustomAttribute<DescriptionAttribute>() is not null)
            .Select(p =>
                (
                    p.Name,
                    $"LANTHORN_{p.Name.ToUpperInvariant()}",
                    $"{p.GetValue(defaults)}",
                    p.GetCustomAttribute<DescriptionAttribute>()!.Description
                )
            );
    }
}
