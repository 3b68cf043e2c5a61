using System.Collections.Immutable;
using Lanthorn.Knowledge;

namespace Lanthorn.Matching;

/// <summary>
/// Everything about a record, an entity or a query that comparison needs, read once. Immutable, small, and without the
/// properties themselves.
/// </summary>
public sealed class PreparedSubject
{
    /// <summary>Names beyond this are not compared; official lists stay far below.</summary>
    public const int MaxNames = 200;

    private static readonly (string Property, NameKind Kind)[] NameProperties =
    [
        ("name", NameKind.Name),
        ("previousName", NameKind.PreviousName),
        ("alias", NameKind.Alias),
        ("weakAlias", NameKind.WeakAlias),
    ];

    private static readonly ImmutableArray<string> GivenParts = ["firstName", "secondName", "middleName"];

    private PreparedSubject(SubjectKind kind, PreparedName[] names) => (Kind, PreparedNames) = (kind, names);

    public SubjectKind Kind { get; }

    public int NameCount => PreparedNames.Length;

    internal PreparedName[] PreparedNames { get; }

    /// <summary>Birth or founding dates as yyyymmdd, with zeros for what is not known.</summary>
    internal int[] Dates { get; private init; } = [];

    /// <summary>Two-letter country codes, each packed into 16 bits.</summary>
    internal ushort[] Countries { get; private init; } = [];

    internal Identifier[] Identifiers { get; private init; } = [];

    /// <summary>Hashes of the words of all addresses, sorted; numbers among them.</summary>
    internal uint[] AddressWords { get; private init; } = [];

    /// <summary>'m', 'f' or 'o'; 0 when not said or contradictory.</summary>
    internal char Gender { get; private init; }

    /// <summary>Reads a subject; unknown properties are passed over, a subject without names is allowed.</summary>
    public static PreparedSubject Prepare(Schema schema, Properties properties)
    {
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(properties);
        var kind = KindOf(schema);
        return new(kind, ReadNames(properties, kind))
        {
            Dates = [.. PropertyReading.Dates(properties).Distinct()],
            Countries = [.. PropertyReading.Countries(schema, properties).Distinct()],
            Identifiers = [.. PropertyReading.Identifiers(schema, properties).Distinct()],
            AddressWords = [.. PropertyReading.AddressWords(schema, properties).Distinct().Order()],
            Gender = PropertyReading.Gender(properties),
        };
    }

    /// <summary>The same subject with its parts of names exchanged for shared ones.</summary>
    internal PreparedSubject Share(Func<Token, Token> share) =>
        new(Kind, [.. PreparedNames.Select(n => new PreparedName(n.Written, n.Kind, [.. n.Tokens.Select(share)]))])
        {
            Dates = Dates,
            Countries = Countries,
            Identifiers = Identifiers,
            AddressWords = AddressWords,
            Gender = Gender,
        };

    /// <summary>Whether no comparison could tell the two apart.</summary>
    public bool SaysTheSameAs(PreparedSubject other) =>
        Kind == other.Kind
        && Gender == other.Gender
        && Dates.AsSpan().SequenceEqual(other.Dates)
        && Countries.AsSpan().SequenceEqual(other.Countries)
        && Identifiers.AsSpan().SequenceEqual(other.Identifiers)
        && AddressWords.AsSpan().SequenceEqual(other.AddressWords)
        && PreparedNames.Length == other.PreparedNames.Length
        && PreparedNames
            .Zip(other.PreparedNames)
            .All(n =>
                n.First.Kind == n.Second.Kind && n.First.Written == n.Second.Written && n.First.HasSameTokens(n.Second)
            );

    /// <summary>A subject as it was prepared once before.</summary>
    internal static PreparedSubject Restore(
        SubjectKind kind,
        PreparedName[] names,
        int[] dates,
        ushort[] countries,
        Identifier[] identifiers,
        uint[] addressWords,
        char gender
    ) =>
        new(kind, names)
        {
            Dates = dates,
            Countries = countries,
            Identifiers = identifiers,
            AddressWords = addressWords,
            Gender = gender,
        };

    internal static SubjectKind KindOf(Schema schema) =>
        schema.IsA("Person") ? SubjectKind.Person
        : schema.IsA("Organization") || schema.IsA("Company") ? SubjectKind.Organisation
        : schema.IsA("Vessel") || schema.IsA("Vehicle") ? SubjectKind.Vessel
        : SubjectKind.Other;

    private static PreparedName[] ReadNames(Properties properties, SubjectKind kind)
    {
        var names = new List<PreparedName>();
        foreach (var (property, nameKind) in NameProperties)
        foreach (var value in properties[property])
            Add(value, nameKind);
        if (!properties.Has("name"))
            foreach (var built in BuiltNames(properties))
                Add(built, NameKind.Built);
        return [.. names];

        void Add(string value, NameKind nameKind)
        {
            if (names.Count >= MaxNames)
                return;
            var name = NameReader.Read(value, nameKind, kind);
            if (name.Tokens.Length > 0 && !names.Exists(name.HasSameTokens))
                names.Add(name);
        }
    }

    /// <summary>Each family name after all given names: what a query by firstName and lastName means.</summary>
    private static IEnumerable<string> BuiltNames(Properties properties)
    {
        var given = GivenParts.Select(properties.First).Where(p => p is not null).ToList();
        var father = properties.First("fatherName");
        foreach (var last in properties["lastName"])
            yield return string.Join(' ', [.. given, father, last]).Replace("  ", " ", StringComparison.Ordinal);
        if (properties["lastName"].IsEmpty && (given.Count > 0 || father is not null))
            yield return string.Join(' ', [.. given, father]);
    }
}
