using Dapper;
using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Governance.Rights;

/// <summary>Enters what a person asks about himself. Nothing is disclosed by it.</summary>
internal sealed class AddRequest(Store store, SealedText texts, WriteRequests write)
{
    internal sealed record Request
    {
        public string? Kind { get; init; }

        /// <summary><c>directive</c> (the default) or <c>europol</c>.</summary>
        public string? Law { get; init; }

        /// <summary>The day on which it came in; null is today.</summary>
        public string? Received { get; init; }

        /// <summary>The authority through which it came; empty where it came directly.</summary>
        public string? Through { get; init; }

        /// <summary>Names, one on a line.</summary>
        public string? Subject { get; init; }
        public string? Born { get; init; }
        public string? Contact { get; init; }

        /// <summary>What is asked, in the person's words.</summary>
        public string? Wish { get; init; }
    }

    internal sealed record Added(string Reference);

    private const string Insert = """
        insert into gov_request (reference, label_id, kind, law, received_on, through, subject, born, contact, wish,
            is_fictional, made_by, made_at)
        values (@reference, @labelId, @kind, @law, @received, @through, @subject, @born, @contact, @wish,
            @isFictional, @by, @now)
        """;

    /// <exception cref="RefusedException">Another role, or something is missing.</exception>
    public async Task<Added> HandleAsync(
        Work work,
        Request request,
        CancellationToken cancellation,
        bool isFictional = false
    )
    {
        Officers.NeedDataProtection(work);
        var today = DateOnly.FromDateTime(write.Now.UtcDateTime);
        var received = Written.Day("received", request.Received) ?? today;
        if (received > today)
            throw Written.Refuse("received", "It cannot have come on a day to come", "Give the day on which it came");
        var born = Written.May("born", request.Born);
        if (born.Length > 0)
            Written.Taken("born", PartialDate.Parse(born));
        var label = Officers.DeskOf(work.Viewer, Roles.DataProtectionOfficer);
        var row = new
        {
            reference = Officers.Draw('R'),
            labelId = (long)await store.Labels.InternAsync(label, cancellation),
            kind = (long)Written.Choice<RightsKind>("kind", request.Kind),
            law = (long)(
                string.IsNullOrWhiteSpace(request.Law)
                    ? RightsLaw.Directive
                    : Written.Choice<RightsLaw>("law", request.Law)
            ),
            received = Times.Text(received),
            through = Written.May("through", request.Through),
            subject = texts.Seal(Written.Need("subject", request.Subject, Written.MaxText)),
            born = texts.Seal(born),
            contact = texts.Seal(Written.Need("contact", request.Contact, Written.MaxReason)),
            wish = texts.Seal(Written.May("wish", request.Wish, Written.MaxText)),
            isFictional = isFictional ? 1L : 0L,
            by = work.Viewer.Name,
            now = Times.Text(write.Now),
        };
        await write.RunAsync(
            work,
            row.reference,
            (RightsStep.Received, ""),
            (connection, transaction) => connection.ExecuteAsync(Insert, row, transaction),
            cancellation
        );
        return new(row.reference);
    }
}
