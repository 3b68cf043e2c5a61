using System.Text;

namespace Lanthorn.Formats;

/// <summary>One row of a table in text.</summary>
/// <param name="Starts">Where each field starts: a row with line breaks inside quotes has several lines.</param>
/// <param name="Damage">Why the row cannot be used, and where; null when it can.</param>
internal readonly record struct DelimitedRow(
    IReadOnlyList<string> Fields,
    IReadOnlyList<Place> Starts,
    Place Place,
    (string Reason, Place Place)? Damage
);

/// <summary>
/// Rows of delimited text (RFC 4180: quotes, doubled quotes, line breaks inside quotes; any line end). Written here
/// because a refused row needs the line and column of its fields, and because reading goes on behind a row that breaks
/// a limit. A byte 0x1A alone behind the last row is the old mark for the end of a file. Not safe for several threads.
/// </summary>
internal sealed class DelimitedReader(TextReader text, char delimiter, string file)
{
    public const int MaxFieldLength = 1024 * 1024;
    public const int MaxFields = 1024;

    /// <summary>Stands in decoded text for bytes that are not in the encoding; it is no character of Unicode's.</summary>
    public const char Undecodable = '\uFFFF';

    private const char EndOfFileMark = '\u001A';

    private readonly char[] buffer = new char[32 * 1024];
    private readonly StringBuilder field = new();
    private List<string> fields = [];
    private List<Place> starts = [];
    private (string, Place)? damage;
    private State state = State.FieldStart;
    private int position;
    private int length;
    private long line = 1;
    private int column = 1;
    private bool afterReturn;

    private enum State
    {
        FieldStart,
        Plain,
        Quoted,
        QuoteInQuoted,
        PassingOver,
    }

    private Place Here => new(file, line, column);

    /// <summary>The next row that is not empty; null at the end.</summary>
    public async ValueTask<DelimitedRow?> ReadAsync(CancellationToken cancellation)
    {
        (fields, starts, damage, state) = ([], [], null, State.FieldStart);
        while (true)
        {
            while (position < length)
                if (Accept(buffer[position++]))
                    return Row();
            length = await text.ReadAsync(buffer, cancellation);
            position = 0;
            if (length == 0)
                return AtEnd();
        }
    }

    private DelimitedRow? AtEnd()
    {
        if (state == State.FieldStart && fields.Count == 0)
            return null;
        if (state == State.Plain && fields.Count == 0 && field is { Length: 1 } && field[0] == EndOfFileMark)
            return null;
        if (state == State.Quoted)
            damage ??= ("the quote that opens here is never closed", starts[^1]);
        if (state != State.PassingOver)
            EndField();
        return Row();
    }

    private DelimitedRow Row() => new(fields, starts, starts.Count > 0 ? starts[0] : Here, damage);

    /// <summary>True when the character ends a row.</summary>
    private bool Accept(char c)
    {
        var ended = Step(c);
        if (c == '\n' && afterReturn)
            afterReturn = false;
        else if (c is '\n' or '\r')
            (line, column, afterReturn) = (line + 1, 1, c == '\r');
        else
            (column, afterReturn) = (column == int.MaxValue ? column : column + 1, false);
        return ended;
    }

    private bool Step(char c)
    {
        var breaks = c is '\n' or '\r';
        if (c is '\0' or Undecodable)
            damage ??= (
                c == '\0' ? "a NUL character is no text" : "the bytes here are not in the file's encoding",
                Here
            );
        switch (state)
        {
            case State.FieldStart:
                return StartField(c, breaks);
            case State.Plain when breaks || c == delimiter:
                EndField();
                return breaks;
            case State.Plain:
                Append(c);
                return false;
            case State.Quoted when c == '"':
                state = State.QuoteInQuoted;
                return false;
            case State.Quoted:
                Append(c);
                return false;
            case State.QuoteInQuoted when c == '"':
                state = State.Quoted;
                Append(c);
                return false;
            case State.QuoteInQuoted when breaks || c == delimiter:
                EndField();
                return breaks;
            case State.QuoteInQuoted when c == ' ':
                return false;
            case State.QuoteInQuoted:
                PassOver("text after the quote that closes a field");
                return false;
            default:
                return breaks;
        }
    }

    private bool StartField(char c, bool breaks)
    {
        // The second half of a line end that the row before took, or an empty line.
        if (breaks && fields.Count == 0)
            return false;
        starts.Add(Here);
        state = c == '"' ? State.Quoted : State.Plain;
        if (breaks || c == delimiter)
            EndField();
        else if (c != '"')
            Append(c);
        return breaks;
    }

    private void EndField()
    {
        if (state == State.FieldStart)
            starts.Add(Here);
        fields.Add(field.ToString());
        field.Clear();
        if (fields.Count > MaxFields)
            PassOver($"more than {MaxFields:N0} columns");
        else
            state = State.FieldStart;
    }

    private void Append(char c)
    {
        field.Append(c);
        if (field.Length > MaxFieldLength)
            PassOver($"a field of more than {MaxFieldLength:N0} characters (or a quote that is never closed)");
    }

    /// <summary>The rest of the line is not looked at any more.</summary>
    private void PassOver(string reason)
    {
        damage ??= (reason, state == State.QuoteInQuoted ? Here : starts[^1]);
        field.Clear();
        state = State.PassingOver;
    }
}
