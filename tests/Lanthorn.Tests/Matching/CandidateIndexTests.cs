using System.Runtime.InteropServices;
using System.Text;
using CsCheck;
using Lanthorn.Matching;

namespace Lanthorn.Tests.Matching;

public sealed class CandidateIndexTests
{
    private const ulong First = 1;
    private const ulong Both = 3;

    [Fact]
    public void What_is_put_in_changed_or_taken_out_is_so_at_once()
    {
        var index = new CandidateIndex();
        index.Put(7, 0, 1, Subjects.Named("Ermias Ghermay"));
        Assert.Equal([7], Find(index, "Ermias Ghermay"));
        index.Put(7, 0, 1, Subjects.Named("Zerihun Habtemariam"));
        Assert.Empty(Find(index, "Ermias Ghermay"));
        Assert.Equal([7], Find(index, "Zerihun Habtemariam"));
        Assert.Equal(1, index.Count);
        Assert.True(index.Relabel(7, 1));
        Assert.Empty(Find(index, "Zerihun Habtemariam", First));
        Assert.Equal([7], Find(index, "Zerihun Habtemariam", Both));
        Assert.True(index.Remove(7));
        Assert.False(index.Remove(7));
        Assert.Empty(Find(index, "Zerihun Habtemariam", Both));
        Assert.Null(index.GetPrepared(7));
    }

    [Fact]
    public void Hidden_records_change_no_answer() =>
        Gen.Select(Gen.Select(Subjects.Any, Gen.Bool).Array[1, 60], Subjects.Any, Gen.Int[1, 8])
            .Sample(
                (records, query, limit) =>
                {
                    var (all, visible) = (new CandidateIndex(), new CandidateIndex());
                    foreach (var (at, (said, isHidden)) in records.Index())
                    {
                        all.Put(at, (ushort)(isHidden ? 1 : 0), Tie(at), said.Prepared);
                        if (!isHidden)
                            visible.Put(at, 0, Tie(at), said.Prepared);
                    }
                    Assert.Equal(Candidates(visible, query.Prepared, limit), Candidates(all, query.Prepared, limit));
                },
                iter: 500
            );

    [Fact]
    public void The_order_of_putting_in_changes_no_answer() =>
        Gen.Select(Subjects.Any.Array[1, 40], Subjects.Any, Gen.Int[1, 8])
            .Sample(
                (records, query, limit) =>
                {
                    var (one, other) = (new CandidateIndex(), new CandidateIndex());
                    foreach (var (at, said) in records.Index())
                        one.Put(at, 0, Tie(at), said.Prepared);
                    foreach (var (at, said) in records.Index().Reverse())
                        other.Put(at, 0, Tie(at), said.Prepared);
                    Assert.Equal(Candidates(one, query.Prepared, limit), Candidates(other, query.Prepared, limit));
                },
                iter: 500
            );

    [Fact]
    public void Which_part_most_rows_bear_does_not_decide_what_a_name_of_one_part_is_worth()
    {
        // Without the hidden rows most bear Mohamed, with them most bear Ahmed.
        var (all, visible) = (new CandidateIndex(), new CandidateIndex());
        foreach (var index in (CandidateIndex[])[all, visible])
        {
            index.Put(
                0,
                0,
                Tie(0),
                new Said(Subjects.Person, [("name", "Muhammad"), ("alias", "Mohamed Ali")]).Prepared
            );
            for (var other = 1; other <= 5; other++)
                index.Put(other, 0, Tie(other), Subjects.Named("Mohamed Ivanovich"));
        }
        for (var hidden = 6; hidden <= 30; hidden++)
            all.Put(hidden, 1, Tie(hidden), Subjects.Named("Ahmed Petrov"));
        var query = Subjects.Named("Mohamed Ahmed");

        var found = Candidates(all, query, 10);

        Assert.Contains(found, c => c.Ordinal == 0);
        Assert.Equal(Candidates(visible, query, 10), found);
    }

