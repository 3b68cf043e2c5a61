namespace Lanthorn.Program.Demonstration.World;

/// <summary>The tables in data/world, built into the program: columns divided by tabs, the first row names them.</summary>
internal static class Tables
{
    public static readonly IReadOnlyList<Region> Regions =
    [
        .. Read("regions").Select(r => new Region(r[0], Enum.Parse<Script>(r[1], ignoreCase: true), r[3].Split(' '))),
    ];

    public static readonly ILookup<(string Region, string Gender), string> GivenNames = Read("given-names")
        .ToLookup(r => (r[0], r[1]), r => r[2]);

    public static readonly IReadOnlyList<Place> Places =
    [
        .. Read("places").Select(r => new Place(r[0], r[1], r[2] == "coast")),
    ];

    public static readonly IReadOnlyList<Place> Coast = [.. Places.Where(p => p.IsCoast)];

    public static readonly IReadOnlyList<string> Streets = [.. Read("streets").Select(r => r[0])];

    public static readonly ILookup<string, string> ShipWords = Read("ships").ToLookup(r => r[0], r => r[1]);

    public static readonly IReadOnlyList<Trade> Trades = [.. Read("trades").Select(r => new Trade(r[0], r[1], r[2]))];

    public static readonly IReadOnlyList<string> Handles = [.. Read("handles").Select(r => r[0])];

    public static readonly ILookup<(string Language, string Kind), string> Posts = Read("posts")
        .ToLookup(r => (r[0], r[1]), r => r[2]);

    public static readonly IReadOnlyList<string> PostLanguages = [.. Posts.Select(p => p.Key.Language).Distinct()];

    public static readonly ILookup<(string Kind, string Language, string Part), string> Reports = Read("reports")
        .ToLookup(r => (r[0], r[1], r[2]), r => r[3]);

    public static IEnumerable<string[]> Read(string name)
    {
        using var stream =
            typeof(Tables).Assembly.GetManifestResourceStream($"world/{name}.tsv")
            ?? throw new InvalidOperationException($"world/{name}.tsv is not built into the program");
        using var text = new StreamReader(stream);
        return
        [
            .. text.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(l => l.Split('\t')),
        ];
    }
}

/// <summary>Where somebody is from: how people there write, and the countries.</summary>
internal sealed record Region(string Name, Script Script, IReadOnlyList<string> Countries);

/// <summary>An invented town.</summary>
internal sealed record Place(string Country, string Name, bool IsCoast);

/// <summary>What a company does, and its form in its country.</summary>
internal sealed record Trade(string Word, string Form, string Country);
