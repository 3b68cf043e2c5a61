using System.Collections.Concurrent;

namespace Lanthorn.Governance;

/// <summary>
/// Limits how often each key does something: a bucket a key, full at first, refilled evenly. Buckets that are full again are
/// forgotten, so what is remembered is bounded by what is being limited.
/// </summary>
internal sealed class TokenBuckets(int capacity, TimeSpan refill, TimeProvider time)
{
    private const int MaxRemembered = 100_000;

    private readonly ConcurrentDictionary<string, Bucket> buckets = new(StringComparer.Ordinal);

    private sealed class Bucket
    {
        public required double Left { get; set; }
        public required long At { get; set; }
    }

    /// <summary>Takes one; null when it was there, otherwise how long to wait for the next.</summary>
    public TimeSpan? Take(string key)
    {
        if (buckets.Count >= MaxRemembered)
            Forget();
        var now = time.GetTimestamp();
        var bucket = buckets.GetOrAdd(key, _ => new Bucket { Left = capacity, At = now });
        lock (bucket)
        {
            (bucket.Left, bucket.At) = (Filled(bucket, now), Math.Max(now, bucket.At));
            if (bucket.Left >= 1)
            {
                bucket.Left -= 1;
                return null;
            }
            return (1 - bucket.Left) * refill / capacity;
        }
    }

    private double Filled(Bucket bucket, long now) =>
        now <= bucket.At
            ? bucket.Left
            : Math.Min(capacity, bucket.Left + time.GetElapsedTime(bucket.At, now) / refill * capacity);

    private void Forget()
    {
        var now = time.GetTimestamp();
        foreach (var (key, bucket) in buckets)
            if (Filled(bucket, now) >= capacity)
                buckets.TryRemove(key, out _);
        if (buckets.Count >= MaxRemembered)
            buckets.Clear();
    }
}
