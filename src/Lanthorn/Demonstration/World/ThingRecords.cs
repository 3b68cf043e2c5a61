using System.Globalization;

namespace Lanthorn.Program.Demonstration.World;

/// <summary>What a source says of a firm, a vessel, a vehicle, an account, a telephone, an address or a paper.</summary>
internal static class ThingRecords
{
    public static WorldRecord Write(Unit unit, Thing thing, WorldSource source)
    {
        var chance = unit.ChanceOf(Purpose.Records, thing.Number, source.Index);
        return thing switch
        {
            Person person => PersonRecords.Write(unit, person, source, chance),
            Company company => Of(unit, company, source, chance),
            Vessel vessel => Of(unit, vessel, source, chance),
            Vehicle vehicle => Of(unit, vehicle, source, chance),
            Account account => New(unit, account, source, "BankAccount", chance)
                .With("iban", account.Iban)
                .With("bankName", "Bank of Lanternmouth (fictional)"),
            Phone phone => New(unit, phone, source, "UserAccount", chance)
                .With("username", phone.Line)
                .With("service", "telephone")
                .With("number", phone.Line)
                .With("owner", unit.Reference(phone.User, source)),
            Handle handle => New(unit, handle, source, "UserAccount", chance)
                .With("username", $"@{handle.Name}")
                .With("service", "Signalfire (fictional network)")
                .With("owner", source == WorldSource.TaskForce ? unit.Reference(handle.User, source) : null),
            Address address => Of(unit, address, source, chance),
            Document document => Of(unit, document, source, chance),
            _ => throw new InvalidOperationException($"No source writes of a {thing.Kind}"),
        };
    }

    private static WorldRecord New(Unit unit, Thing thing, WorldSource source, string schema, Chance chance) =>
        new(unit.RecordId(thing, source), schema, thing) { Published = WorldDay.Recent(chance) };

    private static WorldRecord Of(Unit unit, Company company, WorldSource source, Chance chance)
    {
        var (word, form) = (company.Trade.Word, company.Trade.Form);
        var name = chance.Below(100) switch
        {
            < 15 => $"{company.Name} {word}",
            < 30 => $"{company.Name} {word} {form}".ToUpperInvariant(),
            < 40 => $"{Spellings.Slipped(company.Name, chance)} {word} {form}",
            _ => $"{company.Name} {word} {form}",
        };
        return New(unit, company, source, "Company", chance)
            .With("name", name)
            .With("jurisdiction", company.Trade.Country)
            .With("registrationNumber", chance.In100(70) ? company.Register : null)
            .With("incorporationDate", chance.In100(60) ? Spellings.Text(company.Founded) : null)
            .With("website", chance.In100(30) ? $"https://{company.Name.ToLowerInvariant()}.example" : null)
            .With("addressEntity", chance.In100(70) ? unit.Reference(company.Seat, source) : null);
    }

    private static WorldRecord Of(Unit unit, Vessel vessel, WorldSource source, Chance chance)
    {
        var name = chance.Below(100) switch
        {
            < 15 => vessel.Name.ToUpperInvariant(),
            < 25 => $"M/V {vessel.Name}",
            < 35 => Spellings.Slipped(vessel.Name, chance),
            _ => vessel.Name,
        };
        var isRegister = source == WorldSource.Registry;
        return New(unit, vessel, source, "Vessel", chance)
            .With("name", name)
            .With("imoNumber", isRegister || chance.In100(45) ? vessel.Imo : null)
            .With("callSign", chance.In100(50) ? vessel.CallSign : null)
            .With("flag", chance.In100(80) ? vessel.Flag : null)
            .With("tonnage", isRegister ? vessel.Tonnage.ToString(CultureInfo.InvariantCulture) : null)
            .With("owner", isRegister ? unit.Reference(vessel.Owner, source) : null);
    }

    private static WorldRecord Of(Unit unit, Vehicle vehicle, WorldSource source, Chance chance) =>
        New(unit, vehicle, source, "Vehicle", chance)
            .With("name", $"{vehicle.Model} {vehicle.Plate}")
            .With("registrationNumber", vehicle.Plate)
            .With("type", vehicle.Model)
            .With("country", vehicle.Country)
            .With("owner", source == WorldSource.Registry ? unit.Reference(vehicle.Owner, source) : null);

    private static WorldRecord Of(Unit unit, Address address, WorldSource source, Chance chance)
    {
        var (street, place) = (address.Street, address.Place.Name);
        return New(unit, address, source, "Address", chance)
            .With("full", chance.In100(70) ? $"{street}, {place}" : $"{place}, {street.ToUpperInvariant()}")
            .With("street", street)
            .With("city", place)
            .With("country", address.Place.Country);
    }

    private static WorldRecord Of(Unit unit, Document document, WorldSource source, Chance chance) =>
        New(unit, document, source, document.IsPassport ? "Passport" : "Identification", chance)
            .With("number", document.Text)
            .With("holder", unit.Reference(document.Holder, source))
            .With("country", document.Holder.Country)
            .With("startDate", Spellings.Text(document.Issued))
            .With(
                "summary",
                document.Network.Length > 0 && !document.Holder.IsProtected && chance.In100(25)
                    ? "The desk takes the document for forged"
                    : null
            );
}
