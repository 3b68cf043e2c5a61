using System.Data.Common;
using System.Text.Json.Serialization;
using Dapper;
using Lanthorn.Governance.Contracts;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Governance.Oversight;

/// <summary>Takes a complaint up, says what it is about, and answers it so that whoever has the receipt can read it.</summary>
internal sealed class ActOnComplaint(Store store, SealedText texts, ReadComplaints read)
{
    [JsonConverter(typeof(SnakeWords<Act>))]
    internal enum Act
    {
        Take,
        Name,
        Answer,
    }

    internal sealed record Request
    {
        public string? Act { get; init; }

        /// <summary>Of what it is about, and its id or reference.</summary>
        public string? Kind { get; init; }
        public string? Subject { get; init; }
        public string? Outcome { get; init; }

        /// <summary>What the person reads with his receipt.</summary>
        public string? Text { get; init; }
    }

    /// <exception cref="RefusedException">There is no such complaint, it is answered, or something is missing.</exception>
    public async Task HandleAsync(Work work, string reference, Request request, CancellationToken cancellation)
    {
        var complaint = await read.NeedAsync(work, reference, cancellation);
        var act = Written.Choice<Act>("act", request.Act);
        if (complaint.AnsweredAt is not null)
            throw Unchanged("It is answered");
        Func<DbConnection, DbTransaction, Task<int>> change = act switch
        {
            Act.Take => Taking(work, reference),
            Act.Name => Naming(reference, request),
            _ => Answering(work, reference, request),
        };
        await store.WriteAsync(
            async (connection, transaction) =>
            {
                if (await change(connection, transaction) == 0)
                    throw Unchanged("Nothing would change");
                store.Audit.AppendIn(
                    connection,
                    transaction,
                    AuditEntry.By(
                        work.Viewer,
                        Operation.Alteration,
                        $"complaint {reference}: {Written.Word(act)}",
                        [],
                        new(work.Justification, work.Case)
                    )
                );
            },
            cancellation
        );
    }

    private Func<DbConnection, DbTransaction, Task<int>> Taking(Work work, string reference)
    {
        var row = new
        {
            reference,
            by = work.Viewer.Name,
            now = Now,
        };
        const string take = """
            update gov_complaint set taken_by = @by, taken_at = @now
            where reference = @reference and taken_by is null and answered_at is null
            """;
        return (connection, transaction) => connection.ExecuteAsync(take, row, transaction);
    }

    private static Func<DbConnection, DbTransaction, Task<int>> Naming(string reference, Request request)
    {
        var kind = Written.Choice<SubjectKind>("kind", request.Kind);
        var row = new
        {
            reference,
            kind = (long)kind,
            subject = SubjectNames.Of(kind, Written.Need("subject", request.Subject)),
        };
        const string name = """
            insert into gov_complaint_subject (complaint, kind, subject) values (@reference, @kind, @subject)
            on conflict do nothing
            """;
        return (connection, transaction) => connection.ExecuteAsync(name, row, transaction);
    }

    private Func<DbConnection, DbTransaction, Task<int>> Answering(Work work, string reference, Request request)
    {
        var row = new
        {
            reference,
            outcome = (long)Written.Choice<ComplaintOutcome>("outcome", request.Outcome),
            text = texts.Seal(Written.Need("text", request.Text, ReceiveComplaint.MaxText)),
            by = work.Viewer.Name,
            now = Now,
        };
        const string answer = """
            update gov_complaint set outcome = @outcome, answer = @text, answered_by = @by, answered_at = @now,
                taken_by = coalesce(taken_by, @by), taken_at = coalesce(taken_at, @now)
            where reference = @reference and answered_at is null
            """;
        return (connection, transaction) => connection.ExecuteAsync(answer, row, transaction);
    }

    private string Now => Times.Text(store.Time.GetUtcNow());

    private static RefusedException Unchanged(string why) =>
        new(new("complaint-unchanged", 409, why, "Look at its page: it shows how it stands now"));
}
