using System.Globalization;
using System.Text;
using System.Text.Json;
using Lanthorn.Knowledge;

namespace Lanthorn.Storage;

/// <summary>
/// What is SQLite's alone, as named functions: another database gets a page of its own beside this one and its own numbered
/// SQL files, and nothing else changes.
/// </summary>
internal static class Sqlite
{
    public const string ScriptSuffix = ".sqlite.sql";

    /// <summary>Erased bytes are overwritten, acknowledged ones are on the disk.</summary>
    public const string WritingPragmas = """
        pragma journal_mode = wal;
        pragma synchronous = full;
        pragma foreign_keys = on;
        pragma secure_delete = on;
        pragma busy_timeout = 30000;
        pragma cache_size = -65536;
        pragma mmap_size = 268435456;
        pragma wal_autocheckpoint = 4000;
        """;

    public const string ReadingPragmas = """
        pragma query_only = on;
        pragma busy_timeout = 30000;
        pragma mmap_size = 268435456;
        """;

    /// <summary>Changes when another connection, of this or another process, has committed.</summary>
    public const string DataVersion = "pragma data_version";

    /// <summary>Empties the write-ahead log, so that what was erased is in no file any more.</summary>
    public const string Checkpoint = "pragma wal_checkpoint(truncate)";

    /// <summary>The condition that a column is one of the numbers or texts in a list parameter.</summary>
    public static string IsOneOf(string column, string parameter) =>
        $"{column} in (select value from json_each({parameter}))";

    /// <summary>The condition that a column is one of the 16-byte ids in a list parameter.</summary>
    public static string IsOneOfIds(string column, string parameter) =>
        $"{column} in (select unhex(value) from json_each({parameter}))";

    /// <summary>The condition that a text stands somewhere in a column.</summary>
    public static string Contains(string column, string parameter) => $"instr({column}, {parameter}) > 0";

    public static string List(IEnumerable<int> numbers)
    {
        var list = new StringBuilder("[");
        foreach (var number in numbers)
            list.Append(CultureInfo.InvariantCulture, $"{(list.Length > 1 ? "," : "")}{number}");
        return list.Append(']').ToString();
    }

    public static string List(IEnumerable<string> texts) => JsonSerializer.Serialize(texts);

    public static string List(IEnumerable<RecordId> ids) => List(ids.Select(i => i.ToString()));

    /// <summary>
    /// The full-text query for rows with every sequence of three characters of every word, or of any word. Words are letters
    /// and digits, so nothing in them needs to be escaped.
    /// </summary>
    public static string Trigrams(IEnumerable<string> words, bool any) =>
        string.Join(any ? " OR " : " AND ", words.Select(w => $"({string.Join(" AND ", TrigramsOf(w))})"));

    private static IEnumerable<string> TrigramsOf(string word)
    {
        var runes = word.EnumerateRunes().ToArray();
        return Enumerable
            .Range(0, runes.Length - 2)
            .Select(at => $"\"{runes[at]}{runes[at + 1]}{runes[at + 2]}\"")
            .Distinct(StringComparer.Ordinal);
    }
}
