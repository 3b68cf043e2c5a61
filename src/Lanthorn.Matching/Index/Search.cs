using System.Runtime.InteropServices;

namespace Lanthorn.Matching;

/// <summary>
/// The working memory of one search. For each name of the query, every row collects the weight of the query's parts that
/// it bears, each part counted once by its best spelling; the share of the whole weight is the row's rank.
/// </summary>
internal sealed class Search
{
    /// <summary>Names of a query beyond this are not searched for; they are still scored.</summary>
    private const int MaxQueryNames = 30;

    private const float JoinedLikeness = 0.9f;
    private const float JoinedQueryFloor = 0.84f;
    private const float PerExtraPart = 0.02f;
    private const int MostExtraParts = 5;
    private const float IdentifierRank = 2;
    private const float DateRank = 0.1f;
    private const float CountryRank = 0.02f;
    private const float WeakAliasShare = 0.9f;

    /// <summary>More than dates and countries can add to a rank.</summary>
    private const float MostSupport = DateRank + CountryRank + 0.001f;

    private static readonly LiveSegment Nothing = new();

    private readonly List<(int Token, float Likeness)> alike = [];
    private readonly List<int> touched = [];
    private readonly List<int> found = [];
    private int[] seenWords = [];
    private int mark;

    /// <summary>Per row: the weight collected for the name at hand, which of its parts, and the best rank over names.</summary>
    private float[] collected = [];
    private uint[] taken = [];
    private float[] best = [];

    private Segment segment = Nothing;
    private Rows rows = Nothing.Rows;
    private ulong[] visible = [];
    private int visibleLabels;
    private int count;

    /// <param name="frozen">Null when nothing is frozen; what <paramref name="live"/> holds stands in place of it.</param>
    public int Run(
        Segment? frozen,
        Segment live,
        PreparedSubject query,
        ReadOnlySpan<ulong> visibleLabelBits,
        Func<int, bool>? admits,
        Span<Candidate> into
    )
    {
        if (into.IsEmpty)
            return 0;
        if (visible.Length < visibleLabelBits.Length)
            visible = new ulong[visibleLabelBits.Length];
        visibleLabelBits.CopyTo(visible);
        visibleLabels = visibleLabelBits.Length * 64;
        var kept = 0;
        if (frozen is not null)
            SearchSegment(frozen, frozen.Count, query);
        // Read between the two: a record that moves meanwhile is found once, here or there.
        var liveRows = live.Count;
        if (frozen is not null)
            kept = Select(query, ordinal => (uint)live.RowOf(ordinal) < (uint)liveRows, admits, into, kept);
        SearchSegment(live, liveRows, query);
        kept = Select(query, null, admits, into, kept);
        // An idle search must not keep alive what the index has since erased.
        (segment, rows) = (Nothing, Nothing.Rows);
        into[..kept].Sort();
        return kept;
    }

    private void SearchSegment(Segment next, int rowCount, PreparedSubject query)
    {
        // The count came first: every row below it is complete in the rows read after it.
        (segment, count, rows) = (next, rowCount, next.Rows);
        if (collected.Length < count)
        {
            var capacity = rows.Capacity;
            (collected, taken, best) = (new float[capacity], new uint[capacity], new float[capacity]);
        }
        var words = segment.Words.Count;
        if (seenWords.Length < words)
            (seenWords, mark) = (new int[Math.Max(words, seenWords.Length * 2)], 0);
        var names = 0;
        foreach (var name in query.PreparedNames)
            if (names++ < MaxQueryNames)
                SearchName(name);
        foreach (var identifier in query.Identifiers)
        foreach (var row in segment.Identifiers.Find(identifier.Key))
            if (IsVisible(row))
                Raise(row, IdentifierRank);
    }

    private bool IsVisible(int row)
    {
        if (row >= count)
            return false;
        var label = Volatile.Read(ref rows.Labels[row]);
        return (uint)label < (uint)visibleLabels && (visible[label >> 6] >> label & 1) != 0;
    }

    private void SearchName(PreparedName name)
    {
        var tokens = name.Tokens;
        var hasStrong = name.StrongCount > 0;
        var whole = 0f;
        foreach (var token in tokens)
            if (IsSearched(token, hasStrong))
                whole += token.Weight;
        if (whole <= 0)
            return;
        SearchJoined(tokens, hasStrong);
        for (var i = 0; i < tokens.Length; i++)
            if (IsSearched(tokens[i], hasStrong))
                SearchToken(tokens[i], tokens[i].Weight, 1u << i, TokenComparison.Floor);
        var share = name.Kind == NameKind.WeakAlias ? WeakAliasShare : 1;
        var parts = name.StrongCount;
        foreach (var row in CollectionsMarshal.AsSpan(touched))
        {
            var extra = Math.Min(MostExtraParts, Math.Max(0, rows.Shortest[row] - parts));
            var rank = collected[row] / whole * share - PerExtraPart * extra;
            (collected[row], taken[row]) = (0, 0);
            if (rank > best[row])
                RaiseTo(row, rank);
        }
        touched.Clear();
    }

    private static bool IsSearched(Token token, bool hasStrong) =>
        token.Kind != TokenKind.Initial && (!hasStrong || !token.IsWeak);

