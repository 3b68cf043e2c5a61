namespace Lanthorn.EndToEnd;

public sealed class StartingTests
{
    [Fact]
    public async Task The_program_starts_as_a_process_of_its_own_and_ends_well()
    {
        await using var run = LanthornProcess.Start(new Dictionary<string, string?>());

        Assert.Equal(0, await run.EndAsync(TestContext.Current.CancellationToken));
    }
}
