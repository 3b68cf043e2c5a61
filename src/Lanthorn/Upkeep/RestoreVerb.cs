using System.CommandLine;
using System.Globalization;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Program.Upkeep;

/// <summary>The verb <c>restore FILE --data DIR</c>: a backup becomes an installation in a new folder, and is checked.</summary>
internal static class RestoreVerb
{
    public static Command Build() =>
        new("restore", "A backup becomes an installation in the folder named by --data, and is checked")
        {
            BackupVerb.File,
            BackupVerb.Key,
        };

    public static async Task<int> RunAsync(
        ParseResult parsed,
        Settings settings,
        TextWriter messages,
        CancellationToken cancellation
    )
    {
        var (path, keyFile) = (parsed.GetValue(BackupVerb.File)!, parsed.GetValue(BackupVerb.Key));
        try
        {
            var key = keyFile is null ? null : await BackupFile.ReadKeyAsync(keyFile, cancellation);
            var restored = await BackupRestoring.RunAsync(path, settings.Data, key, cancellation);
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
