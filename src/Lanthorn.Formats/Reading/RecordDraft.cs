using Lanthorn.Knowledge;

namespace Lanthorn.Formats;

/// <summary>A record being read: every value passes the cleaning of its property on the way in.</summary>
internal sealed class RecordDraft(Schema schema, Place place)
{
    /// <summary>More refusals than this in one record are counted, not listed.</summary>
    public const int MaxDroppedValues = 1_000;

    private readonly Properties.Builder values = new();
    private readonly List<Rejection> dropped = [];
    private readonly List<string> countries = [];
    private long droppedMore;

    public Schema Schema => schema;

    /// <summary>Adds a value, or says among the dropped values why not.</summary>
    public void Add(string property, string? raw) => Add(property, raw, place);

    public void Add(string property, string? raw, Place at)
    {
        if (!string.IsNullOrWhiteSpace(raw) && Try(property, raw) is { Length: > 0 } reason)
            Drop(Rejection.At(at, property, raw, reason));
    }

    /// <summary>
    /// Adds a value; one that does not clean stays word for word in the notes. False then, and when there was none.
    /// </summary>
    public bool AddOrNote(string property, string? raw, string label)
    {
        if (string.IsNullOrWhiteSpace(raw))
            return false;
        if (Try(property, raw).Length == 0)
            return true;
        Note($"{label}: {raw.Trim()}");
        return false;
    }

    /// <summary>Adds a value where it cleans, else nothing: for what is kept in another place as well.</summary>
    public bool TryAdd(string property, string? raw) =>
        !string.IsNullOrWhiteSpace(raw) && Try(property, raw).Length == 0;

    /// <summary>Keeps a text in the notes, in pieces where it is longer than a value may be.</summary>
    public void Note(string text)
    {
        var longest = schema.Find("notes")?.MaxLength ?? 0;
        for (var rest = text.Trim(); rest.Length > 0; )
        {
            var piece = rest.Length <= longest ? rest : rest[..longest];
            if (Try("notes", piece) is { Length: > 0 } reason)
                Drop(Rejection.At(place, "notes", piece, reason));
            if (longest == 0)
                return;
            rest = rest[piece.Length..];
        }
    }

    public void Drop(Rejection rejection)
    {
        if (dropped.Count < MaxDroppedValues)
            dropped.Add(rejection);
        else
            droppedMore++;
    }

    public ReadRecord Finish(
        string externalId,
        string? publicId,
        DateOnly? publishedAt,
        SubjectCategory category = SubjectCategory.None
    )
    {
        if (droppedMore > 0)
            dropped.Add(Rejection.At(place, "", "", $"{droppedMore:N0} more values of this record were refused"));
        return new(externalId, publicId, schema, values.Build(), publishedAt, place, dropped) { Category = category };
    }

    /// <summary>The reason of a refusal; empty when the value was added.</summary>
    private string Try(string name, string raw)
    {
        if (schema.Find(name) is not { } property)
            return $"{schema.Name} has no property '{name}'";
        if (property.IsStub)
            return $"'{name}' is the other end of a link and holds no values";
        // The countries named so far: a telephone number without prefix is read by them.
        var clean = PropertyCleaning.Clean(property, raw, new(countries));
        if (!clean.IsAccepted)
            return clean.Reason;
        if (!values.Add(name, clean.Value))
            return $"more than {Properties.MaxValuesPerProperty:N0} values";
        if (property.Type.Name == "country")
            countries.Add(clean.Value);
        return "";
    }
}
