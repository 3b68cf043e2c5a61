using System.Data.Common;
using System.Globalization;
using System.Text;
using Dapper;
using Lanthorn.Knowledge;
using Lanthorn.Program;
using Lanthorn.Storage;
using Lanthorn.Tests.Tidy;
using Microsoft.Data.Sqlite;
using Npgsql;
using static Lanthorn.Tests.Storage.TemporaryStore;

namespace Lanthorn.Tests.Storage;

/// <summary>
/// The tables of a released version with some rows in each, as SQL text. The text of a version is written once, while that
/// is the version of the program, by running the tests with LANTHORN_UPDATE=1 where the file is missing; then it stays.
/// </summary>
internal static class ReleasedSchema
{
    private const string Folder = "tests/Lanthorn.Tests/Storage/Released";

    /// <summary>Rows that the text was made with: two are about one person, the second of them was erased later.</summary>
    public static readonly string[] Lines =
    [
        """{"id":"rel-1","schema":"Person","properties":{"name":["Ana Petrova"],"phone":["+995551234567"],"country":["ge"]}}""",
        """{"id":"rel-2","schema":"Person","properties":{"name":["Petrova Ana"],"phone":["+995551234567"],"notes":["It's 'quoted'"]}}""",
        """{"id":"rel-3","schema":"Company","properties":{"name":["李明 Trading"]}}""",
        """{"id":"rel-4","schema":"Ownership","properties":{"owner":["rel-1"],"asset":["rel-3"],"startDate":["2020"]}}""",
        """{"id":"rel-5","schema":"Person","properties":{"name":["Erased Later"]}}""",
        """{"id":"rel-6","schema":"Person","properties":{"name":["Gone and Back"]}}""",
    ];

    /// <summary>Sees what the operator account brought in.</summary>
    public static readonly Viewer Reader = Officer with { Organisation = "local" };

    private const string Unfit = """{"id":"rel-7","schema":"Starship","properties":{"name":["No Such"]}}""";

    /// <summary>The versions whose tables were kept, such as "0.1".</summary>
    public static IReadOnlyList<string> Versions =>
        [
            .. Directory
                .EnumerateFiles(Path.Combine(Checkout.Root, Folder), "*.sqlite.sql")
                .Select(f => Path.GetFileName(f)[..^".sqlite.sql".Length])
                .Order(StringComparer.Ordinal),
        ];

    public static string Current { get; } = typeof(Store).Assembly.GetName().Version!.ToString(2);

    public static string PathOf(string version, Database database) =>
        Path.Combine(Checkout.Root, Folder, $"{version}.{(database == Database.Sqlite ? "sqlite" : "postgres")}.sql");

    /// <summary>Makes an installation as that version left it; the address of its database where that is on a server.</summary>
    public static async Task LoadAsync(
        string version,
        Database database,
        string folder,
        string address,
        CancellationToken stop
    )
    {
        await KeysAsync(folder, stop);
        var sql = await File.ReadAllTextAsync(PathOf(version, database), stop);
        await using DbConnection connection =
            database == Database.Sqlite
                ? new SqliteConnection($"Data Source={Path.Combine(folder, "lanthorn.db")};Pooling=False")
                : new NpgsqlConnection($"{address};Pooling=False");
        await connection.OpenAsync(stop);
        await connection.ExecuteAsync(sql);
    }

    /// <summary>Fills an installation of today through its verbs and writes its tables down.</summary>
    public static async Task WriteAsync(Database database, string folder, string address, CancellationToken stop)
    {
        await KeysAsync(folder, stop);
        await FillAsync(folder, address, stop);
        await using var store = await Store.OpenAsync(
            new(folder, TimeProvider.System, TestModules.All, Database: address),
            stop
        );
        var text = new StringBuilder($"-- The tables of Lanthorn {Current}, and some rows in each. Never changed.\n");
        foreach (var script in store.Scripts)
            text.Append(script.ReplaceLineEndings("\n")).Append('\n');
        text.Append(
            database == Database.Sqlite
                ? "create table migration (SchemaVersionID integer primary key autoincrement not null, ScriptName text not null, Applied datetime not null);\n"
                : "create table migration (schemaversionsid serial primary key, scriptname varchar(255) not null, applied timestamp not null);\n"
        );
        await store.ReadOwnAsync(
            async connection =>
            {
                await AppendRowsAsync(text, store.Dialect, connection, stop);
                return true;
            },
            stop
        );
        Directory.CreateDirectory(Path.Combine(Checkout.Root, Folder));
        await File.WriteAllTextAsync(PathOf(Current, database), text.ToString(), stop);
    }

