using Lanthorn.Knowledge;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Lanthorn.Formats;

/// <summary>Reads the YAML of a <see cref="ColumnMapping"/>.</summary>
internal static class MappingText
{
    /// <summary>The deepest that a mapping goes: file, properties, one property, its columns.</summary>
    private const int MaxDepth = 4;

    private static readonly string[] Keys =
    [
        "schema",
        "id",
        "published",
        "dates",
        "delimiter",
        "encoding",
        "sheet",
        "properties",
        "constants",
    ];

    public static Parsed<ColumnMapping> Parse(string yaml)
    {
        if (yaml.Length > ColumnMapping.MaxLength)
            return Parsed.Refuse($"a mapping file has at most {ColumnMapping.MaxLength / 1024} KiB");
        try
        {
            if (Structure(yaml) is { } problem)
                return Parsed.Refuse(problem);
            var stream = new YamlStream();
            stream.Load(new StringReader(yaml));
            if (stream.Documents is not [{ RootNode: YamlMappingNode root }])
                return Parsed.Refuse("a mapping file is one YAML mapping with the keys schema, id and properties");
            return new Reading(root).Read();
        }
        catch (YamlException e)
        {
            return Parsed.Refuse($"not YAML at line {e.Start.Line}, column {e.Start.Column}: {e.Message}");
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            // The parser gives up on some nonsense without saying where.
            return Parsed.Refuse($"not YAML: {e.Message}");
        }
    }

    /// <summary>Looked at before anything is built from it: deep nesting and aliases are how YAML is made to hurt.</summary>
    private static string? Structure(string yaml)
    {
        var parser = new Parser(new StringReader(yaml));
        for (var depth = 0; parser.MoveNext(); )
        {
            depth += parser.Current!.NestingIncrease;
            if (parser.Current is AnchorAlias alias)
                return $"line {alias.Start.Line}: a mapping file uses no aliases";
            // Stream and document count as levels too.
            if (depth > MaxDepth + 2)
                return $"line {parser.Current.Start.Line}: nested more deeply than a mapping file is";
        }
        return null;
    }

    private sealed class Reading(YamlMappingNode root)
    {
        private string? problem;
        private Schema? schema;

        public Parsed<ColumnMapping> Read()
        {
            foreach (var (key, _) in root.Children)
                if (key is not YamlScalarNode { Value: { } name } || !Keys.Contains(name))
                    Fail($"unknown key '{key}': a mapping has {string.Join(", ", Keys)}");
            var schemaName = Text("schema");
            if (schemaName is null)
                Fail("'schema' is missing: name a schema of the FollowTheMoney model, such as Person");
            else if ((schema = Model.Find(schemaName)) is not { Abstract: false })
                Fail($"no schema '{schemaName}' in the FollowTheMoney model");
            var id = Text("id");
            if (id is null)
                Fail("'id' is missing: name the column that identifies a row");
            var delimiter = Text("delimiter") ?? ",";
            if (delimiter is not { Length: 1 } || delimiter[0] is '"' or '\r' or '\n')
                Fail("'delimiter' is one character, such as ';'");
            var encoding = Text("encoding") ?? "utf-8";
            if (!TextEncoding.Find(encoding).IsAccepted)
                Fail($"no encoding '{encoding}': use utf-8, windows-1252, iso-8859-1 or another of its kind");
            var published = Text("published");
            var dates = DateOrders.Find(Text("dates"));
            if (dates is null)
                Fail($"'dates' is one of {string.Join(", ", DateOrders.Names)}");
            var properties = problem is null ? Mapped().ToList() : [];
            var constants = problem is null ? Constants().ToList() : [];
            return problem is not null
                ? Parsed.Refuse(problem)
                : Parsed.Accept(
                    new ColumnMapping
                    {
                        Schema = schema!,
                        IdColumn = id!,
                        PublishedColumn = published,
                        Delimiter = delimiter[0],
                        Encoding = encoding,
                        Dates = dates ?? DateOrder.Iso,
                        Sheet = Text("sheet"),
                        Properties = properties,
                        Constants = constants,
                    }
                );
        }

        private IEnumerable<MappedProperty> Mapped()
        {
            if (Find(root, "properties") is not YamlMappingNode { Children.Count: > 0 } properties)
            {
                Fail("'properties' is missing: say which column is which property");
                yield break;
            }
            foreach (var (key, value) in properties.Children)
            {
                var name = Property(key);
                var detail = value as YamlMappingNode;
                foreach (var option in detail?.Children.Keys ?? [])
                    if (option is not YamlScalarNode { Value: "columns" or "split" or "separate" })
                        Fail($"properties.{name}: unknown key '{option}': use columns, split and separate");
                var columns = Texts(detail is null ? value : Find(detail, "columns"));
                if (columns.Count == 0)
                    Fail($"properties.{name}: name a column or a list of columns");
                var split = detail is null ? null : (Find(detail, "split") as YamlScalarNode)?.Value;
                if (split is { Length: 0 })
                    Fail($"properties.{name}: 'split' is the text between two values");
                var separate = detail is null ? null : Find(detail, "separate");
                if (separate is not (null or YamlScalarNode { Value: "true" or "false" }))
                    Fail($"properties.{name}: 'separate' is true or false");
                yield return new(name, columns, split) { AreSeparate = separate is YamlScalarNode { Value: "true" } };
            }
        }

        private IEnumerable<(string, string)> Constants()
        {
            if (Find(root, "constants") is not { } node)
                yield break;
            if (node is not YamlMappingNode constants)
            {
                Fail("'constants' is a mapping from properties to values");
                yield break;
            }
            foreach (var (key, value) in constants.Children)
            {
                var name = Property(key);
                var values = Texts(value);
                if (values.Count == 0)
                    Fail($"constants.{name}: give a value or a list of values");
                foreach (var text in values)
                {
                    if (
                        problem is null
                        && PropertyCleaning.Clean(schema!.Find(name)!, text, CleaningContext.None)
                            is { IsAccepted: false } refused
                    )
                        Fail($"constants.{name}: {refused.Reason}");
                    yield return (name, text);
                }
            }
        }

        private string Property(YamlNode key)
        {
            var name = (key as YamlScalarNode)?.Value ?? key.ToString();
            if (schema!.Find(name) is not { IsStub: false })
                Fail($"{schema.Name} has no property '{name}' that holds values");
            return name;
        }

        private string? Text(string key)
        {
            var node = Find(root, key);
            if (node is not null and not YamlScalarNode { Value.Length: > 0 })
                Fail($"'{key}' is a text");
            return (node as YamlScalarNode)?.Value;
        }

        private static YamlNode? Find(YamlMappingNode node, string key) =>
            node.Children.TryGetValue(new YamlScalarNode(key), out var found) ? found : null;

        private static List<string> Texts(YamlNode? node) =>
            node switch
            {
                YamlScalarNode { Value: { Length: > 0 } text } => [text],
                YamlSequenceNode list => list.Children.All(c => c is YamlScalarNode { Value.Length: > 0 })
                    ? [.. list.Children.Select(c => ((YamlScalarNode)c).Value!)]
                    : [],
                _ => [],
            };

        /// <summary>The first problem is the one to say.</summary>
        private void Fail(string reason) => problem ??= reason;
    }
}
