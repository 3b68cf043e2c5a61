using Lanthorn.Governance.Contracts;
using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Storage;
using static Lanthorn.Web.Words;

namespace Lanthorn.Screening;

/// <summary>
/// Why the viewer sees an entity, record by record, and who else of this installation would. Of other organisations only
/// those are named that a label names; nothing is told of records that the viewer does not see.
/// </summary>
internal sealed class ShowAccess(Store store, Accounts accounts)
{
    /// <param name="Needs">What the label asks for, in words, and what the viewer has of it.</param>
    internal sealed record Member(Record Record, IReadOnlyList<Need> Needs);

    /// <param name="Asked">What must hold, such as "belongs to alpha".</param>
    /// <param name="Has">Why it holds for the viewer.</param>
    internal sealed record Need(string Asked, string Has);

    /// <summary>People of the viewer's own organisation in one role.</summary>
    internal sealed record Group(string Role, int People, int SeeAll, int SeeSome);

    /// <param name="OtherOrganisations">How many other organisations have people who see all of it.</param>
    internal sealed record Answer(
        Entity Entity,
        IReadOnlyList<Member> Members,
        IReadOnlyList<Group> Groups,
        int OtherOrganisations
    );

    /// <returns>Null where the viewer sees no such entity.</returns>
    public async Task<Answer?> HandleAsync(Work work, string id, CancellationToken cancellation)
    {
        if (
            id.Length > Record.MaxExternalIdLength
            || await work.On(store).EntityAsync(id, "who can see an entity", cancellation) is not { } entity
        )
            return null;
        var labels = entity.Members.Select(m => m.Label).Distinct().ToList();
        var people = await accounts.ListViewersAsync(cancellation);
        var own = people.Where(p => p.Organisation == work.Viewer.Organisation);
        return new(
            entity,
            [.. entity.Members.Select(m => new Member(m, [.. Needs(m.Label, work.Viewer)]))],
            [
                .. own.GroupBy(p => string.Join(", ", p.Roles))
                    .OrderBy(g => g.Key, StringComparer.Ordinal)
                    .Select(g => new Group(
                        g.Key,
                        g.Count(),
                        g.Count(p => labels.All(l => Label.Sees(p, l))),
                        g.Count(p => labels.Any(l => Label.Sees(p, l)) && !labels.All(l => Label.Sees(p, l)))
                    )),
            ],
            people
                .Where(p => p.Organisation != work.Viewer.Organisation && labels.All(l => Label.Sees(p, l)))
                .Select(p => p.Organisation)
                .Distinct(StringComparer.Ordinal)
                .Count()
        );
    }

    internal static IEnumerable<Need> Needs(Label label, Viewer viewer)
    {
        foreach (var atom in label.Text.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            var (key, value) = (
                atom[..atom.IndexOf('=', StringComparison.Ordinal)],
                atom[(atom.IndexOf('=', StringComparison.Ordinal) + 1)..]
            );
            var names = value.Replace("|", T(" or "), StringComparison.Ordinal);
            yield return key switch
            {
                "purpose" => new(T("works for the purpose {0}", names), T("your role has the purpose {0}", names)),
                "org" => new(T("belongs to {0}", names), T("you belong to {0}", viewer.Organisation)),
                "compartment" => new(T("is admitted to compartment {0}", names), T("you are admitted to {0}", names)),
                "role" => new(T("has the role {0}", names), T("your role is {0}", string.Join(", ", viewer.Roles))),
                _ => new(
                    T("is cleared to at least {0}", $"TLP:{value.ToUpperInvariant()}"),
                    T("you are cleared to {0}", $"TLP:{viewer.Clearance.Text().ToUpperInvariant()}")
                ),
            };
        }
    }
}
