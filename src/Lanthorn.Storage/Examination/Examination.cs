using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;
using Dapper;

namespace Lanthorn.Storage;

/// <summary>Something about an installation that its administrator should know.</summary>
/// <param name="IsFault">True when it has to be mended; false for what is merely good to know.</param>
/// <param name="WayOut">How to mend it.</param>
public sealed record Finding(bool IsFault, string What, string WayOut);

/// <summary>
/// Looks an installation over: is the database whole and as the program needs it, is what the tables say of each other
/// true, do the files go with them, does the audit log hold. Reads only.
/// </summary>
public sealed partial class Examination(Store store)
{
    private const long LeastFreeBytes = 1024L * 1024 * 1024;
    private const string RestoreBackup = "Restore the last backup into a new folder, and keep this one";

    /// <summary>Pairs of counts that have to be equal, with what it means when they are not.</summary>
    private static readonly (string What, string Sql)[] Equalities =
    [
        (
            "counts of live records differ from the records",
            """
            select count(*) from (select source, label_id, count(*) as n from record where listed_to is null
                group by source, label_id) r
            full outer join (select * from live_count where records <> 0) c
                on c.source = r.source and c.label_id = r.label_id
            where coalesce(r.n, 0) <> coalesce(c.records, 0)
            """
        ),
        (
            "records cannot be searched for",
            "select count(*) from record r left join search_row s on s.ordinal = r.ordinal where s.ordinal is null"
        ),
        (
            "rows of the text index belong to no record",
            "select count(*) from search_row s left join record r on r.ordinal = s.ordinal where r.ordinal is null"
        ),
        (
            "records lack their latest version",
            """
            select count(*) from record r left join record_version v on v.ordinal = r.ordinal and v.version = r.version
            where v.ordinal is null
            """
        ),
    ];

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellation)
    {
        var findings = new List<Finding>();
        var damage = await store.ReadOwnAsync(c => store.Dialect.DamageAsync(c, cancellation), cancellation);
        if (damage is not null)
            // What a damaged database says of itself is worth nothing.
            return [new(IsFault: true, damage, RestoreBackup)];
        var missing = await store.ReadOwnAsync(MissingAsync, cancellation);
        findings.AddRange(missing);
        if (missing.Any(m => m.WayOut == RestoreBackup))
            return findings;
        findings.AddRange(await store.ReadOwnAsync(store.Dialect.ExamineAsync, cancellation));
        foreach (var (what, sql) in Equalities)
        {
            var wrong = await store.ReadOwnAsync(c => c.ExecuteScalarAsync<long>(sql), cancellation);
            if (wrong > 0)
                findings.Add(new(true, string.Create(CultureInfo.InvariantCulture, $"{wrong} {what}"), RestoreBackup));
        }
        if (await store.Audit.VerifyAsync(cancellation) is { } broken)
            findings.Add(
                new(
                    true,
                    $"The audit log is broken at chain {broken.Chain}, entry {broken.Sequence}: {broken.Why}",
                    "Somebody changed the database from outside: tell the data protection officer, compare with a backup"
                )
            );
        findings.AddRange(await BlobsAsync(cancellation));
        findings.AddRange(Files());
        return findings;
    }

    /// <summary>What the migrations made, and somebody took away.</summary>
    private async Task<List<Finding>> MissingAsync(DbConnection reader)
    {
        var findings = new List<Finding>();
        var tables = (await store.Dialect.TablesAsync(reader)).Select(t => t.Name).ToHashSet(StringComparer.Ordinal);
        var indexes = (await store.Dialect.IndexesAsync(reader)).ToHashSet(StringComparer.Ordinal);
        foreach (var script in store.Scripts)
        {
            foreach (Match table in CreatedTable().Matches(script))
                if (!tables.Contains(table.Groups["name"].Value))
                    findings.Add(new(true, $"The table {table.Groups["name"].Value} is missing", RestoreBackup));
            foreach (Match index in CreatedIndex().Matches(script))
                if (!indexes.Contains(index.Groups["name"].Value))
                    findings.Add(
                        new(
                            true,
                            $"The index {index.Groups["name"].Value} is missing, so reading is slow",
                            $"As the owner of the database: {Blanks().Replace(index.Groups["sql"].Value, " ")}"
                        )
                    );
        }
        return findings;
    }

    [GeneratedRegex(@"^create table (?:if not exists )?(?<name>\w+)", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex CreatedTable();

    [GeneratedRegex(
        @"^(?<sql>create (?:unique )?index (?<name>\w+)[^;]+)",
        RegexOptions.IgnoreCase | RegexOptions.Multiline
    )]
    private static partial Regex CreatedIndex();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    private async Task<List<Finding>> BlobsAsync(CancellationToken cancellation)
    {
        var known = (
            await store.ReadOwnAsync(c => c.QueryAsync<byte[]>("select distinct hash from blob"), cancellation)
        )
            .Select(Convert.ToHexStringLower)
            .ToHashSet(StringComparer.Ordinal);
        var folder = new DirectoryInfo(Path.Combine(store.Folder, "blobs"));
        var there = folder.Exists
            ? folder
                .EnumerateFiles("*", SearchOption.AllDirectories)
                .Select(f => f.Name)
                .Where(n => !n.Contains('.', StringComparison.Ordinal))
                .ToHashSet(StringComparer.Ordinal)
            : [];
        var findings = new List<Finding>();
        if (known.Count(k => !there.Contains(k)) is > 0 and var missing)
            findings.Add(new(true, $"{missing} files are named in the database and are not there", RestoreBackup));
        if (there.Count(t => !known.Contains(t)) is > 0 and var left)
            findings.Add(
                new(false, $"{left} files in blobs are named nowhere", "They may be removed; a crash can leave them")
            );
        return findings;
    }

    private List<Finding> Files()
    {
        var findings = new List<Finding>();
        var free = new DriveInfo(Path.GetFullPath(store.Folder)).AvailableFreeSpace;
        if (free < LeastFreeBytes)
            findings.Add(
                new(
                    true,
                    $"Only {free / (1024 * 1024)} MiB are free where the data lies",
                    "Make room: without it nothing can be written, and nothing read that has to be logged"
                )
            );
        if (OperatingSystem.IsWindows())
            return findings;
        foreach (var name in BackupManifest.KeyFiles)
        {
            var mode = File.GetUnixFileMode(Path.Combine(store.Folder, name));
            if ((mode & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite)) != 0)
                findings.Add(new(true, $"{name} can be read by others than its owner", $"chmod 600 {name}"));
        }
        return findings;
    }
}
