using Lanthorn.Knowledge;
using Lanthorn.Platform;

namespace Lanthorn.Screening.Bulk;

/// <summary>What can be done with many entities at once. The numbers are stored.</summary>
internal enum BulkAct
{
    /// <summary>Keep them among the account's bookmarks.</summary>
    Bookmark = 1,

    /// <summary>Write the same text about each.</summary>
    Annotate = 2,

    /// <summary>Judge each the same as the first.</summary>
    Same = 3,
}

/// <summary>Entities that somebody chose, each by one of its records, and what he wants to do with them.</summary>
internal sealed record Selection(BulkAct Act, IReadOnlyList<RecordId> Records)
{
    /// <summary>What a person can still look through before he says yes.</summary>
    public const int Most = 50;

    /// <param name="act">Its name, in any case.</param>
    /// <exception cref="RefusedException">It is no act, or there are no such entities, or too many.</exception>
    public static Selection Of(string? act, IEnumerable<string?> records)
    {
        if (!Enum.TryParse<BulkAct>(act, ignoreCase: true, out var known) || !Enum.IsDefined(known))
            throw EntityQuery.Shape("act", "an act is bookmark, annotate or same");
        var chosen = new List<RecordId>();
        foreach (var text in records)
            chosen.Add(
                RecordId.TryParse(text ?? "", out var id)
                    ? id
                    : throw EntityQuery.Shape("records", "records are ids of records, as a search gives them")
            );
        chosen = [.. chosen.Distinct()];
        var least = known == BulkAct.Same ? 2 : 1;
        if (chosen.Count < least || chosen.Count > Most)
            throw EntityQuery.Shape("records", $"choose {least} to {Most} entities");
        return new(known, chosen);
    }
}
