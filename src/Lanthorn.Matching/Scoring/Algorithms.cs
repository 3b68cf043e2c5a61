using Lanthorn.Knowledge;

namespace Lanthorn.Matching;

/// <summary>The names of what a score is made of.</summary>
public static class Features
{
    public const string Name = "name_match";
    public const string WeakAlias = "weak_alias_match";
    public const string Identifier = "identifier_match";
    public const string Contact = "contact_match";
    public const string BirthDate = "birth_date";
    public const string Country = "country";
    public const string Gender = "gender";
    public const string Address = "address";
    public const string Kind = "kind";

    /// <summary>Every feature with what it says, in the order in which a score is built.</summary>
    public static IReadOnlyList<(string Name, string Description)> All { get; } =
    [
        (Name, "How alike the best pair of names is, over scripts and spellings"),
        (WeakAlias, "The same for a name of low quality, such as a nickname"),
        (Kind, "A person is no company and no vessel"),
        (Identifier, "An equal identifier decides; an equal unique one nearly alone"),
        (BirthDate, "Birth or founding dates agree or contradict each other, as far as they are known"),
        (Country, "Countries are shared, or there are some on both sides and none is shared"),
        (Gender, "Genders agree or contradict each other"),
        (Contact, "A phone number or e-mail address is shared"),
        (Address, "Addresses share most of their words"),
    ];
}

/// <summary>A way of scoring that a request can ask for by name.</summary>
public sealed record Algorithm(string Name, string Description);

/// <summary>What <c>GET /algorithms</c> lists. Names of other systems' algorithms are understood and mean ours.</summary>
public static class Algorithms
{
    public const string Default = "lanthorn-v1";
    public const string NameBased = "name-based";

    public static IReadOnlyList<Algorithm> All { get; } =
    [
        new(Default, "Names over scripts and spellings, then what agrees and what contradicts; every part explained"),
        new(NameBased, "Names only: the first step of lanthorn-v1, nothing else counts"),
        new("logic-v2", "For clients of yente: the same as lanthorn-v1"),
        new("logic-v1", "For clients of yente: the same as lanthorn-v1"),
        new("best", "The best that there is here: lanthorn-v1"),
    ];

    /// <summary>A version that was learnt from what people judged here.</summary>
    public static Algorithm Learnt(string id) =>
        new(id, "lanthorn-v1 with strengths that were learnt from pairs that people judged");

    public static Parsed<Algorithm> Find(string? name)
    {
        var found = string.IsNullOrEmpty(name) ? All[0] : All.FirstOrDefault(a => a.Name == name);
        return found is null
            ? Parsed.Refuse($"'{name}' is no algorithm here: {string.Join(", ", All.Select(a => a.Name))}")
            : Parsed.Accept(found);
    }
}
