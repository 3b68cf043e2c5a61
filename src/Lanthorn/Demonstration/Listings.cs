using System.Globalization;
using Lanthorn.Formats;
using Lanthorn.Governance.Contracts;
using Lanthorn.Intake.Contracts;
using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Program.Demonstration;

/// <summary>
/// What the demonstration knows: the listings that concern smuggling, from the small tables inside the program, or the full
/// official files where the pack has them; and the analyst's judgements that six persons are on both lists.
/// </summary>
internal static class Listings
{
    private const string MappingName = "listing.mapping.yml";

    private const string JudgementReason =
        "Same name, both listed under the Libya measures for the same network (demonstration)";

    /// <summary>The persons that data/listings/README.md found on both lists, one by one.</summary>
    private static readonly (string Un, string Ofac)[] SamePersons =
    [
        ("un-sc-LYi.021", "us-ofac-24004"),
        ("un-sc-LYi.022", "us-ofac-24313"),
        ("un-sc-LYi.023", "us-ofac-24314"),
        ("un-sc-LYi.024", "us-ofac-24310"),
        ("un-sc-LYi.025", "us-ofac-24311"),
        ("un-sc-LYi.026", "us-ofac-24312"),
    ];

    private static readonly (string Source, string Format, string[] PackFiles)[] All =
    [
        ("un-sc", "un", ["un_consolidated_*.xml"]),
        ("us-ofac", "ofac", ["ofac_sdn_*.csv", "ofac_alt_*.csv", "ofac_add_*.csv"]),
    ];

    public static async Task LoadAsync(
        IServiceProvider services,
        DemonstrationAccount analyst,
        TextWriter messages,
        CancellationToken cancellation
    )
    {
        var work =
            await services.GetRequiredService<Accounts>().WorkOfAsync(analyst.Name, null, cancellation)
            ?? throw new InvalidOperationException($"{analyst.Name} has no account");
        var (store, pack) = (services.GetRequiredService<Store>(), services.GetRequiredService<Settings>().Pack);
        var known = (await work.On(store).SourcesAsync(cancellation)).Select(s => s.Code.Value).ToHashSet();
        foreach (var (source, format, patterns) in All)
        {
            var official = FromPack(pack, patterns);
            // The small table would put an older state over a full list that came in at an earlier start.
            if (official.Count == 0 && known.Contains(source))
                continue;
            await messages.WriteLineAsync($"Loading {source} …");
            var imports = services.GetRequiredService<Imports>();
            var outcome =
                official.Count > 0
                    ? await imports.RunAsync(work, official, source, format, null, ImportTerms.Usual, cancellation)
                    : await imports.RunAsync(
                        work,
                        [Table(source)],
                        source,
                        "csv",
                        await MappingAsync(cancellation),
                        ImportTerms.Usual,
                        cancellation
                    );
            if (outcome.Failure is { } failure)
                throw new RefusedException(Refusal.BadRequest("listing-unreadable", failure));
            await messages.WriteLineAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{source}: {outcome.Read} records, {outcome.Imported} new or changed, in {outcome.Seconds:0.0} s"
                )
            );
        }
        foreach (var (un, ofac) in SamePersons)
            await JudgeAsync(store, work, un, ofac, cancellation);
    }

    private static List<InputFile> FromPack(string pack, string[] patterns)
    {
        var folder = Path.Combine(pack, "sanctions");
        if (pack.Length == 0 || !Directory.Exists(folder))
            return [];
        // The newest edition of each, by the date in its name.
        return
        [
            .. patterns
                .Select(p => Directory.EnumerateFiles(folder, p).Order(StringComparer.Ordinal).LastOrDefault())
                .OfType<string>()
                .Select(path => new InputFile(Path.GetFileName(path), () => File.OpenRead(path))),
        ];
    }

    private static InputFile Table(string source) => new($"{source}.csv", () => Open($"{source}.csv"));

    private static async Task<string> MappingAsync(CancellationToken cancellation)
    {
        using var text = new StreamReader(Open(MappingName));
        return await text.ReadToEndAsync(cancellation);
    }

    private static Stream Open(string name) =>
        typeof(Listings).Assembly.GetManifestResourceStream(name)
        ?? throw new InvalidOperationException($"{name} is not built into the program");

    private static async Task JudgeAsync(
        Store store,
        Work work,
        string one,
        string other,
        CancellationToken cancellation
    )
    {
        const string what = "demonstration judgements";
        var reading = work.On(store);
        if (
            await reading.EntityAsync(one, what, cancellation) is not { } left
            || await reading.EntityAsync(other, what, cancellation) is not { } right
            || left.Id == right.Id
            || (await reading.HistoryAsync(left, cancellation)).Count > 0
        )
            return;
        var made = new JudgementMade(
            left.Members.First(m => m.PublicId == one).Id,
            right.Members.First(m => m.PublicId == other).Id,
            Verdict.Same,
            Authority.Person,
            work.Viewer.Name,
            null,
            JudgementReason
        );
        await reading.JudgeAsync(made, cancellation);
    }
}
