using System.Data.Common;
using Dapper;
using Lanthorn.Pathways.Accounts;
using Lanthorn.Pathways.Store;

namespace Lanthorn.Pathways.Applicants;

/// <summary>
/// Applicants, for the counsellors of the organisation that they came to; for everybody else, the administrator included, there
/// is nothing here. Name and note are encrypted before they are stored; every reading is logged before the answer leaves.
/// </summary>
internal sealed class KeepApplicants(PathwaysStore store)
{
    public const int MaxNameLength = 200;
    public const int MaxNoteLength = 20_000;

    /// <summary>The newest so many are listed.</summary>
    public const int MaxListed = 500;

    private const string Table = "applicant";
    private const string NameColumn = "name_sealed";
    private const string NoteColumn = "note_sealed";

    private const string Columns = """
        select id, state, name_sealed NameSealed, note_sealed NoteSealed, added_at AddedAt from applicant
        where organisation = @Organisation
        """;

    private sealed record Row
    {
        public required string Id { get; init; }
        public required string State { get; init; }
        public required byte[] NameSealed { get; init; }
        public required byte[] NoteSealed { get; init; }
        public long AddedAt { get; init; }
    }

    /// <summary>Those of the counsellor's organisation, the newest first, without what they said.</summary>
    public Task<IReadOnlyList<ApplicantLine>> ListAsync(Account by, CancellationToken cancellation)
    {
        Roles.Need(by, Roles.Counsellor);
        return store.WriteAsync<IReadOnlyList<ApplicantLine>>(
            async (connection, transaction) =>
            {
                var rows = await connection.QueryAsync<(string Id, string State, byte[] Name, long AddedAt)>(
                    $"""
                    select id, state, name_sealed, added_at from applicant where organisation = @Organisation
                    order by added_at desc, id limit {MaxListed}
                    """,
                    new { by.Organisation },
                    transaction
                );
                var found = rows.Select(r => new ApplicantLine(
                        r.Id,
                        store.Columns.Open(r.Name, new(Table, r.Id, NameColumn)),
                        r.State,
                        DateTimeOffset.FromUnixTimeMilliseconds(r.AddedAt)
                    ))
                    .ToList();
                await store.Audit.AppendIn(connection, transaction, by, $"applicants listed: {found.Count}");
                return found;
            },
            cancellation
        );
    }

    /// <exception cref="RefusedException">There is none of this id in the counsellor's organisation.</exception>
    public Task<Applicant> OpenAsync(Account by, string id, CancellationToken cancellation)
    {
        Roles.Need(by, Roles.Counsellor);
        return store.WriteAsync(
            async (connection, transaction) =>
            {
                var found = await FindIn(connection, transaction, by, id);
                await store.Audit.AppendIn(connection, transaction, by, "applicant read", found.Id);
                return found;
            },
            cancellation
        );
    }

    /// <exception cref="RefusedException">The name is missing, or something is too long.</exception>
    public async Task<Applicant> AddAsync(Account by, string? name, string? note, CancellationToken cancellation)
    {
        Roles.Need(by, Roles.Counsellor);
        var added = new Applicant(
            Secret.NewId(),
            Limited(name, 1, MaxNameLength, "name"),
            Limited(note, 0, MaxNoteLength, "note"),
            ApplicantStates.New,
            DateTimeOffset.FromUnixTimeMilliseconds(store.Now)
        );
        var row = new
        {
            added.Id,
            by.Organisation,
            added.State,
            name = store.Columns.Seal(added.Name, new(Table, added.Id, NameColumn)),
            note = store.Columns.Seal(added.Note, new(Table, added.Id, NoteColumn)),
            by = by.Id,
            at = added.AddedAt.ToUnixTimeMilliseconds(),
        };
        await store.WriteAsync(
            async (connection, transaction) =>
            {
                await connection.ExecuteAsync(
                    """
                    insert into applicant (id, organisation, state, name_sealed, note_sealed, added_by, added_at)
                    values (@Id, @Organisation, @State, @name, @note, @by, @at)
                    """,
                    row,
                    transaction
                );
                await store.Audit.AppendIn(connection, transaction, by, "applicant added", added.Id);
            },
            cancellation
        );
        return added;
    }

    /// <exception cref="RefusedException">There is none of this id in the counsellor's organisation, or no such state.</exception>
    public Task<Applicant> SetStateAsync(Account by, string id, string? state, CancellationToken cancellation)
    {
        Roles.Need(by, Roles.Counsellor);
        var known = ApplicantStates.Parse(state);
        return store.WriteAsync(
            async (connection, transaction) =>
            {
                var found = await FindIn(connection, transaction, by, id);
                await connection.ExecuteAsync(
                    "update applicant set state = @known where id = @Id",
                    new { known, found.Id },
                    transaction
                );
                await store.Audit.AppendIn(connection, transaction, by, $"applicant now {known}", found.Id);
                return found with { State = known };
            },
            cancellation
        );
    }

    private async Task<Applicant> FindIn(DbConnection connection, DbTransaction transaction, Account by, string id) =>
        await connection.QuerySingleOrDefaultAsync<Row>(
            $"{Columns} and id = @id",
            new { by.Organisation, id },
            transaction
        )
            is { } row
            ? Opened(row)
            : throw new RefusedException(Refusal.NotFound);

    private Applicant Opened(Row row) =>
        new(
            row.Id,
            store.Columns.Open(row.NameSealed, new(Table, row.Id, NameColumn)),
            store.Columns.Open(row.NoteSealed, new(Table, row.Id, NoteColumn)),
            row.State,
            DateTimeOffset.FromUnixTimeMilliseconds(row.AddedAt)
        );

    private static string Limited(string? text, int least, int most, string field) =>
        (text?.Trim() ?? "") is var kept && kept.Length >= least && kept.Length <= most
            ? kept
            : throw new RefusedException(
                Refusal.Unprocessable($"{field}-length", $"It has {least} to {most} characters", field: field)
            );
}
