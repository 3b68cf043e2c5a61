using System.Globalization;
using System.Text.Json.Serialization;
using Dapper;
using Lanthorn.Platform;
using Lanthorn.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Lanthorn.Intake.Vintages;

/// <summary>
/// <c>GET /api/v1/sources/changes</c>: the newest vintages of all sources as a JSON Feed (version 1.1), for a feed reader or
/// a program that asks now and then. It is told of them by the outbox; what is counted in them is what its reader sees.
/// </summary>
internal sealed class VintageFeed(Store store)
{
    private const string Name = "intake-feed";
    private const int Length = 20;

    /// <summary>Older ones no longer stand in any feed.</summary>
    private const int Kept = 1_000;

    internal sealed record Item(
        string Id,
        string Url,
        string Title,
        string ContentText,
        DateTimeOffset DatePublished,
        [property: JsonPropertyName("_lanthorn")] News Lanthorn
    );

    /// <param name="Import">The vintage, as the API of changes takes it.</param>
    internal sealed record News(string Source, string Import, string? Edition, Reading.ChangeCounts Counts);

    internal sealed record Feed(
        string Version,
        string Title,
        string HomePageUrl,
        string FeedUrl,
        IReadOnlyList<Item> Items
    );

    public Subscriber Subscriber => new(Name, SourceChanged.Topic, TakeAsync);

    public static void Map(RouteGroupBuilder sources) =>
        sources
            .MapGet("/api/v1/sources/changes", HandleAsync)
            .WithSummary("The newest vintages of all sources as a JSON Feed, with how much changed in each")
            .Produces<Feed>(StatusCodes.Status200OK, "application/feed+json");

    /// <summary>The same news again changes nothing.</summary>
    private Task TakeAsync(Outbox.Message message, CancellationToken cancellation)
    {
        var news = SourceChanged.Of(message);
        return news.IsFinished
            ? store.WriteAsync(
                async (connection, transaction) =>
                {
                    await connection.ExecuteAsync(
                        "insert into intake_news (vintage, source) values (@Import, @Source) on conflict do nothing",
                        new { news.Import, news.Source },
                        transaction
                    );
                    await connection.ExecuteAsync(
                        """
                        delete from intake_news where vintage <=
                            (select vintage from intake_news order by vintage desc limit 1 offset @Kept)
                        """,
                        new { Kept },
                        transaction
                    );
                },
                cancellation
            )
            : Task.CompletedTask;
    }

    private static async Task<IResult> HandleAsync(
        HttpContext context,
        SourceVintages vintages,
        CompareVintages compare
    )
    {
        context.Response.KeepPrivate();
        var (work, cancellation) = (context.Work(), context.RequestAborted);
        var root = $"{context.Request.Scheme}://{context.Request.Host}";
        var items = new List<Item>();
        foreach (var vintage in await vintages.NewestAsync(work, Length, cancellation))
        {
            var meant = await compare.MeanAsync(work, new(vintage.Source, To: vintage.Id), cancellation);
            items.Add(ItemOf(root, vintage, await compare.CountAsync(work, meant, cancellation)));
        }
        return Results.Json(
            new Feed(
                "https://jsonfeed.org/version/1.1",
                "Lanthorn: what changed in the sources",
                $"{root}/sources",
                $"{root}/api/v1/sources/changes",
                items
            ),
            IntakeJson.Options,
            "application/feed+json"
        );
    }

    private static Item ItemOf(string root, SourceVintage vintage, Reading.ChangeCounts counts) =>
        new(
            vintage.Id,
            $"{root}/sources/{vintage.Source}/changes?to={vintage.Id}",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{vintage.Source}: {counts.Added} added, {counts.Changed} changed, {counts.Ended} ended"
            ),
            vintage.Edition is null ? "" : $"Edition of {vintage.Edition}",
            vintage.At,
            new(vintage.Source, vintage.Id, vintage.Edition, counts)
        );
}
