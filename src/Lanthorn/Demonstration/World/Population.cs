namespace Lanthorn.Program.Demonstration.World;

/// <summary>Who lives in a unit: the people of three networks, and many more beside them.</summary>
internal static class Population
{
    /// <summary>The three networks, with the organiser's name in the first unit and where most of its people are from.</summary>
    private static readonly (string Name, string Given, string Family, string Home)[] Founders =
    [
        ("Saltmarsh", "tarik", "velomadru", "maghreb"),
        ("Nightferry", "viktor", "zarumelok", "slavic"),
        ("Longroad", "farhad", "kelisondar", "persian"),
    ];

    private const int FreeAddresses = Sizes.Addresses - (3 * Sizes.SafeHouses);

    /// <summary>So many bystanders bear the whole name of another: what has to be told apart.</summary>
    private const int NamesakesIn100 = 5;

    public static void Fill(Unit unit)
    {
        var families = unit.ChanceOf(Purpose.Families);
        while (unit.Families.Count < Sizes.Families)
            unit.Families.Add(Spellings.InventFamily(families));
        var streets = unit.ChanceOf(Purpose.Addresses);
        while (unit.Addresses.Count < Sizes.Addresses)
            AddAddress(unit, streets);
        for (var at = 0; at < Founders.Length; at++)
            AddNetwork(unit, at, unit.ChanceOf(Purpose.People, at));
        var chance = unit.ChanceOf(Purpose.People, Founders.Length);
        while (unit.Bystanders.Count < Sizes.Bystanders)
        {
            var (region, names) = (chance.Pick(Tables.Regions), default((string, string)?));
            if (unit.Bystanders.Count > 0 && chance.In100(NamesakesIn100))
            {
                var other = chance.Pick(unit.Bystanders);
                (region, names) = (other.Region, (other.Given, other.Family));
            }
            unit.Add(unit.Bystanders, Make(unit, chance, Role.None, region, above: null, names: names));
        }
    }

    private static void AddAddress(Unit unit, Chance chance)
    {
        var street = chance.Pick(Tables.Streets);
        unit.Add(
            unit.Addresses,
            new Address
            {
                Unit = unit.Number,
                Number = unit.NextNumber,
                Place = chance.Pick(Tables.Places),
                Street = street.Replace("{n}", $"{1 + chance.Below(240)}", StringComparison.Ordinal),
            }
        );
    }

    private static void AddNetwork(Unit unit, int at, Chance chance)
    {
        var founder = Founders[at];
        var network = new Network(unit.Number == 0 ? founder.Name : $"{founder.Name}-{unit.Number}");
        var home = Tables.Regions.First(r => r.Name == founder.Home);
        unit.Networks.Add(network);
        foreach (var (role, count) in Sizes.Network)
            for (var of = 0; of < count; of++)
            {
                var region = chance.In100(role is Role.Passenger or Role.CoercedSkipper ? 25 : 60)
                    ? home
                    : chance.Pick(Tables.Regions);
                var isFounder = unit.Number == 0 && role == Role.Organiser && of == 0;
                var person = Make(
                    unit,
                    chance,
                    role,
                    isFounder ? home : region,
                    Superior(network, role, chance),
                    isMinor: role == Role.Passenger && of < Sizes.Minors,
                    names: isFounder ? (founder.Given, founder.Family) : null,
                    home: role == Role.SafeHouseKeeper ? unit.Addresses[^(1 + (at * Sizes.SafeHouses) + of)] : null
                );
                person.Network = network.Name;
                if (role == Role.SafeHouseKeeper)
                    person.Home.Network = network.Name;
                unit.Add(network.People, person);
            }
    }

    /// <summary>To whom somebody of this role belongs, so that the network is one; its first organiser has nobody above.</summary>
    private static Person? Superior(Network network, Role role, Chance chance)
    {
        Role[] above = role switch
        {
            Role.Organiser or Role.MoneyMover or Role.DocumentForger or Role.BoatSupplier => [Role.Organiser],
            Role.Recruiter => [Role.Organiser, Role.MoneyMover],
            Role.Transporter => [Role.Organiser, Role.BoatSupplier],
            Role.SafeHouseKeeper => [Role.Recruiter],
            Role.CoercedSkipper => [Role.Transporter],
            Role.Witness => [Role.SafeHouseKeeper, Role.Transporter],
            Role.Passenger => [Role.Recruiter],
            _ => [],
        };
        var possible = network.People.Where(p => above.Contains(p.Part)).ToList();
        return possible.Count == 0 ? null : chance.Pick(possible);
    }

    private static Person Make(
        Unit unit,
        Chance chance,
        Role role,
        Region region,
        Person? above,
        bool isMinor = false,
        (string Given, string Family)? names = null,
        Address? home = null
    )
    {
        var isMan = chance.In100(role is Role.None or Role.Passenger ? 60 : 80);
        // Who has the name of another has the gender that goes with it.
        var gender =
            names is { } borne ? (Tables.GivenNames[(region.Name, "male")].Contains(borne.Given) ? "male" : "female")
            : isMan ? "male"
            : "female";
        var given = chance.Pick([.. Tables.GivenNames[(region.Name, gender)]]);
        var family = chance.Pick(unit.Families);
        var born = isMinor
            ? WorldDay.Today.AddDays(-(365 * 10) - chance.Below(365 * 7))
            : WorldDay.Today.AddDays(-(365 * (role == Role.Organiser ? 36 : 20)) - chance.Below(365 * 24));
        return new Person
        {
            Unit = unit.Number,
            Number = unit.NextNumber,
            Part = role,
            Region = region,
            Gender = gender,
            Given = names?.Given ?? given,
            Family = names?.Family ?? family,
            Born = born,
            Country = chance.Pick(region.Countries),
            Home = home ?? unit.Addresses[chance.Below(FreeAddresses)],
            Above = above,
        };
    }
}
