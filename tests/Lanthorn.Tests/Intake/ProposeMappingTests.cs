using Lanthorn.Formats;
using Lanthorn.Intake.Proposing;
using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Tests.Storage;

namespace Lanthorn.Tests.Intake;

/// <summary>What columns are proposed to be: by what was chosen before, by their headings, by their values.</summary>
public sealed class ProposeMappingTests
{
    private static readonly Label ForAlpha = Label.Parse("purpose=enforcement;org=alpha;tlp=amber").Value;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static Work Of(string organisation, Tlp clearance = Tlp.Amber) =>
        new(TemporaryStore.Analyst with { Organisation = organisation, Clearance = clearance }, "test");

    private static Task<TableProposal> ProposeAsync(
        IntakeFolder at,
        string table,
        string? schema = "Person",
        Work? work = null,
        string name = "t.csv"
    ) =>
        new ProposeMapping(at.Store, new(at.Store)).HandleAsync(
            work ?? IntakeFolder.Ana,
            Lanthorn.Tests.Formats.Sample.File(name, table),
            Model.Find(schema),
            new(),
            Stop
        );

    private static string Told(TableProposal proposal) =>
        string.Join(' ', proposal.Choice.Properties.Select(p => p.Length > 0 ? p : "-"));

    [Theory]
    [InlineData("ID,Full name,DateOfBirth,Nationality,Passport No.,Mobile number,Remarks,Shoe size")]
    [InlineData("N° dossier,Nom complet,Né(e) le,Nationalité,N° passeport,Téléphone portable,Observations,Pointure")]
    [InlineData(
        "Aktenzeichen,Name Vorname,Geb.-Datum,Staatsangehörigkeit,Reisepass-Nr.,Handynummer,Bemerkungen,Schuhe"
    )]
    [InlineData("Expediente,Nombre y apellidos,Fecha de nacimiento,Nacionalidad,Pasaporte,Teléfono móvil,Notas,Talla")]
    [InlineData("Protocollo,Nome e cognome,Data di nascita,Nazionalità,Passaporto,Cellulare,Note,Scarpe")]
    [InlineData("رقم القضية,الاسم الكامل,تاريخ الميلاد,الجنسية,رقم جواز السفر,رقم الجوّال,ملاحظات,المقاس")]
    [InlineData("Номер дела,ФИО,Дата рождения,Гражданство,Номер паспорта,Номер телефона,Примечания,Обувь")]
    public async Task Headings_are_known_in_the_languages_of_those_who_send_tables(string header)
    {
        await using var at = await IntakeFolder.CreateAsync();

        var proposal = await ProposeAsync(at, header + "\n7,Ana,1980-01-02,SY,P1,+963944123456,seen,41\n");

        Assert.Equal("- name birthDate nationality passportNumber phone notes -", Told(proposal));
        Assert.Equal(0, proposal.Choice.IdColumn);
    }

    [Fact]
    public async Task Values_that_are_something_else_take_a_heading_back_and_say_what_they_are_by_themselves()
    {
        await using var at = await IntakeFolder.CreateAsync();

        var proposal = await ProposeAsync(
            at,
            "no,name,nationality,contact,reach\n1,Ana,tall,ana@mail.example,+32470000001\n2,Bo,small,bo@mail.example,+32470000002\n3,Cy,tall,cy@mail.example,+32470000003\n"
        );

        Assert.Equal("- name - email phone", Told(proposal));
        Assert.Equal(
            [ProposedBy.Nothing, ProposedBy.Heading, ProposedBy.Unfitting, ProposedBy.Values, ProposedBy.Values],
            proposal.By
        );
    }

