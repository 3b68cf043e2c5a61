using Lanthorn.Program.Demonstration;
using Lanthorn.Tests.Removal;
using Lanthorn.Tests.Storage;

namespace Lanthorn.Tests.Demonstration;

/// <summary>The desks of the two officers in the demonstration.</summary>
public sealed class DesksTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, OnEachDatabase]
    public async Task The_desks_are_filled_once_and_say_on_the_home_page_what_waits(Database database)
    {
        await using var server = await InstalledServer.StartAsync(Stop, on: database);
        var (data, rights) = ("demo-data-protection-officer", "demo-fundamental-rights-officer");
        using var one = await server.SignedInAsync(data, "data-protection-officer", "alpha", Stop);
        using var two = await server.SignedInAsync(rights, "fundamental-rights-officer", "alpha", Stop);
        await using var messages = new StringWriter();

        await Desks.FillAsync(server.Services, messages, Stop);
        await Desks.FillAsync(server.Services, messages, Stop);

        Assert.Equal(1, messages.ToString().Split("requests").Length - 1);
        var home = await one.GetStringAsync("/", Stop);
        Assert.Contains("is overdue", home, StringComparison.Ordinal);
        Assert.Contains("is to be told of breach", home, StringComparison.Ordinal);
        Assert.Contains("waits to be taken up", await two.GetStringAsync("/", Stop), StringComparison.Ordinal);
        Assert.Contains("fictional", await one.GetStringAsync("/registers/breaches", Stop), StringComparison.Ordinal);
    }
}
