using Lanthorn.Knowledge;

namespace Lanthorn.Matching;

/// <summary>Two names and nothing else: what the verb <c>score</c> asks.</summary>
public static class NameScore
{
    public static Score Compare(string a, string b, Schema schema) =>
        Scorer.Compare(Prepare(a, schema), Prepare(b, schema), ScoreSettings.Default);

    private static PreparedSubject Prepare(string name, Schema schema)
    {
        var properties = new Properties.Builder();
        properties.Add("name", name);
        return PreparedSubject.Prepare(schema, properties.Build());
    }
}
