using Dapper;
using Lanthorn.Governance.Contracts;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Governance.BreakGlass;

/// <summary>Somebody asks to see more than his role lets him, for a named case, with a reason and for a time.</summary>
internal sealed class AskForSight(Store store, Accounts accounts, GlassBook book)
{
    private const int MinReason = 10;
    private const int MaxReason = 400;
    private const int MaxName = 64;

    /// <summary>So many may wait for one person; more is no emergency.</summary>
    private const int MaxWaiting = 3;

    /// <param name="Role">A role besides the own one; null or empty for none.</param>
    /// <param name="Compartment">A compartment besides the own ones; null or empty for none.</param>
    /// <param name="Hours">1 to 8, from the moment when it is granted.</param>
    internal sealed record Request(string? Role, string? Compartment, string? Case, string? Reason, int Hours);

    internal sealed record Asked(string Id);

    /// <exception cref="RefusedException">Something is missing, too long, or cannot be granted to anybody.</exception>
    public async Task<Asked> HandleAsync(Work work, Request request, CancellationToken cancellation)
    {
        const string count = """
            select count(*) from gov_glass where person = @Person and decided_at is null and asked_at > @since
            """;
        const string add = """
            insert into gov_glass (id, person, role, compartment, case_name, reason, hours, asked_at)
            values (@Id, @Person, @Role, @Compartment, @Case, @Reason, @Hours, @AskedAt)
            """;
        var person = (await accounts.FindAsync(work.Viewer.Name, cancellation))!;
        var glass = Checked(person, request);
        await store.WriteAsync(
            async (connection, transaction) =>
            {
                var since = new { glass.Person, since = book.Now - (long)Glass.Waits.TotalMilliseconds };
                if (await connection.ExecuteScalarAsync<int>(count, since, transaction) >= MaxWaiting)
                    throw Refuse("break-glass-waiting", $"{MaxWaiting} of your requests wait", "Wait for an answer");
                await connection.ExecuteAsync(add, glass, transaction);
                book.LogIn(connection, transaction, work.Viewer, "asked for", glass);
            },
            cancellation
        );
        return new(glass.Id);
    }

    private Glass Checked(PersonRow person, Request request)
    {
        var (role, compartment) = (Kept(request.Role), Kept(request.Compartment));
        if (person.Owner is not null)
            throw Refuse("break-glass-service", "A service asks for nothing", "Its owner asks with his own account");
        if (role is null && compartment is null)
            throw Refuse("break-glass-what", "Say what you need to see", "Choose a role, a compartment, or both");
        if (role is not null && (role == person.Role || !GlassRoles.Grantable.Contains(role)))
            throw Refuse(
                "break-glass-role",
                $"The role {role} cannot be granted so",
                $"One of {string.Join(", ", GlassRoles.Grantable)}, and not your own"
            );
        if (compartment?.Length > MaxName || compartment?.Any(char.IsControl) == true)
            throw Refuse("break-glass-compartment", $"A compartment has at most {MaxName} characters", "");
        if (Kept(request.Case) is not { Length: <= Session.MaxCaseLength } atCase)
            throw Refuse("break-glass-case", "Name the case", $"In at most {Session.MaxCaseLength} characters");
        if (Kept(request.Reason) is not { Length: >= MinReason and <= MaxReason } reason)
            throw Refuse("break-glass-reason", "Say why it cannot wait", $"In {MinReason} to {MaxReason} characters");
        if (request.Hours is < 1 or > Glass.MaxHours)
            throw Refuse("break-glass-hours", $"It lasts 1 to {Glass.MaxHours} hours", "Ask again when it has ended");
        return new()
        {
            Id = Secret.NewId(),
            Asker = person.Name,
            Person = person.Id,
            Role = role,
            Compartment = compartment,
            Case = atCase,
            Reason = reason,
            Hours = request.Hours,
            AskedAt = book.Now,
        };
    }

    private static string? Kept(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static RefusedException Refuse(string code, string message, string wayOut) =>
        new(Refusal.Unprocessable(code, message, wayOut));
}
