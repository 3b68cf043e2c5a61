using Lanthorn.Commitments.Contracts;
using Lanthorn.Platform;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Lanthorn.Commitments;

/// <summary>The spine: who promised what to whom and by when, and what shows that it was delivered.</summary>
public sealed class CommitmentsModule : IModule
{
    public string Name => "Commitments";

    public IReadOnlyList<string> Tables => ["com_undertaking", "com_evidence", "com_history", "com_edition"];

    public IEnumerable<Verb> Verbs => UndertakingVerbs.All;

    public IEnumerable<NavigationEntry> Navigation =>
        [new(Area.Respond, 10, "Undertakings", "/undertakings", Rights.MayRead)];

    public void AddTo(IServiceCollection services)
    {
        services.AddSingleton<ReadUndertakings>();
        services.AddSingleton<ListUndertakings>();
        services.AddSingleton<ShowUndertaking>();
        services.AddSingleton<AddUndertaking>();
        services.AddSingleton<ChangeUndertaking>();
        services.AddSingleton<OfferEvidence>();
        services.AddSingleton<DecideEvidence>();
        services.AddSingleton<Undertakings>();
        services.AddSingleton<IStartLines, UndertakingLines>();
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        UndertakingEndpoints.Map(routes);
        UndertakingForms.Map(routes);
        UndertakingFile.Map(routes);
    }
}
