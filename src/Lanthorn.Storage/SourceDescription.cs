using System.Data.Common;
using System.Text.Json;
using Dapper;
using Lanthorn.Knowledge;

namespace Lanthorn.Storage;

/// <summary>What a source is: who publishes it, where, under which licence, and which edition is in.</summary>
public sealed record SourceDescription(SourceCode Code, string Title)
{
    public string Publisher { get; init; } = "";
    public string Address { get; init; } = "";
    public string Licence { get; init; } = "";

    /// <summary>The name of the format of its files.</summary>
    public string Format { get; init; } = "";

    /// <summary>What the publisher calls the edition that came in last.</summary>
    public string? Edition { get; init; }

    /// <summary>The day whose state the edition gives.</summary>
    public DateOnly? AsOf { get; init; }

    internal const string Upsert = """
        insert into source (code, title, publisher, address, licence, format, edition, as_of)
        values (@code, @Title, @Publisher, @Address, @Licence, @Format, @Edition, @asOf)
        on conflict (code) do update set title = excluded.title, publisher = excluded.publisher,
            address = excluded.address, licence = excluded.licence, format = excluded.format,
            edition = excluded.edition, as_of = excluded.as_of
        """;

    /// <summary>What the table says of a source, as text that <see cref="PutBackAsync"/> takes.</summary>
    internal static async Task<string> TextAsync(
        DbConnection connection,
        DbTransaction transaction,
        SourceCode source
    ) =>
        JsonSerializer.Serialize(
            await connection.QuerySingleAsync<Row>(
                """
                select code as Code, title as Title, publisher as Publisher, address as Address, licence as Licence,
                    format as Format, edition as Edition, as_of as AsOf from source where code = @code
                """,
                new { code = source.Value },
                transaction
            )
        );

    internal static Task<int> PutBackAsync(DbConnection connection, DbTransaction transaction, string text)
    {
        var said = JsonSerializer.Deserialize<Row>(text)!;
        var row = new
        {
            code = said.Code,
            said.Title,
            said.Publisher,
            said.Address,
            said.Licence,
            said.Format,
            said.Edition,
            asOf = said.AsOf,
        };
        return connection.ExecuteAsync(Upsert, row, transaction);
    }

    private sealed class Row
    {
        public required string Code { get; init; }
        public required string Title { get; init; }
        public required string Publisher { get; init; }
        public required string Address { get; init; }
        public required string Licence { get; init; }
        public required string Format { get; init; }
        public string? Edition { get; init; }
        public string? AsOf { get; init; }
    }
}
