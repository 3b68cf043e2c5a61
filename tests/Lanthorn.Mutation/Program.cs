using System.Globalization;
using Lanthorn.Mutation;

// Puts one fault after the other into a folder of the product and counts those that the tests notice.
const string usage =
    "usage: Lanthorn.Mutation FOLDER [--tests CLASS]… [--sample N] [--seed S] [--workers N] [--known FILE]";
if (args is not [var folder, .. var rest] || rest.Length % 2 != 0)
{
    await Console.Error.WriteLineAsync(usage);
    return 2;
}
var sweep = new Sweep { Folder = Path.GetFullPath(folder) };
foreach (var pair in rest.Chunk(2))
    switch (pair[0])
    {
        case "--tests":
            sweep.Tests.Add(pair[1]);
            break;
        case "--sample":
            sweep.Sample = int.Parse(pair[1], CultureInfo.InvariantCulture);
            break;
        case "--seed":
            sweep.Seed = int.Parse(pair[1], CultureInfo.InvariantCulture);
            break;
        case "--workers":
            sweep.Workers = int.Parse(pair[1], CultureInfo.InvariantCulture);
            break;
        case "--known":
            sweep.Known = Path.GetFullPath(pair[1]);
            break;
        default:
            await Console.Error.WriteLineAsync(usage);
            return 2;
    }
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};
return await sweep.RunAsync(stop.Token) ? 0 : 1;
