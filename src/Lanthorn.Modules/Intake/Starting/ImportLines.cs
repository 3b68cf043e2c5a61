using Dapper;
using Lanthorn.Formats;
using Lanthorn.Platform;
using Lanthorn.Storage;
using static Lanthorn.Web.Words;

namespace Lanthorn.Intake.Starting;

/// <summary>
/// Imports of the viewer's organisation whose label he sees: which are under way, which failed, and which have refused rows
/// that can still be mended. It counts rows and reads none.
/// </summary>
internal sealed class ImportLines(Store store, ImportProgress imports) : IStartLines
{
    /// <summary>So many imports are looked at: the newest.</summary>
    private const int MaxImports = 200;

    /// <summary>An import that failed longer ago is history.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromDays(30);

    public string About => "Imports";

    public async Task<IReadOnlyList<StartLine>> AskAsync(Work work, CancellationToken cancellation)
    {
        if (!work.HasEnforcementAccess)
            return [];
        var newest = (await imports.ListAsync(work, 0, MaxImports, cancellation)).Imports;
        var underWay = newest.Where(i => i.IsUnderWay).Select(UnderWay);
        if (!ByHand.MayWrite(work))
            return [.. underWay];
        var left = await UnmendedAsync([.. newest.Where(CanBeMended).Select(i => i.Id)], cancellation);
        return
        [
            .. newest.Where((import, at) => IsLeftBroken(import, newest.Take(at))).Select(Broken),
            .. newest.Where(i => left.ContainsKey(i.Id)).Select(i => Refused(i, left[i.Id])),
            .. underWay,
        ];
    }

    private static bool CanBeMended(ImportProgress.Import import) =>
        import is { IsUnderWay: false, Undone: null, Tally.Quarantined: > 0 }
        && import.State is not (ImportState.Undoing or ImportState.Undone)
        && RefusedRow.IsKept(import.Format);

    /// <summary>It ended before its end, lately, and nothing newer of its source came in well.</summary>
    private bool IsLeftBroken(ImportProgress.Import import, IEnumerable<ImportProgress.Import> newer) =>
        import.State is ImportState.Undoing
        || (
            import.State is ImportState.Failed or ImportState.Interrupted
            && EndOf(import) > store.Time.GetUtcNow() - Recent
            && newer.All(n => n.Source != import.Source || n.State != ImportState.Finished)
        );

    private static StartLine UnderWay(ImportProgress.Import import) =>
        new(StartKind.News, T("{0} is being imported", import.Source), PathOf(import))
        {
            Note = T("begun by {0}", import.Account),
            News = [import.State],
        };

    private static StartLine Broken(ImportProgress.Import import) =>
        new(
            StartKind.Warning,
            import.State == ImportState.Undoing
                ? T("{0} is half taken back", import.Source)
                : T("{0} was not imported to its end", import.Source),
            PathOf(import)
        )
        {
            Note = T("by {0}", import.Account),
            News = [import.State],
            Since = EndOf(import),
        };

    private static StartLine Refused(ImportProgress.Import import, long rows) =>
        new(StartKind.Task, T("Mend what was refused of {0}", import.Source), PathOf(import))
        {
            Note = T("imported by {0}", import.Account),
            News = [T("{0} to mend", Shown.Number(rows))],
            Since = EndOf(import),
        };

    private static string PathOf(ImportProgress.Import import) => $"/imports/{import.Id}";

    private static DateTimeOffset EndOf(ImportProgress.Import import) => import.FinishedAt ?? import.StartedAt;

    /// <summary>How many refusals of imports can be mended and are not, by import; only imports that have some.</summary>
    /// <param name="ids">Of imports that the viewer sees.</param>
    private async Task<Dictionary<string, long>> UnmendedAsync(
        IReadOnlyList<string> ids,
        CancellationToken cancellation
    ) =>
        ids.Count == 0
            ? []
            : await store.ReadOwnAsync(
                async connection =>
                    (
                        await connection.QueryAsync<(string Import, long Rows)>(
                            $"""
                            select import, count(*) from intake_quarantine
                            where {store.Dialect.IsOneOf(
                                "import",
                                "@ids"
                            )} and mended_at is null and row_text is not null
                            group by import
                            """,
                            new { ids = store.Dialect.Listed(ids) }
                        )
                    ).ToDictionary(r => r.Import, r => r.Rows, StringComparer.Ordinal),
                cancellation
            );
}
