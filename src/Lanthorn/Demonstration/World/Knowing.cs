namespace Lanthorn.Program.Demonstration.World;

/// <summary>Which sources know of what: in per cent of cases, by what it is.</summary>
internal static class Knowing
{
    private sealed record Odds(WorldSource Always, params (WorldSource Source, int Percent)[] Maybe);

    private static readonly Odds OfMembers = new(
        WorldSource.PoliceAlpha,
        (WorldSource.PoliceNorth, 45),
        (WorldSource.Liaison, 60),
        (WorldSource.TaskForce, 100),
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

    /// <summary>Who paid stands with his payment, for what he is.</summary>
    private static readonly Odds OfPassengers = new(
        WorldSource.TaskForce,
        (WorldSource.PoliceAlpha, 30),
        (WorldSource.Finance, 100)
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

    private static readonly Odds OfAddresses = new(WorldSource.Registry, (WorldSource.PoliceNorth, 45));

    /// <summary>How often a source that knows somebody also has his telephone, his papers, or where he lives.</summary>
    private const int KnowsMoreIn100 = 60;

    public static void Spread(Unit unit)
    {
        foreach (var thing in unit.Things)
            if (Of(thing) is { } odds)
                thing.Sources = Drawn(odds, unit.ChanceOf(Purpose.Knowing, thing.Number));
        foreach (var thing in unit.Things)
            LetOwnersBeKnown(thing);
        foreach (var transporter in unit.Networks.SelectMany(n => n.In(Role.Transporter)))
            Add(transporter, WorldSource.Liaison);
        foreach (var carrier in unit.Networks.SelectMany(n => n.Vessels.Concat<Thing>(n.Vehicles)))
            Add(carrier, WorldSource.Liaison);
        foreach (var seen in Events.Harbours(unit).Concat<Thing>(Events.Carriers(unit)))
            Add(seen, WorldSource.Liaison);
        foreach (var thing in unit.Things)
            if (Whose(thing) is { } person)
                thing.Sources = Among(person.Sources, unit.ChanceOf(Purpose.Knowing, thing.Number));
        foreach (var keeper in unit.Networks.SelectMany(n => n.In(Role.SafeHouseKeeper)))
        foreach (var source in keeper.Sources)
            Add(keeper.Home, source);
    }

    /// <summary>Whoever a source points at has a record in it.</summary>
    private static void LetOwnersBeKnown(Thing thing)
    {
        switch (thing)
        {
            case Company company:
                Add(company.Director, WorldSource.Registry);
                Add(company.Seat, WorldSource.Registry);
                break;
            case Vessel vessel:
                Add(vessel.Owner, WorldSource.Registry);
                break;
            case Vehicle vehicle:
                Add(vehicle.Owner, WorldSource.Registry);
                break;
            case Account account:
                Add(account.Owner, WorldSource.Finance);
                break;
            case Person { Part: Role.MoneyMover } mover:
                Add(mover, WorldSource.Finance);
                break;
            case Handle { Network.Length: > 0 } handle:
                Add(handle, WorldSource.TaskForce);
                break;
        }
    }

    private static void Add(Thing thing, WorldSource source)
    {
        if (!thing.Sources.Contains(source))
            thing.Sources = [.. thing.Sources.Append(source).Order(BySource)];
    }

    private static IReadOnlyList<WorldSource> Drawn(Odds odds, Chance chance) =>
        [odds.Always, .. odds.Maybe.Where(m => chance.In100(m.Percent)).Select(m => m.Source).Order(BySource)];

    private static IReadOnlyList<WorldSource> Among(IReadOnlyList<WorldSource> sources, Chance chance) =>
        [.. sources.Where((s, at) => at == 0 || chance.In100(KnowsMoreIn100))];

    private static Person? Whose(Thing thing) =>
        thing switch
        {
            Phone phone => phone.User,
            Document document => document.Holder,
            _ => null,
        };

    private static readonly Comparer<WorldSource> BySource = Comparer<WorldSource>.Create(
        (a, b) => a.Index.CompareTo(b.Index)
    );

    /// <summary>Null for what is known to those who know its holder.</summary>
    private static Odds? Of(Thing thing) =>
        thing switch
        {
            Person { IsMinor: true } => OfMinors,
            Person { Part: Role.Passenger } => OfPassengers,
            Person { IsProtected: true } => OfProtected,
            Person { Part: Role.Organiser } => OfOrganisers,
            Person { Network.Length: > 0 } => OfMembers,
            Person => OfBystanders,
            Company => OfFirms,
            Vessel => OfVessels,
            Vehicle => OfVehicles,
            Account => OfAccounts,
            Handle => new(WorldSource.Open),
            Address => OfAddresses,
            _ => null,
        };
}
