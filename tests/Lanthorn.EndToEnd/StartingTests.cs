namespace Lanthorn.EndToEnd;

public sealed class StartingTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_program_says_what_it_can_do_and_ends_well()
    {
        await using var run = LanthornProcess.Start(new Dictionary<string, string?>(), "--help");

        Assert.Equal(0, await run.EndAsync(Stop));
        Assert.Contains("import", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData("conjure")]
    [InlineData("import", "--source", "x")]
    [InlineData("match", "--limit", "many")]
    public async Task Wrong_usage_ends_with_two_and_says_what_to_do(params string[] arguments)
    {
        await using var run = LanthornProcess.Start(new Dictionary<string, string?>(), arguments);

        Assert.Equal(2, await run.EndAsync(Stop));
        Assert.Contains("--help", run.Messages, StringComparison.Ordinal);
        Assert.Empty(run.Output.Trim());
    }
}
