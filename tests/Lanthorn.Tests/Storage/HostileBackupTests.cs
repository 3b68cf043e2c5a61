using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Lanthorn.Storage;
using Lanthorn.Tests.Formats;
using static Lanthorn.Tests.Storage.TemporaryStore;

namespace Lanthorn.Tests.Storage;

/// <summary>
/// Backups that somebody cut, swapped, repeated, blew up or made up: refused with a reason and nothing left behind, or, where
/// what was changed means nothing, restored as they were.
/// </summary>
public sealed class HostileBackupTests : IDisposable
{
    private const int Inputs = 60;
    private const int Share = 2_000;
    private const int Chunk = SealedChunks.SealedSize;

    private readonly string folder = Directory.CreateTempSubdirectory("lanthorn-hostile-").FullName;

    private string said = "";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory, OnEachDatabase]
    public async Task A_damaged_backup_is_refused_and_leaves_nothing_behind(Database database)
    {
        var whole = await BackUpAsync(database, null, 40);
        var (line, tar) = Opened(whole);
        foreach (var seed in Damage.Seeds(Inputs, Share))
        {
            var chance = new Random(seed);
            // Below the compression most of the time, since a changed byte of it says little about what is in it.
            var damaged = chance.Next(4) == 0 ? Damage.To(whole, chance) : Closed(line, DamagedTar(tar, chance));
            await RefusedOrSameAsync(damaged, null, $"seed {seed}");
        }
    }

    [Theory, OnEachDatabase]
    public async Task Chunks_that_are_moved_repeated_or_left_out_are_noticed(Database database)
    {
        var key = await BackupFile.ReadOrMakeKeyAsync(At("backup.key"), Stop);
        var whole = await BackUpAsync(database, key, 3_000);
        var head = Array.IndexOf(whole, (byte)'\n') + 1 + 24;
        var chunks = whole[head..].Chunk(Chunk).ToList();
        Assert.True(chunks.Count > 2, $"only {chunks.Count} chunks");
        byte[] Of(IEnumerable<byte[]> some) => [.. whole[..head], .. some.SelectMany(c => c)];

        foreach (
            var changed in new[]
            {
                Of([chunks[1], chunks[0], .. chunks[2..]]),
                Of([chunks[0], .. chunks]),
                Of(chunks[1..]),
                Of(chunks[..^1]),
                Of([.. chunks, chunks[^1]]),
                Of([.. chunks, [0]]),
                whole[..head],
                whole[..(head - 4)],
                [],
            }
        )
            Assert.False(await IsRestoredAsync(changed, key, "chunks"));
        Assert.True(await IsRestoredAsync(Of(chunks), key, "whole"));
    }

    [Fact]
    public async Task What_says_that_it_is_larger_than_there_is_room_is_refused_before_it_is_unpacked()
    {
        // A header of a file of 8 EiB less one, and nothing behind it.
        using var tar = new MemoryStream();
        await using (var writer = new TarWriter(tar, TarEntryFormat.Pax, leaveOpen: true))
            await writer.WriteEntryAsync(
                new PaxTarEntry(TarEntryType.RegularFile, "lanthorn.db") { DataStream = new EndlessLength() },
                Stop
            );
        var backup = Closed("lanthorn backup 1 plain\n", tar.ToArray());

        Assert.False(await IsRestoredAsync(backup, null, "room"));
        Assert.Contains("no room", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("schema.json")]
    [InlineData("rows/record/00000000")]
    [InlineData("manifest.json")]
    public async Task A_part_that_unpacks_to_more_than_it_may_is_refused_with_little_memory(string name)
    {
        const int unpacked = 300 * 1024 * 1024;
        await File.WriteAllTextAsync(At("bomb"), "lanthorn backup 2 plain\n", Stop);
        await using (var file = new FileStream(At("bomb"), FileMode.Append))
        await using (var gzip = new GZipStream(file, CompressionLevel.Fastest))
        await using (var tar = new TarWriter(gzip, TarEntryFormat.Pax))
            await tar.WriteEntryAsync(
                new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new Zeros(unpacked) },
                Stop
            );
        var before = GC.GetTotalAllocatedBytes(precise: true);

        Assert.False(await IsRestoredAsync(await File.ReadAllBytesAsync(At("bomb"), Stop), null, name));

        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, unpacked / 2);
    }

    private async Task<byte[]> BackUpAsync(Database database, byte[]? key, int records)
    {
        await using var at = await CreateAsync(database);
        await File.WriteAllBytesAsync(Path.Combine(at.Folder, "installation.key"), Key, Stop);
        var random = new Random(1);
        await at.ImportAsync(
            "list",
            true,
            [.. Enumerable.Range(0, records).Select(i => Person($"{i}", $"Person {random.NextInt64():x}"))]
        );
        await at.Store.BackUpAsync(At("backup"), key, Analyst, Why, Stop);
        return await File.ReadAllBytesAsync(At("backup"), Stop);
    }

    private async Task RefusedOrSameAsync(byte[] backup, byte[]? key, string which)
    {
        if (!await IsRestoredAsync(backup, key, which))
            return;
        await using (var store = await Store.OpenAsync(new(At("second"), TimeProvider.System, []), Stop))
        {
            Assert.Null(await store.Audit.VerifyAsync(Stop));
            Assert.Equal(40, (await store.For(Analyst, Why).SourcesAsync(Stop)).Sum(s => s.LiveRecords));
        }
        Directory.Delete(At("second"), recursive: true);
    }

    private async Task<bool> IsRestoredAsync(byte[] backup, byte[]? key, string which)
    {
        await File.WriteAllBytesAsync(At("hostile"), backup, Stop);
        try
        {
            await BackupRestoring.RunAsync(At("hostile"), new(At("second"), TimeProvider.System, []), key, Stop);
            return true;
        }
        catch (Exception refused) when (refused is RefusedByStoreException or InvalidDataException)
        {
            said = refused.Message;
            Assert.NotEmpty(said);
            Assert.False(Directory.Exists(At("second")), which);
            Assert.False(Directory.Exists(At("second.restoring")), which);
            return false;
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"{which}: {e.GetType().Name} {e.Message}", e);
        }
    }

    private static (string Line, byte[] Tar) Opened(byte[] backup)
    {
        var end = Array.IndexOf(backup, (byte)'\n') + 1;
        using var tar = new MemoryStream();
        using var gzip = new GZipStream(new MemoryStream(backup[end..]), CompressionMode.Decompress);
        gzip.CopyTo(tar);
        return (Encoding.ASCII.GetString(backup[..end]), tar.ToArray());
    }

    private static byte[] Closed(string line, byte[] tar)
    {
        using var backup = new MemoryStream();
        backup.Write(Encoding.ASCII.GetBytes(line));
        using (var gzip = new GZipStream(backup, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(tar);
        return backup.ToArray();
    }

    /// <summary>Anywhere, or in a block of 512 bytes with which a part begins.</summary>
    private static byte[] DamagedTar(byte[] tar, Random chance)
    {
        if (chance.Next(2) == 0)
            return Damage.To(tar, chance);
        var parts = Enumerable
            .Range(0, tar.Length / 512)
            .Where(b => tar.AsSpan((b * 512) + 257, 5).SequenceEqual("ustar"u8))
            .ToList();
        var at = parts[chance.Next(parts.Count)] * 512;
        var block = tar[at..(at + 512)];
        for (var times = chance.Next(1, 4); times > 0; times--)
            block[chance.Next(160)] = (byte)chance.Next('0', 'z');
        WriteChecksum(block);
        return [.. tar[..at], .. block, .. tar[(at + 512)..]];
    }

    /// <summary>So that the part is read in spite of what was changed.</summary>
    private static void WriteChecksum(byte[] block)
    {
        block.AsSpan(148, 8).Fill((byte)' ');
        var sum = block.Sum(b => b);
        Encoding.ASCII.GetBytes($"{Convert.ToString(sum, 8).PadLeft(6, '0')}\0 ").CopyTo(block, 148);
    }

    private string At(string name) => Path.Combine(folder, name);

    /// <summary>Says that it is longer than any disk, and ends at once.</summary>
    private sealed class EndlessLength : MemoryStream
    {
        public override long Length => long.MaxValue / 2;
    }

    private sealed class Zeros(long length) : Stream
    {
        private long position;

        public override bool CanRead => true;
        public override bool CanSeek => true;
        public override bool CanWrite => false;
        public override long Length => length;

        public override long Position
        {
            get => position;
            set => position = value;
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var taken = (int)Math.Min(count, length - position);
            buffer.AsSpan(offset, taken).Clear();
            position += taken;
            return taken;
        }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
