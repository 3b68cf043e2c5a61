namespace Lanthorn.Program.Demonstration.World;

/// <summary>Which sources know of what: in per cent of cases, by what it is.</summary>
internal static class Knowing
{
    private sealed record Odds(WorldSource Always, params (WorldSource Source, int Percent)[] Maybe);

    private static readonly Odds OfMembers = new(
        WorldSource.PoliceAlpha,
        (WorldSource.PoliceNorth, 45),
        (WorldSource.Liaison, 60),
        (WorldSource.TaskForce, 75),
        (WorldSource.Partner, 50),
        (WorldSource.Finance, 35),
        (WorldSource.Registry, 20)
    );

    /// <summary>Every source has heard of those at the top, each in its own way.</summary>
    private static readonly Odds OfOrganisers = new(
        WorldSource.PoliceAlpha,
        (WorldSource.PoliceNorth, 100),
        (WorldSource.Liaison, 100),
        (WorldSource.TaskForce, 100),
        (WorldSource.Partner, 100),
        (WorldSource.Finance, 100),
        (WorldSource.Registry, 50)
    );

    /// <summary>Who was smuggled, or saw it, is known to few.</summary>
    private static readonly Odds OfProtected = new(
        WorldSource.TaskForce,
        (WorldSource.PoliceAlpha, 45),
        (WorldSource.Liaison, 15)
    );

    private static readonly Odds OfMinors = new(WorldSource.TaskForce, (WorldSource.PoliceAlpha, 30));

    private static readonly Odds OfBystanders = new(
        WorldSource.Registry,
        (WorldSource.PoliceNorth, 30),
        (WorldSource.PoliceAlpha, 22),
        (WorldSource.Finance, 30),
        (WorldSource.Partner, 14),
        (WorldSource.Liaison, 6)
    );

    private static readonly Odds OfFirms = new(
        WorldSource.Registry,
        (WorldSource.Finance, 45),
        (WorldSource.Liaison, 15),
        (WorldSource.PoliceNorth, 25)
    );

    private static readonly Odds OfVessels = new(
        WorldSource.Registry,
        (WorldSource.PoliceAlpha, 30),
        (WorldSource.Partner, 35),
        (WorldSource.Liaison, 20)
    );

    private static readonly Odds OfVehicles = new(
        WorldSource.Registry,
        (WorldSource.PoliceNorth, 35),
        (WorldSource.PoliceAlpha, 25)
    );

    private static readonly Odds OfAccounts = new(
        WorldSource.Finance,
        (WorldSource.TaskForce, 25),
        (WorldSource.Partner, 25)
    );

    private static readonly Odds OfPhones = new(
        WorldSource.TaskForce,
        (WorldSource.PoliceAlpha, 30),
        (WorldSource.Liaison, 20)
    );

    private static readonly Odds OfHandles = new(WorldSource.Open, (WorldSource.TaskForce, 60));

    private static readonly Odds OfAddresses = new(WorldSource.Registry, (WorldSource.PoliceNorth, 45));

    private static readonly Odds OfDocuments = new(
        WorldSource.PoliceAlpha,
        (WorldSource.PoliceNorth, 30),
        (WorldSource.Partner, 15)
    );

    public static void Spread(Unit unit)
    {
        foreach (var thing in unit.Things)
        {
            var chance = unit.ChanceOf(Purpose.Knowing, thing.Number);
            var odds = Of(thing);
            thing.Sources =
            [
                odds.Always,
                .. odds.Maybe.Where(m => chance.In100(m.Percent)).Select(m => m.Source).Order(BySource),
            ];
        }
    }

    private static readonly Comparer<WorldSource> BySource = Comparer<WorldSource>.Create(
        (a, b) => a.Index.CompareTo(b.Index)
    );

    private static Odds Of(Thing thing) =>
        thing switch
        {
            Person { IsMinor: true } => OfMinors,
            Person { IsProtected: true } => OfProtected,
            Person { Part: Role.Organiser } => OfOrganisers,
            Person { Network.Length: > 0 } => OfMembers,
            Person => OfBystanders,
            Company => OfFirms,
            Vessel => OfVessels,
            Vehicle => OfVehicles,
            Account => OfAccounts,
            Phone => OfPhones,
            // Only the task force knows who writes under the name.
            Handle { Network.Length: > 0 } => new(WorldSource.Open, (WorldSource.TaskForce, 100)),
            Handle => OfHandles,
            Address => OfAddresses,
            Document { Holder.IsProtected: true } => new(WorldSource.TaskForce),
            Document => OfDocuments,
            _ => throw new InvalidOperationException($"Nobody knows what {thing.Kind} is known to"),
        };
}
