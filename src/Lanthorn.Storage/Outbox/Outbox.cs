using System.Data.Common;
using System.Runtime.CompilerServices;
using Dapper;

namespace Lanthorn.Storage;

/// <summary>
/// News that one part of the program has for others, written in the transaction of what it tells of, so that there is none
/// without the other. Each subscriber gets every message of its topic at least once and in order, over restarts; with several
/// servers on one database now and then from each of them.
/// </summary>
public sealed class Outbox
{
    /// <summary>What everybody has taken stays so long, for whoever looks into what happened.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    private const int AtOnce = 100;
    private static readonly TimeSpan PollEvery = TimeSpan.FromSeconds(1);

    private readonly Store store;

    internal Outbox(Store store) => this.store = store;

    public sealed record Message(long Sequence, string Topic, string Body);

    internal static void WriteIn(
        DbConnection connection,
        DbTransaction transaction,
        string topic,
        string body,
        string now
    )
    {
        using var insert = new Statement(
            connection,
            transaction,
            "insert into outbox (topic, body, written_at) values ($1, $2, $3)"
        );
        insert.Run(topic, body, now);
    }

    /// <summary>
    /// Everything of a topic that the subscriber has not confirmed, and then what comes, until it is cancelled. To begin anew
    /// after a failure is to get again what was not confirmed.
    /// </summary>
    public async IAsyncEnumerable<Message> FollowAsync(
        string subscriber,
        string topic,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        var after = await PositionAsync(subscriber, cancellation);
        while (true)
        {
            var signal = store.Changes.NextWrite;
            var messages = await AfterAsync(after, topic, cancellation);
            foreach (var message in messages)
            {
                yield return message;
                after = message.Sequence;
            }
            if (messages.Count == 0)
                await Task.WhenAny(signal, Task.Delay(PollEvery, store.Time, cancellation));
            cancellation.ThrowIfCancellationRequested();
        }
    }

    /// <summary>The subscriber has done with a message what it does, and with all before it.</summary>
    public Task ConfirmAsync(string subscriber, Message message, CancellationToken cancellation) =>
        store.WriteAsync(
            (connection, transaction) =>
                connection.ExecuteAsync(
                    """
                    insert into outbox_position (subscriber, sequence) values (@subscriber, @Sequence)
                    on conflict (subscriber) do update set sequence = excluded.sequence
                    where outbox_position.sequence < excluded.sequence
                    """,
                    new { subscriber, message.Sequence },
                    transaction
                ),
            cancellation
        );

    /// <summary>Forgets what is older than <see cref="KeptFor"/> and was taken by all of these subscribers.</summary>
    public Task SweepAsync(IReadOnlyCollection<string> subscribers, CancellationToken cancellation) =>
        store.WriteAsync(
            async (connection, transaction) =>
            {
                var taken = (
                    await connection.QueryAsync<(string Subscriber, long Sequence)>(
                        "select subscriber, sequence from outbox_position",
                        null,
                        transaction
                    )
                ).ToDictionary(r => r.Subscriber, r => r.Sequence, StringComparer.Ordinal);
                await connection.ExecuteAsync(
                    "delete from outbox where sequence <= @all and written_at < @oldest",
                    new
                    {
                        all = subscribers.Select(s => taken.GetValueOrDefault(s)).DefaultIfEmpty(long.MaxValue).Min(),
                        oldest = Times.Text(store.Time.GetUtcNow() - KeptFor),
                    },
                    transaction
                );
            },
            cancellation
        );

    private Task<long> PositionAsync(string subscriber, CancellationToken cancellation) =>
        store.ReadOwnAsync(
            c =>
                c.ExecuteScalarAsync<long>(
                    "select coalesce(max(sequence), 0) from outbox_position where subscriber = @subscriber",
                    new { subscriber }
                ),
            cancellation
        );

    private Task<List<Message>> AfterAsync(long after, string topic, CancellationToken cancellation) =>
        store.ReadOwnAsync(async c => (
                    await c.QueryAsync<(long Sequence, string Topic, string Body)>(
                        """
                        select sequence, topic, body from outbox where sequence > @after and topic = @topic
                        order by sequence limit @AtOnce
                        """,
                        new
                        {
                            after,
                            topic,
                            AtOnce,
                        }
                    )
                ).Select(r => new Message(r.Sequence, r.Topic, r.Body)).ToList(), cancellation);
}
