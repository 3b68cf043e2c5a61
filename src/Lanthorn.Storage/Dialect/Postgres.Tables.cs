using System.Data;
using System.Data.Common;
using System.Globalization;
using Dapper;
using Npgsql;

namespace Lanthorn.Storage;

internal sealed partial class Postgres
{
    /// <summary>The server says of a page or an index that it cannot be what it wrote.</summary>
    private const string Corrupted = "XX";

    internal override async Task<string?> DamageAsync(DbConnection reader, CancellationToken cancellation)
    {
        foreach (var table in await TablesAsync(reader))
            try
            {
                // As text every value is fetched from where it lies.
                await reader.ExecuteScalarAsync<long>(
                    new CommandDefinition(
                        $"select coalesce(sum(length(t::text)), 0) from {table.Sql} t",
                        commandTimeout: 0,
                        cancellationToken: cancellation
                    )
                );
            }
            catch (PostgresException failed)
                when (failed.SqlState.StartsWith(Corrupted, StringComparison.Ordinal)
                    || failed.SqlState == PostgresErrorCodes.IoError
                )
            {
                return $"The table {table.Name} is damaged: {failed.MessageText}";
            }
        return null;
    }

    internal override async Task<IReadOnlyList<StoredTable>> TablesAsync(DbConnection reader)
    {
        var columns = await reader.QueryAsync<(string, string)>(
            """
            select c.relname::text, a.attname::text from pg_class c join pg_attribute a on a.attrelid = c.oid
            where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r' and c.relname <> 'migration'
                and a.attnum > 0 and not a.attisdropped
            order by c.relname, a.attnum
            """
        );
        var references = await reader.QueryAsync<(string, string)>(
            """
            select c.relname::text, r.relname::text from pg_constraint f join pg_class c on c.oid = f.conrelid
                join pg_class r on r.oid = f.confrelid
            where f.contype = 'f' and f.connamespace = current_schema()::regnamespace
            """
        );
        return StoredTable.InOrder(columns, references);
    }

    internal override async Task<IReadOnlyList<string>> IndexesAsync(DbConnection reader) =>
        [
            .. await reader.QueryAsync<string>(
                "select indexname::text from pg_indexes where schemaname = current_schema()"
            ),
        ];

    internal override async Task<IReadOnlyList<string>> MigrationsAsync(DbConnection reader) =>
        [.. (await reader.QueryAsync<string>("select scriptname from migration")).Select(Migrations.NameOf)];

    internal override async Task<IReadOnlyDictionary<string, long>> LastNumbersAsync(DbConnection reader)
    {
        var last = await reader.QueryAsync<(string Table, long? Last)>(
            """
            select c.relname::text, s.last_value from pg_class c
            join pg_depend d on d.refobjid = c.oid and d.deptype = 'i' and d.classid = 'pg_class'::regclass
            join pg_class q on q.oid = d.objid and q.relkind = 'S'
            join pg_sequences s on s.schemaname = current_schema() and s.sequencename = q.relname
            where c.relnamespace = current_schema()::regnamespace
            """
        );
        return last.Where(n => n.Last is not null)
            .ToDictionary(n => n.Table, n => n.Last!.Value, StringComparer.Ordinal);
    }

    internal override async Task EnsureEmptyAsync(DbConnection reader)
    {
        var there = await reader.ExecuteScalarAsync<string>(
            """
            select min(relname::text) from pg_class
            where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p', 'v', 'm', 'f')
            """
        );
        if (there is not null)
            throw new RefusedByStoreException(
                $"The database is not empty, it has the table {there}: restore into a new one, made with 'createdb'"
            );
    }

    internal override async Task EmptyAsync(DbConnection writer)
    {
        var made = await writer.QueryAsync<string>(
            """
            select format('drop table if exists %I cascade', relname) from pg_class
            where relnamespace = current_schema()::regnamespace and relkind = 'r'
            union all select format('drop function %s cascade', p.oid::regprocedure) from pg_proc p
            where p.pronamespace = current_schema()::regnamespace
                and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e')
            union all select format('drop collation %I', collname) from pg_collation
            where collnamespace = current_schema()::regnamespace
            """
        );
        foreach (var drop in made)
            await writer.ExecuteAsync(drop);
    }

    internal override async Task<RowSink> SinkAsync(
        DbConnection writer,
        StoredTable table,
        CancellationToken cancellation
    ) =>
        new CopySink(
            await ((NpgsqlConnection)writer).BeginBinaryImportAsync(
                $"copy {table.Sql} ({table.ColumnList}) from stdin (format binary)",
                cancellation
            )
        );

