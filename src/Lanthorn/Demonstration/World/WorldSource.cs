namespace Lanthorn.Program.Demonstration.World;

/// <summary>A source of the world: what it says it is, who may see its records, and which account brings them in.</summary>
/// <param name="Index">Enters into the ids of records: it stays.</param>
internal sealed record WorldSource(int Index, string Code, string Title)
{
    public required string Label { get; init; }
    public required string Evaluation { get; init; }

    /// <summary>An account that sees everything in it.</summary>
    public required string Importer { get; init; }

    public static readonly WorldSource Registry = new(0, "world-registry", "Registers of companies, ships and vehicles")
    {
        Label = "purpose=enforcement",
        Evaluation = "A2",
        Importer = People.Analyst,
    };

    public static readonly WorldSource PoliceAlpha = new(1, "world-police-alpha", "Police of the harbour")
    {
        Label = $"purpose=enforcement;org={People.First};tlp=amber",
        Evaluation = "B2",
        Importer = People.Analyst,
    };

    public static readonly WorldSource PoliceNorth = new(2, "world-police-north", "Police of the north")
    {
        Label = $"purpose=enforcement;org={People.Second};tlp=amber",
        Evaluation = "B2",
        Importer = People.AnalystNorth,
    };

    public static readonly WorldSource Liaison = new(3, "world-liaison", "Reports of liaison officers")
    {
        Label = $"purpose=enforcement;org={People.First}|{People.Second};tlp=green",
        Evaluation = "B3",
        Importer = People.Analyst,
    };

    public static readonly WorldSource TaskForce = new(4, "world-taskforce", "Joint task force: calls and debriefs")
    {
        Label = $"purpose=enforcement;compartment={People.Compartment};tlp=amber",
        Evaluation = "B3",
        Importer = People.Analyst,
    };

    public static readonly WorldSource Finance = new(
        5,
        "world-finance",
        "Financial intelligence: accounts and payments"
    )
    {
        Label = $"purpose=enforcement;org={People.First}|{People.Second};tlp=amber",
        Evaluation = "A2",
        Importer = People.Analyst,
    };

    public static readonly WorldSource Partner = new(6, "world-partner", "Police of a partner country")
    {
        Label = $"purpose=enforcement;org={People.First}|{People.Second}|{People.Third};tlp=green",
        Evaluation = "C3",
        Importer = People.Analyst,
    };

    public static readonly WorldSource Open = new(7, "world-open", "Public posts and reported incidents")
    {
        Label = "tlp=clear",
        Evaluation = "X4",
        Importer = People.Analyst,
    };

    public static readonly IReadOnlyList<WorldSource> All =
    [
        Registry,
        PoliceAlpha,
        PoliceNorth,
        Liaison,
        TaskForce,
        Finance,
        Partner,
        Open,
    ];

    /// <summary>The title that pages show.</summary>
    public string FullTitle => $"{Title} (fictional)";
}
