using Lucene.Net.Analysis.Standard;
using Lucene.Net.Analysis.TokenAttributes;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Store;
using Lucene.Net.Util;

namespace Lanthorn.Bench.Matching;

/// <summary>The same names in a Lucene.NET index in memory, asked with a fuzzy query of two edits for each word.</summary>
internal sealed class LuceneNames : IDisposable
{
    private const int Edits = 2;

    private readonly StandardAnalyzer analyzer = new(LuceneVersion.LUCENE_48);
    private readonly RAMDirectory directory = new();
    private readonly DirectoryReader reader;
    private readonly IndexSearcher searcher;

    public LuceneNames(IReadOnlyList<ListEntry> entries)
    {
        using (var writer = new IndexWriter(directory, new IndexWriterConfig(LuceneVersion.LUCENE_48, analyzer)))
            for (var i = 0; i < entries.Count; i++)
                foreach (var name in entries[i].Names)
                    writer.AddDocument([new TextField("name", name, Field.Store.NO), new StoredField("entry", i)]);
        reader = DirectoryReader.Open(directory);
        searcher = new(reader);
    }

    public IReadOnlyList<int> Find(LostLetters.Query query)
    {
        var words = new BooleanQuery();
        foreach (var word in Words(query.Text))
            words.Add(new FuzzyQuery(new Term("name", word), Edits), Occur.SHOULD);
        var found = searcher.Search(words, 40).ScoreDocs;
        return [.. found.Select(f => searcher.Doc(f.Doc).GetField("entry").GetInt32Value() ?? -1).Distinct().Take(10)];
    }

    private List<string> Words(string text)
    {
        var words = new List<string>();
        using var stream = analyzer.GetTokenStream("name", text);
        var term = stream.AddAttribute<ICharTermAttribute>();
        stream.Reset();
        while (stream.IncrementToken())
            words.Add(term.ToString());
        stream.End();
        return words;
    }

    public void Dispose()
    {
        reader.Dispose();
        directory.Dispose();
        analyzer.Dispose();
    }
}
