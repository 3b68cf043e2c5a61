using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Serialization;
using Dapper;
using Lanthorn.Commitments.Contracts;
using Lanthorn.Governance.Contracts;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Commitments;

/// <summary>
/// Moves the day, gives it another owner, withdraws it, takes it up again, or asks its owner how it stands. What stood before
/// stays in the history with who, when and why; a state is never set.
/// </summary>
internal sealed class ChangeUndertaking(Store store, ReadUndertakings read, Accounts accounts, Holds holds)
{
    /// <summary>How often in a day an owner is asked about one undertaking.</summary>
    public static readonly TimeSpan BetweenAsking = TimeSpan.FromDays(1);

    /// <summary>What is done with an undertaking. Stored: the numbers only grow.</summary>
    [JsonConverter(typeof(ActWords))]
    internal enum Act
    {
        Due = 1,
        Owner = 2,
        Withdraw = 3,
        Resume = 4,
        Chase = 5,
    }

    internal sealed class ActWords() : JsonStringEnumConverter<Act>(JsonNamingPolicy.SnakeCaseLower);

    /// <param name="Value">The new day (empty for none) or owner.</param>
    internal sealed record Request(Act Act, string? Value, string? Reason);

    private const string InsertHistory = """
        insert into com_history (id, undertaking, act, before, after, reason, done_by, organisation, done_at)
        values (@id, @undertaking, @act, @before, @after, @reason, @Name, @Organisation, @now)
        """;

    /// <exception cref="RefusedException">There is no such undertaking, the role reads only, or nothing would change.</exception>
    public async Task HandleAsync(Work work, string reference, Request request, CancellationToken cancellation)
    {
        Rights.NeedWrite(work);
        var undertaking = await read.NeedAsync(work, reference, cancellation);
        if (request.Act != Act.Chase)
            await NeedNoHoldAsync(holds, undertaking, cancellation);
        var reason =
            request.Act == Act.Chase
                ? Written.May("reason", request.Reason, UndertakingFields.MaxReason)
                : Written.Need("reason", request.Reason, UndertakingFields.MaxReason);
        var after = await AfterAsync(undertaking, request, cancellation);
        await store.WriteAsync(
            (connection, transaction) =>
                ChangeIn(connection, transaction, work, undertaking, request.Act, after, reason),
            cancellation
        );
    }

    /// <summary>A hold on a project holds what was promised in it.</summary>
    /// <exception cref="RefusedException">The fundamental-rights officer holds the undertaking or its project.</exception>
    internal static async Task NeedNoHoldAsync(Holds holds, Undertaking undertaking, CancellationToken cancellation)
    {
        await holds.NeedNoneAsync(SubjectKind.Undertaking, $"{undertaking.Reference}", cancellation);
        if (undertaking.Project is { } project)
            await holds.NeedNoneAsync(SubjectKind.Project, $"{project}", cancellation);
    }

    private async Task<string> AfterAsync(Undertaking undertaking, Request request, CancellationToken cancellation)
    {
        if (request.Act == Act.Owner)
        {
            var owner = Written.Need("owner", request.Value);
            await AddUndertaking.NeedSightAsync(accounts, owner, undertaking.Label, cancellation);
            return owner;
        }
        if (request.Act == Act.Chase && undertaking.StateOn(read.Today) is UndertakingState.Delivered)
            throw Unchanged("It is delivered: there is nothing to ask for");
        return request.Act switch
        {
            Act.Due => Times.Text(Written.Day("due", request.Value)) ?? "",
            Act.Chase => undertaking.Owner,
            _ => "",
        };
    }

    private async Task ChangeIn(
        DbConnection connection,
        DbTransaction transaction,
        Work work,
        Undertaking undertaking,
        Act act,
        string after,
        string reason
    )
    {
        var now = store.Time.GetUtcNow();
        var row = new
        {
            id = Guid.CreateVersion7(now).ToString("N"),
            undertaking = $"{undertaking.Reference}",
            act = (long)act,
            before = await BeforeAsync(connection, transaction, undertaking, act, after),
            after,
            reason,
            work.Viewer.Name,
            work.Viewer.Organisation,
            now = Times.Text(now),
        };
        if (SqlOf(act) is { } change)
            await connection.ExecuteAsync(change, row, transaction);
        await connection.ExecuteAsync(InsertHistory, row, transaction);
        var what = $"undertaking {undertaking.Reference}: {InWords(act)}";
        AddUndertaking.LogIn(store, connection, transaction, work, Operation.Alteration, what);
    }

    /// <summary>Read inside the transaction: two who change at once each leave what the other wrote in the history.</summary>
    private async Task<string> BeforeAsync(
        DbConnection connection,
        DbTransaction transaction,
        Undertaking undertaking,
        Act act,
        string after
    )
    {
        var reference = $"{undertaking.Reference}";
        var (due, owner, withdrawn, asked) = await connection.QuerySingleAsync<(string?, string, string?, string?)>(
            """
            select due, owner, withdrawn_at,
                (select max(h.done_at) from com_history h where h.undertaking = u.reference and h.act = @chase)
            from com_undertaking u where reference = @reference
            """,
            new { reference, chase = (long)Act.Chase },
            transaction
        );
        if (act == Act.Resume ? withdrawn is null : withdrawn is not null)
            throw Unchanged(act == Act.Resume ? "It is not withdrawn" : "It is withdrawn: take it up again first");
        if (act == Act.Chase && asked is not null && Times.Read(asked) > store.Time.GetUtcNow() - BetweenAsking)
            throw Unchanged("Its owner was asked within the last day");
        var before = act switch
        {
            Act.Due => due ?? "",
            Act.Owner => owner,
            _ => "",
        };
        return act is Act.Due or Act.Owner && before == after ? throw Unchanged("Nothing would change") : before;
    }

    private static string? SqlOf(Act act) =>
        act switch
        {
            Act.Due => "update com_undertaking set due = nullif(@after, '') where reference = @undertaking",
            Act.Owner => "update com_undertaking set owner = @after where reference = @undertaking",
            Act.Withdraw => "update com_undertaking set withdrawn_at = @now where reference = @undertaking",
            Act.Resume => "update com_undertaking set withdrawn_at = null where reference = @undertaking",
            _ => null,
        };

    private static string InWords(Act act) =>
        act switch
        {
            Act.Due => "another day",
            Act.Owner => "another owner",
            Act.Withdraw => "withdrawn",
            Act.Resume => "taken up again",
            _ => "its owner asked",
        };

    private static RefusedException Unchanged(string why) =>
        new(new("undertaking-unchanged", 409, why, "Look at its page: it shows how it stands now"));
}
