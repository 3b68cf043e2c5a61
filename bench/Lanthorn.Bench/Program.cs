using Lanthorn.Bench;

if (args is not [var what, .. var rest])
{
    await Console.Error.WriteLineAsync("usage: Lanthorn.Bench first-light [--pack DIR] [--records N] [--seconds S]");
    return 2;
}
using var stop = new CancellationTokenSource(TimeSpan.FromMinutes(20));
switch (what)
{
    case "first-light":
        await FirstLight.RunAsync(Options.Parse(rest), stop.Token);
        return 0;
    default:
        await Console.Error.WriteLineAsync($"no benchmark '{what}'");
        return 2;
}
