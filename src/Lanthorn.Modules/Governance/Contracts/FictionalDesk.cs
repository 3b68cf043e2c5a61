using Lanthorn.Governance.Oversight;
using Lanthorn.Governance.Oversight.Registers;
using Lanthorn.Governance.Rights;
using Lanthorn.Platform;

namespace Lanthorn.Governance.Contracts;

/// <param name="Kind">Such as <c>access</c>.</param>
/// <param name="DaysAgo">When it came in.</param>
/// <param name="IdentityHow">How it was made sure who asks; null where nobody has yet.</param>
public sealed record BroughtRequest(string Kind, string Subject, string Wish, int DaysAgo, string? IdentityHow)
{
    public string Law { get; init; } = "directive";
    public string Through { get; init; } = "";
    public string Born { get; init; } = "";
}

/// <param name="Answer">Null while it is open.</param>
public sealed record BroughtComplaint(string Language, string Text, string? Answer)
{
    public SubjectKind? Kind { get; init; }
    public string Subject { get; init; } = "";
}

/// <param name="HoursAgo">When somebody became aware.</param>
/// <param name="Risk">Such as <c>high</c>.</param>
public sealed record BroughtBreach(string What, int HoursAgo, string People, string Consequences, string Risk)
{
    public string Measures { get; init; } = "";

    /// <summary>The authority was told at once.</summary>
    public bool IsNotified { get; init; }
}

/// <summary>Fills the desks of the two officers with a world in which nobody exists; each part says that it is fictional.</summary>
public sealed class FictionalDesk
{
    private readonly (AddRequest Add, CheckIdentity Check, ReadRequests Read) requests;
    private readonly (ReceiveComplaint Receive, ActOnComplaint Act, ReadComplaints Read) complaints;
    private readonly (RecordBreach Breaches, KeepRegister Register) registers;

    internal FictionalDesk(
        (AddRequest Add, CheckIdentity Check, ReadRequests Read) requests,
        (ReceiveComplaint Receive, ActOnComplaint Act, ReadComplaints Read) complaints,
        (RecordBreach Breaches, KeepRegister Register) registers
    ) => (this.requests, this.complaints, this.registers) = (requests, complaints, registers);

    /// <summary>Once for a desk: what is there already is left alone.</summary>
    /// <param name="assessment">Fields of an impact assessment.</param>
    /// <returns>False where the desk had something fictional already.</returns>
    public async Task<bool> BringForDataProtectionAsync(
        Work officer,
        IReadOnlyList<BroughtRequest> asked,
        IReadOnlyList<BroughtBreach> breached,
        IReadOnlyDictionary<string, string> assessment,
        CancellationToken cancellation
    )
    {
        if ((await requests.Read.ListAsync(officer, cancellation)).Any(r => r.IsFictional))
            return false;
        var today = requests.Read.Today;
        foreach (var one in asked)
        {
            var request = new AddRequest.Request
            {
                Kind = one.Kind,
                Law = one.Law,
                Received = Storage.Times.Text(today.AddDays(-one.DaysAgo)),
                Through = one.Through,
                Subject = one.Subject,
                Born = one.Born,
                Contact = "nobody (fictional)",
                Wish = one.Wish,
            };
            var added = await requests.Add.HandleAsync(officer, request, cancellation, isFictional: true);
            if (one.IdentityHow is { } how)
                await requests.Check.HandleAsync(officer, added.Reference, new(how), cancellation);
        }
        foreach (var one in breached)
            await BreachAsync(officer, one, cancellation);
        var kept = new KeepRegister.Request(assessment);
        await registers.Register.AddAsync(officer, RegisterKind.Assessments, kept, cancellation, isFictional: true);
        return true;
    }

    /// <inheritdoc cref="BringForDataProtectionAsync"/>
    public async Task<bool> BringForFundamentalRightsAsync(
        Work officer,
        IReadOnlyList<BroughtComplaint> complained,
        CancellationToken cancellation
    )
    {
        if ((await complaints.Read.ListAsync(officer, cancellation)).Any(k => k.IsFictional))
            return false;
        foreach (var one in complained)
        {
            var request = new ReceiveComplaint.Request(one.Text, Language: one.Language);
            var received = await complaints.Receive.HandleAsync(
                request,
                cancellation,
                officer.Viewer,
                isFictional: true
            );
            if (one.Kind is { } kind)
                await complaints.Act.HandleAsync(
                    officer,
                    received.Reference,
                    new()
                    {
                        Act = "name",
                        Kind = Written.Word(kind),
                        Subject = one.Subject,
                    },
                    cancellation
                );
            if (one.Answer is { } answer)
                await complaints.Act.HandleAsync(
                    officer,
                    received.Reference,
                    new()
                    {
                        Act = "answer",
                        Outcome = "partly",
                        Text = answer,
                    },
                    cancellation
                );
        }
        return true;
    }

    private async Task BreachAsync(Work officer, BroughtBreach one, CancellationToken cancellation)
    {
        var aware = registers.Breaches.Now.AddHours(-one.HoursAgo);
        var request = new RecordBreach.Request
        {
            What = one.What,
            Aware = Storage.Times.Text(aware),
            People = one.People,
            Consequences = one.Consequences,
            Measures = one.Measures,
            Risk = one.Risk,
        };
        var recorded = await registers.Breaches.HandleAsync(officer, request, cancellation, isFictional: true);
        if (one.IsNotified)
            await registers.Breaches.NotifyAsync(
                officer,
                recorded.Reference,
                new(Storage.Times.Text(aware.AddHours(1)), null),
                cancellation
            );
    }
}
