namespace Lanthorn.Storage;

/// <summary>What is SQLite's alone: another database gets a page of its own beside this one.</summary>
internal static class Sqlite
{
    /// <summary>Erased bytes are overwritten, acknowledged ones are on the disk.</summary>
    public const string OpeningPragmas = """
        pragma journal_mode = wal;
        pragma synchronous = full;
        pragma foreign_keys = on;
        pragma secure_delete = on;
        pragma busy_timeout = 30000;
        pragma cache_size = -65536;
        pragma mmap_size = 268435456;
        """;

    public const string ReadingPragmas = """
        pragma query_only = on;
        pragma busy_timeout = 30000;
        pragma mmap_size = 268435456;
        """;

    /// <summary>Changes when another connection, of this or another process, has committed.</summary>
    public const string DataVersion = "pragma data_version";
}
