using System.Collections.Concurrent;

namespace Lanthorn.Matching;

/// <summary>
/// Which pairs of rows are compared at all, without a configuration: rows that share an identifier, or two of the things that
/// their columns say (words of names by their sound, dates, years, texts). A block that is too large for its pairs is left
/// out: whoever stands in it and is the same shares something rarer as well, or nothing that could tell.
/// </summary>
internal static class Blocking
{
    /// <summary>A block of more rows than this says too little.</summary>
    private const int LargestBlock = 150;

    /// <summary>Pairs are kept up to this many for each row, those of the smallest blocks first.</summary>
    private const int PairsPerRow = 150;

    /// <summary>However many rows there are: more would be of large blocks, and few of those are the same.</summary>
    private const long MostPairs = 10_000_000;

    /// <summary>Of blocks so small, what is the same outweighs what is alike.</summary>
    private const int SmallBlock = 20;

    private const int MostAtoms = 14;

    /// <summary>
    /// Every pair once, the smaller row in the upper half; and which of them are of a small block, from which is learnt: in
    /// large ones too many agree in part without being the same.
    /// </summary>
    public static (ulong[] Pairs, ulong[] Close) PairsOf(LinkTable table, CancellationToken cancellation)
    {
        if (table.Distinct < 2)
            return ([], []);
        var keys = KeysOf(table, cancellation);
        Array.Sort(keys.Keys, keys.Rows);
        cancellation.ThrowIfCancellationRequested();
        var most = Math.Min(MostPairs, (long)table.Distinct * PairsPerRow);
        return (
            Distinct(PairsOf(keys.Keys, keys.Rows, LargestBlock, most)),
            Distinct(PairsOf(keys.Keys, keys.Rows, SmallBlock, most))
        );
    }

    private static (ulong[] Keys, int[] Rows) KeysOf(LinkTable table, CancellationToken cancellation)
    {
        var parts = new ConcurrentBag<(List<ulong> Keys, List<int> Rows)>();
        var ranges = Partitioner.Create(
            0,
            table.Distinct,
            Math.Max(1, table.Distinct / (Environment.ProcessorCount * 4) + 1)
        );
        Parallel.ForEach(
            ranges,
            new ParallelOptions { CancellationToken = cancellation },
            range =>
            {
                var (keys, rows) = (new List<ulong>(), new List<int>());
                var atoms = new List<(ulong Hash, bool IsAlone)>(MostAtoms);
                for (var row = range.Item1; row < range.Item2; row++)
                {
                    atoms.Clear();
                    AtomsOf(table, row, atoms);
                    for (var i = 0; i < atoms.Count; i++)
                    {
                        if (atoms[i].IsAlone)
                            Add(atoms[i].Hash);
                        for (var j = i + 1; j < atoms.Count; j++)
                            Add(Hashing.Mix(atoms[i].Hash ^ (atoms[j].Hash * 3)));
                    }

                    void Add(ulong key)
                    {
                        keys.Add(key);
                        rows.Add(row);
                    }
                }
                parts.Add((keys, rows));
            }
        );
        return ([.. parts.SelectMany(p => p.Keys)], [.. parts.SelectMany(p => p.Rows)]);
    }

    /// <summary>What a row can be found by, in an order that does not depend on the order of its words.</summary>
    private static void AtomsOf(LinkTable table, int row, List<(ulong Hash, bool IsAlone)> atoms)
    {
        var own = table[row];
        for (var field = 0; field < own.Length && atoms.Count < MostAtoms; field++)
        {
            if (own[field] < 0)
                continue;
            var values = table.ValuesOf(field);
            switch (values.Kind)
            {
                case LinkFieldKind.Name:
                    foreach (var token in values.NameOf(own[field]).Tokens)
                        if (!token.IsWeak && token.Kind != TokenKind.Initial && atoms.Count < MostAtoms)
                            Add(Hashing.Mix(Skeleton.OfPhones(token.Phones) * 31 + First(token)), false);
                    break;
                case LinkFieldKind.Date:
                    var date = values.DateAt(own[field]);
                    Add(Hashing.Mix((ulong)date + 0x1000_0000_0000), date % 100 != 0);
                    Add(Hashing.Mix((ulong)(date / 10_000) + 0x2000_0000_0000), false);
                    if (date % 10_000 != 0)
                        Add(Hashing.Mix((ulong)(date % 10_000) + 0x3000_0000_0000), false);
                    break;
                case LinkFieldKind.Identifier:
                    Add(Hashing.Of(values[own[field]], (ulong)field + 40), true);
                    break;
                default:
                    Add(Hashing.Of(values[own[field]], (ulong)field + 60), false);
                    if (values[own[field]].IndexOf(' ', StringComparison.Ordinal) is > 1 and var blank)
                        Add(Hashing.Of(values[own[field]].AsSpan(0, blank), (ulong)field + 80), false);
                    break;
            }
        }
        atoms.Sort(static (a, b) => a.Hash.CompareTo(b.Hash));

        void Add(ulong hash, bool isAlone)
        {
            if (atoms.Count < MostAtoms && !atoms.Exists(a => a.Hash == hash))
                atoms.Add((hash, isAlone));
        }
    }

    /// <summary>Words without consonants would all be one.</summary>
    private static uint First(Token token) => token.Phones.Length == 0 ? token.Text[0] : 0u;

    private static List<ulong> PairsOf(ulong[] keys, int[] rows, int largest, long most)
    {
        var blocks = new List<(int From, int Length)>();
        for (var from = 0; from < keys.Length; )
        {
            var end = from + 1;
            while (end < keys.Length && keys[end] == keys[from])
                end++;
            if (end - from > 1 && end - from <= largest)
                blocks.Add((from, end - from));
            from = end;
        }
        blocks.Sort(static (a, b) => a.Length != b.Length ? a.Length.CompareTo(b.Length) : a.From.CompareTo(b.From));
        var pairs = new List<ulong>();
        foreach (var (from, length) in blocks)
        {
            if (pairs.Count > most)
                break;
            for (var i = from; i < from + length; i++)
            for (var j = i + 1; j < from + length; j++)
                if (rows[i] != rows[j])
                    pairs.Add((ulong)(uint)Math.Min(rows[i], rows[j]) << 32 | (uint)Math.Max(rows[i], rows[j]));
        }
        return pairs;
    }

    private static ulong[] Distinct(List<ulong> pairs)
    {
        pairs.Sort();
        var count = 0;
        for (var at = 0; at < pairs.Count; at++)
            if (at == 0 || pairs[at] != pairs[at - 1])
                pairs[count++] = pairs[at];
        return [.. pairs.Take(count)];
    }
}
