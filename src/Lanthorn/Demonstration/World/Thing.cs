using Lanthorn.Knowledge;

namespace Lanthorn.Program.Demonstration.World;

/// <summary>What somebody is in a network. The last four take no part: they are its victims, or saw it.</summary>
internal enum Role
{
    None,
    Organiser,
    MoneyMover,
    DocumentForger,
    BoatSupplier,
    Recruiter,
    Transporter,
    SafeHouseKeeper,
    CoercedSkipper,
    Witness,
    Passenger,
}

/// <summary>
/// Something that is in the world, as it really is. Records are what sources say about it; which of them are about the same
/// thing is the truth to be found.
/// </summary>
internal abstract class Thing
{
    public required int Unit { get; init; }

    /// <summary>From 0, within the unit.</summary>
    public required int Number { get; init; }

    /// <summary>The network that it belongs to; empty for what only lives beside.</summary>
    public string Network { get; set; } = "";

    /// <summary>Which sources have a record of it, at least one.</summary>
    public IReadOnlyList<WorldSource> Sources { get; set; } = [];

    public abstract string Kind { get; }

    public virtual Role Role => Role.None;

    public string Id => $"thing-{Unit}-{Number}";
}

internal sealed class Person : Thing
{
    public override string Kind => "person";
    public override Role Role => Part;
    public required Role Part { get; init; }
    public required Region Region { get; init; }
    public required string Gender { get; init; }

    /// <summary>In sounds, as <see cref="Letters"/> writes them.</summary>
    public required string Given { get; init; }
    public required string Family { get; init; }
    public required DateOnly Born { get; init; }
    public required string Country { get; init; }
    public required Address Home { get; init; }

    /// <summary>Under eighteen on the day of the world.</summary>
    public bool IsMinor => Born > WorldDay.Today.AddYears(-18);

    /// <summary>Who tells this person what to do, or brought him into it.</summary>
    public Person? Above { get; init; }

    public Phone? Phone { get; set; }
    public Document? Document { get; set; }

    /// <summary>True for those whom the network lives on, and for who saw it: never suspects.</summary>
    public bool IsProtected => Part is Role.CoercedSkipper or Role.Witness or Role.Passenger;

    /// <summary>What enforcement knows this person as: a minor before all else.</summary>
    public SubjectCategory Category(Chance chance) =>
        Part switch
        {
            _ when IsMinor => SubjectCategory.Minor,
            Role.CoercedSkipper or Role.Passenger => SubjectCategory.SmuggledMigrant,
            Role.Witness => SubjectCategory.Witness,
            Role.None => chance.In100(75) ? SubjectCategory.Contact : SubjectCategory.Witness,
            Role.Organiser => SubjectCategory.Suspect,
            _ => chance.Below(100) switch
            {
                < 78 => SubjectCategory.Suspect,
                < 90 => SubjectCategory.PotentialCriminal,
                _ => SubjectCategory.Convicted,
            },
        };
}

internal sealed class Company : Thing
{
    public override string Kind => "company";
    public required string Name { get; init; }
    public required Trade Trade { get; init; }
    public required Address Seat { get; init; }
    public required Person Director { get; init; }
    public required DateOnly Founded { get; init; }
    public required string Register { get; init; }
}

internal sealed class Vessel : Thing
{
    public override string Kind => "vessel";
    public required string Name { get; init; }
    public required string Imo { get; init; }
    public required string CallSign { get; init; }
    public required string Flag { get; init; }
    public required int Tonnage { get; init; }
    public required Thing Owner { get; init; }
}

internal sealed class Vehicle : Thing
{
    public override string Kind => "vehicle";
    public required string Plate { get; init; }
    public required string Model { get; init; }
    public required string Country { get; init; }
    public required Thing Owner { get; init; }
}

internal sealed class Account : Thing
{
    public override string Kind => "account";
    public required string Iban { get; init; }
    public required Thing Owner { get; init; }
}

internal sealed class Phone : Thing
{
    public override string Kind => "phone";
    public required string Line { get; init; }
    public required Person User { get; init; }
}

internal sealed class Handle : Thing
{
    public override string Kind => "handle";
    public required string Name { get; init; }
    public required Person User { get; init; }
}

internal sealed class Address : Thing
{
    public override string Kind => "address";
    public required Place Place { get; init; }
    public required string Street { get; init; }
}

internal sealed class Document : Thing
{
    public override string Kind => "document";
    public required string Text { get; init; }
    public required Person Holder { get; init; }
    public required DateOnly Issued { get; init; }
    public required bool IsPassport { get; init; }
}

/// <summary>The world stands still on one day, so that it is the same whenever it is made.</summary>
internal static class WorldDay
{
    public static readonly DateOnly Today = new(2026, 1, 15);

    /// <summary>A day in the two years before.</summary>
    public static DateOnly Recent(Chance chance) => Today.AddDays(-1 - chance.Below(730));
}