    [Fact]
    public void Whether_rows_are_counted_before_they_are_collected_changes_no_answer() =>
        Gen.Select(Gen.Select(Subjects.Any, Gen.Bool).Array[1, 60], Subjects.Any, Gen.Int[1, 8])
            .Sample(
                (records, query, limit) =>
                {
                    var (counted, collected) = (new CandidateIndex { FewRows = 0 }, new CandidateIndex());
                    foreach (var (at, (said, isHidden)) in records.Index())
                    foreach (var index in (CandidateIndex[])[counted, collected])
                        index.Put(at, (ushort)(isHidden ? 1 : 0), Tie(at), said.Prepared);
                    Assert.Equal(
                        Candidates(collected, query.Prepared, limit),
                        Candidates(counted, query.Prepared, limit)
                    );
                },
                iter: 2_000
            );

    [Fact]
    public void A_frozen_index_answers_as_the_one_it_was_made_from() =>
        Gen.Select(Subjects.Any.Array[1, 60], Subjects.Any.Array[1, 4], Gen.Int[1, 8])
            .Sample(
                (records, queries, limit) =>
                {
                    var index = new CandidateIndex();
                    foreach (var (at, said) in records.Index())
                        index.Put(at, (ushort)(at % 3 == 0 ? 1 : 0), Tie(at), said.Prepared);
                    index.Remove(records.Length / 2);
                    var again = new CandidateIndex(Frozen(index.BeginFreezing()));
                    Assert.Equal(index.Count, again.Count);
                    foreach (var query in queries)
                    {
                        var found = Candidates(index, query.Prepared, limit);
                        Assert.Equal(found, Candidates(again, query.Prepared, limit));
                        // What it remembers of the question gives the same.
                        Assert.Equal(found, Candidates(again, query.Prepared, limit));
                        foreach (var candidate in found)
                            Assert.Equal(
                                ScoreOf(index, query.Prepared, candidate),
                                ScoreOf(again, query.Prepared, candidate)
                            );
                    }
                },
                iter: 300
            );

    [Fact]
    public void What_is_written_while_it_is_being_frozen_stays() =>
        Gen.Select(Steps.Array[1, 30], Steps.Array[0, 30], Steps.Array[0, 30], Subjects.Any, Gen.Int[1, 8])
            .Sample(
                (before, meanwhile, after, query, limit) =>
                {
                    var (frozen, plain) = (new CandidateIndex(), new CandidateIndex());
                    Do(before);
                    Adopt(frozen, frozen.BeginFreezing());
                    Do(after);
                    var freezing = frozen.BeginFreezing();
                    var columns = Frozen(freezing);
                    Do(meanwhile);
                    Assert.True(frozen.Adopt(freezing, columns));
                    Do(after);
                    Assert.Equal(plain.Count, frozen.Count);
                    Assert.Equal(Candidates(plain, query.Prepared, limit), Candidates(frozen, query.Prepared, limit));

                    void Do((int Kind, int Ordinal, Said Said)[] steps)
                    {
                        foreach (var (kind, ordinal, said) in steps)
                        foreach (var index in new[] { frozen, plain })
                            if (kind == 0)
                                index.Remove(ordinal);
                            else if (kind == 1)
                                index.Relabel(ordinal, (ushort)(ordinal % 2));
                            else
                                index.Put(ordinal, 0, Tie(ordinal), said.Prepared);
                    }
                },
                iter: 300
            );

    [Fact]
    public void A_freezing_that_another_one_followed_is_void()
    {
        var index = new CandidateIndex();
        index.Put(0, 0, 0, Subjects.Named("Ermias Ghermay"));
        var first = index.BeginFreezing();
        var columns = Frozen(first);
        index.Put(1, 0, 1, Subjects.Named("Ermias Ghermay"));
        Adopt(index, index.BeginFreezing());
        Assert.False(index.Adopt(first, columns));
        Assert.Equal([0, 1], Find(index, "Ermias Ghermay"));
    }

    [Fact]
    public void A_word_that_only_a_removed_record_bore_is_not_frozen()
    {
        var index = new CandidateIndex();
        index.Put(0, 0, 0, Subjects.Named("Ermias Ghermay"));
        index.Put(1, 0, 1, Subjects.Named("Xanthippos Ghermay"));
        Adopt(index, index.BeginFreezing());
        index.Remove(1);
        var bytes = new List<byte>();
        index.BeginFreezing().Write((_, more) => bytes.AddRange(more), CancellationToken.None);
        Assert.False(Has(Encoding.Unicode.GetBytes("xanthippos")));
        Assert.False(Has(Encoding.UTF8.GetBytes("Xanthippos")));
        Assert.True(Has(Encoding.Unicode.GetBytes("ermias")));
        Assert.True(Has(Encoding.UTF8.GetBytes("Ermias")));

        bool Has(byte[] text) => CollectionsMarshal.AsSpan(bytes).IndexOf(text) >= 0;
    }

