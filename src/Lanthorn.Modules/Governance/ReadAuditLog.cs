using System.Text.Json;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Governance;

/// <summary>
/// The audit log for those who oversee: a page of it, the newest entries first, and whether its chains hold. Who reads it is
/// logged before he gets it.
/// </summary>
internal sealed class ReadAuditLog(Store store)
{
    public const int DefaultEntries = 50;
    public const int MaxEntries = 500;

    /// <summary>An import names thousands of records; their number is always told.</summary>
    private const int MaxVersions = 100;

    private const string Oversight = "oversight of the audit log";

    /// <param name="Versions">The first of the record versions, as <c>record:version</c>.</param>
    /// <param name="Chain">Chain and place in it, as a broken link is named.</param>
    internal sealed record Entry(
        long Id,
        DateTimeOffset At,
        string Chain,
        string Account,
        string Organisation,
        string Roles,
        string Operation,
        string What,
        string Justification,
        string? Case,
        int VersionCount,
        IReadOnlyList<string> Versions
    );

    /// <param name="Before">Where the next page begins; null on the last one.</param>
    internal sealed record Answer(IReadOnlyList<Entry> Entries, long? Before);

    /// <summary>What the log's chains are worth: <paramref name="Broken"/> is the first broken link, null when all hold.</summary>
    internal sealed record Verdict(bool Holds, AuditLog.Broken? Broken);

    /// <param name="account">Only entries of this account, as the log writes it; null or empty for all.</param>
    /// <param name="before">Id of the entry before which the page begins; 0 for the newest.</param>
    public async Task<Answer> HandleAsync(
        Work work,
        string? account,
        long before,
        int limit,
        CancellationToken cancellation
    )
    {
        var only = string.IsNullOrWhiteSpace(account) ? null : Names.Account(account);
        await LogAsync(work, only is null ? "audit log read" : $"audit log read: account {only}", cancellation);
        var size = Math.Clamp(limit, 1, MaxEntries);
        var found = await store.Audit.ListAsync(only, size + 1, Math.Max(before, 0), cancellation);
        var page = found.Take(size).Select(Shown).ToList();
        return new(page, found.Count > size ? page[^1].Id : null);
    }

    public async Task<Verdict> VerifyAsync(Work work, CancellationToken cancellation)
    {
        await LogAsync(work, "audit log verified", cancellation);
        var broken = await store.Audit.VerifyAsync(cancellation);
        return new(broken is null, broken);
    }

    /// <summary>Where a chain breaks, in a sentence.</summary>
    public static string InWords(AuditLog.Broken broken) =>
        broken.Chain == 0
            ? $"Seal {broken.Sequence} of the audit log does not hold: {broken.Why}"
            : $"Chain {broken.Chain} of the audit log does not hold at entry {broken.Sequence}: {broken.Why}";

    private Task LogAsync(Work work, string what, CancellationToken cancellation) =>
        store.Audit.AppendAsync(
            AuditEntry.By(
                work.Viewer,
                Operation.Consultation,
                what,
                [],
                new(Reasons.First(work.Justification, Oversight), work.Case)
            ),
            cancellation
        );

    internal static Entry Shown(AuditLog.Entry entry)
    {
        string Text(string name) => entry.Body.GetProperty(name).GetString() ?? "";
        var versions = entry.Body.GetProperty("versions");
        return new(
            entry.Id,
            entry.At,
            $"{entry.Chain}:{entry.Sequence}",
            Text("account"),
            Text("organisation"),
            Text("roles"),
            JsonNamingPolicy.SnakeCaseLower.ConvertName($"{(Operation)entry.Body.GetProperty("operation").GetInt32()}"),
            Text("what"),
            Text("justification"),
            entry.Body.TryGetProperty("case", out var named) ? named.GetString() : null,
            versions.GetArrayLength(),
            [.. versions.EnumerateArray().Take(MaxVersions).Select(v => v.GetString()!)]
        );
    }
}
