using Lanthorn.Commitments.Contracts;
using Lanthorn.Knowledge;
using Lanthorn.Programmes.Contracts;

namespace Lanthorn.Program.Demonstration.World;

/// <summary>
/// The undertakings and projects of a unit: from the seed, but for their days. Those are counted from the day of loading, or
/// all would be late one year.
/// </summary>
internal static class Promises
{
    public const int Undertakings = 60;
    public const int Projects = 12;

    public const string Source = "Register of the invented alliance (fictional)";

    /// <summary>So that what is drawn here changes nothing for what else the seed gives.</summary>
    private const int Own = 7_001;

    private const string Programme = "purpose=programme;tlp=amber";
    private const string Shared = "purpose=programme;tlp=green";
    private const string OfPartner =
        "purpose=programme;role=operations-lead|operator|partner-country-officer|programme-manager;tlp=green";

    private static readonly (string Label, string[] Owners)[] Sights =
    [
        (Programme, ["demo-programme-manager", "demo-operations-lead"]),
        (Shared, ["demo-programme-manager", "Secretariat of the invented alliance"]),
        (OfPartner, ["demo-partner-country-officer"]),
        ($"purpose=enforcement;org={People.First};tlp=amber", ["demo-liaison-officer", "demo-operations-lead"]),
        ($"purpose=enforcement;org={People.Second};tlp=amber", ["demo-analyst-north"]),
        ($"purpose=enforcement;org={People.First}|{People.Third};tlp=green", ["demo-liaison-south"]),
    ];

    private static readonly string[] Promisers =
    [
        "Ministry of the Interior of Marrowland (fictional)",
        "Coast guard of Sandrey (fictional)",
        People.First,
        People.Second,
        People.Third,
        "Tidewater Foundation (fictional)",
    ];

    private const string Platform = "Pebble Messenger, an online platform (fictional)";
    private const string OfPlatforms = "Work with online platforms";

    private static readonly (Strand Strand, string Aim, string Text, string Unit)[] Kinds =
    [
        (Strand.Prevent, "Information before departure", "Run information campaigns in {0}", "campaigns"),
        (Strand.Prevent, OfPlatforms, "Answer notices about smugglers' offers in {0}", "notices"),
        (Strand.Respond, "Border management", "Train border guards in {0} in document checks", "people trained"),
        (Strand.Respond, "Joint investigation", "Open joint investigations with {0}", "investigations"),
        (Strand.Respond, "Protection of victims", "Train interpreters for first interviews in {0}", "interpreters"),
        (Strand.Alternatives, "Legal routes", "Open places for seasonal work to people from {0}", "places"),
        (Strand.Alternatives, "Jobs at home", "Give grants to small firms of {0}", "grants"),
    ];

    private static readonly string[] Places = ["MR", "EG", "MA", "TN", "NE", "SN", "BD", "AL"];

    private static readonly string[] Instruments = ["External action fund (fictional)", "Border fund (fictional)"];

    /// <summary>In days from the day of loading; late, due soon and later ones.</summary>
    private static readonly int[] DueIn = [-120, -45, -10, -1, 5, 14, 28, 60, 120, 240, 400];

    public static IEnumerable<BroughtUndertaking> UndertakingsOf(ulong seed, int unit, DateOnly today) =>
        Enumerable.Range(0, Undertakings).Select(number => UndertakingOf(seed, unit, number, today));

    public static IEnumerable<Project> ProjectsOf(ulong seed, int unit, DateOnly today) =>
        Enumerable.Range(0, Projects).Select(number => ProjectOf(seed, unit, number, today));

