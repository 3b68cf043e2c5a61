using System.Globalization;
using System.IO.Compression;
using System.Text;
using Lanthorn.Governance.Oversight.Registers;
using Lanthorn.Platform;
using Lanthorn.Storage;
using Lanthorn.Web;

namespace Lanthorn.Governance.Oversight;

/// <summary>
/// What the supervisory authority asks for, as one ZIP: the registers, the statistics of a year, whether the audit log holds,
/// and its entries of the year. Writing it is a disclosure, and logged before the first byte leaves.
/// </summary>
internal sealed class SupervisorExport(
    Store store,
    KeepRegister registers,
    RecordBreach breaches,
    YearlyStatistics statistics,
    ReadAuditLog audit
)
{
    /// <summary>So many entries of the log are in it, the newest of the year; the file says when there are more.</summary>
    public const int MaxEntries = 20_000;

    private const int Page = 500;

    /// <exception cref="RefusedException">Another role, or no year that has begun.</exception>
    public async Task HandleAsync(Work work, int? year, Stream to, CancellationToken cancellation)
    {
        Officers.Need(work, [.. Officers.Both, Roles.Operator]);
        var numbers = await statistics.HandleAsync(work, year, cancellation);
        var verdict = await audit.VerifyAsync(work, cancellation);
        var activities = await registers.ListAsync(work, RegisterKind.Activities, cancellation);
        var assessments = await registers.ListAsync(work, RegisterKind.Assessments, cancellation);
        var breached = await breaches.ListAsync(work, cancellation);
        await store.Audit.AppendAsync(
            AuditEntry.By(
                work.Viewer,
                Operation.Disclosure,
                $"supervisor's export of {numbers.Year}",
                [],
                new(work.Justification, work.Case)
            ) with
            {
                Recipients = "the supervisory authority",
            },
            cancellation
        );
        // Files are the same whoever takes them.
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");
        await using var zip = new ZipArchive(to, ZipArchiveMode.Create, leaveOpen: true);
        var isCut = await WriteAuditAsync(zip, numbers.Year, cancellation);
        await WriteAsync(zip, "processing-activities.csv", RegisterFile.Columns(RegisterKind.Activities), activities);
        await WriteAsync(zip, "impact-assessments.csv", RegisterFile.Columns(RegisterKind.Assessments), assessments);
        await WriteAsync(zip, "breaches.csv", RegisterFile.Breaches, breached);
        await WriteAsync(zip, "statistics.csv", StatisticsFile.Columns, numbers.Lines);
        await WriteAsync(zip, "audit-verification.json", GovernanceJson.Of(verdict));
        await WriteAsync(zip, "README.txt", Readme(work, numbers.Year, verdict, isCut));
    }

    private string Readme(Work work, int year, ReadAuditLog.Verdict verdict, bool isCut) =>
        $"""
            Export for the supervisory authority, made {Times.Text(store.Time.GetUtcNow())} by {work.Viewer.Name} of {work.Viewer.Organisation}.

            processing-activities.csv  Article 24 of Directive (EU) 2016/680
            impact-assessments.csv     Article 27
            breaches.csv               Articles 30 and 31
            statistics.csv             the year {year}
            audit.csv                  entries of the audit log of {year}, the newest first{(isCut ? $"; cut at {MaxEntries}" : "")}
            audit-verification.json    {(
                verdict.Broken is { } broken ? ReadAuditLog.InWords(broken) : "all chains of the log hold"
            )}

            """;

    /// <summary>True when the year has more entries than are in the file.</summary>
    private async Task<bool> WriteAuditAsync(ZipArchive zip, int year, CancellationToken cancellation)
    {
        await using var text = new StreamWriter(await zip.CreateEntry("audit.csv").OpenAsync(cancellation));
        await LineAsync(text, AuditFile.Columns.Select(c => c.Title));
        var (written, before) = (0, 0L);
        while (true)
        {
            var entries = await store.Audit.ListAsync(null, Page, before, cancellation);
            foreach (var entry in entries.Where(e => e.At.Year == year))
            {
                if (written++ == MaxEntries)
                    return true;
                var shown = ReadAuditLog.Shown(entry);
                await LineAsync(text, AuditFile.Columns.Select(c => c.Text(shown)));
            }
            if (entries.Count < Page || entries[^1].At.Year < year)
                return false;
            before = entries[^1].Id;
        }
    }

    private static async Task WriteAsync<TRow>(
        ZipArchive zip,
        string name,
        IReadOnlyList<Column<TRow>> columns,
        IEnumerable<TRow> rows
    )
    {
        await using var text = new StreamWriter(await zip.CreateEntry(name).OpenAsync());
        await LineAsync(text, columns.Select(c => c.Title));
        foreach (var row in rows)
            await LineAsync(text, columns.Select(c => c.Text(row)));
    }

    private static async Task WriteAsync(ZipArchive zip, string name, string content)
    {
        await using var text = new StreamWriter(await zip.CreateEntry(name).OpenAsync(), new UTF8Encoding(false));
        await text.WriteAsync(content);
    }

    private static Task LineAsync(StreamWriter text, IEnumerable<string> cells) =>
        text.WriteAsync($"{string.Join(',', cells.Select(TableFile.Cell))}\r\n");
}
