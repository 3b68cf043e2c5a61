using System.CommandLine;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Lanthorn.Governance.Contracts;
using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Lanthorn.Screening;

/// <summary>The verb <c>match --queries F.jsonl</c>: a query by example on each line, an answer on each line.</summary>
internal static class MatchFile
{
    private static readonly Option<FileInfo> Queries = new("--queries")
    {
        Description = "A query on each line: {id, schema, properties}",
        HelpName = "F.jsonl",
        Required = true,
    };

    private static readonly Option<string> Dataset = new("--dataset")
    {
        Description = "A source code, or default for all",
        DefaultValueFactory = _ => Catalog.Everything,
    };

    private static readonly Option<int> Limit = new("--limit")
    {
        Description = "Results for each query",
        DefaultValueFactory = _ => MatchRequest.DefaultLimit,
    };

    private static readonly Option<double> Threshold = new("--threshold")
    {
        Description = "From which score a result is a match",
        DefaultValueFactory = _ => MatchRequest.DefaultThreshold,
    };

    public static Verb Verb { get; } =
        new(
            new Command("match", "Who could these be: queries by example in bulk")
            {
                Queries,
                Dataset,
                Limit,
                Threshold,
            },
            RunAsync
        );

    private static async Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellation)
    {
        var file = parsed.GetValue(Queries)!;
        if (!file.Exists)
            throw new RefusedException(
                Refusal.BadRequest("no-file", $"There is no file {file.Name}", "Check the path")
            );
        var work = await context
            .Services.GetRequiredService<Accounts>()
            .NeedWorkOfAsync(context.Account, context.Justification, cancellation);
        var threshold = parsed.GetValue(Threshold);
        var asked = new MatchRequest
        {
            Queries = [],
            Filter = new Filter { Dataset = parsed.GetValue(Dataset)! },
            Limit = Math.Clamp(parsed.GetValue(Limit), 1, MatchRequest.MaxLimit),
            Threshold = threshold,
            Cutoff = threshold,
        };
        var answers = context
            .Services.GetRequiredService<MatchMany>()
            .HandleAsync(work, asked, QueriesAsync(file, cancellation), "match", cancellation);
        await foreach (var answer in answers)
            await context.Out.WriteLineAsync(Line(answer));
        return 0;
    }

    private static async IAsyncEnumerable<KeyValuePair<string, EntityQuery>> QueriesAsync(
        FileInfo file,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        var line = 0;
        await foreach (var text in File.ReadLinesAsync(file.FullName, cancellation))
        {
            line++;
            if (string.IsNullOrWhiteSpace(text))
                continue;
            var query = ParseLine(text, line);
            yield return new(query.Id ?? $"{line}", query);
        }
    }

    private static string Line(Match.Answer answer)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, JsonText.Compact))
            MatchEndpoint.WriteAnswer(json, answer);
        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static EntityQuery ParseLine(string text, int line)
    {
        try
        {
            using var json = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 16 });
            EntityQuery.EnsureText(json.RootElement, $"line {line}");
            return EntityQuery.Parse(json.RootElement, $"line {line}");
        }
        catch (JsonException)
        {
            throw EntityQuery.Shape($"line {line}", "the line is no valid JSON");
        }
    }
}
