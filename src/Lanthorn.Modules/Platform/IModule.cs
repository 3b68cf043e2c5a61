using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Lanthorn.Platform;

/// <summary>
/// A feature of the product: what it adds to the program, all of it in its folder. The executable lists the modules one by
/// one; nothing is scanned for.
/// </summary>
public interface IModule
{
    /// <summary>The folder's name, which is also the namespace and the prefix of its migrations.</summary>
    string Name { get; }

    void AddTo(IServiceCollection services);

    void Map(IEndpointRouteBuilder routes);

    /// <summary>The verbs that the module adds to the command line.</summary>
    IEnumerable<Verb> Verbs => [];

    /// <summary>The entries that the module adds to the rail of the workbench.</summary>
    IEnumerable<NavigationEntry> Navigation => [];

    /// <summary>The tables that the module owns: nobody else names them in SQL.</summary>
    IReadOnlyList<string> Tables => [];
}
