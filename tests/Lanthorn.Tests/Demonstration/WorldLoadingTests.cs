using Lanthorn.Governance.Contracts;
using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Program;
using Lanthorn.Program.Demonstration;
using Lanthorn.Program.Demonstration.World;
using Lanthorn.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Lanthorn.Tests.Demonstration;

/// <summary>The world goes through the ordinary import, once.</summary>
public sealed class WorldLoadingTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("lanthorn-world-").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task It_is_loaded_once_whole_and_with_the_categories_of_its_people()
    {
        await using var installation = await Installation.OpenAsync(
            new Settings { Data = folder },
            TimeProvider.System,
            Stop
        );
        await using var services = installation.BuildServices();
        await People.EnsureAsync(services, folder, Stop);

        Assert.NotEmpty(await LoadAsync(services));
        Assert.Empty(await LoadAsync(services));

        var work = await services.GetRequiredService<Accounts>().NeedWorkOfAsync(People.Analyst, "test", Stop);
        var reading = work.On(services.GetRequiredService<Store>());
        var seen = await reading.SourcesAsync(Stop);
        foreach (var source in WorldSource.All.Where(s => s != WorldSource.PoliceNorth))
        {
            var shown = Assert.Single(seen, s => s.Code.Value == source.Code);
            Assert.Equal(source.FullTitle, shown.Title);
            Assert.Equal(WorldRecords.World.Records(source).Count(), shown.LiveRecords);
        }
        Assert.DoesNotContain(seen, s => s.Code.Value == WorldSource.PoliceNorth.Code);
        var unit = WorldRecords.World.UnitOf(0);
        var skipper = unit.Networks[0].In(Role.CoercedSkipper)[0];
        var record = await reading.RecordAsync(unit.RecordId(skipper, WorldSource.TaskForce), "test", Stop);
        Assert.Equal(SubjectCategory.SmuggledMigrant, record!.Category);
        var truth = await File.ReadAllLinesAsync(Path.Combine(folder, WorldLoading.TruthFileName), Stop);
        Assert.Equal(WorldRecords.World.TruthLines(), truth);
    }

    private async Task<string> LoadAsync(IServiceProvider services)
    {
        await using var messages = new StringWriter();
        await WorldLoading.LoadAsync(services, WorldRecords.World, folder, messages, Stop);
        return messages.ToString();
    }
}