    internal override async Task AfterFillingAsync(DbConnection writer, IReadOnlyDictionary<string, long> lastNumbers)
    {
        var counting = await writer.QueryAsync<(string Table, string Column)>(
            """
            select table_name::text, column_name::text from information_schema.columns
            where table_schema = current_schema() and is_identity = 'YES'
            """
        );
        foreach (var (table, column) in counting)
        {
            var highest = await writer.ExecuteScalarAsync<long?>($"select max(\"{column}\") from \"{table}\"");
            var last = Math.Max(highest ?? 0, lastNumbers.GetValueOrDefault(table));
            if (last > 0)
                await writer.ExecuteAsync(
                    $"select setval(pg_get_serial_sequence('\"{table}\"', '{column}'), @last)",
                    new { last }
                );
        }
        await writer.ExecuteAsync("analyze", commandTimeout: 0, commandType: CommandType.Text);
    }

    internal override async Task<IReadOnlyList<Finding>> ExamineAsync(DbConnection reader)
    {
        var findings = new List<Finding>();
        if (await reader.ExecuteScalarAsync<long>("select count(*) from pg_extension where extname = 'pg_trgm'") == 0)
            findings.Add(
                new(
                    true,
                    "The extension pg_trgm is missing, so text search is slow or fails",
                    "As the owner of the database: create extension pg_trgm"
                )
            );
        foreach (
            var index in await reader.QueryAsync<string>(
                """
                select c.relname::text from pg_index i join pg_class c on c.oid = i.indexrelid
                where c.relnamespace = current_schema()::regnamespace and not (i.indisvalid and i.indisready)
                """
            )
        )
            findings.Add(
                new(
                    true,
                    $"The index {index} is not valid: its making broke off",
                    $"As the owner: reindex index {index}"
                )
            );
        findings.AddRange(await CollationsAsync(reader));
        findings.AddRange(await ConnectionsAsync(reader));
        return findings;
    }

    /// <summary>After an upgrade of the operating system the order of texts may be another than that of the indexes.</summary>
    private static async Task<IEnumerable<Finding>> CollationsAsync(DbConnection reader)
    {
        var changed = await reader.QueryAsync<string>(
            """
            select 'collation ' || quote_ident(collname) from pg_collation
            where collnamespace = current_schema()::regnamespace and collversion <> pg_collation_actual_version(oid)
            union all select 'database ' || quote_ident(datname) from pg_database
            where datname = current_database() and datcollversion <> pg_database_collation_actual_version(oid)
            """
        );
        return changed.Select(what => new Finding(
            true,
            $"The server sorts texts by another version of the rules than that of the {what}",
            $"As the owner: reindex database, then alter {what} refresh {(what[0] == 'd' ? "collation " : "")}version"
        ));
    }

    private async Task<IEnumerable<Finding>> ConnectionsAsync(DbConnection reader)
    {
        var findings = new List<Finding>();
        var (allowed, used, isEncrypted) = await reader.QuerySingleAsync<(long, long, bool)>(
            """
            select least(
                current_setting('max_connections')::bigint - current_setting('superuser_reserved_connections')::bigint,
                nullif((select datconnlimit from pg_database where datname = current_database()), -1),
                nullif((select rolconnlimit from pg_roles where rolname = current_user), -1))::bigint,
                (select count(*) from pg_stat_activity where datname = current_database()),
                coalesce((select ssl from pg_stat_ssl where pid = pg_backend_pid()), false)
            """
        );
        if (allowed < LeastConnections || used * 10 > allowed * 9)
            findings.Add(
                new(
                    allowed < LeastConnections,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"The database allows {allowed} connections, of which {used} are in use"
                    ),
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Allow {LeastConnections} for each server: max_connections in postgresql.conf, or the limit of the account or the database"
                    )
                )
            );
        if (!isEncrypted && isElsewhere)
            findings.Add(
                new(true, "The connection to another machine is not encrypted", "Turn on TLS on the server (ssl = on)")
            );
        else if (isElsewhere && !checksServer)
            findings.Add(
                new(
                    false,
                    "The connection is encrypted, and nobody checks who answers",
                    "Leave 'SSL Mode=Require' out of the address, and name an authority of your own by 'Root Certificate='"
                )
            );
        return findings;
    }
}
