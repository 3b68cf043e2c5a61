using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Intake.Vintages;

/// <summary>What changed between two vintages of a source, for what the viewer sees of it.</summary>
internal sealed class CompareVintages(Store store, SourceVintages vintages)
{
    public const int PageSize = 50;

    /// <summary>The largest page of the API.</summary>
    public const int MaxTake = 1_000;

    /// <summary>In place of an id: before the first vintage, when nothing was there.</summary>
    public const string Nothing = "none";

    /// <summary>What is compared.</summary>
    /// <param name="From">An id, <see cref="Nothing"/>, or null for the vintage before the other.</param>
    /// <param name="To">An id, or null for the newest.</param>
    /// <param name="Kind">Null is everything.</param>
    internal sealed record Question(string Source, string? From = null, string? To = null, Became? Kind = null);

    /// <summary>The vintages that a question means; <paramref name="From"/> is null before the first.</summary>
    internal sealed record Answered(SourceCode Source, SourceVintage? From, SourceVintage To)
    {
        public Storage.Vintages Between => new(Source, From?.Vintage ?? 0, To.Vintage);
    }

    /// <exception cref="RefusedException">There is no such source or vintage for this viewer, or none to compare.</exception>
    public async Task<Answered> MeanAsync(Work work, Question question, CancellationToken cancellation)
    {
        var source = SourceCode.Parse(question.Source);
        if (!work.HasEnforcementAccess || !source.IsAccepted)
            throw new RefusedException(NoVintages);
        var to =
            question.To is { Length: > 0 } id ? await NeedAsync(work, question.Source, id, cancellation)
            : await vintages.OfAsync(work, question.Source, cancellation) is [var newest, ..] ? newest
            : throw new RefusedException(NoVintages);
        var from = question.From switch
        {
            null or "" => await vintages.BeforeAsync(work, to, cancellation),
            Nothing => null,
            { } before => await NeedAsync(work, question.Source, before, cancellation),
        };
        if (from?.Vintage > to.Vintage)
            throw new RefusedException(
                Refusal.Unprocessable(
                    "vintages-order",
                    "The vintage to begin with is newer than the other",
                    "Exchange them",
                    "from"
                )
            );
        return new(source.Value, from, to);
    }

    public Task<Reading.ChangePage> PageAsync(
        Work work,
        Answered meant,
        Became? kind,
        (int Skip, int Take) part,
        CancellationToken cancellation
    ) => work.On(store).ChangesAsync(meant.Between, kind, part, What(meant), cancellation);

    public IAsyncEnumerable<Reading.Change> Each(
        Work work,
        Answered meant,
        Became? kind,
        CancellationToken cancellation
    ) => work.On(store).EachChangeAsync(meant.Between, kind, What(meant), cancellation);

    public Task<Reading.ChangeCounts> CountAsync(Work work, Answered meant, CancellationToken cancellation) =>
        work.On(store).CountChangesAsync(meant.Between, cancellation);

    /// <summary>The kinds as addresses and answers write them; null for another word.</summary>
    public static Became? KindOf(string? word) =>
        word switch
        {
            "added" => Became.Added,
            "changed" => Became.Changed,
            "ended" => Became.Ended,
            _ => null,
        };

    private static string What(Answered meant) => $"changes of source {meant.Source}";

    private async Task<SourceVintage> NeedAsync(Work work, string source, string id, CancellationToken cancellation) =>
        await vintages.FindAsync(work, source, id, cancellation)
        ?? throw new RefusedException(
            Refusal.NotFound("There is no such vintage of this source", "Leave it out to get the newest")
        );

    private static readonly Refusal NoVintages = Refusal.NotFound(
        "There is no such source, or nothing of it was imported that you may see",
        "The list of sources has those that you may see"
    );
}
