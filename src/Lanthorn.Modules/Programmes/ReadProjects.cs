using Lanthorn.Commitments.Contracts;
using Lanthorn.Platform;
using Lanthorn.Programmes.Contracts;
using Lanthorn.Storage;

namespace Lanthorn.Programmes;

/// <summary>Projects that the viewer sees, by their title; also one of them.</summary>
internal sealed class ReadProjects(Store store)
{
    /// <summary>So many are read at once, by title; beyond that the answer says that it is cut.</summary>
    public const int MaxListed = 5_000;

    internal sealed record Answer(IReadOnlyList<Project> Projects, bool IsCut);

    private sealed record Row
    {
        public required string Reference { get; init; }
        public required string Title { get; init; }
        public required string Description { get; init; }
        public required string Instrument { get; init; }
        public required string Countries { get; init; }
        public string? Starts { get; init; }
        public string? Ends { get; init; }
        public long? Budget { get; init; }
        public required string Currency { get; init; }
        public required string Strands { get; init; }
        public required string Aims { get; init; }
        public required long LabelId { get; init; }
        public required string Source { get; init; }
        public required string AsOf { get; init; }
        public required long IsFictional { get; init; }
    }

    private sealed record Part(string Project, string Name, long Role);

    public static bool MayRead(Work work) => work.HasEnforcementAccess || work.Viewer.Purposes.Contains("programme");

    /// <exception cref="RefusedException">The role has nothing to do with projects: for it there are none.</exception>
    public static void NeedRead(Work work)
    {
        if (!MayRead(work))
            throw new RefusedException(Refusal.NotFound("Not Found"));
    }

    /// <exception cref="RefusedException">The role has nothing to do with projects.</exception>
    public async Task<Answer> ListAsync(
        Work work,
        CancellationToken cancellation,
        Operation operation = Operation.Consultation
    )
    {
        NeedRead(work);
        var found = await ReadAsync(work, null, cancellation);
        var what = operation == Operation.Disclosure ? "taken away as a file" : "listed";
        await work.On(store).LogOwnAsync(operation, $"projects {what}: {found.Projects.Count}", cancellation);
        return found;
    }

    /// <exception cref="RefusedException">There is none with this reference for this viewer.</exception>
    public async Task<Project> NeedAsync(Work work, string reference, CancellationToken cancellation)
    {
        NeedRead(work);
        var parsed = Reference.Parse(reference);
        var found = parsed.IsAccepted ? (await ReadAsync(work, parsed.Value, cancellation)).Projects : [];
        if (found is not [var project])
            throw new RefusedException(
                Refusal.NotFound("There is no such project", "The list of projects has those that you may see")
            );
        await work.On(store).LogOwnAsync(Operation.Consultation, $"project {project.Reference}", cancellation);
        return project;
    }

    private async Task<Answer> ReadAsync(Work work, Reference? one, CancellationToken cancellation)
    {
        var reading = work.On(store);
        var values = new { reference = one?.ToString(), most = (long)MaxListed + 1 };
        var rows = await reading.OwnAsync<Row>(
            sees =>
                $"""
                    select p.reference as Reference, p.title as Title, p.description as Description,
                        p.instrument as Instrument, p.countries as Countries, p.starts as Starts, p.ends as Ends,
                        p.budget as Budget, p.currency as Currency, p.strands as Strands, p.aims as Aims,
                        p.label_id as LabelId, p.source as Source, p.as_of as AsOf, p.is_fictional as IsFictional
                    from pro_project p where {sees.Row("p")} and (@reference is null or p.reference = @reference)
                    order by p.title, p.reference limit @most
                    """,
            values,
            cancellation
        );
        var parts = await reading.OwnAsync<Part>(
            sees =>
                $"""
                    select t.project as Project, t.name as Name, t.role as Role
                    from pro_participant t join pro_project p on p.reference = t.project
                    where {sees.Row("p")} and (@reference is null or p.reference = @reference) order by t.role, t.name
                    """,
            values,
            cancellation
        );
        var byProject = parts.ToLookup(p => p.Project, StringComparer.Ordinal);
        return new([.. rows.Take(MaxListed).Select(r => Of(r, byProject[r.Reference]))], rows.Count > MaxListed);
    }

    private Project Of(Row row, IEnumerable<Part> parts) =>
        new()
        {
            Reference = row.Reference,
            Title = row.Title,
            Description = row.Description,
            Instrument = row.Instrument,
            Countries = Lines(row.Countries),
            Starts = Times.ReadDate(row.Starts),
            Ends = Times.ReadDate(row.Ends),
            Budget = row.Budget / 100m,
            Currency = row.Currency,
            Strands = [.. Lines(row.Strands).Select(s => StrandText.Parse(s).Value)],
            Aims = Lines(row.Aims),
            Participants = [.. parts.Select(p => new Participant(p.Name, (ParticipantRole)p.Role))],
            Label = store.Labels.Get((ushort)row.LabelId).Text,
            Source = row.Source,
            AsOf = Times.ReadDate(row.AsOf)!.Value,
            IsFictional = row.IsFictional == 1,
        };

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
