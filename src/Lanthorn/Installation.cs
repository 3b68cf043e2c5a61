using Lanthorn.Governance.Contracts;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Program;

/// <summary>An opened installation: its settings, its store, and the services of every module on it.</summary>
internal sealed class Installation : IAsyncDisposable
{
    private Installation(Settings settings, Store store, TimeProvider time) =>
        (Settings, Store, Time) = (settings, store, time);

    public Settings Settings { get; }

    public Store Store { get; }

    public TimeProvider Time { get; }

    public static async Task<Installation> OpenAsync(
        Settings settings,
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        var store = await Store.OpenAsync(StoreOf(settings, time), cancellation);
        var installation = new Installation(settings, store, time);
        await using var services = installation.BuildServices();
        await services.GetRequiredService<Accounts>().EnsureOperatorAsync(cancellation);
        return installation;
    }

    /// <summary>Where its store lies, and whose tables are in it.</summary>
    public static StoreSettings StoreOf(Settings settings, TimeProvider time)
    {
        var modules = Modules.All.Select(m => new ModuleMigrations(m.Name, m.GetType().Assembly)).ToList();
        return new(settings.Data, time, modules, Database: settings.Database);
    }

    /// <summary>Services without a server, for the verbs of the command line.</summary>
    public ServiceProvider BuildServices()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        AddTo(services);
        return services.BuildServiceProvider();
    }

    public void AddTo(IServiceCollection services)
    {
        services.AddSingleton(Settings);
        services.AddSingleton(Store);
        services.AddSingleton(Time);
        services.AddSingleton(Modules.All);
        services.AddSingleton<AskStartLines>();
        services.AddSingleton<UnreadNotices>();
        foreach (var module in Modules.All)
            module.AddTo(services);
    }

    public ValueTask DisposeAsync() => Store.DisposeAsync();
}
