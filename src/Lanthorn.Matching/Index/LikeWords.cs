namespace Lanthorn.Matching;

/// <summary>What one segment has that is like the parts of a query's names. Reused from query to query.</summary>
internal sealed class LikeWords
{
    /// <summary>More parts than this are not told apart; names that long are no names.</summary>
    private const int MostParts = 1024;

    private readonly List<List<(int Token, float Likeness)>> lists = [];
    private readonly List<int> starts = [];
    private readonly Dictionary<long, float> likeness = [];
    private readonly HashSet<int> joined = [];
    private int used;

    public void Clear()
    {
        starts.Clear();
        likeness.Clear();
        joined.Clear();
        used = 0;
    }

    /// <summary>Room for the parts of the query's next name.</summary>
    public void BeginName(int parts)
    {
        starts.Add(used);
        used += parts;
        while (lists.Count < used)
            lists.Add([]);
        for (var part = starts[^1]; part < used; part++)
            lists[part].Clear();
    }

    /// <summary>The words like a part of the name that was begun last, the likest first.</summary>
    public List<(int Token, float Likeness)> this[int part] => lists[starts[^1] + part];

    /// <summary>Takes note of what the lists of the last name hold now.</summary>
    public void EndName()
    {
        for (var part = starts[^1]; part < Math.Min(used, MostParts); part++)
            foreach (var (word, likely) in lists[part])
                likeness[KeyOf(part, word)] = likely;
    }

    /// <summary>A row was found by what is written together in one name and apart in the other.</summary>
    public void NoteJoined(int row) => joined.Add(row);

    public bool IsJoined(int row) => joined.Contains(row);

    /// <summary>How many of the query's names were searched for.</summary>
    public int Names => starts.Count;

    /// <summary>How like a word is to a part of a name of the query; 0 for a word that was not found for it.</summary>
    public float LikenessOf(int name, int part, int word) =>
        starts[name] + part is < MostParts and var at ? likeness.GetValueOrDefault(KeyOf(at, word)) : 0;

    private static long KeyOf(int part, int word) => (long)word * MostParts + part;
}
