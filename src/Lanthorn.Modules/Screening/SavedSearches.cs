using System.Data.Common;
using Dapper;
using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Storage;
using Microsoft.AspNetCore.WebUtilities;

namespace Lanthorn.Screening;

/// <summary>
/// Searches that people keep: for themselves, or for those of their organisation who see the search's label. Each reader has
/// his own last look, and is told how many records that he sees came or changed since.
/// </summary>
internal sealed class SavedSearches(Store store)
{
    public const int MaxName = 100;
    public const int MaxNote = 500;
    private const int MaxQuery = 2_000;

    /// <summary>So many a person keeps.</summary>
    private const int MaxOwned = 100;

    /// <summary>So many a list shows, by name.</summary>
    public const int MaxListed = 200;

    /// <summary>So many are asked for the home page, and for so long.</summary>
    public const int MaxAsked = 20;
    private static readonly TimeSpan LongestAsking = TimeSpan.FromSeconds(1);

    private const string Columns =
        "s.id, s.owner, s.shared, s.label, s.name, s.note, s.query, s.created_at as createdAt";

    private static readonly string[] Kept = ["q", "schema", "datasets", "countries", "topics"];

    /// <param name="Query">What follows the question mark in the address of the search page.</param>
    internal sealed record Request(string? Name, string? Note, string? Query, bool Shared, string? Label);

    /// <param name="IsMine">The reader made it, so he may delete it.</param>
    /// <param name="LookedAt">When the reader last looked; when it was saved where he has not.</param>
    internal sealed record Saved(
        string Id,
        string Name,
        string Note,
        string Query,
        string Owner,
        bool Shared,
        string Label,
        bool IsMine,
        DateTimeOffset CreatedAt,
        DateTimeOffset LookedAt
    )
    {
        /// <summary>
        /// Records that he sees, that have the words and came or changed since, of persons who may be watched; null when not
        /// counted. Counting ends at <see cref="Reading.MaxCounted"/>.
        /// </summary>
        public int? New { get; init; }
    }

    public async Task<Saved> SaveAsync(Work work, Request request, CancellationToken cancellation)
    {
        var (name, note) = ((request.Name ?? "").Trim(), (request.Note ?? "").Trim());
        if (name.Length is 0 or > MaxName || note.Length > MaxNote)
            throw EntityQuery.Shape("name", $"a name has 1 to {MaxName} characters, and a note at most {MaxNote}");
        var query = Canonical(request.Query ?? "");
        SearchTexts.Understood(Field(query, "q") ?? "");
        var label = Label.Parse(request.Label ?? "");
        if (!label.IsAccepted || !Label.Sees(work.Viewer, label.Value))
            throw EntityQuery.Shape("label", label.IsAccepted ? "you would not see it yourself" : label.Reason);
        var row = new
        {
            id = Guid.CreateVersion7(store.Time.GetUtcNow()).ToString("N"),
            owner = work.Viewer.Name,
            work.Viewer.Organisation,
            shared = request.Shared ? 1L : 0L,
            label = label.Value.Text,
            name,
            note,
            query,
            now = Times.Text(store.Time.GetUtcNow()),
        };
        await store.WriteAsync(
            async (connection, transaction) =>
            {
                var owned = await connection.ExecuteScalarAsync<long>(
                    "select count(*) from screening_search where owner = @owner",
                    row,
                    transaction
                );
                if (owned >= MaxOwned)
                    throw new RefusedException(
                        Refusal.Unprocessable(
                            "too-many-searches",
                            $"You keep {MaxOwned} searches, and more are not kept",
                            "Delete one that you need no longer"
                        )
                    );
                await connection.ExecuteAsync(
                    """
                    insert into screening_search (id, owner, organisation, shared, label, name, note, query, created_at)
                    values (@id, @owner, @Organisation, @shared, @label, @name, @note, @query, @now)
                    """,
                    row,
                    transaction
                );
            },
            cancellation
        );
        return (await FindAsync(work, row.id, cancellation))!;
    }

    /// <summary>With what is new in each.</summary>
    public async Task<IReadOnlyList<Saved>> ListAsync(Work work, CancellationToken cancellation)
    {
        var reading = work.On(store);
        var listed = new List<Saved>();
        foreach (var saved in await AllAsync(work, null, cancellation))
            listed.Add(await CountAsync(reading, saved, cancellation));
        return listed;
    }

    /// <summary>
    /// Those in which something is new: of the reader's own first, then of the others, so many as are asked in a short time
    /// and <see cref="MaxAsked"/> at most.
    /// </summary>
    public async Task<IReadOnlyList<Saved>> WithNewsAsync(Work work, CancellationToken cancellation)
    {
        var begun = store.Time.GetTimestamp();
        var all = await AllAsync(work, null, cancellation);
        if (all.Count == 0)
            return [];
        var reading = work.On(store);
        var found = new List<Saved>();
        foreach (var saved in all.OrderBy(s => s.IsMine ? 0 : 1).Take(MaxAsked))
        {
            if (store.Time.GetElapsedTime(begun) > LongestAsking)
                break;
            if (await CountAsync(reading, saved, cancellation) is { New: > 0 } counted)
                found.Add(counted);
        }
        return found;
    }