    [Fact]
    public void Of_equals_the_smallest_tie_key_comes_first()
    {
        var index = new CandidateIndex();
        for (var i = 0; i < 100; i++)
            index.Put(i, 0, (ulong)(99 - i), Subjects.Named("Ermias Ghermay"));
        Assert.Equal([99, 98, 97], Find(index, "Ermias Ghermay", limit: 3));
    }

    [Fact]
    public void A_condition_is_asked_before_anything_is_cut()
    {
        var index = new CandidateIndex();
        for (var i = 0; i < 500; i++)
            index.Put(i, 0, (ulong)i, Subjects.Named("Ermias Ghermay"));
        var found = new Candidate[5];
        var count = index.Find(Subjects.Named("Ermias Ghermay"), [First], o => o >= 498, 5, found);
        Assert.Equal([498, 499], found[..count].Select(c => c.Ordinal));
    }

    [Theory]
    [InlineData("Ermias Germay")]
    [InlineData("Ermas Ghermy")]
    [InlineData("Ghermay Ermias")]
    [InlineData("ErmiasGhermay")]
    [InlineData("إرمياس غيرماي")]
    [InlineData("ኤርሚያስ ግርማይ")]
    [InlineData("Эрмиас Гермай")]
    [InlineData("E. Ghermay")]
    public void A_name_is_found_misspelt_turned_round_and_in_other_scripts(string query)
    {
        var index = new CandidateIndex();
        index.Put(0, 0, 0, Subjects.Named("Ermias Ghermay"));
        index.Put(1, 0, 1, Subjects.Named("Jeremiah Garmin"));
        index.Put(2, 0, 2, Subjects.Named("Elias Gebremariam"));
        Assert.Equal(0, Find(index, query)[0]);
    }

    [Fact]
    public async Task Readers_find_what_is_there_while_a_writer_writes()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var index = new CandidateIndex();
        index.Put(0, 0, 0, Subjects.Named("Ermias Ghermay"));
        using var written = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 2).Select(_ => Task.Run(Read, cancellation)).ToArray();
        for (var i = 1; i < 6000; i++)
        {
            index.Put(i, 0, (ulong)i, Subjects.Named($"Salim{i % 50} Khalid{i}"));
            if (i % 3 == 0)
                index.Remove(i);
        }
        await written.CancelAsync();
        await Task.WhenAll(readers);
        Assert.Equal(4001, index.Count);

        void Read()
        {
            do Assert.Equal(0, Find(index, "Ermias Ghermay")[0]);
            while (!written.IsCancellationRequested);
        }
    }

    private static readonly Gen<(int, int, Said)> Steps = Gen.Select(Gen.Int[0, 4], Gen.Int[0, 19], Subjects.Any);

    private static FrozenColumns Frozen(Freezing freezing)
    {
        var columns = new Dictionary<string, ReadOnlyMemory<byte>>();
        freezing.Write(
            (name, bytes) =>
                columns[name] = columns.TryGetValue(name, out var before)
                    ? (byte[])[.. before.Span, .. bytes]
                    : bytes.ToArray(),
            CancellationToken.None
        );
        return new(columns);
    }

    private static void Adopt(CandidateIndex index, Freezing freezing) =>
        Assert.True(index.Adopt(freezing, Frozen(freezing)));

    private static double ScoreOf(CandidateIndex index, PreparedSubject query, Candidate candidate) =>
        Scorer.Value(query, index.GetPrepared(candidate.Ordinal)!, ScoreSettings.Default);

    private static ulong Tie(int at) => (ulong)at * 0x9E3779B97F4A7C15;

    private static int[] Find(CandidateIndex index, string name, ulong visible = First, int limit = 10)
    {
        var found = new Candidate[limit];
        return [.. found[..index.Find(Subjects.Named(name), [visible], null, limit, found)].Select(c => c.Ordinal)];
    }

    private static Candidate[] Candidates(CandidateIndex index, PreparedSubject query, int limit)
    {
        var found = new Candidate[limit];
        return found[..index.Find(query, [First], null, limit, found)];
    }
}
