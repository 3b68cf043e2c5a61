using Dapper;
using Lanthorn.Commitments.Contracts;
using Lanthorn.Knowledge;
using Lanthorn.Storage;

namespace Lanthorn.Programmes.Contracts;

/// <summary>What others may ask of projects.</summary>
public sealed class Projects(Store store)
{
    private const int Slice = 200;

    private const string Insert = """
        insert into pro_project (reference, title, description, instrument, countries, starts, ends, budget, currency,
            strands, aims, label_id, source, as_of, brought_by, is_fictional)
        values (@Reference, @Title, @Description, @Instrument, @countries, @starts, @ends, @budget, @Currency,
            @strands, @aims, @labelId, @Source, @asOf, @code, @isFictional)
        on conflict do nothing
        """;

    /// <summary>Makes these projects what is here of a collection; those of other origin stay.</summary>
    public async Task BringAsync(string code, IReadOnlyList<Project> all, CancellationToken cancellation)
    {
        await store.WriteAsync(
            (connection, transaction) =>
                connection.ExecuteAsync("delete from pro_project where brought_by = @code", new { code }, transaction),
            cancellation
        );
        foreach (var slice in all.Chunk(Slice))
            await InsertAsync(code, slice, cancellation);
    }

    private async Task InsertAsync(string code, Project[] slice, CancellationToken cancellation)
    {
        var labels = new Dictionary<string, ushort>(StringComparer.Ordinal);
        foreach (var text in slice.Select(p => p.Label).Distinct())
            labels[text] = await store.Labels.InternAsync(Label.Parse(text).Value, cancellation);
        await store.WriteAsync(
            async (connection, transaction) =>
            {
                foreach (var project in slice)
                {
                    var row = Row(code, project, labels[project.Label]);
                    if (await connection.ExecuteAsync(Insert, row, transaction) == 0)
                        continue;
                    foreach (var part in project.Participants)
                        await connection.ExecuteAsync(
                            "insert into pro_participant (project, name, role) values (@Reference, @Name, @role)",
                            new
                            {
                                project.Reference,
                                part.Name,
                                role = (long)part.Role,
                            },
                            transaction
                        );
                }
            },
            cancellation
        );
    }

    private static object Row(string code, Project project, ushort label) =>
        new
        {
            project.Reference,
            project.Title,
            project.Description,
            project.Instrument,
            countries = string.Join('\n', project.Countries),
            starts = Times.Text(project.Starts),
            ends = Times.Text(project.Ends),
            budget = (long?)(project.Budget * 100),
            project.Currency,
            strands = string.Join('\n', project.Strands.Select(s => s.Text())),
            aims = string.Join('\n', project.Aims),
            labelId = (long)label,
            project.Source,
            asOf = Times.Text((DateOnly?)project.AsOf),
            code,
            isFictional = project.IsFictional ? 1L : 0L,
        };
}
