using CsCheck;
using Lanthorn.Knowledge;
using Lanthorn.Matching;

namespace Lanthorn.Tests.Matching;

/// <summary>Subjects by hand and at random, in many scripts.</summary>
internal static class Subjects
{
    public static readonly Schema Person = Model.Get("Person");

    private static readonly string[] Parts =
    [
        "Ermias",
        "Ghermay",
        "GHERMAY,",
        "Mohamed",
        "Muhammad",
        "bin",
        "ould",
        "al-Rahman",
        "Abd",
        "Abdelrahman",
        "Abu",
        "Salim",
        "Maria",
        "Mario",
        "García",
        "de",
        "la",
        "López",
        "Ivan",
        "Ivanovich",
        "Petrov",
        "Petrova",
        "J.",
        "Dr.",
        "Kim",
        "Jong",
        "Li",
        "O'Neill",
        "Ngọc",
        "إرمياس",
        "غيرماي",
        "محمد",
        "عبد",
        "الرحمن",
        "ኤርሚያስ",
        "ግርማይ",
        "Иван",
        "Петров",
        "Γιώργος",
        "דוד",
        "ბარაკ",
        "Արամ",
        "রহিম",
        "习近平",
        "김",
        "x",
        "Ltd",
        "OOO",
        "44",
        "",
    ];

    private static readonly string[] Schemata = ["Person", "Company", "Organization", "Vessel", "LegalEntity"];

    public static readonly Gen<string> Name = OneOf(Parts)
        .Array[1, 5]
        .Select(parts => string.Join(' ', parts.Where(p => p.Length > 0)));

    private static readonly Gen<string> Date = Gen.Select(Gen.Int[1940, 2004], Gen.Int[0, 12], Gen.Int[0, 28])
        .Select(
            (year, month, day) =>
                month == 0 ? $"{year}"
                : day == 0 ? $"{year}-{month:00}"
                : $"{year}-{month:00}-{day:00}"
        );

    private static readonly Gen<(string, string)> Value = Gen.OneOf(
        Name.Select(n => ("alias", n)),
        Name.Select(n => ("weakAlias", n)),
        Date.Select(d => ("birthDate", d)),
        OneOf("ly", "er", "sd", "it").Select(c => ("nationality", c)),
        OneOf("male", "female").Select(g => ("gender", g)),
        Gen.Int[1, 3].Select(n => ("passportNumber", $"P10000{n}")),
        Gen.Int[1, 3].Select(n => ("phone", $"+21891000000{n}"))
    );

    /// <summary>What a subject says, with its schema: a name or none, and up to five values.</summary>
    public static readonly Gen<Said> Any = Gen.Select(
        OneOf(Schemata),
        Name,
        Value.Array[0, 5],
        (schema, name, values) => new Said(Model.Get(schema), [("name", name), .. values])
    );

    public static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(at => values[at]);

    public static PreparedSubject Named(string name) => new Said(Person, [("name", name)]).Prepared;

    public static double Score(string a, string b, string schema = "Person") =>
        NameScore.Compare(a, b, Model.Get(schema)).Value;
}

/// <summary>The values of a subject, so that a test can add one.</summary>
internal sealed record Said(Schema Schema, (string Property, string Value)[] Values)
{
    public PreparedSubject Prepared
    {
        get
        {
            var properties = new Properties.Builder();
            foreach (var (property, value) in Values)
                properties.Add(property, value);
            return PreparedSubject.Prepare(Schema, properties.Build());
        }
    }

    public Said With(string property, string value) => this with { Values = [.. Values, (property, value)] };
}
