using System.Globalization;
using Lanthorn.Knowledge;

namespace Lanthorn.Storage;

/// <summary>
/// A text search as SQL: the indexes give the rows that can have the words, in the order of ranks, and what stands in the
/// row itself decides, so that the search ends with its last hit. $1 is the viewer's labels, $2 the limit, then come the
/// words that the indexes are asked for, what the database's own search wants, and what the clauses ask.
/// </summary>
internal sealed class TextStatement
{
    private const string HitColumns =
        "s.rank, s.ordinal, s.public_id, s.source, s.schema, s.countries, s.topics, s.changed_at";

    private const string Always = "1 = 1";

    private readonly Dialect dialect;
    private readonly List<object> values;

    private TextStatement(Dialect dialect, int limit) => (this.dialect, values) = (dialect, [(long)limit]);

    public string Sql { get; private set; } = "";

    /// <summary>From $2 on.</summary>
    public object[] Values => [.. values];

    /// <summary>Null when something is looked for that has no words: nothing is found then.</summary>
    public static TextStatement? Of(Dialect dialect, string visible, TextQuery query, int limit)
    {
        var clauses = query.AllClauses.Where(IsMeant).ToList();
        var isAsked = query.Text.AsSpan().Trim().Length > 0 || query.Clauses.Count > 0;
        if (clauses.Count == 0 && isAsked)
            return null;
        var (words, any) = Leading(clauses);
        var building = new TextStatement(dialect, limit);
        List<string> parameters = [.. words.Select(w => building.Add(w.Text))];
        parameters.Add(dialect.TextQuery(words, any) is { } ownQuery ? building.Add(ownQuery) : "null");
        var (from, rank) = dialect.TextCandidates(words, parameters, any);
        var conditions = clauses.Select(building.Condition).ToList();
        if (query.Ids is { } ids)
            conditions.Add(HasId(dialect.IsOneOf("i.public_id", building.Add(dialect.List(ids)))));
        var inNames = clauses
            .Where(c => !c.IsExcluded)
            .SelectMany(c => c.Alternatives)
            .SelectMany(WordsOf)
            .Distinct()
            .Select(w => $"case when {dialect.Contains("s.names", building.Add(w.Text))} then 1 else 0 end")
            .ToList();
        building.Sql = $"""
            select {HitColumns}, {(inNames.Count == 0 ? "0" : string.Join(" + ", inNames))}
            from {from} where {visible} and s.live = 1 and {string.Join(" and ", conditions.DefaultIfEmpty(Always))}
            order by {rank} limit $2
            """;
        return building;
    }

    private static bool IsText(TextTerm term) => term.Field is TextTerm.In.Words or TextTerm.In.Phrase;

    /// <summary>Signs without a letter or digit say nothing.</summary>
    private static bool IsMeant(TextClause clause) => clause.Alternatives.Any(t => !IsText(t) || WordsOf(t).Count > 0);

    private static IReadOnlyList<TextKeys.Word> WordsOf(TextTerm term) =>
        IsText(term) ? TextKeys.Query(term.Value) : [];

    /// <summary>The words that the indexes are asked for: every hit has all of them, or any.</summary>
    private static (IReadOnlyList<TextKeys.Word> Words, bool Any) Leading(IReadOnlyList<TextClause> clauses)
    {
        var needed = clauses
            .Where(c => c is { IsExcluded: false, Alternatives.Count: 1 })
            .SelectMany(c => WordsOf(c.Alternatives[0]))
            .Distinct()
            .Take(TextKeys.MaxWords)
            .ToList();
        if (needed.Count > 0)
            return (needed, false);
        var choice = clauses.FirstOrDefault(c => !c.IsExcluded && c.Alternatives.All(t => WordsOf(t).Count > 0));
        return choice is null ? ([], false) : ([.. choice.Alternatives.SelectMany(WordsOf).Distinct()], true);
    }

    /// <summary>
    /// The parameter of a value, the same for the same text: each word that leads is asked for again in what counts names,
    /// so that no parameter stays without a place in the statement.
    /// </summary>
    private string Add(object value)
    {
        var known = values.FindIndex(v => v is string && v.Equals(value));
        if (known < 0)
            values.Add(value);
        return string.Create(CultureInfo.InvariantCulture, $"${(known < 0 ? values.Count - 1 : known) + 2}");
    }

    private string Condition(TextClause clause)
    {
        var any = string.Join(" or ", clause.Alternatives.Select(Condition));
        return clause.IsExcluded ? $"not ({any})" : $"({any})";
    }

    private string Condition(TextTerm term) =>
        term.Field switch
        {
            TextTerm.In.Words => $"({string.Join(" and ", WordsOf(term).Select(Has).DefaultIfEmpty(Always))})",
            TextTerm.In.Phrase => InTexts(Add(Phrase(term.Value))),
            TextTerm.In.Country => dialect.Contains("' ' || s.countries || ' '", Add($" {term.Value} ")),
            TextTerm.In.Topic => HasTopic(Add($" {term.Value} "), Add($" {term.Value}.")),
            TextTerm.In.Source => $"s.source = {Add(term.Value)}",
            TextTerm.In.Schema => dialect.IsOneOf("s.schema", Add(dialect.List(SchemataBelow(term.Value)))),
            TextTerm.In.Born => Born(Add($"\"{term.Value}")),
            TextTerm.In.Changed => Changed(term),
            TextTerm.In.Id => HasId($"i.public_id = {Add(term.Value)}"),
            _ => throw new InvalidOperationException($"No condition for {term.Field}"),
        };

    /// <summary>A short word stands for itself, a long one for any text that it is part of.</summary>
    private string Has(TextKeys.Word word) =>
        word.IsLong
            ? InTexts(Add(word.Text))
            : $"exists (select 1 from short_text k where k.key = {Add(word.Text)} and k.rank = s.rank)";

    /// <summary>A topic stands for those below it: crime for crime.traffick.</summary>
    private string HasTopic(string itself, string below) =>
        $"({dialect.Contains("' ' || s.topics || ' '", itself)} or {dialect.Contains("' ' || s.topics || ' '", below)})";

    private string InTexts(string parameter) =>
        $"({dialect.Contains("s.names", parameter)} or {dialect.Contains("s.others", parameter)})";

    /// <summary>The dates of birth of the record as it is now are a list in JSON: a quotation mark begins each.</summary>
    private string Born(string beginning) =>
        $"""
            exists (select 1 from record b join record_version w on w.ordinal = b.ordinal and w.version = b.version
            where b.ordinal = s.ordinal and {dialect.Contains(
                dialect.JsonText("w.properties", "birthDate"),
                beginning
            )})
            """;

    private static string HasId(string condition) => $"s.rank in (select i.rank from record i where {condition})";

    private string Changed(TextTerm term)
    {
        var from = term.Value.Length == 0 ? Always : $"s.changed_at >= {Add(term.Value)}";
        return term.Before.Length == 0 ? $"({from})" : $"({from} and s.changed_at < {Add(term.Before)})";
    }

    private static string Phrase(string text) =>
        TextKeys.Fold(string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));

    private static IEnumerable<string> SchemataBelow(string name) =>
        Model.Schemata.Values.Where(s => s.IsA(name)).Select(s => s.Name);
}
