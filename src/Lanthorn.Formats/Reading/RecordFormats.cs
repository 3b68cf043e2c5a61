using System.Collections.Frozen;

namespace Lanthorn.Formats;

/// <summary>The formats that can be imported, by their names on the command line.</summary>
public static class RecordFormats
{
    private static readonly FrozenDictionary<string, IRecordReader> ByName = new IRecordReader[]
    {
        new FtmLinesReader(),
        new MappedCsvReader(),
        new UnListReader(),
        new OfacReader(),
        new EuListReader(),
        new UkListReader(),
        new SenzingReader(),
        new XlsxReader(),
    }.ToFrozenDictionary(r => r.Format, IRecordReader (r) => new UnpackingReader(r), StringComparer.Ordinal);

    public static IEnumerable<string> Names => ByName.Keys.Order(StringComparer.Ordinal);

    /// <summary>The reader of a format, for any number of imports at once; null when there is none of that name.</summary>
    public static IRecordReader? Find(string format) => ByName.GetValueOrDefault(format);
}