    [Fact]
    public async Task A_name_in_parts_is_put_together_numbered_columns_are_alike_and_an_address_has_parts()
    {
        await using var at = await IntakeFolder.CreateAsync();

        var proposal = await ProposeAsync(
            at,
            "Surname,Given names,Alias 1,Alias 2,Street,City,Key\nLind,Anna,A,B,Quay 1,Zuwara,k1\n,Bo,C,D,Quay 2,Zuwara,k2\n"
        );
        var alone = await ProposeAsync(at, "Nombre,Key\nAna,1\nAna,2\n");

        Assert.Equal("lastName firstName alias alias address address -", Told(proposal));
        Assert.Equal(
            """
            schema: Person
            id: Key
            properties:
              name: [Given names, Surname]
              lastName: Surname
              firstName: Given names
              alias: { columns: [Alias 1, Alias 2], separate: true }
              address: [Street, City]

            """,
            proposal.Choice.ToMapping(proposal.Head).ToYaml()
        );
        Assert.Equal(("name -", 1), (Told(alone), alone.Choice.IdColumn));
    }

    [Fact]
    public async Task Several_values_in_a_cell_are_seen_where_in_pieces_they_are_values_and_as_a_whole_they_are_none()
    {
        await using var at = await IntakeFolder.CreateAsync();

        var proposal = await ProposeAsync(
            at,
            """
            No,Name,Nationality,Country,Aliases,Phone,Notes,Born
            1,"Lind, Anna",FR/MA,"Korea, Republic of",Ann; Annika,+32470000001 / +32470000002,a; b,03/04/1985
            2,"Berg; Bo",BE,Libya,,030/1234567,c | d,1985
            """
        );

        Assert.Equal("- name nationality country alias phone notes birthDate", Told(proposal));
        Assert.Equal([null, null, "/", null, ";", "/", null, null], proposal.Choice.Splits);
        var mapping = proposal.Choice.ToMapping(proposal.Head).ToYaml();
        Assert.Contains("nationality: { columns: Nationality, split: \"/\" }", mapping, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("No,Vessel name,IMO,Flag", "t.csv", "Vessel")]
    [InlineData("No,Name,Flag", "ships.csv", "Vessel")]
    [InlineData("No,Firma,Rechtsform,Handelsregister", "t.csv", "Company")]
    [InlineData("No,Name,Nationality", "t.csv", "Person")]
    [InlineData("No,IBAN,Bank", "t.csv", "BankAccount")]
    [InlineData("a,b,c", "t.csv", "Person")]
    public async Task What_a_row_is_about_is_what_most_headings_speak_for(string header, string file, string schema)
    {
        await using var at = await IntakeFolder.CreateAsync();

        Assert.Equal(schema, (await ProposeAsync(at, header + "\n", null, name: file)).Choice.Schema.Name);
    }

    [Theory, OnEachDatabase]
    public async Task What_was_chosen_before_wins_for_the_organisation_alone_and_the_latest_of_it(Database database)
    {
        var time = new HandTime();
        await using var at = await IntakeFolder.CreateAsync(time, database);
        var names = new ColumnNames(at.Store);
        const string table = "Ref,Name,Born,Code X\nr1,Ana,1980,x1\nr2,Bo,1981,x2\n";

        await names.RememberAsync(
            Of("alpha"),
            ForAlpha,
            [new("Person", "name", "weakAlias", false), new("Person", "born", "deathDate", false)],
            Stop
        );
        time.Move(TimeSpan.FromMinutes(1));
        await names.RememberAsync(
            Of("alpha"),
            ForAlpha,
            [new("Person", "born", "", false), new("Person", "code x", "idNumber", true)],
            Stop
        );
        await names.RememberAsync(Of("bravo"), Label.Everyone, [new("Person", "name", "motherName", false)], Stop);

        Assert.Equal("- weakAlias - idNumber", Told(await ProposeAsync(at, table, "Person", Of("alpha"))));
        Assert.Equal(3, (await ProposeAsync(at, table, "Person", Of("alpha"))).Choice.IdColumn);
        Assert.Equal("- motherName birthDate -", Told(await ProposeAsync(at, table, "Person", Of("bravo"))));
        Assert.Equal("- name birthDate -", Told(await ProposeAsync(at, table, "Person", Of("gamma"))));
        Assert.Equal("- name - -", Told(await ProposeAsync(at, table, "Company", Of("alpha"))));
    }

    [Theory, OnEachDatabase]
    public async Task A_choice_under_a_label_that_the_viewer_may_not_see_changes_nothing_for_him(Database database)
    {
        var time = new HandTime();
        await using var at = await IntakeFolder.CreateAsync(time, database);
        var names = new ColumnNames(at.Store);
        var red = Label.Parse("purpose=enforcement;org=alpha;tlp=red").Value;
        await names.RememberAsync(Of("alpha"), ForAlpha, [new("Person", "who", "alias", false)], Stop);
        time.Move(TimeSpan.FromMinutes(1));
        await names.RememberAsync(Of("alpha"), red, [new("Person", "who", "name", false)], Stop);

        var amber = await ProposeAsync(at, "who\nAna\n", "Person", Of("alpha"));
        var cleared = await ProposeAsync(at, "who\nAna\n", "Person", Of("alpha", Tlp.Red));

        Assert.Equal(("alias", "name"), (Told(amber), Told(cleared)));
    }

    [Theory, OnEachDatabase]
    public async Task Choices_are_bounded_the_oldest_go_and_what_looks_like_data_is_not_remembered(Database database)
    {
        var time = new HandTime();
        await using var at = await IntakeFolder.CreateAsync(time, database);
        var names = new ColumnNames(at.Store);
        await names.RememberAsync(
            Of("alpha"),
            ForAlpha,
            [
                new("Person", "oldest", "name", false),
                new("Person", "ana 1981 05 17", "name", false),
                new("Person", new string('x', 61), "name", false),
            ],
            Stop
        );
        var before = await names.KnownAsync(Of("alpha"), ["oldest", "ana 1981 05 17", new string('x', 61)], Stop);
        time.Move(TimeSpan.FromMinutes(1));
        await names.RememberAsync(
            Of("alpha"),
            ForAlpha,
            Enumerable.Range(0, ColumnNames.MaxKept).Select(i => new ChosenColumn("Person", Letters(i), "name", false)),
            Stop
        );

        Assert.Equal("oldest", Assert.Single(before).Heading);
        Assert.Empty(await names.KnownAsync(Of("alpha"), ["oldest"], Stop));
        Assert.Equal(2, (await names.KnownAsync(Of("alpha"), [Letters(0), Letters(1_999)], Stop)).Count);
    }

    private static string Letters(int number) => new([.. $"{number}".Select(c => (char)('a' + (c - '0')))]);

    [Theory]
    [InlineData("DateOfBirth", "date of birth")]
    [InlineData("date_of-birth: ", "date of birth")]
    [InlineData("D.O.B.", "d o b")]
    [InlineData("Größe", "grosse")]
    [InlineData("Straße 2", "strasse 2")]
    [InlineData("alias2", "alias 2")]
    [InlineData("الأسـم", "الاسم")]
    [InlineData("№", "no")]
    [InlineData("#", "#")]
    [InlineData("a\uFFFEb", "a b")]
    public void Headings_that_are_alike_are_the_same(string heading, string folded) =>
        Assert.Equal(folded, HeadingWords.Fold(heading));

    [Fact]
    public void Every_word_leads_to_a_property_that_the_model_has()
    {
        var all = Model.Schemata.Values.SelectMany(s => s.Properties.Keys).ToHashSet(StringComparer.Ordinal);

        Assert.All(HeadingWords.Properties, p => Assert.Contains(p, all));
    }

    [Fact]
    public void A_choice_that_cannot_be_read_says_which_part_of_it()
    {
        var head = new TableHead("csv", [new("NO", null), new("A", "another column has the same heading")], []);
        var person = Model.Get("Person");

        string? FieldOf(int id, params string[] properties) =>
            Assert
                .Throws<RefusedException>(() => new TableChoice(person, id, properties).ToMapping(head))
                .Refusal.Field;

        Assert.Equal("id", FieldOf(-1, "name", ""));
        Assert.Equal("id", FieldOf(1, "name", ""));
        Assert.Equal("columns", FieldOf(0, "", ""));
        Assert.Equal("columns", FieldOf(0, "name", "alias"));
        Assert.Equal("columns", FieldOf(0, "imoNumber", ""));
    }
}
