using System.Globalization;
using Lanthorn.Knowledge;
using Lanthorn.Storage;

namespace Lanthorn.Screening;

/// <summary>Reads <c>field:value</c>: a term, or why it is none and the way out.</summary>
internal static class SearchFields
{
    private const int MaxId = 255;

    private static readonly string[] DateForms = ["yyyy", "yyyy-MM", "yyyy-MM-dd"];

    public static (TextTerm? Term, string Why, string WayOut) Read(string field, string value)
    {
        if (!SearchLanguage.Fields.Any(f => f.Field == field))
            return Refuse(
                $"there is no field '{field}'",
                $"Fields are {string.Join(", ", SearchLanguage.Fields.Select(f => f.Field))}; put quotation marks around it to look for it as it stands"
            );
        if (value.Length == 0)
            return Refuse($"nothing stands after '{field}:'", $"Write {ExampleOf(field)}, without a blank");
        return field switch
        {
            "country" => Coded(TextTerm.In.Country, "country", value),
            "topic" => Coded(TextTerm.In.Topic, "topic", value),
            "source" => SourceCode.Parse(value.ToLowerInvariant()) is { IsAccepted: true } code
                ? Take(TextTerm.In.Source, code.Value.Value)
                : Refuse($"'{value}' is no code of a source", "The page Sources lists the codes"),
            "schema" => Model.Schemata.Values.FirstOrDefault(s => Same(s.Name, value) || Same(s.Plural, value))
                is { } kind
                ? Take(TextTerm.In.Schema, kind.Name)
                : Refuse(
                    $"there is no kind '{value}'",
                    "Kinds are Person, Company, Organization, Vessel, Address and so on"
                ),
            "born" => DateOf(value) is not null
                ? Take(TextTerm.In.Born, value)
                : Refuse($"'{value}' is no date", $"Write {ExampleOf("born")}, born:1980-05 or born:1980-05-02"),
            "changed" => Changed(value),
            _ => value.Length <= MaxId
                ? Take(TextTerm.In.Id, value)
                : Refuse("an id is not so long", $"Write {ExampleOf("id")}"),
        };
    }

    private static (TextTerm?, string, string) Take(TextTerm.In field, string value) => (new(field, value), "", "");

    private static (TextTerm?, string, string) Refuse(string why, string wayOut) => (null, why, wayOut);

    private static string ExampleOf(string field) => SearchLanguage.Fields.First(f => f.Field == field).Example;

    private static bool Same(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);

    /// <summary>By code, or by the name that the model gives the code.</summary>
    private static (TextTerm?, string, string) Coded(TextTerm.In field, string type, string value)
    {
        var known = Model.Types[type].Values;
        var code =
            known.Keys.FirstOrDefault(k => Same(k, value)) ?? known.FirstOrDefault(k => Same(k.Value, value)).Key;
        return code is null
            ? Refuse(
                $"there is no {type} '{value}'",
                $"Write a code, such as {ExampleOf(type)}, or the name in quotation marks"
            )
            : Take(field, code);
    }

    private static (TextTerm?, string, string) Changed(string value)
    {
        var sign = value.TakeWhile(c => c is '<' or '>' or '=').Count();
        if (DateOf(value[sign..]) is not var (first, next))
            return Refuse($"'{value}' is no date", $"Write {ExampleOf("changed")}, changed:<=2026-01 or changed:2026");
        TextTerm? term = value[..sign] switch
        {
            "" or "=" => TextTerm.Changed(first, next),
            ">" => TextTerm.Changed(next, null),
            ">=" => TextTerm.Changed(first, null),
            "<" => TextTerm.Changed(null, first),
            "<=" => TextTerm.Changed(null, next),
            _ => null,
        };
        return term is null
            ? Refuse($"'{value[..sign]}' compares nothing", "Write >, >=, < or <= before the date")
            : (term, "", "");
    }

    /// <summary>The first moment of a year, month or day, and the first after it.</summary>
    private static (DateTimeOffset First, DateTimeOffset Next)? DateOf(string text)
    {
        if (
            !DateTime.TryParseExact(text, DateForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var first)
            || first.Year == DateTime.MaxValue.Year
        )
            return null;
        var next = text.Length switch
        {
            4 => first.AddYears(1),
            7 => first.AddMonths(1),
            _ => first.AddDays(1),
        };
        return (new(first, TimeSpan.Zero), new(next, TimeSpan.Zero));
    }
}
