using System.Data.Common;
using Dapper;

namespace Lanthorn.Storage;

internal sealed partial class Sqlite
{
    internal override async Task<string?> DamageAsync(DbConnection reader, CancellationToken cancellation) =>
        await reader.ExecuteScalarAsync<string>("pragma quick_check(1)") is { } said and not "ok"
            ? $"The database is damaged: {said}"
            : null;

    internal override Task<IReadOnlyList<Finding>> ExamineAsync(DbConnection reader) =>
        Task.FromResult<IReadOnlyList<Finding>>([]);

    /// <summary>The full-text index is no table of the kind, and made anew from the rows that it is about.</summary>
    internal override async Task<IReadOnlyList<StoredTable>> TablesAsync(DbConnection reader)
    {
        var columns = await reader.QueryAsync<(string, string)>(
            """
            select t.name, c.name from pragma_table_list t, pragma_table_info(t.name) c
            where t.schema = 'main' and t.type = 'table' and t.name not like 'sqlite\_%' escape '\' and t.name <> 'migration'
            order by t.name, c.cid
            """
        );
        var references = await reader.QueryAsync<(string, string)>(
            """
            select t.name, f."table" from pragma_table_list t, pragma_foreign_key_list(t.name) f
            where t.schema = 'main' and t.type = 'table'
            """
        );
        return StoredTable.InOrder(columns, references);
    }

    internal override async Task<IReadOnlyList<string>> IndexesAsync(DbConnection reader) =>
        [.. await reader.QueryAsync<string>("select name from sqlite_schema where type = 'index' and sql is not null")];

    internal override async Task<IReadOnlyList<string>> MigrationsAsync(DbConnection reader) =>
        [.. (await reader.QueryAsync<string>("select ScriptName from migration")).Select(Migrations.NameOf)];

    internal override async Task<IReadOnlyDictionary<string, long>> LastNumbersAsync(DbConnection reader) =>
        (await reader.QueryAsync<(string Table, long Last)>("select name, seq from sqlite_sequence")).ToDictionary(
            n => n.Table,
            n => n.Last,
            StringComparer.Ordinal
        );

    /// <summary>The file is in a folder that was not there.</summary>
    internal override Task EnsureEmptyAsync(DbConnection reader) => Task.CompletedTask;

    internal override Task EmptyAsync(DbConnection writer) => Task.CompletedTask;

    internal override Task<RowSink> SinkAsync(DbConnection writer, StoredTable table, CancellationToken cancellation)
    {
        var parameters = string.Join(", ", table.Columns.Select((_, at) => $"${at + 1}"));
        return Task.FromResult<RowSink>(
            new StatementSink(new(writer, null, $"insert into {table.Sql} ({table.ColumnList}) values ({parameters})"))
        );
    }

    internal override async Task AfterFillingAsync(DbConnection writer, IReadOnlyDictionary<string, long> lastNumbers)
    {
        var counting = await writer.QueryAsync<string>(
            "select name from sqlite_schema where type = 'table' and sql like '% autoincrement%'"
        );
        foreach (var table in counting)
            if (lastNumbers.TryGetValue(table, out var last))
                await writer.ExecuteAsync(
                    """
                    insert into sqlite_sequence (name, seq) select @table, 0
                    where not exists (select 1 from sqlite_sequence where name = @table);
                    update sqlite_sequence set seq = max(seq, @last) where name = @table
                    """,
                    new { table, last }
                );
        await writer.ExecuteAsync("insert into search_text (search_text) values ('rebuild')");
    }
}
