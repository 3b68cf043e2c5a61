namespace Lanthorn.Bench.Matching;

/// <summary>The commands that measure the matching engine, one for each line of its targets.</summary>
internal static class MatchingBenches
{
    public static readonly string[] Names =
    [
        "name-bench",
        "pair-speed",
        "transliteration",
        "lost-letters",
        "false-matches",
        "own-names",
        "dedupe",
        "fuzz-names",
        "index-scale",
        "train-letters",
        "train-names",
    ];

    public static async Task RunAsync(string name, Options options, CancellationToken cancellation)
    {
        Console.WriteLine($"{name} on {Environment.ProcessorCount} cores, .NET {Environment.Version}");
        switch (name)
        {
            case "name-bench":
                NameBench.Run(options);
                break;
            case "pair-speed":
                await PairSpeed.RunAsync(options, cancellation);
                break;
            case "transliteration":
                Transliteration.Run(options);
                break;
            case "lost-letters":
                await LostLetters.RunAsync(options, cancellation);
                break;
            case "dedupe":
                Dedupe.Run(options, cancellation);
                break;
            case "own-names":
                await OwnNames.RunAsync(options, cancellation);
                break;
            case "fuzz-names":
                await FuzzNames.RunAsync(options, cancellation);
                break;
            case "index-scale":
                IndexScale.Run(options);
                break;
            case "train-letters":
                await TrainLetters.RunAsync(options, options.To ?? "letters.bin", cancellation);
                break;
            case "train-names":
                await TrainNames.RunAsync(options, options.To ?? "name-parts.bin", cancellation);
                break;
            default:
                await FalseMatches.RunAsync(options, cancellation);
                break;
        }
    }
}
