using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;

namespace Lanthorn.Matching;

/// <summary>
/// Turns what an index holds at one moment into columns that can lie in a file, while the index goes on. Made by
/// <see cref="CandidateIndex.BeginFreezing"/>; written on any thread; what came of it is taken up by
/// <see cref="CandidateIndex.Adopt"/>. Words that no living row bears are left behind.
/// </summary>
public sealed class Freezing
{
    /// <summary>Subjects are handed on in pieces of about this size.</summary>
    private const int PieceLength = 1 << 20;

    private readonly FrozenSegment? frozen;
    private readonly LiveSegment live;
    private readonly int liveRows;
    private readonly List<int> taken = [];
    private int takenFromFrozen;

    internal Freezing(FrozenSegment? frozen, LiveSegment live) =>
        (this.frozen, this.live, liveRows) = (frozen, live, live.Count);

    /// <summary>How many records were written.</summary>
    public int Count => taken.Count;

    /// <summary>Writes everything that is alive. Some 300 bytes a record; half a minute for a million.</summary>
    /// <exception cref="OverflowException">More than 2 GiB of subjects, about eight million records.</exception>
    public void Write(WriteColumn write, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(write);
        var words = new WordsToFreeze();
        var rows = new RowsToFreeze(words, write);
        if (frozen is not null)
            Take(frozen, frozen.Count, rows, cancellation);
        takenFromFrozen = taken.Count;
        Take(live, liveRows, rows, cancellation);
        rows.Finish(write);
        words.Write(write);
    }

    /// <summary>Gives the rows of what was written the labels that they have by now; those that went meanwhile go there too.</summary>
    internal void CatchUp(FrozenSegment made)
    {
        for (var row = 0; row < taken.Count; row++)
        {
            Segment from = row < takenFromFrozen ? frozen! : live;
            var label = from.Rows.Labels[taken[row]];
            if (label == Rows.Gone)
                made.Bury(row);
            else
                made.Rows.Labels[row] = label;
        }
    }

    /// <summary>What was put in since the beginning.</summary>
    internal LiveSegment Rest()
    {
        var rest = new LiveSegment();
        live.CopyTo(rest, liveRows);
        return rest;
    }

    private void Take(Segment segment, int count, RowsToFreeze into, CancellationToken cancellation)
    {
        var numbers = new Dictionary<Token, int>(ReferenceEqualityComparer.Instance);
        for (var row = 0; row < count; row++)
        {
            cancellation.ThrowIfCancellationRequested();
            var label = Volatile.Read(ref segment.Rows.Labels[row]);
            if (label == Rows.Gone || segment.SubjectOf(row) is not { } subject)
                continue;
            into.Add(segment.Rows.Ordinals[row], (ushort)label, segment.Rows.Ties[row], subject, numbers);
            taken.Add(row);
        }
    }

    /// <summary>The columns of rows and subjects as they are put together.</summary>
    private sealed class RowsToFreeze(WordsToFreeze words, WriteColumn write)
    {
        private readonly List<int> ordinals = [];
        private readonly List<ushort> labels = [];
        private readonly List<ulong> ties = [];
        private readonly List<byte> shortest = [];
        private readonly List<int> starts = [0];
        private readonly Dictionary<string, int> properties = new(StringComparer.Ordinal);
        private readonly PostingPairs joined = new();
        private readonly PostingPairs identifiers = new();
        private readonly ArrayBufferWriter<byte> piece = new(PieceLength + PieceLength / 4);
        private int written;

        public void Add(int ordinal, ushort label, ulong tie, PreparedSubject subject, Dictionary<Token, int> numbers)
        {
            var row = ordinals.Count;
            ordinals.Add(ordinal);
            labels.Add(label);
            ties.Add(tie);
            shortest.Add(Rows.ShortestOf(subject));
            SubjectCoding.Write(subject, token => words.NumberOf(token, numbers), PropertyOf, piece);
            starts.Add(checked(written + piece.WrittenCount));
            if (piece.WrittenCount >= PieceLength)
                Flush();
            foreach (var (token, isAlone) in Posted.WordsOf(subject))
                words.Post(words.NumberOf(token, numbers), row, isAlone);
            foreach (var key in Posted.JoinedOf(subject))
                joined.Add(key, row);
            foreach (var identifier in subject.Identifiers)
                identifiers.Add(identifier.Key, row);
        }

