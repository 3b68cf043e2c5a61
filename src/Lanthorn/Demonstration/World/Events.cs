using System.Globalization;

namespace Lanthorn.Program.Demonstration.World;

/// <summary>What happened: calls, payments, trips, incidents at sea.</summary>
internal static class Events
{
    private const int NetworkCallsIn100 = 60;
    private const int NetworkTripsIn100 = 75;

    /// <summary>How often a caller is known by name; the number always is.</summary>
    private const int KnownCallersIn100 = 45;

    private static readonly string[] Ends = ["was rescued", "was intercepted", "reached the shore", "was found empty"];

    public static IEnumerable<WorldRecord> Calls(Unit unit)
    {
        var chance = unit.ChanceOf(Purpose.Calls);
        var at = 0;
        foreach (var person in Links.TiedByCalls(unit))
            yield return Call(unit, chance, person, person.Above!, at++, isKnown: true);
        var callers = unit.Bystanders.Where(p => p.Phone is not null).ToList();
        var members = unit.Networks.Select(n => n.Members.ToList()).ToList();
        while (at < Sizes.Calls)
        {
            var isOfNetwork = chance.In100(NetworkCallsIn100);
            var among = isOfNetwork ? chance.Pick(members) : callers;
            var caller = chance.Pick(among);
            var receiver = isOfNetwork && caller.Above is { } above && chance.In100(60) ? above : chance.Pick(among);
            if (caller != receiver)
                yield return Call(unit, chance, caller, receiver, at++, isKnown: chance.In100(KnownCallersIn100));
        }
    }

    private static WorldRecord Call(Unit unit, Chance chance, Person caller, Person receiver, int at, bool isKnown)
    {
        var day = WorldDay.Recent(chance);
        var call = New(unit, WorldSource.TaskForce, Purpose.Calls, "Call", at, day)
            .With("callerNumber", caller.Phone!.Line)
            .With("receiverNumber", receiver.Phone!.Line)
            .With("duration", Plain(5 + chance.Below(900)))
            .With("date", $"{Spellings.Text(day)}T{chance.Below(24):00}:{chance.Below(60):00}:00");
        return isKnown
            ? call.With("caller", unit.Reference(caller, WorldSource.TaskForce))
                .With("receiver", unit.Reference(receiver, WorldSource.TaskForce))
            : call;
    }

    public static IEnumerable<WorldRecord> Payments(Unit unit)
    {
        var chance = unit.ChanceOf(Purpose.Payments);
        var at = 0;
        foreach (var network in unit.Networks)
        {
            var movers = network.In(Role.MoneyMover);
            foreach (var passenger in network.In(Role.Passenger).Where(p => !p.IsMinor))
            {
                var price = 100 * (8 + chance.Below(40));
                yield return Payment(
                    unit,
                    chance,
                    passenger,
                    chance.Pick(movers),
                    at++,
                    price,
                    "Passage, left with a code"
                );
            }
            for (var of = 0; of < 100; of++)
            {
                var (payer, payee) = (chance.Pick(movers), chance.Pick(network.In(Role.Organiser)));
                yield return Payment(unit, chance, payer, payee, at++, 500 * (1 + chance.Below(60)), "Settlement");
            }
        }
        // Accounts and their owners stand in the same order as the records of them.
        var owners = unit.Accounts.Where(a => a.Network.Length == 0).Select(a => a.Owner).ToList();
        while (at < Sizes.Payments)
        {
            var (payer, payee) = (chance.Pick(owners), chance.Pick(owners));
            if (payer != payee)
                yield return Payment(unit, chance, payer, payee, at++, 10 * (1 + chance.Below(500)), "Invoice");
        }
    }

    private static WorldRecord Payment(
        Unit unit,
        Chance chance,
        Thing payer,
        Thing payee,
        int at,
        int amount,
        string purpose
    )
    {
        var day = WorldDay.Recent(chance);
        return New(unit, WorldSource.Finance, Purpose.Payments, "Payment", at, day)
            .With("payer", unit.Reference(payer, WorldSource.Finance))
            .With("beneficiary", unit.Reference(payee, WorldSource.Finance))
            .With("amount", Plain(amount))
            .With("currency", "EUR")
            .With("date", Spellings.Text(day))
            .With("purpose", purpose);
    }

    public static IEnumerable<WorldRecord> Trips(Unit unit)
    {
        var chance = unit.ChanceOf(Purpose.Trips);
        var coast = unit.Addresses.Where(a => a.Place.IsCoast && a.Network.Length == 0).ToList();
        for (var at = 0; at < Sizes.Trips; at++)
        {
            var network = chance.In100(NetworkTripsIn100) ? chance.Pick(unit.Networks) : null;
            var isBySea = chance.In100(60);
            Thing carrier =
                network is null ? chance.Pick(unit.Vehicles.Where(v => v.Network.Length == 0).ToList())
                : isBySea ? chance.Pick(network.Vessels)
                : chance.Pick(network.Vehicles);
            var (from, to, day) = (chance.Pick(coast), chance.Pick(coast), WorldDay.Recent(chance));
            var trip = New(unit, WorldSource.Liaison, Purpose.Trips, "Trip", at, day)
                .With("name", $"Trip {from.Place.Name} – {to.Place.Name}, {Spellings.Text(day)}")
                .With("startLocation", unit.Reference(from, WorldSource.Liaison))
                .With("endLocation", unit.Reference(to, WorldSource.Liaison))
                .With("startDate", Spellings.Text(day))
                .With("vehicle", unit.Reference(carrier, WorldSource.Liaison));
            if (network is not null)
                trip.With("organizer", unit.Reference(chance.Pick(network.In(Role.Transporter)), WorldSource.Liaison))
                    .With("notes", $"About {4 + chance.Below(60)} people on board");
            yield return trip;
        }
    }

    /// <summary>Incidents name no person: they are public.</summary>
    public static IEnumerable<WorldRecord> Incidents(Unit unit)
    {
        var chance = unit.ChanceOf(Purpose.Incidents);
        for (var at = 0; at < Sizes.Incidents; at++)
        {
            var (place, day) = (chance.Pick(Tables.Coast), WorldDay.Recent(chance));
            var (people, end) = (6 + chance.Below(90), chance.Pick(Ends));
            yield return New(unit, WorldSource.Open, Purpose.Incidents, "Event", at, day)
                .With("name", $"Boat that {end} off {place.Name}, {Spellings.Text(day)} (fictional)")
                .With("date", Spellings.Text(day))
                .With("country", place.Country)
                .With("location", $"At sea off {place.Name}")
                .With(
                    "summary",
                    end == "was found empty"
                        ? "A boat without people drifted ashore; a search was started."
                        : $"A boat with about {people} people {end}."
                );
        }
    }

    private static WorldRecord New(
        Unit unit,
        WorldSource source,
        Purpose purpose,
        string schema,
        int at,
        DateOnly day
    ) => new(unit.EventId(source, purpose, at), schema, null) { Published = day };

    private static string Plain(int number) => number.ToString(CultureInfo.InvariantCulture);
}
