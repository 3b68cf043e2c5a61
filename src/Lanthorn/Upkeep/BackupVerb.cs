using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Lanthorn.Governance.Contracts;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Program.Upkeep;

/// <summary>The verb <c>backup FILE</c>: everything of an installation in one file, while others work.</summary>
internal static class BackupVerb
{
    internal static readonly Argument<string> File = new("file") { Description = "The file of the backup" };

    internal static readonly Option<string?> Key = new("--key")
    {
        Description = "File with the key that encrypts it; made where it is missing, and to be kept elsewhere",
        HelpName = "KEYFILE",
    };

    /// <summary>A backup holds everything, whatever its label: those who may manage accounts may have it.</summary>
    private static readonly string[] Allowed = ["operator", "administrator"];

    public static Verb Verb { get; } =
        new(new Command("backup", "Everything in one file, consistent while others work") { File, Key }, RunAsync);

    private static async Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellation)
    {
        var work = await context.Services.GetRequiredService<Accounts>().NeedWorkAsync(context, cancellation);
        if (!Allowed.Any(work.IsIn))
            throw new RefusedException(
                Refusal.BadRequest(
                    "not-allowed",
                    $"{work.Viewer.Name} may not back up: a backup holds everything",
                    "Use the operator account or an administrator's"
                )
            );
        var (path, keyFile) = (parsed.GetValue(File)!, parsed.GetValue(Key));
        var key = keyFile is null ? null : await BackupFile.ReadOrMakeKeyAsync(keyFile, cancellation);
        var store = context.Services.GetRequiredService<Store>();
        var reason = new Justification(work.Justification, work.Case);
        var done = await store.BackUpAsync(path, key, work.Viewer, reason, cancellation);
        if (context.Json)
            await context.Out.WriteLineAsync(JsonSerializer.Serialize(done, JsonSerializerOptions.Web));
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
}
