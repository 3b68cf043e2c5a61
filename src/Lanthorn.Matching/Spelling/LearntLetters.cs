using System.Runtime.InteropServices;
using System.Text;

namespace Lanthorn.Matching;

/// <summary>
/// What it costs to read a word of another script as a Latin one: minus the logarithm of the probability, letter by letter,
/// with costs learnt from pairs of spellings. The table is frozen and embedded; the benchmark program trains it
/// (<c>train-letters</c>). A letter becomes a group of at most three Latin letters, depending on whether it is the first,
/// the last or another letter of the word.
/// </summary>
internal sealed class LearntLetters
{
    /// <summary>Grows when the layout of the table changes.</summary>
    public const int Version = 1;

    /// <summary>Costs are in sixteenths of a nat.</summary>
    public const int Unit = 16;

    public const int None = 255;

    /// <summary>A letter that is left out, or put in, against all that was learnt.</summary>
    private const int Skip = 6 * Unit;
    private const int Insert = 5 * Unit;
    private const int Impossible = 100_000;
    private const int MaxLetters = 48;
    private const int Beam = 24;

    /// <summary>The share of a Latin word's own improbability that counts; found by trial on the pairs kept back.</summary>
    private const float Expected = 0.6f;

    /// <summary>
    /// From nats to a likeness, read off the pairs kept back. A right pair has a surplus of about minus one nat for each letter,
    /// the best of ten thousand wrong ones one of nought, whatever its length: what is short is never sure.
    /// </summary>
    private const float Fitting = 0.99f;
    private const float PerNat = 0.035f;
    private const float Doubt = 0.2f;
    private const float DoubtFolds = 3.5f;

    /// <summary>The surplus in nats at which two words have nothing to do with each other.</summary>
    private const float LeastFitting = 3.2f;

    private static readonly byte[] Following = new byte[27 * 27];
    private static readonly LearntLetters?[] ByScript = Load();

    private readonly Dictionary<char, int> letters = [];
    private readonly List<short> children = [];
    private readonly List<byte> costs = [];
    private readonly List<List<Skeleton>> skeletons = [];
    private short[] child = [];
    private byte[] cost = [];

    private LearntLetters() { }

    /// <summary>The letters of a script; null for Latin and where nothing was learnt.</summary>
    public static LearntLetters? Of(Script script) => ByScript[(int)script];

    public static byte CostOf(double probability) =>
        (byte)Math.Clamp(Math.Round(-Math.Log(probability) * Unit), 0, None - 1);

    /// <summary>
    /// How alike the two words are, falling with the cost: the probability of the Latin word given the other one, and
    /// against that what such a Latin word is worth anyway, since a long or rare word that fits says more than a short one.
    /// </summary>
    public float Likeness(ReadOnlySpan<char> other, ReadOnlySpan<char> latin)
    {
        var surplus = Surplus(other, latin, LeastFitting);
        if (surplus > LeastFitting)
            return 0;
        var byLength = Fitting - PerNat * Math.Max(0, surplus + other.Length + 1);
        var byEvidence = Fitting - Doubt * MathF.Exp(surplus / DoubtFolds);
        return Math.Clamp(Math.Min(byLength, byEvidence), 0, Fitting);
    }

    /// <summary>In nats; negative where the Latin word is more likely here than elsewhere.</summary>
    /// <param name="limit">Above it only that it is above is answered.</param>
    private float Surplus(ReadOnlySpan<char> other, ReadOnlySpan<char> latin, float limit)
    {
        var worth = Expected * WorthOf(latin);
        return (Cost(other, latin, (int)(limit * Unit + worth)) - worth) / Unit;
    }

    /// <summary>In sixteenths of a nat, over the cheapest alignment; <see cref="Impossible"/> as soon as it is above the limit.</summary>
    private int Cost(ReadOnlySpan<char> other, ReadOnlySpan<char> latin, int limit)
    {
        Span<byte> written = stackalloc byte[MaxLetters];
        var m = 0;
        foreach (var c in latin)
            if (c is >= 'a' and <= 'z' && m < MaxLetters)
                written[m++] = (byte)(c - 'a' + 1);
        Span<int> now = stackalloc int[MaxLetters + 1];
        Span<int> next = stackalloc int[MaxLetters + 1];
        now[..(m + 1)].Fill(Impossible);
        now[0] = 0;
        for (var i = 0; i < other.Length; i++)
        {
            next[..(m + 1)].Fill(Impossible);
            var context = ContextOf(other, i);
            var isLost = true;
            for (var j = 0; j <= m; j++)
                if (now[j] <= limit)
                {
                    Write(context, j, now[j], written[..m], next);
                    isLost = false;
                }
            if (isLost)
                return Impossible;
            for (var j = 0; j < m; j++)
                next[j + 1] = Math.Min(next[j + 1], next[j] + Insert);
            var spare = now;
            now = next;
            next = spare;
        }
        return now[m];
    }

