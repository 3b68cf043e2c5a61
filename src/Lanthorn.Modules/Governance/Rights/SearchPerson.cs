using Dapper;
using Lanthorn.Governance.Contracts;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Governance.Rights;

/// <summary>
/// Looks for the person across scripts and spellings with the product's own match, and keeps which records could be meant. It
/// can be done again with other spellings; what was marked stays marked.
/// </summary>
internal sealed class SearchPerson(ReadRequests read, WriteRequests write, IFindPersons persons)
{
    /// <summary>So many records a request keeps; beyond it the search has to be narrower.</summary>
    public const int MaxRecords = 100;

    /// <param name="Names">More spellings, one on a line; those of the request are always asked.</param>
    /// <param name="Born">Null is that of the request.</param>
    internal sealed record Request(string? Names = null, string? Born = null);

    /// <param name="IsCut">More records were found than are kept: those least alike are left out.</param>
    internal sealed record Answer(int Found, bool IsCut);

    private const string Insert = """
        insert into gov_request_record (request, record_id, source, score, verdict)
        values (@reference, @record, @source, @score, 0) on conflict do nothing
        """;

    private const string Update = """
        update gov_request set searched_at = @now
        where reference = @reference and identity_at is not null and decided_at is null
        """;

    /// <exception cref="RefusedException">Nobody has checked who asks, or it is decided.</exception>
    public async Task<Answer> HandleAsync(Work work, string reference, Request request, CancellationToken cancellation)
    {
        var asking = await read.NeedAsync(work, reference, cancellation);
        NeedIdentity(asking);
        var more = Written.May("names", request.Names, Written.MaxText).Split('\n', StringSplitOptions.TrimEntries);
        var names = asking.Names.Concat(more).Where(n => n.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        var born = Written.May("born", request.Born) is { Length: > 0 } given ? given : asking.Born;
        var found = await persons.FindAsync(work, new(names, born.Length > 0 ? born : null), cancellation);
        var kept = found.Take(MaxRecords).ToList();
        await write.RunAsync(
            work,
            reference,
            (RightsStep.Searched, $"{kept.Count}"),
            async (connection, transaction) =>
            {
                foreach (var one in kept)
                    await connection.ExecuteAsync(
                        Insert,
                        new
                        {
                            reference,
                            record = one.Id.ToBytes(),
                            source = one.Source,
                            score = one.Score,
                        },
                        transaction
                    );
                return await connection.ExecuteAsync(
                    Update,
                    new { reference, now = Times.Text(write.Now) },
                    transaction
                );
            },
            cancellation
        );
        return new(kept.Count, found.Count > MaxRecords);
    }

    /// <summary>Whoever asks is known, and nothing is decided yet.</summary>
    /// <exception cref="RefusedException">It is not so.</exception>
    public static void NeedIdentity(RightsRequest request)
    {
        if (request.IdentityAt is null)
            throw WriteRequests.NotNow(
                "Nobody has checked who asks",
                "Record first how the identity was checked: until then nothing is looked for"
            );
        if (request.DecidedAt is not null)
            throw WriteRequests.NotNow("It is decided");
    }
}
