namespace Lanthorn.Program.Demonstration.World;

/// <summary>
/// A piece of the world that is whole in itself: three networks, and the people, firms and things beside them. A larger world
/// has more units, and holds one at a time in memory.
/// </summary>
internal sealed class Unit(ulong seed, int number)
{
    public ulong Seed => seed;

    public int Number => number;

    /// <summary>Everything there is, in the order in which it was made.</summary>
    public List<Thing> Things { get; } = [];

    public List<Network> Networks { get; } = [];
    public List<string> Families { get; } = [];
    public List<Address> Addresses { get; } = [];
    public List<Person> Bystanders { get; } = [];
    public List<Company> Companies { get; } = [];
    public List<Vessel> Vessels { get; } = [];
    public List<Vehicle> Vehicles { get; } = [];
    public List<Account> Accounts { get; } = [];
    public List<Phone> Phones { get; } = [];
    public List<Handle> Handles { get; } = [];
    public List<Document> Documents { get; } = [];

    public IEnumerable<Person> Everybody => Networks.SelectMany(n => n.People).Concat(Bystanders);

    public int NextNumber => Things.Count;

    public static Unit Build(ulong seed, int number)
    {
        var unit = new Unit(seed, number);
        Population.Fill(unit);
        Belongings.Fill(unit);
        Knowing.Spread(unit);
        return unit;
    }

    public Chance ChanceOf(Purpose purpose, params ReadOnlySpan<int> what) =>
        Chance.Of(seed, [number, (int)purpose, .. what]);

    public T Add<T>(List<T> own, T thing)
        where T : Thing
    {
        own.Add(thing);
        Things.Add(thing);
        return thing;
    }

    /// <summary>The id of a source's record of a thing: nobody can tell from it what it is about.</summary>
    public string RecordId(Thing thing, WorldSource source) =>
        $"{source.Code}-{Chance.Hash(seed, number, thing.Number, source.Index) >> 8:x14}";

    /// <summary>The record to point at: the source's own where it has one, else the first that there is.</summary>
    public string Reference(Thing thing, WorldSource from) =>
        RecordId(thing, thing.Sources.Contains(from) ? from : thing.Sources[0]);

    /// <summary>The id of a record about something that happened.</summary>
    public string EventId(WorldSource source, Purpose purpose, int index) =>
        $"{source.Code}-{Chance.Hash(seed, number, (int)purpose, index, -1) >> 8:x14}";
}

/// <summary>A smuggling network: its people, and which of them do what.</summary>
internal sealed class Network(string name)
{
    public string Name => name;

    public List<Person> People { get; } = [];

    public List<Vessel> Vessels { get; } = [];

    public List<Vehicle> Vehicles { get; } = [];

    /// <summary>Those who take part, without whom it lives on and who saw it.</summary>
    public IEnumerable<Person> Members => People.Where(p => !p.IsProtected);

    public IReadOnlyList<Person> In(Role role) => [.. People.Where(p => p.Part == role)];
}

/// <summary>What chance is drawn for; the numbers are part of the world and stay.</summary>
internal enum Purpose
{
    Families = 1,
    Addresses = 2,
    People = 3,
    Belongings = 4,
    Knowing = 5,
    Records = 6,
    Links = 7,
    Calls = 8,
    Payments = 9,
    Trips = 10,
    Posts = 11,
    LiaisonReports = 12,
    DebriefReports = 13,
    Incidents = 14,
    Shared = 15,
}
