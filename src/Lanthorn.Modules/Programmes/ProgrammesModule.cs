using Lanthorn.Platform;
using Lanthorn.Programmes.Contracts;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Lanthorn.Programmes;

/// <summary>What is funded: projects and who takes part in them.</summary>
public sealed class ProgrammesModule : IModule
{
    public string Name => "Programmes";

    public IReadOnlyList<string> Tables => ["pro_project", "pro_participant"];

    public IEnumerable<Verb> Verbs => [ProjectEndpoints.ListVerb];

    public IEnumerable<NavigationEntry> Navigation =>
        [new(Area.Respond, 20, "Projects", "/projects", ReadProjects.MayRead)];

    public void AddTo(IServiceCollection services)
    {
        services.AddSingleton<ReadProjects>();
        services.AddSingleton<Projects>();
    }

    public void Map(IEndpointRouteBuilder routes) => ProjectEndpoints.Map(routes);
}
