using Dapper;
using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Governance.Rights;

/// <summary>Says of a found record that it is about the person, or about somebody else.</summary>
internal sealed class MarkRecord(ReadRequests read, WriteRequests write)
{
    /// <param name="Record">The record's own id.</param>
    /// <param name="Verdict"><c>person</c> or <c>somebody_else</c>.</param>
    internal sealed record Request(string? Record, string? Verdict);

    private const string Update = """
        update gov_request_record set verdict = @verdict, marked_by = @by, marked_at = @now
        where request = @reference and record_id = @record
        """;

    /// <exception cref="RefusedException">It was not found for this request, or the request is decided.</exception>
    public async Task HandleAsync(Work work, string reference, Request request, CancellationToken cancellation)
    {
        var asking = await read.NeedAsync(work, reference, cancellation);
        SearchPerson.NeedIdentity(asking);
        var verdict = Written.Choice<RecordVerdict>("verdict", request.Verdict);
        if (!RecordId.TryParse(request.Record ?? "", out var id))
            throw Written.Refuse("record", "That is no id of a record", "Mark one of those on the request's page");
        var row = new
        {
            reference,
            record = id.ToBytes(),
            verdict = (long)verdict,
            by = work.Viewer.Name,
            now = Times.Text(write.Now),
        };
        await write.RunAsync(
            work,
            reference,
            (RightsStep.Marked, $"{id}: {Written.Word(verdict)}"),
            async (connection, transaction) =>
                await connection.ExecuteAsync(Update, row, transaction) is var changed and > 0
                    ? changed
                    : throw new RefusedException(
                        Refusal.NotFound("That record was not found for this request", "Search again")
                    ),
            cancellation
        );
    }
}
