namespace Lanthorn.Program.Demonstration.World;

/// <summary>What people have: firms, ships, vehicles, accounts, telephones, papers.</summary>
internal static class Belongings
{
    private static readonly string[] Models = ["Van", "Minibus", "Lorry", "Pick-up", "Car", "Refrigerated lorry"];
    private static readonly string[] Flags = ["ly", "tn", "tr", "gr", "it", "cy", "al", "eg"];

    public static void Fill(Unit unit)
    {
        var chance = unit.ChanceOf(Purpose.Belongings);
        foreach (var network in unit.Networks)
            EquipNetwork(unit, network, chance);
        while (unit.Companies.Count < Sizes.Companies)
            AddCompany(unit, chance.Pick(unit.Bystanders), chance);
        while (unit.Vessels.Count < Sizes.Vessels)
            AddVessel(unit, chance.In100(70) ? Beside(unit.Companies, chance) : chance.Pick(unit.Bystanders), chance);
        while (unit.Vehicles.Count < Sizes.Vehicles)
            AddVehicle(unit, chance.In100(40) ? Beside(unit.Companies, chance) : chance.Pick(unit.Bystanders), chance);
        while (unit.Accounts.Count < Sizes.Accounts)
            AddAccount(unit, chance.In100(25) ? Beside(unit.Companies, chance) : chance.Pick(unit.Bystanders));
        foreach (var person in Shuffled(unit.Bystanders, chance).Take(Sizes.Phones - unit.Phones.Count))
            AddPhone(unit, person);
        while (unit.Handles.Count < Sizes.Handles)
            AddHandle(unit, chance.Pick(unit.Bystanders), chance);
        foreach (var person in Shuffled(unit.Bystanders, chance).Take(Sizes.Documents - unit.Documents.Count))
            AddDocument(unit, person, chance);
    }

    private static void EquipNetwork(Unit unit, Network network, Chance chance)
    {
        var members = network.Members.ToList();
        var suppliers = network.In(Role.BoatSupplier);
        for (var at = 0; at < Sizes.NetworkCompanies; at++)
            AddCompany(unit, at == 0 ? suppliers[0] : chance.Pick(network.In(Role.MoneyMover)), chance);
        for (var at = 0; at < Sizes.NetworkVessels; at++)
            network.Vessels.Add(AddVessel(unit, chance.Pick(suppliers), chance));
        for (var at = 0; at < Sizes.NetworkVehicles; at++)
            network.Vehicles.Add(AddVehicle(unit, chance.Pick(network.In(Role.Transporter)), chance));
        foreach (var member in members)
        {
            AddPhone(unit, member);
            AddDocument(unit, member, chance);
            if (member.Part is Role.Organiser or Role.MoneyMover or Role.BoatSupplier || chance.In100(20))
                AddAccount(unit, member);
            if (member.Part is Role.Recruiter)
                AddHandle(unit, member, chance);
        }
        foreach (var person in network.People.Where(p => p.IsProtected && chance.In100(30)))
            AddDocument(unit, person, chance);
    }

    private static T Beside<T>(IReadOnlyList<T> all, Chance chance)
        where T : Thing
    {
        var one = chance.Pick(all);
        return one.Network.Length == 0 ? one : Beside(all, chance);
    }

    private static IEnumerable<Person> Shuffled(IReadOnlyList<Person> people, Chance chance) =>
        people.Select(p => (Person: p, Rank: chance.Below(int.MaxValue))).OrderBy(p => p.Rank).Select(p => p.Person);

    private static void AddCompany(Unit unit, Person director, Chance chance)
    {
        var trade = chance.Pick(Tables.Trades);
        var name = Letters.Write(chance.In100(50) ? director.Family : chance.Pick(unit.Families), Script.Latin);
        unit.Add(
            unit.Companies,
            new Company
            {
                Unit = unit.Number,
                Number = unit.NextNumber,
                Network = director.Network,
                Name = name,
                Trade = trade,
                Seat = director.Home,
                Director = director,
                Founded = WorldDay.Today.AddDays(-chance.Below(9_000)),
                Register = Numbers.Register(unit.Number, unit.Companies.Count),
            }
        );
    }

    private static Vessel AddVessel(Unit unit, Thing owner, Chance chance)
    {
        string[] first = [.. Tables.ShipWords["first"]];
        string[] second = [.. Tables.ShipWords["second"]];
        var at = unit.Vessels.Count;
        return unit.Add(
            unit.Vessels,
            new Vessel
            {
                Unit = unit.Number,
                Number = unit.NextNumber,
                Network = owner.Network,
                Name =
                    $"{chance.Pick(first)} {chance.Pick(second)}{(chance.In100(35) ? $" {2 + chance.Below(8)}" : "")}",
                Imo = Numbers.Imo(unit.Number, at),
                CallSign = Numbers.CallSign(unit.Number, at),
                Flag = chance.Pick(Flags),
                Tonnage = 8 + chance.Below(400),
                Owner = owner,
            }
        );
    }

    private static Vehicle AddVehicle(Unit unit, Thing owner, Chance chance) =>
        unit.Add(
            unit.Vehicles,
            new Vehicle
            {
                Unit = unit.Number,
                Number = unit.NextNumber,
                Network = owner.Network,
                Plate = Numbers.Plate(unit.Number, unit.Vehicles.Count),
                Model = chance.Pick(Models),
                Country = chance.Pick(Tables.Places).Country,
                Owner = owner,
            }
        );

    private static void AddAccount(Unit unit, Thing owner) =>
        unit.Add(
            unit.Accounts,
            new Account
            {
                Unit = unit.Number,
                Number = unit.NextNumber,
                Network = owner.Network,
                Iban = Numbers.Iban(unit.Number, unit.Accounts.Count),
                Owner = owner,
            }
        );

    private static void AddPhone(Unit unit, Person user) =>
        user.Phone = unit.Add(
            unit.Phones,
            new Phone
            {
                Unit = unit.Number,
                Number = unit.NextNumber,
                Network = user.Network,
                Line = Numbers.Phone(unit.Number, unit.Phones.Count),
                User = user,
            }
        );

    private static void AddHandle(Unit unit, Person user, Chance chance) =>
        unit.Add(
            unit.Handles,
            new Handle
            {
                Unit = unit.Number,
                Number = unit.NextNumber,
                Network = user.Network,
                Name = $"{chance.Pick(Tables.Handles)}.{unit.Number}.{unit.Handles.Count:00}",
                User = user,
            }
        );

    private static void AddDocument(Unit unit, Person holder, Chance chance) =>
        holder.Document = unit.Add(
            unit.Documents,
            new Document
            {
                Unit = unit.Number,
                Number = unit.NextNumber,
                Network = holder.Network,
                Text = Numbers.Document(unit.Number, unit.Documents.Count),
                Holder = holder,
                Issued = WorldDay.Today.AddDays(-chance.Below(3_000)),
                IsPassport = chance.In100(65),
            }
        );
}
