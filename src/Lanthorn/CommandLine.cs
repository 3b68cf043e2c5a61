using System.CommandLine;
using System.Data.Common;
using Lanthorn.Pathways.Verbs;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Program;

/// <summary>
/// The command line: the verbs of the executable (demo, serve) and of each module, with the options that every verb has.
/// Answers go to stdout, everything else to stderr. Exit code 0 done, 1 refused or failed, 2 wrong usage, 3 done but some
/// rows are in quarantine.
/// </summary>
internal sealed class CommandLine(TextWriter output, TextWriter messages)
{
    private const int Refused = 1;
    private const int WrongUsage = 2;

    private static readonly Option<string?> Data = new("--data")
    {
        Description = "Folder of the installation (default ./lanthorn-data, or LANTHORN_DATA)",
        HelpName = "DIR",
        Recursive = true,
    };

    private static readonly Option<string?> Database = new("--database")
    {
        Description = "PostgreSQL database of the installation (default SQLite in the folder, or LANTHORN_DATABASE)",
        HelpName = "ADDRESS",
        Recursive = true,
    };

    private static readonly Option<bool> Json = new("--json") { Description = "Answer as JSON", Recursive = true };

    private static readonly Option<string?> As = new("--as")
    {
        Description = "Account that acts (default: the operator account of this installation)",
        HelpName = "NAME",
        Recursive = true,
    };

    private static readonly Option<string?> Justification = new("--justification")
    {
        Description = "Why personal data is read (default: the account's own)",
        HelpName = "TEXT",
        Recursive = true,
    };

    public static IEnumerable<Verb> ModuleVerbs => Modules.All.SelectMany(m => m.Verbs);

    public RootCommand Build()
    {
        var root = new RootCommand(
            "Lanthorn: who is who, from which sources, and why; for those who fight smuggling networks"
        )
        {
            Data,
            Database,
            Json,
            As,
            Justification,
        };
        root.Add(Started(ServeVerb.Build(), ServeVerb.RunAsync));
        root.Add(Started(Demonstration.DemoVerb.Build(), Demonstration.DemoVerb.RunAsync));
        root.Add(Started(RestoreVerb.Build(), RestoreVerb.RunAsync));
        var groups = new Dictionary<string, Command>(StringComparer.Ordinal);
        foreach (var verb in ModuleVerbs)
        {
            verb.Command.SetAction(
                (parsed, cancellation) => GuardAsync(() => RunVerbAsync(verb, parsed, cancellation))
            );
            if (verb.Group is not { } group)
            {
                // It may have verbs under it, as "import" has "import undo".
                root.Add(groups[verb.Command.Name] = verb.Command);
                continue;
            }
            if (!groups.TryGetValue(group.Name, out var above))
                root.Add(groups[group.Name] = above = new Command(group.Name, group.Description));
            if (!above.Subcommands.Contains(verb.Command))
                above.Add(verb.Command);
        }
        root.Add(
            Wall.Build(verb =>
                verb.Command.SetAction(
                    (parsed, cancellation) => GuardAsync(() => verb.Run(parsed, BehindWall(parsed), cancellation))
                )
            )
        );
        return root;
    }

    public async Task<int> RunAsync(string[] args, CancellationToken cancellation)
    {
        var parsed = Build().Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
                await messages.WriteLineAsync($"lanthorn: {error.Message}");
            await messages.WriteLineAsync("lanthorn: --help tells what there is");
            return WrongUsage;
        }
        var invocation = new InvocationConfiguration
        {
            Output = output,
            Error = messages,
            EnableDefaultExceptionHandler = false,
            // The server ends in its own time; a verb stops at the next cancellation point.
            ProcessTerminationTimeout = null,
        };
        return await parsed.InvokeAsync(invocation, cancellation);
    }

    private Command Started(Command command, Func<ParseResult, Settings, TextWriter, CancellationToken, Task<int>> run)
    {
        command.SetAction(
            (parsed, cancellation) => GuardAsync(() => run(parsed, SettingsOf(parsed), messages, cancellation))
        );
        return command;
    }

    private async Task<int> RunVerbAsync(Verb verb, ParseResult parsed, CancellationToken cancellation)
    {
        var context = new VerbContext(
            new ServiceCollection().BuildServiceProvider(),
            output,
            messages,
            parsed.GetValue(Json),
            parsed.GetValue(As),
            parsed.GetValue(Justification)
        );
        if (verb.TouchesStore?.Invoke(parsed) == false)
            return await verb.Run(parsed, context, cancellation);
        await using var installation = await Installation.OpenAsync(
            SettingsOf(parsed),
            TimeProvider.System,
            cancellation
        );
        await using var services = installation.BuildServices();
        return await verb.Run(parsed, context with { Services = services }, cancellation);
    }

    /// <summary>The other side's store is not opened, and its accounts are not asked.</summary>
    private PathwaysVerbContext BehindWall(ParseResult parsed) =>
        new(
            Wall.SettingsOf(SettingsOf(parsed), TimeProvider.System),
            output,
            messages,
            parsed.GetValue(Json),
            parsed.GetValue(As)
        );

    /// <summary>A refusal and what the machine denies are said in a line; anything else is a bug and shows where it was.</summary>
    private async Task<int> GuardAsync(Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (RefusedException refused)
        {
            await messages.WriteLineAsync($"lanthorn: {refused.Refusal.InWords}");
        }
        catch (Pathways.RefusedException refused)
        {
            await messages.WriteLineAsync($"lanthorn: {refused.Refusal.InWords}");
        }
        catch (RefusedByStoreException refused)
        {
            await messages.WriteLineAsync($"lanthorn: {refused.Message}");
        }
        catch (DbException failed) when (StoreFailure.Why(failed) is { } why)
        {
            await messages.WriteLineAsync($"lanthorn: {Refusal.StoreUnavailable(why).InWords}");
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            await messages.WriteLineAsync($"lanthorn: {denied.Message}");
        }
        catch (OperationCanceledException)
        {
            await messages.WriteLineAsync("lanthorn: stopped");
        }
        return Refused;
    }

    private static Settings SettingsOf(ParseResult parsed)
    {
        var settings = Settings.Read(Directory.GetCurrentDirectory());
        if (parsed.GetValue(Data) is { Length: > 0 } data)
            settings = settings with { Data = data };
        return parsed.GetValue(Database) is { Length: > 0 } address ? settings with { Database = address } : settings;
    }
}
