using System.Data.Common;
using Dapper;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Governance.Rights;

/// <summary>Writes what is done with a request, together with its step and its entry in the audit log.</summary>
internal sealed class WriteRequests(Store store)
{
    private const string InsertStep = """
        insert into gov_request_step (id, request, step, note, done_by, done_at)
        values (@id, @reference, @step, @note, @by, @now)
        """;

    public DateTimeOffset Now => store.Time.GetUtcNow();

    /// <param name="change">Changes the request; gives how many rows it changed.</param>
    /// <exception cref="RefusedException">It changed none: somebody else was quicker.</exception>
    public Task RunAsync(
        Work work,
        string reference,
        (RightsStep Step, string Note) done,
        Func<DbConnection, DbTransaction, Task<int>> change,
        CancellationToken cancellation
    ) =>
        store.WriteAsync(
            async (connection, transaction) =>
            {
                if (await change(connection, transaction) == 0)
                    throw NotNow("It has changed meanwhile");
                await StepIn(connection, transaction, work, reference, done);
            },
            cancellation
        );

    public async Task StepIn(
        DbConnection connection,
        DbTransaction transaction,
        Work work,
        string reference,
        (RightsStep Step, string Note) done
    )
    {
        var row = new
        {
            id = Guid.CreateVersion7(Now).ToString("N"),
            reference,
            step = (long)done.Step,
            note = done.Note,
            by = work.Viewer.Name,
            now = Times.Text(Now),
        };
        await connection.ExecuteAsync(InsertStep, row, transaction);
        var operation = done.Step == RightsStep.Received ? Operation.Collection : Operation.Alteration;
        store.Audit.AppendIn(
            connection,
            transaction,
            AuditEntry.By(
                work.Viewer,
                operation,
                $"rights request {reference}: {Written.Word(done.Step)}",
                [],
                new(work.Justification, work.Case)
            )
        );
    }

    public static RefusedException NotNow(string why, string wayOut = "Look at its page: it shows what comes next") =>
        new(new("request-state", 409, why, wayOut));
}
