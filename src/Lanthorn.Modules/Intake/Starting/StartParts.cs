using Lanthorn.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Lanthorn.Intake.Starting;

/// <summary>What the module has to say on the home page.</summary>
internal static class StartParts
{
    public static void AddTo(IServiceCollection services)
    {
        services.AddSingleton<IStartLines, ImportLines>();
        services.AddSingleton<IStartLines, ListLines>();
        services.AddSingleton<IStartLines, ChangeLines>();
    }
}
