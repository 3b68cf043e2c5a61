using Lanthorn.Knowledge;
using Lanthorn.Platform;

namespace Lanthorn.Intake;

/// <summary>What somebody wrote under the properties of a schema, by their names: cleaned as an import cleans it.</summary>
internal sealed class WrittenValues(Schema schema, Properties before)
{
    /// <summary>So many values of one property are written by hand.</summary>
    public const int MaxValues = 200;

    /// <summary>Parts the values of a property whose texts have lines of their own.</summary>
    private const string BetweenTexts = "\n---\n";

    private readonly Properties.Builder kept = new();
    private readonly Dictionary<string, string> errors = new(StringComparer.Ordinal);
    private readonly List<string> countries = [];

    /// <summary>By the name of the property, why what stands there cannot be taken.</summary>
    public IReadOnlyDictionary<string, string> Errors => errors;

    /// <summary>
    /// The properties that anybody fills in: those the schema features first, then by their labels. No reverse ends, and
    /// nothing that only programs write.
    /// </summary>
    public static IReadOnlyList<Property> Writable(Schema schema)
    {
        var first = schema.Featured.Concat(schema.Required).Distinct(StringComparer.Ordinal).ToList();
        return
        [
            .. schema
                .Properties.Values.Where(p =>
                    !p.IsStub && p.Type.Name is not ("json" or "html" or "checksum" or "mimetype")
                )
                .OrderBy(p => first.IndexOf(p.Name) is >= 0 and var at ? at : int.MaxValue)
                .ThenBy(p => p.Label, StringComparer.Ordinal)
                .ThenBy(p => p.Name, StringComparer.Ordinal),
        ];
    }

    /// <summary>How the values of a property stand in its field; <see cref="Split"/> takes it apart again.</summary>
    public static string Joined(Property property, IEnumerable<string> values) =>
        string.Join(IsProse(property) ? BetweenTexts : "\n", values);

    public static IReadOnlyList<string> Split(Property property, string text) =>
        [
            .. text.ReplaceLineEndings("\n")
                .Split(IsProse(property) ? BetweenTexts : "\n")
                .Where(v => !string.IsNullOrWhiteSpace(v)),
        ];

    public static bool IsProse(Property property) => property.Type.Name is "text" or "address";

    /// <summary>Cleans everything; what is wrong is among the errors.</summary>
    public Properties Take(IReadOnlyDictionary<string, IReadOnlyList<string>> written)
    {
        // Countries come first: a telephone number without prefix is read by them.
        foreach (var (name, values) in written.OrderBy(w => schema.Find(w.Key)?.Type.Name == "country" ? 0 : 1))
            if (schema.Find(name) is not { IsStub: false } property)
                errors[name] = $"{schema.Name} has no property '{name}' that holds values";
            else if (values.Count > MaxValues)
                errors[name] = $"at most {MaxValues} values are written by hand; import a file instead";
            else
                foreach (var value in values.Where(v => !string.IsNullOrWhiteSpace(v)))
                    Take(property, value);
        var properties = kept.Build();
        foreach (var name in schema.Required.Where(r => !properties.Has(r) && !errors.ContainsKey(r)))
            errors[name] = "it is needed";
        return properties;
    }

    /// <exception cref="RefusedException">Something was wrong.</exception>
    public void RefuseErrors()
    {
        if (errors.Count > 0)
            throw new RefusedException(
                Refusal.Unprocessable(
                    "record-values",
                    string.Join(
                        "; ",
                        errors.OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => $"{e.Key}: {e.Value}")
                    ),
                    "Mend these values; nothing was written",
                    $"properties.{errors.Keys.Order(StringComparer.Ordinal).First()}"
                )
            );
    }

    private void Take(Property property, string value)
    {
        // What stood there before is left as it is.
        var clean = before[property.Name].Contains(value)
            ? Parsed.Accept(value)
            : PropertyCleaning.Clean(property, value, new(countries));
        if (!clean.IsAccepted)
        {
            errors.TryAdd(property.Name, $"'{Cut(value)}': {clean.Reason}");
            return;
        }
        kept.Add(property.Name, clean.Value);
        if (property.Type.Name == "country")
            countries.Add(clean.Value);
    }

    private static string Cut(string value)
    {
        const int most = 60;
        return value.Length <= most ? value : value[..(char.IsHighSurrogate(value[most - 1]) ? most - 1 : most)] + "…";
    }
}
