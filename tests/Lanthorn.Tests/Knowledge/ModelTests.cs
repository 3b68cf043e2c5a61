using Lanthorn.Knowledge;

namespace Lanthorn.Tests.KnowledgeRoom;

public sealed class ModelTests
{
    [Fact]
    public void The_model_has_70_schemata_of_which_16_are_edges()
    {
        Assert.Equal(70, Model.Schemata.Count);
        Assert.Equal(
            "Associate ContractAward CourtCaseParty Debt Directorship Documentation Employment Family Membership "
                + "Occupancy Ownership Payment ProjectParticipant Representation Succession UnknownLink",
            string.Join(
                ' ',
                Model.Schemata.Values.Where(s => s.Edge is not null).Select(s => s.Name).Order(StringComparer.Ordinal)
            )
        );
        Assert.All(["Call", "Trip", "Message"], name => Assert.Null(Model.Get(name).Edge));
    }

    [Fact]
    public void The_ends_of_every_edge_are_properties_that_point_to_schemata() =>
        Assert.All(
            Model.Schemata.Values.Where(s => s.Edge is not null),
            schema =>
            {
                foreach (var end in new[] { schema.Edge!.Source, schema.Edge.Target })
                    Assert.NotNull(Model.Find(schema.Find(end)!.Range));
            }
        );

    [Fact]
    public void A_schema_has_what_those_above_it_have()
    {
        Assert.All(
            Model.Schemata.Values,
            schema =>
            {
                foreach (var parent in schema.Ancestors.Select(Model.Get))
                    Assert.All(parent.Properties.Keys, name => Assert.NotNull(schema.Find(name)));
                Assert.All(schema.Featured.Concat(schema.Required), name => Assert.NotNull(schema.Find(name)));
                Assert.All(
                    schema.StartProperties.Concat(schema.EndProperties),
                    name => Assert.Equal("date", schema.Find(name)!.Type.Name)
                );
            }
        );
        var company = Model.Get("Company");
        Assert.True(
            company.IsA("LegalEntity") && company.IsA("Asset") && company.IsA("Company") && !company.IsA("Person")
        );
        Assert.Equal("Company:registrationNumber", company.Find("registrationNumber")!.QualifiedName);
        Assert.Equal("LegalEntity:leiCode", company.Find("leiCode")!.QualifiedName);
        Assert.True(company.Matchable && !Model.Get("Thing").Matchable && Model.Get("Thing").Abstract);
        Assert.Contains("birthDate", Model.Get("Person").Featured);
    }

    [Fact]
    public void Of_two_definitions_the_nearer_parent_wins()
    {
        // Event and its parent Thing both define country; Trip extends Event alone.
        Assert.Equal("Event:country", Model.Get("Trip").Find("country")!.QualifiedName);
        Assert.Equal("Interval:summary", Model.Get("Project").Find("summary")!.QualifiedName);
    }

    [Fact]
    public void The_other_end_of_a_link_is_a_stub_that_names_its_property()
    {
        var owned = Model.Get("Person").Find("ownershipOwner")!;
        Assert.True(owned.IsStub);
        Assert.Equal(("Ownership", "owner"), (owned.Range, owned.Reverse));
        Assert.Equal(
            ("LegalEntity", "ownershipOwner"),
            (Model.Get("Ownership").Find("owner")!.Range, Model.Get("Ownership").Find("owner")!.Reverse)
        );
        Assert.All(
            Model
                .Schemata.Values.SelectMany(s => s.Properties.Values)
                .Where(p => p.Type.Name == "entity" && p.Reverse is not null),
            property => Assert.NotNull(Model.Get(property.Range!).Find(property.Reverse!))
        );
    }

    [Fact]
    public void A_caption_is_the_first_of_the_schemas_caption_properties()
    {
        var ship = new Properties.Builder();
        ship.Add("imoNumber", "IMO9074729");
        Assert.Equal("IMO9074729", Model.Get("Vessel").CaptionOf(ship.Build()));
        ship.Add("name", "Sea Star");
        Assert.Equal("Sea Star", Model.Get("Vessel").CaptionOf(ship.Build()));
        Assert.Null(Model.Get("Vessel").CaptionOf(Properties.Empty));
    }

    [Fact]
    public void The_schema_of_several_records_does_not_depend_on_their_order()
    {
        var all = Model.Schemata.Values.OrderBy(s => s.Name, StringComparer.Ordinal).ToList();
        foreach (var a in all)
        foreach (var b in all)
        {
            var both = Schema.MostSpecific(a, b);
            Assert.Same(both, Schema.MostSpecific(b, a));
            if (a.IsA(b.Name))
                Assert.Same(a, both);
            Assert.Same(
                Schema.MostSpecific(Schema.MostSpecific(a, b), Model.Get("Company")),
                Schema.MostSpecific(a, Schema.MostSpecific(b, Model.Get("Company")))
            );
        }
    }

    /// <summary>Stored numbers: a line may be added, and no line may change.</summary>
    [Fact]
    public void Persisted_names_and_numbers_are_frozen() =>
        Assert.Equal(
            """
            Authority: 1 Engine, 2 Person
            Handling: 0 None, 1 NotInProceedings, 2 AskBeforePassingOn, 4 OtherRestriction
            SubjectCategory: 0 None, 1 Suspect, 2 Convicted, 3 PotentialCriminal, 4 Contact, 5 Victim, 6 Witness, 7 Informant, 8 SmuggledMigrant, 9 Minor
            Tlp: 0 Clear, 1 Green, 2 Amber, 3 AmberStrict, 4 Red
            UseAction: 1 Print, 2 Export, 3 Report, 4 Exchange, 5 JudicialUse, 6 PassOn
            Verdict: 1 Same, 2 Different, 3 Unsure, 4 Withdrawn
            purposes: enforcement, prevention, programme, public
            tlp: clear, green, amber, amber+strict, red
            handling: H0, H1, H2, H3
            """.ReplaceLineEndings("\n"),
            string.Join(
                '\n',
                Numbers<Authority>(),
                Numbers<Handling>(),
                Numbers<SubjectCategory>(),
                Numbers<Tlp>(),
                Numbers<UseAction>(),
                Numbers<Verdict>(),
                $"purposes: {string.Join(", ", Label.KnownPurposes)}",
                $"tlp: {string.Join(", ", Enum.GetValues<Tlp>().Select(t => t.Text()))}",
                $"handling: {string.Join(", ", Enum.GetValues<Handling>().Select(h => h.Text()))}"
            )
        );

    private static string Numbers<T>()
        where T : struct, Enum =>
        $"{typeof(T).Name}: {string.Join(", ", Enum.GetValues<T>().Select(v => $"{Convert.ToInt32(v, null)} {v}"))}";
}