    /// <summary>What is written together here and apart there, and the other way round; before the parts singly.</summary>
    private void SearchJoined(Token[] tokens, bool hasStrong)
    {
        foreach (var run in Runs.Of(tokens))
        {
            var parts = tokens.AsSpan(run);
            var (from, length) = run.GetOffsetAndLength(tokens.Length);
            var joined = Join(parts);
            if (joined is not null)
                SearchToken(joined, joined.Weight, ((1u << length) - 1) << from, JoinedQueryFloor);
        }
        for (var i = 0; i < tokens.Length; i++)
            if (IsSearched(tokens[i], hasStrong) && TokenKeys.OfJoined(tokens.AsSpan(i, 1)) is > 0 and var key)
                foreach (var row in segment.Joined.Find(key))
                    Collect(row, tokens[i].Weight * JoinedLikeness, 1u << i);
    }

    private static Token? Join(ReadOnlySpan<Token> parts)
    {
        var (text, weight, length) = ("", 0f, 0);
        foreach (var part in parts)
            length += part.Phones.Length;
        if (length > Spellings.MaxPhones)
            return null;
        var phones = new byte[length];
        var at = 0;
        foreach (var part in parts)
        {
            if (part.Script != parts[0].Script)
                return null;
            text += part.Text;
            weight += part.IsWeak ? 0 : part.Weight;
            part.Phones.CopyTo(phones, at);
            at += part.Phones.Length;
        }
        return weight <= 0 ? null : new(text, parts[0].Script, phones, TokenKind.Name, weight, null);
    }

    private void SearchToken(Token token, float weight, uint bits, float floor)
    {
        alike.Clear();
        if (mark == int.MaxValue)
        {
            Array.Clear(seenWords);
            mark = 0;
        }
        segment.Words.FindAlike(token, floor > TokenComparison.Floor, seenWords, ++mark, alike);
        foreach (var (word, likeness) in CollectionsMarshal.AsSpan(alike))
        {
            if (likeness < floor)
                return;
            var worth = weight * likeness;
            foreach (var row in segment.Words.RowsOf(word))
                Collect(row, worth, bits);
        }
    }

    private void Collect(int row, float worth, uint bits)
    {
        if (!IsVisible(row) || (taken[row] & bits) != 0)
            return;
        if (taken[row] == 0)
            touched.Add(row);
        taken[row] |= bits;
        collected[row] += worth;
    }

    private void Raise(int row, float by) => RaiseTo(row, best[row] + by);

    private void RaiseTo(int row, float rank)
    {
        if (best[row] == 0)
            found.Add(row);
        best[row] = rank;
    }

    /// <summary>
    /// The best by rank, then by tie key, added to those kept of other segments. Rows that are not admitted are never among
    /// those that are cut.
    /// </summary>
    /// <param name="isReplaced">Whether another segment has something in place of the record.</param>
    private int Select(
        PreparedSubject query,
        Func<int, bool>? isReplaced,
        Func<int, bool>? admits,
        Span<Candidate> into,
        int kept
    )
    {
        foreach (var row in CollectionsMarshal.AsSpan(found))
        {
            var rank = best[row];
            best[row] = 0;
            if (rank <= 0 || (kept == into.Length && rank + MostSupport < into[0].Rank))
                continue;
            if (!segment.TrySupport(row, out var dates, out var countries))
                continue;
            rank += Support(query, dates, countries);
            var candidate = new Candidate(rows.Ordinals[row], rank, rows.Ties[row]);
            if (kept == into.Length && candidate >= into[0])
                continue;
            // A record that is just being put in again is there once: in the row that the writer has declared.
            if (segment.RowOf(candidate.Ordinal) != row || isReplaced?.Invoke(candidate.Ordinal) == true)
                continue;
            if (admits is not null && !admits(candidate.Ordinal))
                continue;
            if (kept < into.Length)
                SiftUp(into, kept++, candidate);
            else
                SiftDown(into, candidate);
        }
        found.Clear();
        return kept;
    }

    /// <summary>Among many of one name, those of the right year and country go first.</summary>
    private static float Support(PreparedSubject query, ReadOnlySpan<int> dates, ReadOnlySpan<ushort> countries)
    {
        var support = 0f;
        foreach (var a in query.Dates)
        foreach (var b in dates)
            support = Math.Max(support, DateRank * (float)DateAgreement.Of(a, b).Effect);
        foreach (var country in query.Countries)
            if (countries.Contains(country))
                return support + CountryRank;
        return support;
    }

    /// <summary>A heap with the worst of those kept at its top.</summary>
    private static void SiftUp(Span<Candidate> heap, int at, Candidate candidate)
    {
        while (at > 0 && heap[(at - 1) / 2] < candidate)
        {
            heap[at] = heap[(at - 1) / 2];
            at = (at - 1) / 2;
        }
        heap[at] = candidate;
    }

    private static void SiftDown(Span<Candidate> heap, Candidate candidate)
    {
        var at = 0;
        for (var child = 1; child < heap.Length; child = at * 2 + 1)
        {
            if (child + 1 < heap.Length && heap[child + 1] > heap[child])
                child++;
            if (heap[child] <= candidate)
                break;
            heap[at] = heap[child];
            at = child;
        }
        heap[at] = candidate;
    }
}
