using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;

namespace Lanthorn.Tests.Intake;

/// <summary>A publisher of lists on loopback, well-behaved until a test says otherwise.</summary>
internal sealed class ListServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<Question> questions = new();
    private readonly ConcurrentDictionary<string, Published> files = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<RequestDelegate> next = new();

    /// <summary>What was asked, as far as it says what may be left out of the answer.</summary>
    internal sealed record Question(string Path, string? IfNoneMatch, string? Range, string? IfRange);

    private sealed record Published(byte[] Content, string? ETag, DateTimeOffset? Modified);

    private ListServer(WebApplication app) => this.app = app;

    /// <summary>In the order in which it was asked.</summary>
    public IReadOnlyList<Question> Questions => [.. questions];

    public static async Task<ListServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var server = new ListServer(builder.Build());
        server.app.Run(server.AnswerAsync);
        await server.app.StartAsync();
        return server;
    }

    public string At(string path) => $"{app.Urls.First()}/{path}";

    /// <param name="tag">Without quotation marks; null for a server that knows no tags.</param>
    public void Publish(string path, string content, string? tag = null, DateTimeOffset? modified = null) =>
        files[$"/{path}"] = new(Encoding.UTF8.GetBytes(content), tag is null ? null : $"\"{tag}\"", modified);

    /// <summary>The next request is answered so; the one after it as usual.</summary>
    public void Next(RequestDelegate answer) => next.Enqueue(answer);

    /// <summary>The next answer is cut after so many bytes, although more was promised, once they have arrived.</summary>
    public void BreakOff(string path, int after, Func<bool> arrived) =>
        Next(async context =>
        {
            var file = files[$"/{path}"];
            context.Response.Headers.ETag = file.ETag;
            context.Response.ContentLength = file.Content.Length;
            await context.Response.Body.WriteAsync(file.Content.AsMemory(0, after));
            await context.Response.Body.FlushAsync();
            // A connection that is reset takes with it what was on its way.
            while (!arrived() && !context.RequestAborted.IsCancellationRequested)
                await Task.Delay(5);
            context.Abort();
        });

    private Task AnswerAsync(HttpContext context)
    {
        var headers = context.Request.Headers;
        questions.Enqueue(
            new(
                context.Request.Path.Value!.TrimStart('/'),
                headers.IfNoneMatch.FirstOrDefault(),
                headers.Range.FirstOrDefault(),
                headers.IfRange.FirstOrDefault()
            )
        );
        if (next.TryDequeue(out var other))
            return other(context);
        return files.TryGetValue(context.Request.Path, out var file)
            ? Results
                .File(
                    file.Content,
                    "application/octet-stream",
                    enableRangeProcessing: true,
                    lastModified: file.Modified,
                    entityTag: file.ETag is null ? null : EntityTagHeaderValue.Parse(file.ETag)
                )
                .ExecuteAsync(context)
            : Results.NotFound().ExecuteAsync(context);
    }

    /// <summary>A list in the layout of the United Nations; everybody in it is invented.</summary>
    public static string UnList(params (string Reference, string Name)[] people) =>
        $"""
            <?xml version="1.0" encoding="UTF-8"?>
            <CONSOLIDATED_LIST dateGenerated="2026-03-01T08:00:00"><INDIVIDUALS>
            {string.Join(
                '\n',
                people.Select(
                    (p, at) =>
                        $"<INDIVIDUAL><DATAID>{at + 1}</DATAID><FIRST_NAME>{p.Name}</FIRST_NAME><REFERENCE_NUMBER>{p.Reference}</REFERENCE_NUMBER></INDIVIDUAL>"
                )
            )}
            </INDIVIDUALS><ENTITIES></ENTITIES></CONSOLIDATED_LIST>
            """;

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}
