using System.Text.Json;
using Dapper;
using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Governance.Oversight.Registers;

/// <summary>
/// The register of processing activities and the impact assessments of an organisation: both officers read them, the data
/// protection officer writes. What the product does itself stands there as templates until it is taken over.
/// </summary>
internal sealed class KeepRegister(Store store)
{
    /// <summary>So many entries a register has.</summary>
    public const int MaxEntries = 1_000;

    /// <param name="Reference">Of a template its code.</param>
    /// <param name="IsTemplate">The product says it, nobody of the organisation has taken it over.</param>
    internal sealed record Entry(
        string Reference,
        IReadOnlyDictionary<string, string> Fields,
        string Template,
        bool IsTemplate,
        bool IsFictional,
        string ChangedBy,
        DateTimeOffset? ChangedAt
    )
    {
        public string this[string field] => Fields.GetValueOrDefault(field, "");
    }

    /// <param name="Template">Code of the template that it takes over; empty for none.</param>
    internal sealed record Request(IReadOnlyDictionary<string, string>? Fields, string? Template = null);

    internal sealed record Kept(string Reference);

    private sealed record Row(
        string Reference,
        string Fields,
        string Template,
        long IsFictional,
        string ChangedBy,
        string ChangedAt
    );

    private const string Insert = """
        insert into gov_register_entry (reference, label_id, register, fields, template, is_fictional, changed_by,
            changed_at)
        values (@reference, @labelId, @register, @fields, @template, @isFictional, @by, @now)
        """;

    private const string Update = """
        update gov_register_entry set fields = @fields, changed_by = @by, changed_at = @now
        where reference = @reference and label_id = @labelId and register = @register
        """;

    public async Task<IReadOnlyList<Entry>> ListAsync(Work work, RegisterKind kind, CancellationToken cancellation)
    {
        Officers.Need(work, [.. Officers.Both, Roles.Operator]);
        var rows = await work.On(store)
            .OwnAsync<Row>(
                sees =>
                    $"""
                        select e.reference as Reference, e.fields as Fields, e.template as Template,
                            e.is_fictional as IsFictional, e.changed_by as ChangedBy, e.changed_at as ChangedAt
                        from gov_register_entry e where e.register = @kind and {sees.Row("e")}
                        order by e.changed_at, e.reference limit @most
                        """,
                new { kind = (long)kind, most = (long)MaxEntries },
                cancellation
            );
        var own = rows.Select(r => new Entry(
                r.Reference,
                JsonSerializer.Deserialize<Dictionary<string, string>>(r.Fields)!,
                r.Template,
                false,
                r.IsFictional != 0,
                r.ChangedBy,
                Times.Read(r.ChangedAt)
            ))
            .ToList();
        var templates = RegisterTemplates
            .Of(kind)
            .Where(t => own.TrueForAll(e => e.Template != t.Code))
            .Select(t => new Entry(t.Code, t.Fields, t.Code, true, false, "", null));
        await work.On(store)
            .LogOwnAsync(Operation.Consultation, $"register of {Written.Word(kind)} read: {own.Count}", cancellation);
        return [.. own, .. templates];
    }

    /// <exception cref="RefusedException">There is no such entry.</exception>
    public async Task<Entry> NeedAsync(
        Work work,
        RegisterKind kind,
        string reference,
        CancellationToken cancellation
    ) =>
        (await ListAsync(work, kind, cancellation)).FirstOrDefault(e => e.Reference == reference)
        ?? throw new RefusedException(Refusal.NotFound("There is no such entry", "The register lists its entries"));

    /// <summary>Writes a new entry, or takes a template over.</summary>
    /// <exception cref="RefusedException">Another role, or a field is missing.</exception>
    public async Task<Kept> AddAsync(
        Work work,
        RegisterKind kind,
        Request request,
        CancellationToken cancellation,
        bool isFictional = false
    )
    {
        var reference = Officers.Draw(kind == RegisterKind.Activities ? 'A' : 'I');
        var template = Written.May("template", request.Template);
        if (template.Length > 0 && !RegisterTemplates.Of(kind).Any(t => t.Code == template))
            throw Written.Refuse("template", "There is no such template", "The register lists those there are");
        await WriteAsync(work, (kind, reference, Insert), request, (template, isFictional), cancellation);
        return new(reference);
    }

    /// <exception cref="RefusedException">Another role, there is no such entry, or a field is missing.</exception>
    public Task ChangeAsync(
        Work work,
        RegisterKind kind,
        string reference,
        Request request,
        CancellationToken cancellation
    ) => WriteAsync(work, (kind, reference, Update), request, ("", false), cancellation);

    private async Task WriteAsync(
        Work work,
        (RegisterKind Kind, string Reference, string Sql) what,
        Request request,
        (string Template, bool IsFictional) made,
        CancellationToken cancellation
    )
    {
        Officers.NeedDataProtection(work);
        var given = request.Fields ?? new Dictionary<string, string>();
        var fields = RegisterBook
            .Fields(what.Kind)
            .ToDictionary(
                f => f.Key,
                f =>
                    f.IsNeeded
                        ? Written.Need(f.Key, given.GetValueOrDefault(f.Key), Written.MaxText)
                        : Written.May(f.Key, given.GetValueOrDefault(f.Key), Written.MaxText)
            );
        var row = new
        {
            reference = what.Reference,
            labelId = (long)await store.Labels.InternAsync(LabelOf(work.Viewer), cancellation),
            register = (long)what.Kind,
            fields = JsonSerializer.Serialize(fields, GovernanceJson.Options),
            template = made.Template,
            isFictional = made.IsFictional ? 1L : 0L,
            by = work.Viewer.Name,
            now = Times.Text(store.Time.GetUtcNow()),
        };
        await store.WriteAsync(
            async (connection, transaction) =>
            {
                if (await connection.ExecuteAsync(what.Sql, row, transaction) == 0)
                    throw new RefusedException(Refusal.NotFound("There is no such entry"));
                var said = $"register of {Written.Word(what.Kind)}: entry {what.Reference} written";
                store.Audit.AppendIn(
                    connection,
                    transaction,
                    AuditEntry.By(work.Viewer, Operation.Alteration, said, [], new(work.Justification, work.Case))
                );
            },
            cancellation
        );
    }

    /// <summary>Both officers of an organisation see its registers, and whoever runs the command line for the supervisor.</summary>
    public static Label LabelOf(Viewer viewer) =>
        Label
            .Parse(
                $"org={viewer.Organisation};role={Roles.DataProtectionOfficer}|{Officers.FundamentalRights}|{Roles.Operator}"
            )
            .Value;
}