    public static async Task<(int Exit, string Output, string Messages)> RunAsync(
        string folder,
        string address,
        CancellationToken stop,
        params string[] arguments
    )
    {
        await using var output = new StringWriter();
        await using var messages = new StringWriter();
        string[] on = address.Length > 0 ? ["--database", address] : [];
        var exit = await new CommandLine(output, messages).RunAsync([.. arguments, "--data", folder, .. on], stop);
        return (exit, output.ToString(), messages.ToString());
    }

    private static async Task FillAsync(string folder, string address, CancellationToken stop)
    {
        var file = Path.Combine(folder, "list.jsonl");
        async Task ImportAsync(params string[] lines)
        {
            await File.WriteAllLinesAsync(file, lines, stop);
            await RunAsync(folder, address, stop, "import", file, "--source", "rel", "--complete");
        }
        await ImportAsync([.. Lines, Unfit]);
        await ImportAsync(Lines[..5]);
        await ImportAsync(Lines);
        await RunAsync(folder, address, stop, "organisation", "add", "alpha");
        await RunAsync(folder, address, stop, "user", "add", "ana", "--role", "analyst", "--organisation", "alpha");
        await RunAsync(folder, address, stop, "token", "create", "--user", "ana", "--days", "30");
        await using var store = await Store.OpenAsync(
            new(folder, TimeProvider.System, TestModules.All, Database: address),
            stop
        );
        await store.WriteAsync(
            (c, t) =>
                c.ExecuteAsync(
                    "insert into gov_compartment select 'C', id from gov_person where name = 'ana'",
                    transaction: t
                ),
            stop
        );
        await store.Blobs.PutAsync(new MemoryStream("abc"u8.ToArray()), "text/plain", Label.Everyone, stop);
        var same = new JudgementMade(
            IdOf("rel-1"),
            IdOf("rel-2"),
            Verdict.Same,
            Authority.Person,
            "ana",
            0.9,
            "same telephone"
        );
        Assert.True(await store.For(Reader, Why).JudgeAsync(same, stop));
        Assert.True(await store.EraseAsync(IdOf("rel-5"), Reader, "request", stop));
        await store.Audit.SealAsync(stop);
    }

    public static RecordId IdOf(string id) => TemporaryStore.Id("rel", id);

    private static async Task AppendRowsAsync(
        StringBuilder text,
        Dialect dialect,
        DbConnection connection,
        CancellationToken stop
    )
    {
        var tables = await dialect.TablesAsync(connection);
        foreach (
            var table in tables.Append(
                new("migration", dialect.IsFar ? ["scriptname", "applied"] : ["ScriptName", "Applied"])
            )
        )
        {
            await using var select = connection.CreateCommand();
            select.CommandText = table.Select;
            await using var row = await select.ExecuteReaderAsync(stop);
            Assert.True(row.HasRows, $"{table.Name} has no row to be kept");
            while (await row.ReadAsync(stop))
            {
                var values = Enumerable
                    .Range(0, row.FieldCount)
                    .Select(at => Literal(row.IsDBNull(at) ? null : row.GetValue(at), dialect.IsFar));
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"insert into {table.Sql} ({table.ColumnList}) values ({string.Join(", ", values)});\n"
                );
            }
        }
        text.Append(
            dialect.IsFar
                ? "select setval(pg_get_serial_sequence('record', 'ordinal'), 100), setval(pg_get_serial_sequence('change', 'sequence'), 100);\n"
                    + "select setval(pg_get_serial_sequence('audit_entry', 'id'), 1000), setval(pg_get_serial_sequence('audit_seal', 'id'), 100);\n"
                : "insert into search_text (search_text) values ('rebuild');\n"
        );
    }

    private static string Literal(object? value, bool isFar) =>
        value switch
        {
            null => "null",
            long or int => string.Create(CultureInfo.InvariantCulture, $"{value}"),
            double number => number.ToString("R", CultureInfo.InvariantCulture),
            byte[] bytes => isFar ? $"'\\x{Convert.ToHexStringLower(bytes)}'" : $"x'{Convert.ToHexStringLower(bytes)}'",
            DateTime time => $"'{time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)}'",
            _ => $"'{$"{value}".Replace("'", "''", StringComparison.Ordinal)}'",
        };

    /// <summary>Known to the tests, so that the ids and the encrypted search terms can be read.</summary>
    private static async Task KeysAsync(string folder, CancellationToken stop)
    {
        Directory.CreateDirectory(folder);
        foreach (var name in BackupManifest.KeyFiles)
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, name), Key, stop);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(Path.Combine(folder, name), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
        var blob = Path.Combine(folder, "blobs", "ba");
        Directory.CreateDirectory(blob);
        await File.WriteAllTextAsync(
            Path.Combine(blob, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            "abc",
            stop
        );
    }
}
