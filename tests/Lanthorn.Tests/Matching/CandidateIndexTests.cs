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