        public void Finish(WriteColumn into)
        {
            Flush();
            into("rows.ordinals", Bytes(ordinals));
            into("rows.labels", Bytes(labels));
            into("rows.ties", Bytes(ties));
            into("rows.shortest", Bytes(shortest));
            into("rows.starts", Bytes(starts));
            into("rows.properties", Encoding.UTF8.GetBytes(string.Join('\n', properties.Keys)));
            FrozenPostings.Write("joined", joined, into);
            FrozenPostings.Write("identifiers", identifiers, into);
        }

        private int PropertyOf(string property)
        {
            if (!properties.TryGetValue(property, out var number))
                properties[property] = number = properties.Count;
            return number;
        }

        private void Flush()
        {
            write("rows.subjects", piece.WrittenSpan);
            written += piece.WrittenCount;
            piece.ResetWrittenCount();
        }
    }

    /// <summary>The columns of words as they are put together.</summary>
    private sealed class WordsToFreeze
    {
        private readonly Dictionary<TokenIdentity, int> known = [];
        private readonly List<Token> words = [];
        private readonly ListsToFreeze rows = new();
        private readonly ListsToFreeze rowsAlone = new();

        /// <param name="seen">The numbers of the words of one segment that were asked for before.</param>
        public int NumberOf(Token token, Dictionary<Token, int> seen)
        {
            if (seen.TryGetValue(token, out var number))
                return number;
            if (!known.TryGetValue(TokenIdentity.Of(token), out number))
            {
                known[TokenIdentity.Of(token)] = number = words.Count;
                words.Add(token);
            }
            return seen[token] = number;
        }

        public void Post(int word, int row, bool isAlone)
        {
            rows.Note(word, row);
            if (isAlone)
                rowsAlone.Note(word, row);
        }

        public void Write(WriteColumn into)
        {
            rows.Write("words.rowstarts", "words.rows", words.Count, into);
            rowsAlone.Write("words.alonestarts", "words.alone", words.Count, into);
            var keys = new PostingPairs();
            Span<ulong> own = stackalloc ulong[TokenKeys.Max];
            for (var word = 0; word < words.Count; word++)
                foreach (var key in own[..TokenKeys.Write(words[word], own)])
                    keys.Add(key, word);
            FrozenPostings.Write("words", keys, into);
            WriteHeads(into);
        }

        private void WriteHeads(WriteColumn into)
        {
            var canons = new Dictionary<string, int>(StringComparer.Ordinal);
            var heads = new List<WordHead>(words.Count + 1);
            var glances = new List<Glance>(words.Count);
            var text = new List<char>();
            var phones = new List<byte>();
            foreach (var word in words)
            {
                var canon = -1;
                if (word.Canon is not null && !canons.TryGetValue(word.Canon, out canon))
                    canons[word.Canon] = canon = canons.Count;
                heads.Add(new(word.NativeForms, text.Count, phones.Count, word.Weight, canon, word.Script, word.Kind));
                glances.Add(new(word.Shape, word.Canon is not null));
                text.AddRange(word.Text);
                phones.AddRange(word.Phones);
            }
            heads.Add(new(0, text.Count, phones.Count, 0, -1, default, default));
            into("words.heads", Bytes(heads));
            into("words.glances", Bytes(glances));
            into("words.canons", Encoding.UTF8.GetBytes(string.Join('\n', canons.Keys)));
            into("words.text", Bytes(text));
            into("words.phones", Bytes(phones));
        }
    }

    private static ReadOnlySpan<byte> Bytes<T>(List<T> list)
        where T : unmanaged => MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(list));
}