    private static async Task<Saved> CountAsync(Reading reading, Saved saved, CancellationToken cancellation)
    {
        var count = await reading.CountAsync(
            TextsOf(saved),
            SubjectCategories.MayBeCrossChecked,
            "saved search",
            cancellation
        );
        return saved with { New = count };
    }

    /// <summary>Null when there is none for this viewer.</summary>
    public async Task<Saved?> FindAsync(Work work, string id, CancellationToken cancellation) =>
        await AllAsync(work, id, cancellation) is [var saved, ..] ? saved : null;

    /// <summary>The reader looks now. Gives the search as it was before: with his last look.</summary>
    public async Task<Saved> LookAsync(Work work, string id, CancellationToken cancellation)
    {
        var saved = await FindAsync(work, id, cancellation) ?? throw new RefusedException(NoSuch);
        var look = new
        {
            id,
            account = work.Viewer.Name,
            now = Times.Text(store.Time.GetUtcNow()),
        };
        await store.WriteAsync(
            (connection, transaction) =>
                connection.ExecuteAsync(
                    """
                    insert into screening_look (search, account, looked_at) values (@id, @account, @now)
                    on conflict (search, account) do update set looked_at = excluded.looked_at
                    """,
                    look,
                    transaction
                ),
            cancellation
        );
        return saved;
    }

    /// <summary>Only its owner deletes it; for others there is nothing to delete.</summary>
    public async Task DeleteAsync(Work work, string id, CancellationToken cancellation)
    {
        var deleted = await store.WriteAsync(
            (connection, transaction) =>
                connection.ExecuteAsync(
                    "delete from screening_search where id = @id and owner = @Name",
                    new { id, work.Viewer.Name },
                    transaction
                ),
            cancellation
        );
        if (deleted == 0)
            throw new RefusedException(NoSuch);
    }

    private static readonly Refusal NoSuch = Refusal.NotFound(
        "No such saved search",
        "It was deleted, or it is somebody else's"
    );

    /// <summary>Those that the viewer made, and those of his organisation that are shared and whose label he sees.</summary>
    private async Task<IReadOnlyList<Saved>> AllAsync(Work work, string? id, CancellationToken cancellation)
    {
        var asked = new
        {
            id,
            account = work.Viewer.Name,
            work.Viewer.Organisation,
        };
        var rows = await store.ReadOwnAsync(
            (DbConnection connection) =>
                connection.QueryAsync<Row>(
                    $"""
                    select {Columns}, l.looked_at as lookedAt from screening_search s
                    left join screening_look l on l.search = s.id and l.account = @account
                    where s.organisation = @Organisation and (s.owner = @account or s.shared = 1)
                        {(id is null ? "" : "and s.id = @id")}
                    order by s.name, s.id
                    """,
                    asked
                ),
            cancellation
        );
        return
        [
            .. rows.Where(r => r.Owner == work.Viewer.Name || IsSeenBy(work.Viewer, r.Label))
                .Take(MaxListed)
                .Select(r => r.ToSaved(work.Viewer.Name)),
        ];
    }

    private static bool IsSeenBy(Viewer viewer, string label) =>
        Label.Parse(label) is { IsAccepted: true } parsed && Label.Sees(viewer, parsed.Value);

    /// <summary>A search that was understood when it was saved is understood still: fields only grow.</summary>
    private static TextQuery TextsOf(Saved saved) =>
        FindByName.TextsOf(
            FindByName.Request.Of(
                Field(saved.Query, "q") ?? "",
                name => name == FindByName.SinceField ? Times.Text(saved.LookedAt) : Field(saved.Query, name)
            ) with
            {
                Texts = 0,
            }
        );

    private static string? Field(string query, string name) =>
        QueryHelpers.ParseQuery(query).TryGetValue(name, out var values) && values is [{ Length: > 0 } value, ..]
            ? value
            : null;

    /// <summary>What of an address is a search, in one order.</summary>
    private static string Canonical(string query)
    {
        var fields = Kept.Select(k => (Name: k, Value: Field(query, k)))
            .Where(f => f.Value is not null)
            .Select(f => $"{f.Name}={Uri.EscapeDataString(f.Value!)}");
        var canonical = string.Join('&', fields);
        return canonical.StartsWith("q=", StringComparison.Ordinal) && canonical.Length <= MaxQuery
            ? canonical
            : throw EntityQuery.Shape(
                "query",
                $"a query is what follows /search? with q, of at most {MaxQuery} characters"
            );
    }

    private sealed class Row
    {
        public required string Id { get; init; }
        public required string Owner { get; init; }
        public required long Shared { get; init; }
        public required string Label { get; init; }
        public required string Name { get; init; }
        public required string Note { get; init; }
        public required string Query { get; init; }
        public required string CreatedAt { get; init; }
        public string? LookedAt { get; init; }

        public Saved ToSaved(string reader) =>
            new(
                Id,
                Name,
                Note,
                Query,
                Owner,
                Shared == 1,
                Label,
                Owner == reader,
                Times.Read(CreatedAt),
                Times.Read(LookedAt ?? CreatedAt)
            );
    }
}
