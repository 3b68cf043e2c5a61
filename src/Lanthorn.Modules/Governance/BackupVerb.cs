using System.CommandLine;
using System.Globalization;
using Lanthorn.Platform;
using Lanthorn.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Lanthorn.Governance;

/// <summary>The verb <c>backup FILE</c>: everything of an installation in one file, while others work.</summary>
internal static class BackupVerb
{
    private static readonly Argument<string> BackupPath = new("file") { Description = "The file of the backup" };

    private static readonly Option<string?> Key = new("--key")
    {
        Description = "File with the key that encrypts it; made where it is missing, and to be kept elsewhere",
        HelpName = "KEYFILE",
    };

    public static Verb Verb { get; } =
        new(
            new Command("backup", "Everything in one file, consistent while others work") { BackupPath, Key },
            RunAsync
        );

    private static async Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellation)
    {
        // It holds everything, whatever its label: those who may manage accounts may have it.
        var work = await context.AsOneOfAsync(Roles.Managing, cancellation);
        var (path, keyFile) = (parsed.GetValue(BackupPath)!, parsed.GetValue(Key));
        var key = keyFile is null ? null : await BackupFile.ReadOrMakeKeyAsync(keyFile, cancellation);
        var store = context.Services.GetRequiredService<Store>();
        var reason = new Justification(work.Justification, work.Case);
        var done = await BackUpAsync(store, path, key, work, reason, cancellation);
        if (context.Json)
            await context.Out.WriteLineAsync(GovernanceJson.Of(done));
        else
            await context.Out.WriteLineAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{path}: {done.Records} records, {done.Blobs} files, {done.Bytes} bytes, checked"
                )
            );
        if (key is null)
            await context.Messages.WriteLineAsync(
                "lanthorn: the backup is not encrypted and holds the keys: use --key, or keep it where nobody reads it"
            );
        return 0;
    }

    private static async Task<BackedUp> BackUpAsync(
        Store store,
        string path,
        byte[]? key,
        Work work,
        Justification reason,
        CancellationToken cancellation
    )
    {
        try
        {
            return await store.BackUpAsync(path, key, work.Viewer, reason, cancellation);
        }
        catch (RefusedByStoreException refused)
        {
            throw new RefusedException(Refusal.BadRequest("backup-refused", refused.Message));
        }
    }
}
