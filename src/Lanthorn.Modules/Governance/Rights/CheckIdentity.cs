using Dapper;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Governance.Rights;

/// <summary>Records how it was made sure who asks. Before that nothing is looked for, and nothing disclosed.</summary>
internal sealed class CheckIdentity(ReadRequests read, WriteRequests write)
{
    /// <param name="How">Such as the document that was shown, without its number.</param>
    internal sealed record Request(string? How);

    private const string Update = """
        update gov_request set identity_how = @how, identity_by = @by, identity_at = @now
        where reference = @reference and identity_at is null and answered_at is null
        """;

    /// <exception cref="RefusedException">It was checked already, or is answered.</exception>
    public async Task HandleAsync(Work work, string reference, Request request, CancellationToken cancellation)
    {
        var found = await read.NeedAsync(work, reference, cancellation);
        if (found.IdentityAt is not null || found.AnsweredAt is not null)
            throw WriteRequests.NotNow("Who asks was checked already");
        var row = new
        {
            reference,
            how = Written.Need("how", request.How, Written.MaxReason),
            by = work.Viewer.Name,
            now = Times.Text(write.Now),
        };
        await write.RunAsync(
            work,
            reference,
            (RightsStep.IdentityChecked, row.how),
            (connection, transaction) => connection.ExecuteAsync(Update, row, transaction),
            cancellation
        );
    }
}
