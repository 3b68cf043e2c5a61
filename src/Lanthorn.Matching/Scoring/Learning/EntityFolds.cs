namespace Lanthorn.Matching;

/// <summary>
/// Folds for cross-validation: pairs that hang together by shared records stay in one, since who has seen one of them knows
/// something about the others.
/// </summary>
internal static class EntityFolds
{
    /// <returns>The fold of each pair, and into how many groups the pairs fall.</returns>
    public static (int[] Folds, int Groups) Of(IReadOnlyList<JudgedPair> pairs, int count)
    {
        var parents = new Dictionary<int, int>();
        foreach (var pair in pairs)
            parents[Root(parents, pair.Left)] = Root(parents, pair.Right);
        var groups = pairs
            .Select((pair, at) => (Root: Root(parents, pair.Left), At: at))
            .GroupBy(p => p.Root, p => p.At)
            .Select(g => g.ToList())
            .OrderByDescending(g => g.Count)
            .ThenBy(g => g[0])
            .ToList();
        var folds = new int[pairs.Count];
        // Same and different are dealt out evenly, so that no fold lacks one of them.
        var filled = new (int Same, int Different)[count];
        foreach (var group in groups)
        {
            var same = group.Count(at => pairs[at].IsSame);
            var isMostlySame = same * 2 > group.Count;
            var fold = Enumerable
                .Range(0, count)
                .MinBy(f =>
                    (isMostlySame ? filled[f].Same : filled[f].Different, filled[f].Same + filled[f].Different, f)
                );
            filled[fold] = (filled[fold].Same + same, filled[fold].Different + group.Count - same);
            foreach (var at in group)
                folds[at] = fold;
        }
        return (folds, groups.Count);
    }

    private static int Root(Dictionary<int, int> parents, int record)
    {
        while (parents.TryGetValue(record, out var parent) && parent != record)
        {
            // Each look halves the way for the next.
            if (parents.TryGetValue(parent, out var above))
                parents[record] = above;
            record = parent;
        }
        return record;
    }
}
