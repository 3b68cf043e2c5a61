using System.Data.Common;
using Dapper;
using Lanthorn.Commitments.Contracts;
using Lanthorn.Governance.Contracts;
using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Commitments;

/// <summary>Enters what somebody promised.</summary>
internal sealed class AddUndertaking(Store store, Accounts accounts)
{
    private const char Kind = 'U';

    /// <summary>Of some hundred millions one is drawn: so many in a row are not taken by chance.</summary>
    private const int MaxDraws = 5;

    internal sealed record Request
    {
        public string? Promiser { get; init; }
        public string? Promisee { get; init; }
        public string? Text { get; init; }
        public string? Strand { get; init; }
        public string? Aim { get; init; }

        /// <summary>The last day on which it is in time, such as 2026-05-31; null where none was said.</summary>
        public string? Due { get; init; }
        public string? Measure { get; init; }
        public string? Unit { get; init; }

        /// <summary>What accepted amounts must reach; null where one accepted piece of evidence is enough.</summary>
        public decimal? Target { get; init; }

        /// <summary>An account, or a name without one; null is the account that enters it.</summary>
        public string? Owner { get; init; }
        public string? Project { get; init; }

        /// <summary>Null: for one's own organisation, TLP:AMBER.</summary>
        public string? Label { get; init; }

        /// <summary>Where it stands that this was promised.</summary>
        public string? Source { get; init; }

        /// <summary>The day of that; null is today.</summary>
        public string? AsOf { get; init; }
    }

    internal sealed record Added(string Reference);

    internal const string Insert = """
        insert into com_undertaking (reference, promiser, promisee, text, strand, aim, due, measure, unit, target, owner,
            project, label_id, source, as_of, brought_by, is_fictional, made_by, made_at)
        values (@reference, @promiser, @promisee, @text, @strand, @aim, @due, @measure, @unit, @target, @owner,
            @project, @labelId, @source, @asOf, @broughtBy, @isFictional, @madeBy, @madeAt)
        on conflict do nothing
        """;

    /// <exception cref="RefusedException">The role reads only, something is missing, or the owner would not see it.</exception>
    public async Task<Added> HandleAsync(Work work, Request request, CancellationToken cancellation)
    {
        Rights.NeedWrite(work);
        var today = DateOnly.FromDateTime(store.Time.GetUtcNow().UtcDateTime);
        var label = UndertakingFields.Label(work.Viewer, request.Label);
        var owner = Written.May("owner", request.Owner) is { Length: > 0 } named ? named : work.Viewer.Name;
        await NeedSightAsync(accounts, owner, label, cancellation);
        var asOf = Written.Day("as_of", request.AsOf) ?? today;
        if (asOf > today)
            throw Written.Refuse("as_of", "A source says nothing of a day to come", "Give the day of the source");
        var values = new
        {
            promiser = Written.Need("promiser", request.Promiser),
            promisee = Written.Need("promisee", request.Promisee),
            text = Written.Need("text", request.Text, UndertakingFields.MaxText),
            strand = (long)Written.Taken("strand", StrandText.Parse(request.Strand)),
            aim = Written.May("aim", request.Aim),
            due = Times.Text(Written.Day("due", request.Due)),
            measure = Written.Need("measure", request.Measure, UndertakingFields.MaxText),
            unit = Written.May("unit", request.Unit),
            target = (double?)UndertakingFields.Amount("target", request.Target),
            owner,
            project = ProjectOf(request.Project),
            labelId = (long)await store.Labels.InternAsync(label, cancellation),
            source = Written.Need("source", request.Source, UndertakingFields.MaxLink),
            asOf = Times.Text(asOf),
            broughtBy = (string?)null,
            isFictional = 0L,
            madeBy = work.Viewer.Name,
            madeAt = Times.Text(store.Time.GetUtcNow()),
        };
        return await store.WriteAsync(
            async (connection, transaction) =>
            {
                var reference = await InsertAsync(connection, transaction, values);
                LogIn(store, connection, transaction, work, Operation.Collection, $"undertaking {reference} entered");
                return new Added($"{reference}");
            },
            cancellation
        );
    }

    /// <summary>Whoever owns it by account must see it: otherwise nobody is told that it is late.</summary>
    /// <exception cref="RefusedException">The account does not see the label.</exception>
    internal static async Task NeedSightAsync(
        Accounts accounts,
        string owner,
        Label label,
        CancellationToken cancellation
    )
    {
        var known = await accounts.WorkOfAsync(owner, null, cancellation);
        if (known is not null && !(Rights.MayRead(known) && Label.Sees(known.Viewer, label)))
            throw Written.Refuse(
                "owner",
                $"'{owner}' would not see what he or she owns",
                "Choose a label that the owner sees, or another owner"
            );
    }

    internal static void LogIn(
        Store store,
        DbConnection connection,
        DbTransaction transaction,
        Work work,
        Operation operation,
        string what
    ) =>
        store.Audit.AppendIn(
            connection,
            transaction,
            AuditEntry.By(work.Viewer, operation, what, [], new(work.Justification, work.Case))
        );

    private static string? ProjectOf(string? text) =>
        string.IsNullOrWhiteSpace(text) ? null : $"{Written.Taken("project", Reference.Parse(text))}";

    private static async Task<Reference> InsertAsync(DbConnection connection, DbTransaction transaction, object values)
    {
        for (var draw = 0; draw < MaxDraws; draw++)
        {
            var reference = Reference.Draw(Kind);
            var row = new DynamicParameters(values);
            row.Add("reference", $"{reference}");
            if (await connection.ExecuteAsync(Insert, row, transaction) == 1)
                return reference;
        }
        throw new InvalidOperationException($"No free reference in {MaxDraws} draws");
    }
}
