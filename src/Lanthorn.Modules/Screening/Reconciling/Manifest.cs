using System.Text.Json;
using Lanthorn.Knowledge;

namespace Lanthorn.Screening.Reconciling;

/// <summary>What the service can do and where, as the protocol's clients read it.</summary>
internal static class Manifest
{
    public const string Name = "Lanthorn";
    public const int PreviewWidth = 420;
    public const int PreviewHeight = 320;

    private const string SchemaSpace = "https://followthemoney.tech/explorer/schemata/";

    private static readonly string[] DefaultTypes = ["Person", "Organization", "Company", "Vessel", "Thing"];

    public static void Write(Utf8JsonWriter json, string address, string dataset, string name)
    {
        json.WriteStartObject();
        json.WriteStartArray("versions");
        json.WriteStringValue("0.2");
        json.WriteEndArray();
        json.WriteString("name", name);
        json.WriteString("identifierSpace", $"{address}/entity/");
        json.WriteString("schemaSpace", SchemaSpace);
        json.WriteString("documentation", $"{address}/docs");
        json.WriteStartArray("defaultTypes");
        foreach (var type in DefaultTypes.Select(Model.Get))
            ReconcileEndpoint.WriteNamed(json, type.Name, type.Label);
        json.WriteEndArray();
        json.WriteStartObject("view");
        json.WriteString("url", $"{address}/entity/{{{{id}}}}");
        json.WriteEndObject();
        json.WriteStartObject("preview");
        json.WriteString("url", $"{address}{ReconcilingParts.Root}/preview?id={{{{id}}}}");
        json.WriteNumber("width", PreviewWidth);
        json.WriteNumber("height", PreviewHeight);
        json.WriteEndObject();
        WriteSuggest(json, address, dataset);
        WriteExtend(json, address);
        json.WriteEndObject();
    }

    private static void WriteSuggest(Utf8JsonWriter json, string address, string dataset)
    {
        json.WriteStartObject("suggest");
        var of = dataset == Catalog.Everything ? "" : $"/{dataset}";
        WritePlace(json, "entity", address, $"{ReconcilingParts.Root}{of}/suggest/entity");
        WritePlace(json, "property", address, $"{ReconcilingParts.Root}/suggest/property");
        WritePlace(json, "type", address, $"{ReconcilingParts.Root}/suggest/type");
        json.WriteEndObject();
    }

    private static void WriteExtend(Utf8JsonWriter json, string address)
    {
        json.WriteStartObject("extend");
        WritePlace(json, "propose_properties", address, $"{ReconcilingParts.Root}/extend/properties");
        json.WriteStartArray("property_settings");
        json.WriteStartObject();
        json.WriteString("name", Extend.LimitSetting);
        json.WriteString("label", "Most values");
        json.WriteString("type", "number");
        json.WriteNumber("default", 0);
        json.WriteString("help_text", "So many values of the property are fetched for each; 0 is all");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WritePlace(Utf8JsonWriter json, string what, string address, string path)
    {
        json.WriteStartObject(what);
        json.WriteString("service_url", address);
        json.WriteString("service_path", path);
        json.WriteEndObject();
    }
}