    private static BroughtUndertaking UndertakingOf(ulong seed, int unit, int number, DateOnly today)
    {
        var chance = Chance.Of(seed, Own, unit, number);
        var sight = Sights[number % Sights.Length];
        int? project = chance.In100(70) ? number % Projects : null;
        var about = project is { } of ? Chance.Of(seed, Own, unit, of, 2) : chance;
        var (kind, place) = (about.Pick(Kinds), about.Pick(Places));
        var target = (1 + chance.Below(20)) * 5m;
        var line = new UndertakingLine
        {
            Reference = $"{Reference.Of("UW", Chance.Hash(seed, Own, unit, number, 1))}",
            Promiser = PromiserOf(chance, kind.Aim),
            Promisee = "The invented alliance (fictional)",
            Text = string.Format(Invariant, kind.Text, NameOf(place)),
            Strand = kind.Strand,
            Aim = kind.Aim,
            Due = today.AddDays(chance.Pick(DueIn)),
            State = UndertakingState.Open,
            Measure = $"{target:0} {kind.Unit}",
            Unit = kind.Unit,
            Target = target,
            Reached = 0,
            Waiting = 0,
            Owner = chance.Pick(sight.Owners),
            // A project has the sight of its undertakings, so that none points at one that its reader does not see.
            Project = project is { } it ? $"{ProjectReference(seed, unit, it)}" : null,
            Label = sight.Label,
            Source = Source,
            AsOf = today.AddDays(-180),
            IsFictional = true,
        };
        var made = new DateTimeOffset(today.AddDays(-20), TimeOnly.MinValue, TimeSpan.Zero);
        return new(line, made) { Evidence = [.. EvidenceOf(chance, line, target, today)] };
    }

    private static IEnumerable<BroughtEvidence> EvidenceOf(
        Chance chance,
        UndertakingLine line,
        decimal target,
        DateOnly today
    )
    {
        BroughtEvidence Count(decimal amount, string? by) =>
            new(
                $"Count of {line.Unit} (fictional)",
                amount,
                today.AddDays(-25),
                "demo-partner-country-officer",
                People.First,
                by
            );
        var draw = chance.Below(100);
        if (draw < 30)
            yield return Count(target, "demo-programme-manager");
        else if (draw < 50)
            yield return Count(decimal.Floor(target / 2), "demo-programme-manager");
        if (draw is >= 40 and < 70)
            yield return Count(target, null);
    }

    private static Project ProjectOf(ulong seed, int unit, int number, DateOnly today)
    {
        var chance = Chance.Of(seed, Own, unit, number, 2);
        var (kind, place) = (chance.Pick(Kinds), chance.Pick(Places));
        var starts = today.AddDays(-30 * (1 + chance.Below(24)));
        return new()
        {
            Reference = $"{ProjectReference(seed, unit, number)}",
            Title = $"{kind.Aim} in {NameOf(place)} (fictional)",
            Description = $"An invented project: {string.Format(Invariant, kind.Text, NameOf(place))}.",
            Instrument = chance.Pick(Instruments),
            Countries = [place],
            Starts = starts,
            Ends = starts.AddYears(3),
            Budget = (1 + chance.Below(80)) * 250_000m,
            Currency = chance.In100(80) ? "EUR" : "GBP",
            Strands = [kind.Strand],
            Aims = [kind.Aim],
            Participants =
            [
                new(PromiserOf(chance, kind.Aim), ParticipantRole.Lead),
                new("Tidewater Foundation (fictional)", ParticipantRole.Partner),
                new("The invented alliance (fictional)", ParticipantRole.Funder),
            ],
            Label = Sights[number % Sights.Length].Label,
            Source = Source,
            AsOf = today.AddDays(-180),
            IsFictional = true,
        };
    }

    private static string PromiserOf(Chance chance, string aim) =>
        aim == OfPlatforms ? Platform : chance.Pick(Promisers);

    private static string NameOf(string country) => CountryCode.Parse(country).Value.Label;

    private static Reference ProjectReference(ulong seed, int unit, int number) =>
        Reference.Of("PW", Chance.Hash(seed, Own, unit, number, 3));

    private static readonly IFormatProvider Invariant = System.Globalization.CultureInfo.InvariantCulture;
}
