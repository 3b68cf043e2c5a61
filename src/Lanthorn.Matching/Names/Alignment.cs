namespace Lanthorn.Matching;

/// <summary>Which parts of two names belong together. Works on the stack; the names must be in a fixed order.</summary>
internal ref struct Alignment
{
    /// <summary>Neighbouring parts that one word of the other name may stand for.</summary>
    private const int MaxJoined = 4;
    private const int ShortestJoined = 4;

    /// <summary>What is lost when parts that are only about alike had to be joined first.</summary>
    private const float Guess = 0.045f;
    private const float Plainly = 0.965f;

    private readonly ReadOnlySpan<Token> x;
    private readonly ReadOnlySpan<Token> y;
    private readonly Span<Pairing> pairs;
    private int count;

    /// <summary>Which parts are taken, a bit each.</summary>
    private uint takenX;
    private uint takenY;

    public Alignment(ReadOnlySpan<Token> x, ReadOnlySpan<Token> y, Span<Pairing> room)
    {
        this.x = x;
        this.y = y;
        pairs = room;
    }

    public readonly ReadOnlySpan<Pairing> Pairs => pairs[..count];

    /// <summary>Takes the most alike pair, again and again; of equals the one whose places in the names are closest.</summary>
    public void PairBest(ReadOnlySpan<float> likeness)
    {
        while (count < pairs.Length)
        {
            var (best, bestI, bestJ, bestApart) = (TokenComparison.Floor, -1, -1, 0);
            for (var i = 0; i < x.Length; i++)
            {
                if ((takenX >> i & 1) != 0)
                    continue;
                for (var j = 0; j < y.Length; j++)
                {
                    var value = likeness[i * y.Length + j];
                    if ((takenY >> j & 1) != 0 || value < best)
                        continue;
                    var apart = Math.Abs(i - j);
                    if (value > best || bestI < 0 || apart < bestApart)
                        (best, bestI, bestJ, bestApart) = (value, i, j, apart);
                }
            }
            if (bestI < 0)
                return;
            Take(new(bestI, 1, bestJ, 1, best));
        }
    }

    /// <summary>Finds words that are written apart in one name and together in the other.</summary>
    public void PairJoined()
    {
        JoinInto(isX: true);
        JoinInto(isX: false);
    }

    public readonly float WeightOf(Pairing pair)
    {
        var (a, b) = (0f, 0f);
        for (var i = 0; i < pair.CountA; i++)
            a += x[pair.A + i].Weight;
        for (var j = 0; j < pair.CountB; j++)
            b += y[pair.B + j].Weight;
        return (a + b) / 2;
    }

    public readonly (float X, float Y) LeftOver()
    {
        var (onlyX, onlyY) = (0f, 0f);
        for (var i = 0; i < x.Length; i++)
            if ((takenX >> i & 1) == 0)
                onlyX += x[i].Weight;
        for (var j = 0; j < y.Length; j++)
            if ((takenY >> j & 1) == 0)
                onlyY += y[j].Weight;
        return (onlyX, onlyY);
    }

    /// <summary>What it is worth that the names begin, or end, with parts that belong together.</summary>
    public readonly float Frame(float beginning, float end)
    {
        var (firstX, lastX) = Ends(x);
        var (firstY, lastY) = Ends(y);
        var worth = 0f;
        foreach (var pair in Pairs)
        {
            worth +=
                pair.A <= firstX && firstX < pair.A + pair.CountA && pair.B <= firstY && firstY < pair.B + pair.CountB
                    ? beginning
                    : 0;
            worth +=
                pair.A <= lastX && lastX < pair.A + pair.CountA && pair.B <= lastY && lastY < pair.B + pair.CountB
                    ? end
                    : 0;
        }
        return worth;
    }

    /// <summary>Whether one name has a number that the other has not, and the other none of its own.</summary>
    public readonly bool IsOneNumbered() => HasFreeNumber(x, takenX) != HasFreeNumber(y, takenY);

    private static bool HasFreeNumber(ReadOnlySpan<Token> tokens, uint taken)
    {
        for (var i = 0; i < tokens.Length; i++)
            if (tokens[i].Kind == TokenKind.Number && (taken >> i & 1) == 0)
                return true;
        return false;
    }

    /// <summary>The first and the last part that identifies.</summary>
    private static (int First, int Last) Ends(ReadOnlySpan<Token> tokens)
    {
        var (first, last) = (-1, -1);
        for (var i = 0; i < tokens.Length; i++)
            if (!tokens[i].IsWeak)
                (first, last) = (first < 0 ? i : first, i);
        return (first, last);
    }

    /// <summary>The share of pairs that stand in another order, 0 to 1.</summary>
    public readonly float Disorder()
    {
        var (crossed, all) = (0, 0);
        for (var p = 0; p < count; p++)
        for (var q = p + 1; q < count; q++)
        {
            all++;
            if ((pairs[p].A < pairs[q].A) != (pairs[p].B < pairs[q].B))
                crossed++;
        }
        return all == 0 ? 0 : (float)crossed / all;
    }

    /// <summary>Tries, for each word of one name that has no good partner, runs of words of the other.</summary>
    private void JoinInto(bool isX)
    {
        var whole = isX ? x : y;
        var parts = isX ? y : x;
        if (parts.Length < 2)
            return;
        for (var i = 0; i < whole.Length; i++)
        {
            var token = whole[i];
            if (token.IsWeak || LengthOf(token) < ShortestJoined || IsWellPaired(isX, i))
                continue;
            var (best, start, length) = (0f, 0, 0);
            for (var from = 0; from < parts.Length; from++)
            for (var n = 2; n <= MaxJoined && from + n <= parts.Length; n++)
            {
                if (!CanJoin(token, parts, from, n))
                    continue;
                var likeness = CompareJoined(token, parts.Slice(from, n));
                if (likeness > best)
                    (best, start, length) = (likeness, from, n);
            }
            if (!NameComparison.Joins(best))
                continue;
            var pair = isX ? new Pairing(i, 1, start, length, best) : new Pairing(start, length, i, 1, best);
            if (Release(pair))
                Take(pair);
        }
    }

    /// <summary>Words that are written apart begin or end like the one that they are together, and are as long.</summary>
    private static bool CanJoin(Token whole, ReadOnlySpan<Token> parts, int from, int n)
    {
        var (first, last) = (parts[from], parts[from + n - 1]);
        if (first.Script != whole.Script)
            return HasSyllables(first, whole);
        var length = whole.Text.Length;
        for (var i = from; i < from + n; i++)
            length -= parts[i].Text.Length;
        return length is >= -2 and <= 2 && (first.Text[0] == whole.Text[0] || last.Text[^1] == whole.Text[^1]);
    }

    private readonly bool IsWellPaired(bool isX, int i)
    {
        foreach (var pair in Pairs)
        {
            var (from, n) = isX ? (pair.A, pair.CountA) : (pair.B, pair.CountB);
            if (i >= from && i < from + n)
                return pair.Likeness >= 0.9f || pair.CountA + pair.CountB > 2;
        }
        return false;
    }

    private static float CompareJoined(Token whole, ReadOnlySpan<Token> parts)
    {
        var sameScript = parts[0].Script == whole.Script;
        var (length, sounds) = (0, 0);
        foreach (var part in parts)
        {
            if (part.Script != parts[0].Script || (!sameScript && !HasSyllables(part, whole)))
                return 0;
            length += part.Text.Length;
            sounds += part.Phones.Length;
        }
        if (length > Spellings.MaxPhones || sounds > Spellings.MaxPhones)
            return 0;
        var apart = sameScript ? length - whole.Text.Length : sounds - whole.Phones.Length;
        if (Math.Abs(apart) > 2)
            return 0;
        Span<char> text = stackalloc char[Spellings.MaxPhones];
        Span<byte> phones = stackalloc byte[Spellings.MaxPhones];
        (length, sounds) = (0, 0);
        foreach (var part in parts)
        {
            part.Text.CopyTo(text[length..]);
            part.Phones.CopyTo(phones[sounds..]);
            (length, sounds) = (length + part.Text.Length, sounds + part.Phones.Length);
        }
        var likeness = TokenComparison.CompareSpelled(
            new(whole),
            new(text[..length], phones[..sounds], parts[0].Script)
        );
        return likeness >= Plainly ? likeness : likeness - Guess;
    }

    private static int LengthOf(Token token) => token.Script.IsSyllabic() ? token.Phones.Length : token.Text.Length;

    private static bool HasSyllables(Token a, Token b) => a.Script.IsSyllabic() || b.Script.IsSyllabic();

    /// <summary>Frees the parts that a joined pair needs from weaker pairs; false when one of them is firmly taken.</summary>
    private bool Release(Pairing wanted)
    {
        for (var p = 0; p < count; p++)
            if (Touches(pairs[p], wanted) && pairs[p].Likeness >= 0.9f && !AllWeak(pairs[p]))
                return false;
        for (var p = count - 1; p >= 0; p--)
            if (Touches(pairs[p], wanted))
            {
                takenX &= ~Mask(pairs[p].A, pairs[p].CountA);
                takenY &= ~Mask(pairs[p].B, pairs[p].CountB);
                pairs[p] = pairs[--count];
            }
        return count < pairs.Length;
    }

    private readonly bool AllWeak(Pairing pair) => x[pair.A].IsWeak && y[pair.B].IsWeak;

    private static bool Touches(Pairing a, Pairing b) =>
        (Mask(a.A, a.CountA) & Mask(b.A, b.CountA)) != 0 || (Mask(a.B, a.CountB) & Mask(b.B, b.CountB)) != 0;

    private void Take(Pairing pair)
    {
        takenX |= Mask(pair.A, pair.CountA);
        takenY |= Mask(pair.B, pair.CountB);
        pairs[count++] = pair;
    }

    private static uint Mask(int from, int n) => ((1u << n) - 1) << from;
}
