using System.Text;
using Lanthorn.Knowledge;
using Lanthorn.Matching;
using Lanthorn.Screening;
using Lanthorn.Storage;
using Lanthorn.Tests.Storage;
using Microsoft.Extensions.Logging;
using static Lanthorn.Tests.Storage.TemporaryStore;

namespace Lanthorn.Tests.Screening;

public sealed class CandidatesOnDiskTests
{
    /// <summary>Enough to be worth a file.</summary>
    private const int Many = 2_100;
    private const string FromFile = "the file of the index";
    private const string FromDatabase = "the database";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, OnEachDatabase]
    public async Task A_second_start_takes_the_index_from_its_file_and_answers_the_same(Database database)
    {
        await using var at = await FrozenAsync(database);
        var before = await AnswersAsync(at);
        Assert.NotEmpty(before);
        await at.ImportAsync("other", false, Person("late", "Zyxwora Quintabel"), Person("9", "Renamed Person"));
        await at.ImportAsync("ended", true, Person("a", "Ended Later"), Person("b", "Stays Here"));
        await at.ImportAsync("ended", true, Person("b", "Stays Here"));

        await using var again = await RunningAsync(at.Store);

        Assert.Equal(FromFile, again.From);
        Assert.Equal(before, Answers(at.Store, again.Index));
        Assert.Single(Find(at.Store, again.Index, "Zyxwora Quintabel"));
        Assert.Single(Find(at.Store, again.Index, "Stays Here"));
        Assert.Empty(Find(at.Store, again.Index, "Ended Later"));
        Assert.Equal(Answers(at.Store, await LoadedAsync(at.Store)), Answers(at.Store, again.Index));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(5_000)]
    [InlineData(-100)]
    public async Task A_damaged_file_is_not_used_and_made_again(int at)
    {
        await using var store = await FrozenAsync(Database.Sqlite);
        var before = await AnswersAsync(store);
        var bytes = await File.ReadAllBytesAsync(FileOf(store), Stop);
        bytes[at < 0 ? bytes.Length + at : at] ^= 1;
        await File.WriteAllBytesAsync(FileOf(store), bytes, Stop);

        await using (var again = await RunningAsync(store.Store))
        {
            Assert.Equal(FromDatabase, again.From);
            Assert.Equal(before, Answers(store.Store, again.Index));
            await HasFileAsync(store, olderThan: bytes);
        }
        await using var third = await RunningAsync(store.Store);
        Assert.Equal(FromFile, third.From);
    }

    [Fact]
    public async Task A_file_that_was_cut_short_is_not_used()
    {
        await using var store = await FrozenAsync(Database.Sqlite);
        await using (var file = File.OpenWrite(FileOf(store)))
            file.SetLength(30);
        await using var again = await RunningAsync(store.Store);
        Assert.Equal(FromDatabase, again.From);
    }

    [Fact]
    public async Task The_file_of_another_database_is_not_used()
    {
        await using var one = await FrozenAsync(Database.Sqlite);
        await using var other = await FrozenAsync(Database.Sqlite, "Halvor");
        var expected = await AnswersAsync(other);
        File.Copy(FileOf(one), FileOf(other), overwrite: true);

        await using var again = await RunningAsync(other.Store);

        Assert.Equal(FromDatabase, again.From);
        Assert.Equal(expected, Answers(other.Store, again.Index));
    }

    [Fact]
    public async Task What_is_erased_leaves_the_file_at_once_and_the_next_one_has_never_held_it()
    {
        await using var at = await CreateAsync(Database.Sqlite);
        await at.ImportAsync("list", false, [.. People("Person"), Person("gone", "Zyxwora Quintabel")]);
        await using var running = await RunningAsync(at.Store);
        await HasFileAsync(at);
        Assert.True(Holds(at, "Quintabel"));

        Assert.True(await at.Store.EraseAsync(Id("list", "gone"), Analyst, "request of the data subject", Stop));

        await HasFileAsync(at);
        Assert.False(Holds(at, "Quintabel"));
        Assert.Empty(Find(at.Store, running.Index, "Zyxwora Quintabel"));
        Assert.Equal(Many, running.Index.Count);
    }

    [Fact]
    public async Task A_file_from_before_an_erasure_that_a_crash_left_is_not_used()
    {
        await using var at = await CreateAsync(Database.Sqlite);
        await at.ImportAsync("list", false, [.. People("Person"), Person("gone", "Zyxwora Quintabel")]);
        await using (await RunningAsync(at.Store))
            await HasFileAsync(at);
        var left = await File.ReadAllBytesAsync(FileOf(at), Stop);
        await at.Store.EraseAsync(Id("list", "gone"), Analyst, "request of the data subject", Stop);
        await File.WriteAllBytesAsync(FileOf(at), left, Stop);

        await using var again = await RunningAsync(at.Store);

        Assert.Equal(FromDatabase, again.From);
        await HasFileAsync(at, olderThan: left);
        Assert.False(Holds(at, "Quintabel"));
    }

    private static string FileOf(TemporaryStore at) => Path.Combine(at.Folder, "indexes", "candidates.index");

    private static bool Holds(TemporaryStore at, string word) =>
        File.ReadAllBytes(FileOf(at)).AsSpan().IndexOf(Encoding.UTF8.GetBytes(word)) >= 0;

    private static IEnumerable<IncomingRecord> People(string word) =>
        Enumerable
            .Range(0, Many)
            .Select(i => Person($"{i}", $"{word} {(char)('a' + i % 26)}orin{i % 97} Salvatore{i}"));

    /// <summary>A store whose index lies in a file, with no program running on it.</summary>
    private static async Task<TemporaryStore> FrozenAsync(Database database, string word = "Person")
    {
        var at = await CreateAsync(database);
        await at.ImportAsync("list", false, [.. People(word)]);
        await using (await RunningAsync(at.Store))
            await HasFileAsync(at);
        return at;
    }

    private static async Task HasFileAsync(TemporaryStore at, byte[]? olderThan = null)
    {
        while (
            !File.Exists(FileOf(at))
            || (
                olderThan is not null
                && (await File.ReadAllBytesAsync(FileOf(at), Stop)).AsSpan().SequenceEqual(olderThan)
            )
        )
            await Task.Delay(10, Stop);
    }

    private static async Task<Running> RunningAsync(Store store)
    {
        var running = new Running(store);
        await running.Index.StartAsync(Stop);
        await running.Index.LoadAsync(Stop);
        return running;
    }

    private static async Task<Candidates> LoadedAsync(Store store)
    {
        store.IndexFiles.Drop();
        var index = new Candidates(store, new Listening());
        await index.LoadAsync(Stop);
        return index;
    }

    private static async Task<string> AnswersAsync(TemporaryStore at)
    {
        await using var running = await RunningAsync(at.Store);
        return Answers(at.Store, running.Index);
    }

    private static string Answers(Store store, Candidates index) =>
        string.Join(
            '\n',
            Enumerable
                .Range(0, 40)
                .SelectMany(i => Find(store, index, $"{(char)('a' + i % 26)}orin{i} Salvatore{i * 51}"))
        );

    private static IEnumerable<Candidate> Find(Store store, Candidates index, string name)
    {
        var properties = new Properties.Builder();
        properties.Add("name", name);
        var query = PreparedSubject.Prepare(Model.Get("Person"), properties.Build());
        return index.Find(query, store.Labels.For(Analyst), _ => true, 5).Where(c => c.Rank > 0.9f);
    }

    /// <summary>The index as the server runs it.</summary>
    private sealed class Running : IAsyncDisposable
    {
        private readonly Listening log = new();

        public Running(Store store) => Index = new(store, log);

        public Candidates Index { get; }

        public string? From => log.From;

        public async ValueTask DisposeAsync()
        {
            await Index.StopAsync(CancellationToken.None);
            Index.Dispose();
        }
    }

    /// <summary>Hears from where the index came.</summary>
    private sealed class Listening : ILogger<Candidates>
    {
        public string? From { get; private set; }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            var values = state as IEnumerable<KeyValuePair<string, object?>> ?? [];
            if (values.FirstOrDefault(v => v.Key == "Where").Value is string where)
                From ??= where;
        }
    }
}
