using System.Text;
using Lanthorn.Knowledge;
using Lanthorn.Storage;
using static Lanthorn.Tests.Storage.TemporaryStore;

namespace Lanthorn.Tests.Storage;

public sealed class BlobTests
{
    private const string HashOfAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, OnEachDatabase]
    public async Task What_was_put_in_comes_out_under_its_hash(Database database)
    {
        await using var at = await CreateAsync(database);

        var kept = await PutAsync(at, "abc", "");

        Assert.Equal(new KeptBlob(HashOfAbc, 3, "text/plain"), kept);
        Assert.Equal("abc", await TextAsync(at, Analyst));
        Assert.Equal(
            [Path.Combine(at.Folder, "blobs", "ba", HashOfAbc)],
            Directory.EnumerateFiles(Path.Combine(at.Folder, "blobs"), "*", SearchOption.AllDirectories)
        );
    }

    [Theory, OnEachDatabase]
    public async Task The_same_bytes_are_kept_once_and_seen_under_each_label(Database database)
    {
        await using var at = await CreateAsync(database);
        await PutAsync(at, "abc", "org=bravo");
        Assert.Null(await TextAsync(at, Analyst));

        await PutAsync(at, "abc", "org=alpha");

        Assert.Equal("abc", await TextAsync(at, Analyst));
        Assert.Equal("abc", await TextAsync(at, Officer));
    }

    [Theory, OnEachDatabase]
    public async Task Removing_takes_away_what_one_sees_and_the_file_with_the_last(Database database)
    {
        await using var at = await CreateAsync(database);
        await PutAsync(at, "abc", "org=bravo");
        Assert.False(await at.Store.Blobs.RemoveAsync(Analyst, HashOfAbc, Stop));
        await PutAsync(at, "abc", "org=alpha");

        Assert.True(await at.Store.Blobs.RemoveAsync(Analyst, HashOfAbc, Stop));
        Assert.Null(await TextAsync(at, Analyst));
        Assert.Equal("abc", await TextAsync(at, Officer));

        Assert.True(await at.Store.Blobs.RemoveAsync(Officer, HashOfAbc, Stop));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(at.Folder, "blobs"), "*", SearchOption.AllDirectories));
    }

    [Theory]
    [OnEachDatabase("")]
    [OnEachDatabase("../installation.key")]
    [OnEachDatabase("BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD")]
    [OnEachDatabase("../../../../../../../../../../../../../../../../../../etc/passwd")]
    public async Task What_is_no_hash_leads_nowhere(Database database, string hash)
    {
        await using var at = await CreateAsync(database);
        await PutAsync(at, "abc", "");

        Assert.Null(await at.Store.Blobs.OpenAsync(Analyst, hash, Stop));
        Assert.False(await at.Store.Blobs.RemoveAsync(Analyst, hash, Stop));
    }

    [Theory, OnEachDatabase]
    public async Task A_file_that_is_too_long_is_refused_and_leaves_nothing(Database database)
    {
        await using var at = await CreateAsync(database);

        await Assert.ThrowsAsync<RefusedByStoreException>(() =>
            at.Store.Blobs.PutAsync(new Zeros(Blobs.MaxLength + 1), "text/plain", Label.Everyone, Stop)
        );

        Assert.Empty(Directory.EnumerateFiles(Path.Combine(at.Folder, "blobs"), "*", SearchOption.AllDirectories));
    }

    private static Task<KeptBlob> PutAsync(TemporaryStore at, string text, string label) =>
        at.Store.Blobs.PutAsync(
            new MemoryStream(Encoding.UTF8.GetBytes(text)),
            "text/plain",
            Label.Parse(label).Value,
            Stop
        );

    private static async Task<string?> TextAsync(TemporaryStore at, Viewer viewer)
    {
        await using var opened = await at.Store.Blobs.OpenAsync(viewer, HashOfAbc, Stop);
        if (opened is null)
            return null;
        using var text = new StreamReader(opened.Content);
        return await text.ReadToEndAsync(Stop);
    }

    /// <summary>So many zeros, without holding them.</summary>
    private sealed class Zeros(long length) : Stream
    {
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => length;
        public override long Position { get; set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = (int)Math.Min(count, length - Position);
            Array.Clear(buffer, offset, read);
            Position += read;
            return read;
        }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
