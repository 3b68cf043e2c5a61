using Lanthorn.Governance.Contracts;
using Lanthorn.Platform;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Lanthorn.Governance;

/// <summary>People, organisations and roles; sign-in and tokens; the audit log.</summary>
public sealed class GovernanceModule : IModule
{
    public string Name => "Governance";

    public IReadOnlyList<string> Tables => ["gov_organisation", "gov_person", "gov_token", "gov_compartment"];

    public void AddTo(IServiceCollection services)
    {
        services.AddSingleton<Accounts>();
        services.AddSingleton<Callers>();
        services.AddSingleton<SignIn>();
        services.AddSingleton<RequestLimits>();
        services.AddAntiforgery();
        CallerAuthentication.AddTo(services);
    }

    public void Map(IEndpointRouteBuilder routes) { }
}
