using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Lanthorn.Governance.Contracts;
using Lanthorn.Intake.Refreshing;
using Lanthorn.Platform;
using Lanthorn.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Lanthorn.Intake.Vintages;

/// <summary>The verbs <c>sources vintages|changes</c>: the finished imports of a source, and what changed between two.</summary>
internal static class VintageVerbs
{
    private static readonly Argument<string> Code = new("code") { Description = "The source, such as un-sc" };

    private static readonly Option<string?> From = new("--from")
    {
        Description = "Vintage to begin with (default the one before --to); none is before the first",
        HelpName = "ID",
    };

    private static readonly Option<string?> To = new("--to")
    {
        Description = "Vintage to end with (default the newest)",
        HelpName = "ID",
    };

    private static readonly Option<string?> Kind = new("--kind") { Description = "Only these" };

    public static IEnumerable<Verb> All { get; } =
    [
        new(
            new Command("vintages", "The finished imports of a source, the newest first") { Code },
            ListAsync,
            RefreshVerbs.Group
        ),
        new(
            new Command("changes", "What changed between two vintages of a source: added, changed, ended")
            {
                Code,
                From,
                To,
                Kind.OneOf("added", "changed", "ended"),
            },
            ChangesAsync,
            RefreshVerbs.Group
        ),
    ];

    private static Option<string?> OneOf(this Option<string?> option, params string[] values)
    {
        option.AcceptOnlyFromAmong(values);
        return option;
    }

    private static async Task<int> ListAsync(ParseResult parsed, VerbContext context, CancellationToken cancellation)
    {
        var work = await WorkAsync(context, cancellation);
        var vintages = context.Services.GetRequiredService<SourceVintages>();
        var found = await vintages.OfAsync(work, parsed.GetValue(Code)!, cancellation);
        if (context.Json)
            await context.Out.WriteLineAsync(
                JsonSerializer.Serialize(found.Select(VintageEndpoints.Vintage.Of), IntakeJson.Options)
            );
        else
            foreach (var vintage in found)
                await context.Out.WriteLineAsync($"{vintage.Id}  {Shown.Time(vintage.At)}  {vintage.Edition}");
        return 0;
    }

    private static async Task<int> ChangesAsync(ParseResult parsed, VerbContext context, CancellationToken cancellation)
    {
        var work = await WorkAsync(context, cancellation);
        var compare = context.Services.GetRequiredService<CompareVintages>();
        var kind = CompareVintages.KindOf(parsed.GetValue(Kind));
        var meant = await compare.MeanAsync(
            work,
            new(parsed.GetValue(Code)!, parsed.GetValue(From), parsed.GetValue(To)),
            cancellation
        );
        var counts = await compare.CountAsync(work, meant, cancellation);
        var changes = compare.Each(work, meant, kind, cancellation);
        if (context.Json)
            await WriteJsonAsync(context.Out, meant, counts, changes);
        else
            await foreach (var change in changes)
                await WriteAsync(context.Out, ChangedRecord.Of(change));
        await context.Messages.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{meant.Source}: {counts.Added} added, {counts.Changed} changed, {counts.Ended} ended"
            )
        );
        return 0;
    }

    /// <summary>The whole may be long, so it is written piece by piece.</summary>
    private static async Task WriteJsonAsync(
        TextWriter output,
        CompareVintages.Answered meant,
        Reading.ChangeCounts counts,
        IAsyncEnumerable<Reading.Change> changes
    )
    {
        var about = JsonSerializer.Serialize(
            new
            {
                source = meant.Source.Value,
                from = VintageEndpoints.Vintage.Of(meant.From),
                to = VintageEndpoints.Vintage.Of(meant.To),
                counts,
            },
            IntakeJson.Options
        );
        await output.WriteAsync($"{about[..^1]},\"results\":[");
        var between = "";
        await foreach (var change in changes)
        {
            await output.WriteAsync(between + JsonSerializer.Serialize(ChangedRecord.Of(change), IntakeJson.Options));
            between = ",\n";
        }
        await output.WriteLineAsync("]}");
    }

    private static async Task WriteAsync(TextWriter output, ChangedRecord record)
    {
        await output.WriteLineAsync($"{record.Change, -7} {record.Id} {record.Caption}");
        if (record.Change == "changed")
            foreach (var value in record.Changes)
                await output.WriteLineAsync(
                    $"        {value.Property}: {string.Join("; ", value.Before)} → {string.Join("; ", value.After)}"
                );
    }

    private static Task<Work> WorkAsync(VerbContext context, CancellationToken cancellation) =>
        context
            .Services.GetRequiredService<Accounts>()
            .NeedWorkOfAsync(context.Account, context.Justification, cancellation);
}
