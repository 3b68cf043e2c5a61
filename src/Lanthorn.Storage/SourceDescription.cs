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
}
