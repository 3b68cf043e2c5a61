using System.CommandLine;
using System.Globalization;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Program;

/// <summary>The verb <c>restore FILE --data DIR</c>: a backup becomes an installation in a new folder, and is checked.</summary>
internal static class RestoreVerb
{
    private static readonly Argument<FileInfo> Backup = new("file") { Description = "The file of the backup" };

    private static readonly Option<string?> Key = new("--key")
    {
        Description = "File with the key that the backup was made with",
        HelpName = "KEYFILE",
    };

    public static Command Build() =>
        new("restore", "A backup becomes an installation in the folder named by --data, and is checked")
        {
            Backup,
            Key,
        };

    public static async Task<int> RunAsync(
        ParseResult parsed,
        Settings settings,
        TextWriter messages,
        CancellationToken cancellation
    )
    {
        var (backup, keyFile) = (parsed.GetValue(Backup)!, parsed.GetValue(Key));
        if (!backup.Exists)
            throw new RefusedException(
                Refusal.BadRequest("no-file", $"There is no file {backup.Name}", "Check the path")
            );
        try
        {
            var key = keyFile is null ? null : await BackupFile.ReadKeyAsync(keyFile, cancellation);
            var restored = await BackupRestoring.RunAsync(
                backup.FullName,
                Installation.StoreOf(settings, TimeProvider.System),
                key,
                cancellation
            );
            await using var installation = await Installation.OpenAsync(settings, TimeProvider.System, cancellation);
            if (await installation.Store.Audit.VerifyAsync(cancellation) is { } broken)
                throw new RefusedByStoreException(
                    $"The restored audit log is broken at chain {broken.Chain}, entry {broken.Sequence}: {broken.Why}"
                );
            await messages.WriteLineAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{settings.Data}: {restored.Records} records as of {restored.MadeAt:yyyy-MM-dd HH:mm} UTC, checked"
                )
            );
            return 0;
        }
        catch (Exception refused) when (refused is RefusedByStoreException or InvalidDataException)
        {
            throw new RefusedException(Refusal.BadRequest("restore-refused", refused.Message));
        }
    }
}
