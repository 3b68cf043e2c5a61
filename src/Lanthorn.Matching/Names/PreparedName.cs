namespace Lanthorn.Matching;

/// <summary>In which capacity a subject bears a name.</summary>
public enum NameKind
{
    Name,

    /// <summary>Put together from firstName, lastName and the like.</summary>
    Built,
    PreviousName,
    Alias,

    /// <summary>A name of low quality, such as a nickname: a match on it says less.</summary>
    WeakAlias,
}

/// <summary>One name of a subject, read once.</summary>
internal sealed class PreparedName(string written, NameKind kind, Token[] tokens)
{
    public string Written { get; } = written;
    public NameKind Kind { get; } = kind;
    public Token[] Tokens { get; } = tokens;

    /// <summary>How many parts identify, rather than merely accompany.</summary>
    public int StrongCount
    {
        get
        {
            var count = 0;
            foreach (var token in Tokens)
                if (!token.IsWeak)
                    count++;
            return count;
        }
    }

    public bool HasSameTokens(PreparedName other)
    {
        if (Tokens.Length != other.Tokens.Length)
            return false;
        for (var i = 0; i < Tokens.Length; i++)
            if (Tokens[i].Text != other.Tokens[i].Text || Tokens[i].Kind != other.Tokens[i].Kind)
                return false;
        return true;
    }
}
