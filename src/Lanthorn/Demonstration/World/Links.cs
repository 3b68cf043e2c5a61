namespace Lanthorn.Program.Demonstration.World;

/// <summary>
/// Who belongs to whom, as far as sources say it. Each person of a network is tied to the one above by one record at least, so
/// that the network is one when all sources are put together.
/// </summary>
internal static class Links
{
    /// <summary>The rest of the members are tied by calls.</summary>
    private const int AssociatesIn100 = 55;

    public static IEnumerable<WorldRecord> Of(Unit unit, WorldSource source)
    {
        if (source == WorldSource.Registry)
            return unit.Companies.Select((c, at) => Directorship(unit, c, at));
        if (source == WorldSource.Finance)
            return unit.Accounts.Select((a, at) => Ownership(unit, a, at));
        if (source == WorldSource.PoliceAlpha)
            return Tied(unit)
                .Where(p => IsAssociate(unit, p))
                .Select((p, at) => Associate(unit, p, p.Above!, at))
                .Append(Shared(unit));
        return source == WorldSource.TaskForce ? Brought(unit).Select((p, at) => Bringing(unit, p, at)) : [];
    }

    /// <summary>Members whose tie to the one above is seen in calls only.</summary>
    public static IEnumerable<Person> TiedByCalls(Unit unit) => Tied(unit).Where(p => !IsAssociate(unit, p));

    private static IEnumerable<Person> Tied(Unit unit) =>
        unit.Networks.SelectMany(n => n.Members).Where(p => p.Above is not null);

    private static IEnumerable<Person> Brought(Unit unit) =>
        unit.Networks.SelectMany(n => n.People).Where(p => p.IsProtected);

    private static bool IsAssociate(Unit unit, Person person) =>
        unit.ChanceOf(Purpose.Links, person.Number).In100(AssociatesIn100);

    private static WorldRecord Directorship(Unit unit, Company company, int at) =>
        New(unit, WorldSource.Registry, "Directorship", at)
            .With("director", unit.Reference(company.Director, WorldSource.Registry))
            .With("organization", unit.Reference(company, WorldSource.Registry))
            .With("role", "director")
            .With("startDate", Spellings.Text(company.Founded));

    private static WorldRecord Ownership(Unit unit, Account account, int at) =>
        New(unit, WorldSource.Finance, "Ownership", at)
            .With("owner", unit.Reference(account.Owner, WorldSource.Finance))
            .With("asset", unit.Reference(account, WorldSource.Finance))
            .With("role", "account holder");

    private static WorldRecord Associate(Unit unit, Person person, Person above, int at) =>
        New(unit, WorldSource.PoliceAlpha, "Associate", at)
            .With("person", unit.Reference(person, WorldSource.PoliceAlpha))
            .With("associate", unit.Reference(above, WorldSource.PoliceAlpha))
            .With("relationship", $"said to work for, as {PersonRecords.InWords(person.Part)}");

    /// <summary>One forger works for two networks: the only tie between them.</summary>
    private static WorldRecord Shared(Unit unit) =>
        New(unit, WorldSource.PoliceAlpha, "Associate", int.MaxValue)
            .With("person", unit.Reference(SharedForger(unit), WorldSource.PoliceAlpha))
            .With("associate", unit.Reference(unit.Networks[0].In(Role.Organiser)[0], WorldSource.PoliceAlpha))
            .With("relationship", "said to have delivered papers to");

    public static Person SharedForger(Unit unit) => unit.Networks[1].In(Role.DocumentForger)[0];

    private static WorldRecord Bringing(Unit unit, Person person, int at) =>
        New(unit, WorldSource.TaskForce, "UnknownLink", at)
            .With("subject", unit.Reference(person, WorldSource.TaskForce))
            .With("object", unit.Reference(person.Above!, WorldSource.TaskForce))
            .With(
                "role",
                person.Part switch
                {
                    Role.Witness => "saw",
                    Role.CoercedSkipper => "was made to steer by",
                    _ => "was brought by",
                }
            );

    private static WorldRecord New(Unit unit, WorldSource source, string schema, int at) =>
        new(unit.EventId(source, Purpose.Links, at), schema, null);
}
