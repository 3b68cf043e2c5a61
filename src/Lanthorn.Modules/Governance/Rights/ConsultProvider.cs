using Dapper;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Governance.Rights;

/// <summary>
/// Records that the provider of a record was asked, and what it answered: what somebody else gave is not disclosed, erased or
/// restricted without him (Article 36(5) of Regulation (EU) 2016/794).
/// </summary>
internal sealed class ConsultProvider(ReadRequests read, WriteRequests write, SealedText texts)
{
    /// <param name="Provider">The code of the source.</param>
    internal sealed record Question(string? Provider, string? Text);

    internal sealed record Asked(string Id);

    /// <param name="Verdict"><c>agrees</c>, <c>objects</c> or <c>no_answer</c>.</param>
    internal sealed record Reply(string? Verdict, string? Text);

    private const string Insert = """
        insert into gov_request_consultation (id, request, provider, question, asked_by, asked_at)
        select @id, @reference, @provider, @question, @by, @now
        where not exists (select 1 from gov_request_consultation c where c.request = @reference
            and c.provider = @provider and c.verdict is null)
        """;

    private const string Update = """
        update gov_request_consultation set verdict = @verdict, answer = @answer, answered_by = @by, answered_at = @now
        where id = @id and request = @reference and verdict is null
        """;

    /// <exception cref="RefusedException">No record about the person is of that provider, or it was asked and has not answered.</exception>
    public async Task<Asked> AskAsync(Work work, string reference, Question question, CancellationToken cancellation)
    {
        var asking = await read.NeedAsync(work, reference, cancellation);
        SearchPerson.NeedIdentity(asking);
        var provider = Written.Need("provider", question.Provider);
        var records = await read.RecordsAsync(work, reference, cancellation);
        if (!records.Any(r => r.Verdict == RecordVerdict.Person && r.Record.Source.Value == provider))
            throw Written.Refuse(
                "provider",
                $"No record about the person is of '{provider}'",
                "Mark the records first; their sources are whom to ask"
            );
        var row = new
        {
            id = Guid.CreateVersion7(write.Now).ToString("N"),
            reference,
            provider,
            question = texts.Seal(Written.Need("text", question.Text, Written.MaxText)),
            by = work.Viewer.Name,
            now = Times.Text(write.Now),
        };
        await write.RunAsync(
            work,
            reference,
            (RightsStep.Asked, provider),
            (connection, transaction) => connection.ExecuteAsync(Insert, row, transaction),
            cancellation
        );
        return new(row.id);
    }

    /// <exception cref="RefusedException">There is no such question, or it was answered.</exception>
    public async Task AnswerAsync(Work work, string reference, string id, Reply reply, CancellationToken cancellation)
    {
        var asking = await read.NeedAsync(work, reference, cancellation);
        SearchPerson.NeedIdentity(asking);
        var row = new
        {
            id,
            reference,
            verdict = (long)Written.Choice<ProviderVerdict>("verdict", reply.Verdict),
            answer = texts.Seal(Written.Need("text", reply.Text, Written.MaxText)),
            by = work.Viewer.Name,
            now = Times.Text(write.Now),
        };
        await write.RunAsync(
            work,
            reference,
            (RightsStep.ProviderAnswered, Written.Word((ProviderVerdict)row.verdict)),
            (connection, transaction) => connection.ExecuteAsync(Update, row, transaction),
            cancellation
        );
    }
}
