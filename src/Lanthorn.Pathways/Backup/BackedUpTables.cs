using System.Text.Json;
using System.Text.Json.Serialization;

namespace Lanthorn.Pathways.Backup;

/// <summary>What a backup of Pathways holds: every table, in an order in which what is referred to comes first.</summary>
internal static class BackedUpTables
{
    public static readonly IReadOnlyList<(string Name, string Order, string[] Columns)> All =
    [
        ("site", "name", ["name", "value"]),
        (
            "account",
            "id",
            [
                "id",
                "name",
                "email",
                "role",
                "organisation",
                "password_hash",
                "must_change",
                "stamp",
                "is_active",
                "failed_count",
                "locked_until",
                "added_at",
            ]
        ),
        ("token", "id", ["id", "account", "name", "hash", "added_at", "expires_at", "revoked_at"]),
        ("applicant", "id", ["id", "organisation", "state", "name_sealed", "note_sealed", "added_by", "added_at"]),
        ("audit", "sequence", ["sequence", "at", "account", "role", "what", "applicant", "hash"]),
        ("audit_head", "one", ["one", "sequence", "hash", "seal"]),
    ];
}

/// <summary>The first line of a backup.</summary>
/// <param name="Key">The key behind the wall: without it nobody could read what is restored.</param>
/// <param name="Migrations">Those that had made the tables.</param>
internal sealed record BackupHead(DateTimeOffset MadeAt, byte[] Key, IReadOnlyList<string> Migrations);

/// <summary>A row: its table, and its values in a form that means the same on both databases.</summary>
internal sealed record BackupRow(string Table, IReadOnlyList<BackupValue> Values);

/// <summary>A text, a number or bytes; nothing where there is none.</summary>
internal sealed record BackupValue
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public string? Text { get; init; }
    public long? Number { get; init; }
    public byte[]? Bytes { get; init; }

    public object? Value => (object?)Text ?? (object?)Number ?? Bytes;

    public static BackupValue Of(object value) =>
        value switch
        {
            DBNull => new(),
            string text => new() { Text = text },
            long number => new() { Number = number },
            byte[] bytes => new() { Bytes = bytes },
            _ => throw new InvalidOperationException($"A column of {value.GetType()} has no form in a backup"),
        };
}
