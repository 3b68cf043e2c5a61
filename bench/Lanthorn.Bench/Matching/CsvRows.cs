using Sylvan.Data.Csv;

namespace Lanthorn.Bench.Matching;

/// <summary>A labelled table of the data pack, row by row, columns by name.</summary>
internal static class CsvRows
{
    public static List<Dictionary<string, string>> Read(string path)
    {
        var rows = new List<Dictionary<string, string>>();
        using var csv = CsvDataReader.Create(path);
        while (csv.Read())
        {
            var row = new Dictionary<string, string>(StringComparer.Ordinal);
            for (var i = 0; i < csv.FieldCount; i++)
                row[csv.GetName(i)] = csv.GetString(i);
            rows.Add(row);
        }
        return rows;
    }
}
