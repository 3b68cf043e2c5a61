using System.Text.Json;
using Lanthorn.Program;

namespace Lanthorn.Tests.Intake;

/// <summary>Keeping lists fresh on the command line.</summary>
[Collection(CommandLineCollection.Name)]
public sealed class RefreshVerbTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("lanthorn-refresh-").FullName;
    private ListServer publisher = null!;

    public async ValueTask InitializeAsync()
    {
        publisher = await ListServer.StartAsync();
        publisher.Publish("un.xml", ListServer.UnList(("LYi.901", "Orin Vesselman")), "a");
        await DoAsync("address", "un-sc", publisher.At("un.xml"));
    }

    public async ValueTask DisposeAsync()
    {
        await publisher.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private async Task<(int Exit, string Output, string Messages)> RunAsync(params string[] args)
    {
        await using var output = new StringWriter();
        await using var messages = new StringWriter();
        var exit = await new CommandLine(output, messages).RunAsync(
            ["sources", .. args, "--data", folder],
            TestContext.Current.CancellationToken
        );
        return (exit, output.ToString(), messages.ToString());
    }

    private async Task<string> DoAsync(params string[] args)
    {
        var (exit, output, messages) = await RunAsync(args);
        Assert.True(exit == 0, messages);
        return output;
    }

    [Fact]
    public async Task A_list_is_refreshed_and_what_changed_is_told()
    {
        var first = JsonDocument.Parse(await DoAsync("refresh", "un-sc", "--json")).RootElement[0];
        var again = JsonDocument.Parse(await DoAsync("refresh", "un-sc", "--json")).RootElement[0];
        publisher.Publish("un.xml", ListServer.UnList(("LYi.901", "Orin Vesselmann"), ("LYi.902", "Bela Quay")), "b");
        await DoAsync("refresh", "un-sc");

        Assert.Equal(
            ("updated", 1, "unchanged"),
            (
                first.GetProperty("result").GetString(),
                first.GetProperty("imported").GetInt32(),
                again.GetProperty("result").GetString()
            )
        );
        var vintages = JsonDocument.Parse(await DoAsync("vintages", "un-sc", "--json")).RootElement;
        Assert.Equal(2, vintages.GetArrayLength());
        var changes = JsonDocument.Parse(await DoAsync("changes", "un-sc", "--json")).RootElement;
        Assert.Equal(("added", "changed"), (Kind("un-sc-LYi.902", changes), Kind("un-sc-LYi.901", changes)));
        Assert.Contains(
            "name: Orin Vesselman → Orin Vesselmann",
            await DoAsync("changes", "un-sc"),
            StringComparison.Ordinal
        );
        Assert.Empty((await DoAsync("changes", "un-sc", "--kind", "ended")).Trim());
        var all = await DoAsync(
            "changes",
            "un-sc",
            "--from",
            "none",
            "--to",
            vintages[1].GetProperty("id").GetString()!
        );
        Assert.StartsWith("added   un-sc-LYi.901 Orin Vesselman", all, StringComparison.Ordinal);

        static string? Kind(string id, JsonElement changes) =>
            changes
                .GetProperty("results")
                .EnumerateArray()
                .Single(r => r.GetProperty("id").GetString() == id)
                .GetProperty("change")
                .GetString();
    }

    [Fact]
    public async Task The_exit_code_is_that_of_an_import()
    {
        publisher.Publish(
            "un.xml",
            ListServer.UnList(("LYi.901", "Orin Vesselman"), ("LYi.901", "The same number again")),
            "b"
        );
        var (quarantined, _, _) = await RunAsync("refresh", "un-sc");
        publisher.Next(context =>
        {
            context.Response.StatusCode = 404;
            return Task.CompletedTask;
        });
        var (failed, _, said) = await RunAsync("refresh", "un-sc");
        var (noAddress, _, help) = await RunAsync("refresh", "eu-fsf");
        var (unknown, _, unknownSaid) = await RunAsync("refresh", "tips");
        var (wrong, _, _) = await RunAsync("address", "un-sc");
        var (usage, _, _) = await RunAsync("schedule", "un-sc");

        Assert.Equal((3, 1, 1, 1, 1, 2), (quarantined, failed, noAddress, unknown, wrong, usage));
        Assert.Contains("answers 404", said, StringComparison.Ordinal);
        Assert.Contains("sources address eu-fsf", help, StringComparison.Ordinal);
        Assert.Contains("un-sc, us-ofac", unknownSaid, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_schedule_is_set_shown_and_ended_and_an_address_goes_back_to_the_publishers()
    {
        var (_, _, on) = await RunAsync("schedule", "un-sc", "--every", "1d", "--at", "04:30");
        var listed = JsonDocument.Parse(await DoAsync("--json")).RootElement.EnumerateArray();
        var (_, _, off) = await RunAsync("schedule", "un-sc", "--every", "off");
        var (_, _, back) = await RunAsync("address", "un-sc", "--publisher");

        Assert.Contains("every 1d as operator", on, StringComparison.Ordinal);
        var fetching = listed.Single(s => s.GetProperty("code").GetString() == "un-sc").GetProperty("fetching");
        Assert.Equal(
            ("1d", "04:30"),
            (fetching.GetProperty("every").GetString(), fetching.GetProperty("at").GetString())
        );
        Assert.Contains("only when somebody asks", off, StringComparison.Ordinal);
        Assert.Contains("https://scsanctions.un.org/", back, StringComparison.Ordinal);
    }
}
