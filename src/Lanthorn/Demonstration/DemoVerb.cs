using System.CommandLine;
using Lanthorn.Platform;
using Lanthorn.Program.Demonstration.World;
using static Lanthorn.Web.Words;

namespace Lanthorn.Program.Demonstration;

/// <summary>
/// The verb <c>demo</c>: an installation with one account for each role, the listings that concern smuggling or, where
/// LANTHORN_PACK names a folder, the full lists in it, and a fictional world beside them. A second start goes on with the same
/// folder.
/// </summary>
internal static class DemoVerb
{
    private const string DefaultData = "./data-demo";

    private static readonly string[] Notice =
    [
        Later("Demonstration: the accounts are made up."),
        Later("Everything from sources called fictional (world-…) is an invented world: nobody in it exists."),
        Later("The listings are facts of public lists, as of the day each record gives."),
    ];

    private static readonly Option<int> Scale = new("--scale")
    {
        Description = $"How large the fictional world is: 1 is some 40,000 records, 0 none, at most {Sizes.MaxScale}",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    };

    public static Command Build() =>
        new("demo", "The server, on an installation with demonstration accounts, public listings and a fictional world")
        {
            ServeVerb.Urls,
            Scale,
        };

    public static async Task<int> RunAsync(
        ParseResult parsed,
        Settings settings,
        TextWriter messages,
        CancellationToken cancellation
    )
    {
        var scale = parsed.GetValue(Scale);
        if (scale is < 0 or > Sizes.MaxScale)
            throw new RefusedException(
                Refusal.BadRequest(
                    "demo-scale",
                    $"A world has a scale of 0 to {Sizes.MaxScale}",
                    "Choose a smaller one"
                )
            );
        settings = ServeVerb.WithUrls(parsed, settings);
        if (settings.Data == new Settings().Data)
            settings = settings with { Data = DefaultData };
        await using var installation = await Installation.OpenAsync(settings, TimeProvider.System, cancellation);
        await Wall.PlantAsync(settings, TimeProvider.System, cancellation);
        IReadOnlyList<DemonstrationAccount> accounts;
        await using (var services = installation.BuildServices())
        {
            accounts = await People.EnsureAsync(services, settings.Data, cancellation);
            await Listings.LoadAsync(services, accounts[0], messages, cancellation);
            await Desks.FillAsync(services, messages, cancellation);
            if (scale > 0)
                await WorldLoading.LoadAsync(
                    services,
                    new FictionalWorld(scale),
                    settings.Data,
                    messages,
                    cancellation
                );
        }
        await using var server = await Server.StartAsync(installation, Notice, cancellation);
        await SayWhereAsync(settings, accounts[0], messages);
        await server.WaitForShutdownAsync(cancellation);
        return 0;
    }

    /// <summary>Passkeys refuse a bare address, so people are sent to the host name.</summary>
    private static async Task SayWhereAsync(Settings settings, DemonstrationAccount analyst, TextWriter messages)
    {
        foreach (var url in settings.Urls.Split(';', StringSplitOptions.RemoveEmptyEntries))
            await messages.WriteLineAsync($"Open {url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal)}");
        await messages.WriteLineAsync(
            $"""
            Sign in as {analyst.Email} with the password {analyst.Password}
            Everybody else, and the tokens for the API, are in {Path.Combine(settings.Data, People.FileName)}
            Behind the purpose wall: /pathways/, with {Path.Combine(settings.Data, Wall.DemonstrationFile)}
            """
        );
    }
}
