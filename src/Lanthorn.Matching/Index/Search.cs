using System.Numerics;
using System.Runtime.InteropServices;

namespace Lanthorn.Matching;

/// <summary>
/// The working memory of one search. For each name of the query, every row collects the weight of the query's parts that
/// it bears, each part counted once by its best spelling; the share of the whole weight is the row's rank. Those of the best
/// rank are then compared roughly as a whole, which orders them.
/// </summary>
/// <param name="fewRows">See <see cref="UsuallyFew"/>; changes the work and never the answer.</param>
internal sealed class Search(int fewRows)
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

    /// <summary>Worth is counted in such parts of one, so that its sum does not depend on the order of summing.</summary>
    private const int One = 1 << 16;

    /// <summary>In place of the bit of a part: one of the row's names consists of one part, and that is borne.</summary>
    private const uint Alone = 1u << 31;
    private const int LastPartBit = 30;

    /// <summary>So many times longer must a list of rows be than those touched, for these to be looked up in it.</summary>
    private const int WorthLookingUp = 16;

    /// <summary>Fewer rows than this are collected at once: to find out which bear two parts would take longer.</summary>
    internal const int UsuallyFew = 2_000;

    /// <summary>So many are compared roughly for each that is wanted, and at least so many.</summary>
    private const int RoughForEach = 3;
    private const int LeastRough = 64;

    /// <summary>Of the frozen and of the live segment, by the names of the query.</summary>
    private readonly LikeWords frozenWords = new();
    private readonly LikeWords liveWords = new();

    /// <summary>Of the segment at hand.</summary>
    private LikeWords alikes = new();
    private readonly List<(int Token, float Likeness)> alike = [];
    private Candidate[] chosen = [];
    private readonly List<int> touched = [];
    private readonly List<int> found = [];
    private readonly RowBits bits = new();
    private int[] seenWords = [];
    private int mark;

    /// <summary>Per row: what was collected for the name at hand, and the best rank over names.</summary>
    private Collected[] collected = [];
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
        var rough = Math.Max(LeastRough, into.Length * RoughForEach);
        if (chosen.Length < rough)
            chosen = new Candidate[rough];
        var roughly = chosen.AsSpan(0, rough);
        var kept = 0;
        if (frozen is not null)
            SearchSegment(frozen, frozen.Count, query, frozenWords);
        // Read between the two: a record that moves meanwhile is found once, here or there.
        var liveRows = live.Count;
        if (frozen is not null)
            kept = Select(query, ordinal => (uint)live.RowOf(ordinal) < (uint)liveRows, admits, roughly, kept);
        SearchSegment(live, liveRows, query, liveWords);
        kept = Select(query, null, admits, roughly, kept);
        // An idle search must not keep alive what the index has since erased.
        (segment, rows) = (Nothing, Nothing.Rows);
        roughly = roughly[..kept];
        foreach (ref var candidate in roughly)
            candidate = candidate with { Rank = RoughRank(query, candidate, frozen, live) };
        roughly.Sort();
        roughly = roughly[..Math.Min(kept, into.Length)];
        roughly.CopyTo(into);
        return roughly.Length;
    }

    /// <summary>By how alike the names are as a whole, and what else of the record agrees.</summary>
    private float RoughRank(PreparedSubject query, Candidate candidate, Segment? frozen, Segment live)
    {
        var (segment, words) = (live, liveWords);
        var row = live.RowOf(candidate.Ordinal);
        if (row < 0 && frozen is not null)
            (segment, words, row) = (frozen, frozenWords, frozen.RowOf(candidate.Ordinal));
        if (row < 0 || segment.SubjectOf(row) is not { } subject)
            return 0;
        var score = RoughScore.Of(query, subject, words, isJoined: false);
        // What was found by a word that stands for two may be more than it looks.
        if (score < candidate.Rank * 0.8f && words.IsJoined(row))
            score = RoughScore.Of(query, subject, words, isJoined: true);
        return score
            + Support(query, subject.Dates, subject.Countries)
            + (candidate.Rank >= IdentifierRank ? IdentifierRank : 0);
    }

    private void SearchSegment(Segment next, int rowCount, PreparedSubject query, LikeWords like)
    {
        alikes = like;
        alikes.Clear();
        // The count came first: every row below it is complete in the rows read after it.
        (segment, count, rows) = (next, rowCount, next.Rows);
        if (collected.Length < count)
        {
            var capacity = rows.Capacity;
            (collected, best) = (new Collected[capacity], new float[capacity]);
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

    /// <summary>
    /// Rows that bear the name, or enough of it. A part that many people bear is not enough by itself, unless it weighs more
    /// than the others together or is all that the row's own name consists of: so the one of those parts that most rows bear
    /// need not be read from end to end, but only for those rows that bear another part. Which of them that is changes the
    /// work and never the answer.
    /// </summary>
    private void SearchName(PreparedName name)
    {
        var tokens = name.Tokens;
        var hasStrong = name.StrongCount > 0;
        var (whole, searched) = (0, 0);
        foreach (var token in tokens)
            if (IsSearched(token, hasStrong))
                (whole, searched) = (whole + Worth(token.Weight), searched + 1);
        alikes.BeginName(tokens.Length);
        if (whole <= 0)
            return;
        SearchJoined(tokens, hasStrong);
        var common = 0u;
        for (var i = 0; i < tokens.Length; i++)
            if (searched > 1 && tokens[i].Weight < TokenShaping.FullWeight && Worth(tokens[i].Weight) * 2 <= whole)
                common |= Bit(i);
        var (most, rowsOfMost, rowsOfOthers) = FindAlikes(tokens, hasStrong, common);
        // First, so that they are among the touched whichever part most rows bear.
        for (var i = 0; i < tokens.Length; i++)
            if ((common & Bit(i)) != 0)
                TouchAlone(alikes[i]);
        if (rowsOfOthers < fewRows || rowsOfMost / WorthLookingUp > rowsOfOthers)
        {
            for (var i = 0; i < tokens.Length; i++)
                if (i != most)
                    CollectAll(alikes[i], tokens[i].Weight, Bit(i));
            if (most >= 0)
                CollectAmongTouched(alikes[most], tokens[most].Weight, Bit(most));
        }
        else
            CollectThoseWithTwo(tokens, common);
        alikes.EndName();
        RankTouched(name, whole, common);
    }

    private void RankTouched(PreparedName name, int whole, uint common)
    {
        var share = (name.Kind == NameKind.WeakAlias ? WeakAliasShare : 1) / whole;
        var parts = name.StrongCount;
        foreach (var row in CollectionsMarshal.AsSpan(touched))
        {
            var (worth, taken) = collected[row];
            collected[row] = default;
            if ((taken & ~common) == 0 && BitOperations.IsPow2(taken))
                continue;
            var extra = Math.Min(MostExtraParts, Math.Max(0, rows.Shortest[row] - parts));
            var rank = worth * share - PerExtraPart * extra;
            if (rank > best[row])
                RaiseTo(row, rank);
        }
        touched.Clear();
    }

    /// <summary>
    /// Fills in the words like each part that is searched for; gives that of the common parts which most rows bear, -1 where
    /// none is common, how many bear it and how often the others are borne.
    /// </summary>
    private (int Most, long RowsOfMost, long RowsOfOthers) FindAlikes(Token[] tokens, bool hasStrong, uint common)
    {
        var (most, mostRows, all) = (-1, 0L, 0L);
        for (var i = 0; i < tokens.Length; i++)
        {
            if (!IsSearched(tokens[i], hasStrong))
                continue;
            FindAlike(tokens[i], TokenComparison.Floor, alikes[i]);
            var borne = 0L;
            foreach (var (word, _) in CollectionsMarshal.AsSpan(alikes[i]))
                borne += segment.Words.RowsOf(word).Length;
            all += borne;
            if ((common & Bit(i)) != 0 && (most < 0 || borne > mostRows))
                (most, mostRows) = (i, borne);
        }
        return (most, mostRows, all - mostRows);
    }

    private static uint Bit(int part) => 1u << Math.Min(part, LastPartBit);

    private static int Worth(float weight) => (int)(weight * One);

    internal static bool IsSearched(Token token, bool hasStrong) =>
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
            {
                FindAlike(joined, JoinedQueryFloor, alike);
                foreach (var (word, _) in CollectionsMarshal.AsSpan(alike))
                foreach (var row in segment.Words.RowsOf(word))
                    alikes.NoteJoined(row);
                CollectAll(alike, joined.Weight, BitsOf(from, length));
            }
        }
        for (var i = 0; i < tokens.Length; i++)
            if (IsSearched(tokens[i], hasStrong) && TokenKeys.OfJoined(tokens.AsSpan(i, 1)) is > 0 and var key)
                foreach (var row in segment.Joined.Find(key))
                {
                    alikes.NoteJoined(row);
                    Collect(row, Worth(tokens[i].Weight * JoinedLikeness), Bit(i));
                }
    }

    private static uint BitsOf(int from, int length)
    {
        var bits = 0u;
        for (var part = from; part < from + length; part++)
            bits |= Bit(part);
        return bits;
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

    private void FindAlike(Token token, float floor, List<(int Token, float Likeness)> into)
    {
        into.Clear();
        if (mark == int.MaxValue)
        {
            Array.Clear(seenWords);
            mark = 0;
        }
        segment.Words.FindAlike(token, floor > TokenComparison.Floor, seenWords, ++mark, into);
        var enough = into.FindIndex(a => a.Likeness < floor);
        if (enough >= 0)
            into.RemoveRange(enough, into.Count - enough);
    }

    /// <summary>By the likest word first: what a row has once collected for a part stays.</summary>
    private void CollectAll(List<(int Token, float Likeness)> words, float weight, uint bits)
    {
        foreach (var (word, likeness) in CollectionsMarshal.AsSpan(words))
        {
            var worth = Worth(weight * likeness);
            foreach (var row in segment.Words.RowsOf(word))
                Collect(row, worth, bits);
        }
    }

    /// <summary>
    /// Where each part is borne by many: a row that bears one common part and nothing else is never looked at again, so it
    /// is found out first which bear two.
    /// </summary>
    private void CollectThoseWithTwo(Token[] tokens, uint common)
    {
        bits.Clear(count);
        bits.AddSurely(CollectionsMarshal.AsSpan(touched));
        for (var i = 0; i < tokens.Length; i++)
        {
            foreach (var (word, _) in CollectionsMarshal.AsSpan(alikes[i]))
                bits.Add(segment.Words.RowsOf(word));
            bits.EndPart();
        }
        for (var i = 0; i < tokens.Length; i++)
            if ((common & Bit(i)) == 0)
                CollectAll(alikes[i], tokens[i].Weight, Bit(i));
            else
                foreach (var (word, likeness) in CollectionsMarshal.AsSpan(alikes[i]))
                {
                    var worth = Worth(tokens[i].Weight * likeness);
                    foreach (var row in segment.Words.RowsOf(word))
                        if (bits.HasTwo(row))
                            Collect(row, worth, Bit(i));
                }
    }

    private void CollectAmongTouched(List<(int Token, float Likeness)> words, float weight, uint bits)
    {
        var already = CollectionsMarshal.AsSpan(touched);
        foreach (var (word, likeness) in CollectionsMarshal.AsSpan(words))
        {
            var worth = Worth(weight * likeness);
            var bearing = segment.Words.RowsOf(word);
            if (bearing.Length / WorthLookingUp > already.Length)
            {
                foreach (var row in already)
                    if (bearing.BinarySearch(row) >= 0)
                        Collect(row, worth, bits);
            }
            else
                foreach (var row in bearing)
                    if (row < count && collected[row].Taken != 0)
                        Collect(row, worth, bits);
        }
    }

    private void TouchAlone(List<(int Token, float Likeness)> words)
    {
        foreach (var (word, _) in CollectionsMarshal.AsSpan(words))
        foreach (var row in segment.Words.RowsAloneOf(word))
            Collect(row, 0, Alone);
    }

    private void Collect(int row, int worth, uint bits)
    {
        if (row >= count)
            return;
        ref var own = ref collected[row];
        if ((own.Taken & bits) != 0)
            return;
        if (own.Taken == 0)
        {
            if (!IsVisible(row))
                return;
            touched.Add(row);
        }
        own = new(own.Worth + worth, own.Taken | bits);
    }

    /// <param name="Taken">A bit for each part of the name that counts.</param>
    private readonly record struct Collected(int Worth, uint Taken);

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
