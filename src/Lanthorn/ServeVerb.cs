using System.CommandLine;
using Lanthorn.Governance.Contracts;
using Lanthorn.Platform;

namespace Lanthorn.Program;

/// <summary>The verb <c>serve</c>: the server on an installation, until it is told to stop.</summary>
internal static class ServeVerb
{
    internal static readonly Option<string?> Urls = new("--urls")
    {
        Description =
            "Addresses to listen on, separated by semicolons (default http://127.0.0.1:5080, or LANTHORN_URLS)",
        HelpName = "U",
    };

    public static Command Build() => new("serve", "The server, on the installation in --data") { Urls };

    public static async Task<int> RunAsync(
        ParseResult parsed,
        Settings settings,
        TextWriter messages,
        CancellationToken cancellation
    )
    {
        settings = WithUrls(parsed, settings);
        await using var installation = await Installation.OpenAsync(settings, TimeProvider.System, cancellation);
        await using var server = await Server.StartAsync(installation, notice: [], cancellation);
        await messages.WriteLineAsync($"Lanthorn serves {settings.Urls}");
        if (await FirstAdministrator.AddressAsync(server.Services, cancellation) is { } address)
            await messages.WriteLineAsync(
                $"Nobody manages accounts here yet. This address makes the first administrator, once, within 72 hours:\n{address}"
            );
        await server.WaitForShutdownAsync(cancellation);
        return 0;
    }

    internal static Settings WithUrls(ParseResult parsed, Settings settings) =>
        parsed.GetValue(Urls) is { Length: > 0 } urls ? settings with { Urls = urls } : settings;
}
