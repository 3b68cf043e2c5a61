namespace Lanthorn.Tests;

/// <summary>
/// Tests that run verbs in the test's own process: the commands are there once, so one command line at a time gives them
/// what they do.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class CommandLineCollection
{
    public const string Name = "command line";
}
