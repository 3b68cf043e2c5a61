using Dapper;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Governance.Contracts;

/// <summary>What other modules may ask of complaints: whether one is open about something, never what it says.</summary>
public sealed class Complaints(Store store)
{
    /// <summary>How many complaints about the subject have no answer yet.</summary>
    /// <param name="subject">Its id or reference, as its own module writes it.</param>
    public Task<int> OpenAboutAsync(SubjectKind kind, string subject, CancellationToken cancellation) =>
        store.ReadOwnAsync(
            connection =>
                connection.ExecuteScalarAsync<int>(
                    """
                    select count(*) from gov_complaint_subject s join gov_complaint k on k.reference = s.complaint
                    where s.kind = @kind and s.subject = @subject and k.answered_at is null
                    """,
                    new { kind = (long)kind, subject = SubjectNames.Of(kind, subject) }
                ),
            cancellation
        );

    /// <summary>For whoever renews something: an open complaint about it is answered first.</summary>
    /// <exception cref="RefusedException">One is open.</exception>
    public async Task NeedNoneOpenAsync(SubjectKind kind, string subject, CancellationToken cancellation)
    {
        if (await OpenAboutAsync(kind, subject, cancellation) > 0)
            throw new RefusedException(
                new(
                    "complaint-open",
                    409,
                    "A complaint about it is open: it is not renewed before that is answered",
                    "The fundamental-rights officer answers complaints"
                )
            );
    }
}
