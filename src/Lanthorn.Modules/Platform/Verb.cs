using System.CommandLine;

namespace Lanthorn.Platform;

/// <summary>
/// A verb of the command line. The module builds the command with its arguments; the executable adds the options that every
/// verb has (<c>--data</c>, <c>--as</c>, <c>--json</c>, <c>--justification</c>) and gives the handler a started program.
/// </summary>
/// <param name="Run">Gets what was parsed and the services; returns the exit code: 0 done, 1 refused or failed, 3 some rows in quarantine.</param>
/// <param name="Group">The word before it, such as <c>user</c> in <c>user add</c>; null for a verb that stands alone.</param>
/// <param name="TouchesStore">Whether it needs the data folder as it was called; null for a verb that always does.</param>
public sealed record Verb(
    Command Command,
    Func<ParseResult, VerbContext, CancellationToken, Task<int>> Run,
    VerbGroup? Group = null,
    Func<ParseResult, bool>? TouchesStore = null
);

/// <summary>A word under which several verbs stand. Verbs of one group name the same word.</summary>
public sealed record VerbGroup(string Name, string Description);

/// <summary>What a verb works with: services, and where answers and messages go.</summary>
/// <param name="Account">The account named by <c>--as</c>; null means the operator account.</param>
/// <param name="Justification">The reason given by <c>--justification</c>; null means the account's default.</param>
public sealed record VerbContext(
    IServiceProvider Services,
    TextWriter Out,
    TextWriter Messages,
    bool Json,
    string? Account,
    string? Justification
);
