using System.Globalization;
using System.Text;
using Lanthorn.Formats;

namespace Lanthorn.Tests.Formats;

/// <summary>What a reader handed out, and with what it ended when the file could not go on.</summary>
internal sealed record Reading(IReadOnlyList<ReadItem> Items, UnreadableFileException? End)
{
    public List<ReadRecord> Records => [.. Items.OfType<ReadRecord>()];

    public List<Rejection> Rejections => [.. Items.OfType<Rejection>()];

    public ReadRecord this[string externalId] => Records.Single(r => r.ExternalId == externalId);
}

/// <summary>Files made of text and bytes, and reading them.</summary>
internal static class Sample
{
    public static InputFile File(string name, byte[] bytes) => new(name, () => new MemoryStream(bytes));

    public static InputFile File(string name, string text) => File(name, Encoding.UTF8.GetBytes(text));

    public static InputFile OnDisk(string path) => new(Path.GetFileName(path), () => System.IO.File.OpenRead(path));

    public static Task<Reading> ReadAsync(string format, params InputFile[] files) => ReadAsync(format, null, files);

    public static async Task<Reading> ReadAsync(string format, ColumnMapping? mapping, params InputFile[] files)
    {
        var items = new List<ReadItem>();
        var options = new ReadOptions { Mapping = mapping };
        try
        {
            var reader = RecordFormats.Find(format)!;
            await foreach (var item in reader.ReadAsync(files, options, TestContext.Current.CancellationToken))
                items.Add(item);
            return new(items, null);
        }
        catch (UnreadableFileException e)
        {
            return new(items, e);
        }
    }

    /// <summary>A record in full, a property on each line in the order of the names: what golden pairs compare.</summary>
    public static string Told(this ReadRecord record)
    {
        var told = new StringBuilder();
        told.Append(CultureInfo.InvariantCulture, $"{record.Schema.Name} {record.ExternalId}");
        if (record.PublishedAt is { } day)
            told.Append(CultureInfo.InvariantCulture, $" as of {day:yyyy-MM-dd}");
        foreach (var property in record.Properties.Names.Order(StringComparer.Ordinal))
            told.Append(CultureInfo.InvariantCulture, $"\n{property}: {record.Of(property)}");
        foreach (var dropped in record.DroppedValues)
            told.Append(CultureInfo.InvariantCulture, $"\n! {dropped.Field} {dropped.Value}: {dropped.Reason}");
        return told.ToString();
    }

    /// <summary>The values of a property as one text, for golden expectations.</summary>
    public static string Of(this ReadRecord record, string property) => string.Join(" | ", record.Properties[property]);
}
