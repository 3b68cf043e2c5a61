using Lanthorn.Commitments.Contracts;
using Lanthorn.Programmes.Contracts;

namespace Lanthorn.Program.Demonstration.World;

/// <summary>
/// The world of the demonstration: made from a seed, the same every time, of as many units as wanted. Nothing of it is held:
/// each source's records come as a stream, and so does the truth about which of them are about the same thing.
/// </summary>
/// <param name="scale">How many units; 1 has more than twenty thousand records of things, the rest is what happened.</param>
internal sealed class FictionalWorld(int scale, ulong seed = FictionalWorld.DefaultSeed)
{
    /// <summary>Changes whenever the same seed gives other records, so that a folder with an older world is brought up to date.</summary>
    public const int Version = 2;

    public const ulong DefaultSeed = 20260115;

    private readonly Lock building = new();
    private Unit? last;

    public int Scale => scale;

    /// <summary>What a source that holds all of it is marked with.</summary>
    public string Edition => $"world {Version}, seed {seed}, scale {scale}";

    /// <summary>What a source says, one unit after another.</summary>
    public IEnumerable<WorldRecord> Records(WorldSource source) =>
        Enumerable.Range(0, scale).SelectMany(number => RecordsOf(UnitOf(number), source));

    /// <summary>The same as lines of FollowTheMoney.</summary>
    public Stream Open(WorldSource source) => new RecordLines(Records(source));

    /// <summary>The truth as a table: the first line names the columns; one line for each record of a thing.</summary>
    public IEnumerable<string> TruthLines() =>
        Enumerable
            .Range(0, scale)
            .SelectMany(number => TruthOf(UnitOf(number)))
            .Prepend("record,thing,kind,network,role");

    /// <summary>Who promised what, with days counted from the day of loading.</summary>
    public IEnumerable<BroughtUndertaking> Undertakings(DateOnly today) =>
        Enumerable.Range(0, scale).SelectMany(number => Promises.UndertakingsOf(seed, number, today));

    /// <inheritdoc cref="Undertakings"/>
    public IEnumerable<Project> Projects(DateOnly today) =>
        Enumerable.Range(0, scale).SelectMany(number => Promises.ProjectsOf(seed, number, today));

    /// <summary>A unit of the world, as it really is.</summary>
    public Unit UnitOf(int number)
    {
        lock (building)
            return last is { } known && known.Number == number ? known : last = Unit.Build(seed, number);
    }

    private static IEnumerable<WorldRecord> RecordsOf(Unit unit, WorldSource source) =>
        unit
            .Things.Where(t => t.Sources.Contains(source))
            .Select(t => ThingRecords.Write(unit, t, source))
            .Concat(Links.Of(unit, source))
            .Concat(EventsOf(unit, source));

    private static IEnumerable<WorldRecord> EventsOf(Unit unit, WorldSource source) =>
        source switch
        {
            _ when source == WorldSource.TaskForce => Events.Calls(unit).Concat(Texts.DebriefReports(unit)),
            _ when source == WorldSource.Finance => Events.Payments(unit),
            _ when source == WorldSource.Liaison => Events.Trips(unit).Concat(Texts.LiaisonReports(unit)),
            _ when source == WorldSource.Open => Events.Incidents(unit).Concat(Texts.Posts(unit)),
            _ => [],
        };

    private static IEnumerable<string> TruthOf(Unit unit) =>
        from thing in unit.Things
        from source in thing.Sources
        let role = thing.Role == Role.None ? "" : PersonRecords.InWords(thing.Role)
        select $"{unit.RecordId(thing, source)},{thing.Id},{thing.Kind},{thing.Network},{role}";
}