    /// <summary>How improbable a Latin word is among names, letter after letter.</summary>
    private static int WorthOf(ReadOnlySpan<char> latin)
    {
        var (worth, before) = (0, 0);
        foreach (var c in latin)
            if (c is >= 'a' and <= 'z')
            {
                var letter = c - 'a' + 1;
                worth += Following[before * 27 + letter];
                before = letter;
            }
        return worth + Following[before * 27];
    }

    /// <summary>A letter's groups that start at <paramref name="from"/> in the Latin word.</summary>
    private void Write(int context, int from, int before, ReadOnlySpan<byte> written, Span<int> next)
    {
        next[from] = Math.Min(next[from], before + (context < 0 ? Insert / 2 : Skip));
        if (context < 0)
            return;
        var node = context;
        if (cost[node] != None)
            next[from] = Math.Min(next[from], before + cost[node]);
        for (var at = from; at < written.Length; at++)
        {
            node = child[node * 27 + written[at]];
            if (node == 0)
                return;
            if (cost[node] != None)
                next[at + 1] = Math.Min(next[at + 1], before + cost[node]);
        }
    }

    /// <summary>The node at which the groups of a letter in its place begin; -1 for a letter that nobody saw.</summary>
    public int ContextOf(ReadOnlySpan<char> word, int i) =>
        letters.TryGetValue(word[i], out var letter)
            ? letter * 3
                + (
                    i == 0 ? 0
                    : i == word.Length - 1 ? 2
                    : 1
                )
            : -1;

    /// <summary>
    /// The likeliest skeletons of the Latin words that this one may be written as, likeliest first: a beam over its letters.
    /// Returns how many.
    /// </summary>
    public int WriteSkeletons(ReadOnlySpan<char> word, Span<ulong> into)
    {
        Span<Skeleton> now = stackalloc Skeleton[Beam];
        Span<Skeleton> next = stackalloc Skeleton[Beam];
        var count = 1;
        now[0] = default;
        for (var i = 0; i < word.Length; i++)
        {
            var context = ContextOf(word, i);
            if (context < 0)
                continue;
            var kept = 0;
            foreach (var before in now[..count])
            foreach (var step in CollectionsMarshal.AsSpan(skeletons[context]))
                if (!Skeleton.Keep(before.Then(step), next, ref kept))
                    break;
            var spare = now;
            now = next;
            next = spare;
            count = kept;
        }
        var written = Math.Min(count, into.Length);
        for (var i = 0; i < written; i++)
            into[i] = now[i].Classes;
        return written;
    }

    private static LearntLetters?[] Load()
    {
        var all = new LearntLetters?[(int)Script.Other + 1];
        using var stream = typeof(LearntLetters).Assembly.GetManifestResourceStream("letters.bin");
        if (stream is null || stream.Length == 0)
            return all;
        using var reader = new BinaryReader(stream, Encoding.UTF8);
        if (reader.ReadByte() != Version)
            throw new InvalidDataException("letters.bin has another version: train it anew with train-letters");
        var scripts = reader.ReadByte();
        stream.ReadExactly(Following);
        for (; scripts > 0; scripts--)
            all[reader.ReadByte()] = Read(reader);
        return all;
    }

    private static LearntLetters Read(BinaryReader reader)
    {
        var learnt = new LearntLetters();
        var count = reader.ReadByte();
        for (var root = 0; root < count * 3; root++)
        {
            learnt.AddNode();
            learnt.skeletons.Add([]);
        }
        for (var letter = 0; letter < count; letter++)
        {
            learnt.letters[(char)reader.ReadUInt16()] = letter;
            for (var place = 0; place < 3; place++)
            {
                var root = letter * 3 + place;
                for (var groups = reader.ReadUInt16(); groups > 0; groups--)
                    learnt.AddGroup(root, reader.ReadUInt16(), reader.ReadByte());
            }
        }
        foreach (var known in learnt.skeletons)
            known.Sort();
        (learnt.child, learnt.cost) = ([.. learnt.children], [.. learnt.costs]);
        return learnt;
    }

    private int AddNode()
    {
        children.AddRange(new short[27]);
        costs.Add(None);
        return costs.Count - 1;
    }

    private void AddGroup(int root, int group, byte groupCost)
    {
        var node = root;
        foreach (var letter in (ReadOnlySpan<int>)[group / 729, group / 27 % 27, group % 27])
        {
            if (letter == 0)
                break;
            if (children[node * 27 + letter] == 0)
                children[node * 27 + letter] = (short)AddNode();
            node = children[node * 27 + letter];
        }
        costs[node] = groupCost;
        AddSkeleton(skeletons[root], Skeleton.OfGroup(group, groupCost, ""));
        AddSkeleton(skeletons[root], Skeleton.OfGroup(group, groupCost, "e"));
    }

    private static void AddSkeleton(List<Skeleton> known, Skeleton own)
    {
        var same = known.FindIndex(s => s.Classes == own.Classes);
        if (same < 0)
            known.Add(own);
        else if (known[same].Cost > own.Cost)
            known[same] = own;
    }
}
