using Lanthorn.Bench;
using Lanthorn.Bench.Matching;

string[] benches = ["first-light", "scale", "laws-at-size", "workbench", .. MatchingBenches.Names];
if (args is not [var what, .. var rest] || !benches.Contains(what))
{
    await Console.Error.WriteLineAsync(
        $"usage: Lanthorn.Bench {string.Join('|', benches)} [--pack DIR] [--records N] [--seconds S] [--errors] [--database ADDRESS] [--scale N]"
    );
    return 2;
}
using var stop = new CancellationTokenSource(TimeSpan.FromMinutes(40));
if (what == "first-light")
    await FirstLight.RunAsync(Options.Parse(rest), stop.Token);
else if (what == "laws-at-size")
    return await LawsAtSize.RunAsync(Options.Parse(rest), stop.Token) == 0 ? 0 : 1;
else if (what == "workbench")
    await Workbench.RunAsync(Options.Parse(rest), stop.Token);
else if (what == "scale")
    await Scale.RunAsync(Options.Parse(rest), stop.Token);
else
    await MatchingBenches.RunAsync(what, Options.Parse(rest), stop.Token);
return 0;
