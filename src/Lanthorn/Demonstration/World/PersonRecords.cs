using Lanthorn.Knowledge;

namespace Lanthorn.Program.Demonstration.World;

/// <summary>What a source says of a person: in its own spelling and script, and not all of it right.</summary>
internal static class PersonRecords
{
    /// <summary>How a source writes: how often in the person's own script, romanised in another way, with a slip of the pen; and with a date of birth.</summary>
    private sealed record Hand(int OwnScript, int Romanised, int Slipped, int KnowsDate);

    public static WorldRecord Write(Unit unit, Person person, WorldSource source, Chance chance)
    {
        var record = new WorldRecord(unit.RecordId(person, source), "Person", person)
        {
            Category = IsEnforcement(source) ? person.Category(chance) : SubjectCategory.None,
            Published = WorldDay.Recent(chance),
        };
        var hand = HandOf(source);
        WriteNames(record, person, hand, chance);
        record
            .With("birthDate", chance.In100(hand.KnowsDate) ? Spellings.Date(person.Born, chance) : null)
            .With("gender", chance.In100(85) ? person.Gender : null)
            .With("nationality", chance.In100(80) ? person.Country : null)
            .With("position", IsEnforcement(source) ? Position(person, chance) : null);
        if (person.Home.Network.Length > 0 || chance.In100(source == WorldSource.Registry ? 90 : 25))
            record.With("addressEntity", unit.Reference(person.Home, source));
        if (person.Phone is { } phone && chance.In100(source == WorldSource.Registry ? 20 : 35))
            record.With("phone", phone.Line);
        if (person.Document is { IsPassport: true } passport && chance.In100(30))
            record.With("passportNumber", passport.Text);
        if (IsEnforcement(source) && Topic(person) is { } topic)
            record.With("topics", topic);
        if (person.Part == Role.CoercedSkipper)
            record.With("notes", "Steered the boat under threat, without pay: a smuggled person, not a suspect.");
        return record;
    }

    /// <summary>A spelling of the name, as texts and calls have it.</summary>
    public static string Heard(Person person, Chance chance)
    {
        var given = chance.In100(50)
            ? Spellings.Romanised(person.Given, chance)
            : Letters.Write(person.Given, Script.Latin);
        var family = chance.In100(50)
            ? Spellings.Romanised(person.Family, chance)
            : Letters.Write(person.Family, Script.Latin);
        return $"{given} {family}";
    }

    private static Hand HandOf(WorldSource source) =>
        source == WorldSource.Registry || source == WorldSource.Finance ? new(0, 10, 3, 95)
        : source == WorldSource.Partner ? new(75, 50, 5, 80)
        : source == WorldSource.TaskForce ? new(35, 75, 20, 55)
        : source == WorldSource.Liaison ? new(20, 65, 15, 50)
        : new(15, 55, 10, 90);

    private static void WriteNames(WorldRecord record, Person person, Hand hand, Chance chance)
    {
        var own = person.Region.Script;
        var script = own != Script.Latin && chance.In100(hand.OwnScript) ? own : Script.Latin;
        var (given, family) = (Word(person.Given, script, hand, chance), Word(person.Family, script, hand, chance));
        var isLatin = script == Script.Latin;
        var name = chance.Below(100) switch
        {
            < 12 when isLatin => $"{family.ToUpperInvariant()}, {given}",
            < 22 when isLatin => $"{given} {family.ToUpperInvariant()}",
            < 30 => $"{family} {given}",
            _ => $"{given} {family}",
        };
        record.With("name", name);
        if (chance.In100(40))
            record.With("firstName", given).With("lastName", family);
        if (!isLatin && chance.In100(25))
            record.With("alias", Heard(person, chance));
        else if (isLatin && own != Script.Latin && chance.In100(12))
            record.With("alias", $"{Letters.Write(person.Given, own)} {Letters.Write(person.Family, own)}");
    }

    private static string Word(string sounds, Script script, Hand hand, Chance chance)
    {
        var word =
            script == Script.Latin && chance.In100(hand.Romanised)
                ? Spellings.Romanised(sounds, chance)
                : Letters.Write(sounds, script);
        return chance.In100(hand.Slipped) ? Spellings.Slipped(word, chance) : word;
    }

    private static bool IsEnforcement(WorldSource source) =>
        source != WorldSource.Registry && source != WorldSource.Finance && source != WorldSource.Open;

    private static string? Position(Person person, Chance chance) =>
        person.IsProtected || person.Part == Role.None || !chance.In100(60) ? null : $"alleged {InWords(person.Part)}";

    private static string? Topic(Person person) =>
        person.IsProtected || person.Part == Role.None ? null
        : person.Part == Role.Organiser ? "crime.boss"
        : "crime";

    public static string InWords(Role role) =>
        role switch
        {
            Role.Organiser => "organiser",
            Role.MoneyMover => "money mover",
            Role.DocumentForger => "document forger",
            Role.BoatSupplier => "boat supplier",
            Role.Recruiter => "recruiter",
            Role.Transporter => "transporter",
            Role.SafeHouseKeeper => "safe-house keeper",
            Role.CoercedSkipper => "skipper under coercion",
            Role.Witness => "witness",
            Role.Passenger => "smuggled person",
            _ => "",
        };
}
