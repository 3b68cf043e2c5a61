using System.Security.Cryptography;
using Lanthorn.Formats;
using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Intake.Proposing;

/// <summary>What somebody has made of a held table so far.</summary>
/// <param name="Proposal">What was proposed, by which it is seen what was changed.</param>
/// <param name="Choice">What was chosen; at first what was proposed.</param>
/// <param name="IsChosen">Somebody has looked at the columns, so the records can be shown.</param>
/// <param name="Given">What was entered in the form of the import, by its fields.</param>
internal sealed record TableState(
    TableProposal Proposal,
    TableChoice Choice,
    bool IsChosen,
    IReadOnlyDictionary<string, string> Given
);

/// <summary>An upload that waits until somebody has said which column is what.</summary>
internal sealed class HeldTable(string id, Viewer by, ReceivedFiles received, TableState state)
{
    public string Id => id;

    /// <summary>An account sees what it uploaded itself, and nothing else.</summary>
    public bool IsOf(Viewer viewer) => viewer.Name == by.Name && viewer.Organisation == by.Organisation;

    public ReceivedFiles Received => received;

    public InputFile File => received.Files[0];

    /// <summary>Replaced as a whole: of two windows the later one counts.</summary>
    public TableState State { get; set; } = state;

    /// <summary>Ends the holding; null while the table is held by nobody.</summary>
    public ITimer? End { get; set; }
}

/// <summary>
/// The tables that wait for their mapping: one of each account, few in all, each gone some time after it was last looked at.
/// They are in the memory of this server and in a folder of the installation, and gone when it stops.
/// </summary>
internal sealed class HeldTables(Store store) : IDisposable
{
    public const int MaxHeld = 8;

    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    public static readonly Refusal NoSuchTable = Refusal.NotFound(
        "There is no such table",
        "An upload waits half an hour for its mapping and is gone then: upload the file again"
    );

    private readonly Lock changing = new();
    private readonly Dictionary<string, HeldTable> held = new(StringComparer.Ordinal);

    /// <summary>Holds an upload instead of the one that the account may have held before. From here on the files are kept here.</summary>
    /// <exception cref="RefusedException">Too many are held; the files are still the caller's.</exception>
    public HeldTable Hold(Work work, ReceivedFiles received, TableState state)
    {
        var table = new HeldTable(
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
            work.Viewer,
            received,
            state
        );
        HeldTable? before;
        lock (changing)
        {
            before = held.Values.FirstOrDefault(t => t.IsOf(work.Viewer));
            if (before is null && held.Count >= MaxHeld)
                throw new RefusedException(
                    new(
                        "tables-waiting",
                        503,
                        $"{MaxHeld} tables wait here for their mapping",
                        "Try again in some minutes, or give a mapping file"
                    )
                );
            if (before is not null)
                Forget(before);
            Keep(table);
        }
        before?.Received.Dispose();
        return table;
    }

    /// <summary>The viewer's own table, which then waits as long again; null when there is none.</summary>
    public HeldTable? Find(Work work, string id)
    {
        lock (changing)
        {
            if (!held.TryGetValue(id, out var table) || !table.IsOf(work.Viewer))
                return null;
            table.End!.Change(Lifetime, Timeout.InfiniteTimeSpan);
            return table;
        }
    }

    /// <exception cref="RefusedException">There is none for this viewer.</exception>
    public HeldTable Need(Work work, string id) => Find(work, id) ?? throw new RefusedException(NoSuchTable);

    /// <summary>Takes the viewer's table out: whoever takes it disposes of its files, or gives it back.</summary>
    /// <exception cref="RefusedException">There is none for this viewer.</exception>
    public HeldTable Take(Work work, string id)
    {
        lock (changing)
        {
            var table = held.GetValueOrDefault(id);
            if (table is null || !table.IsOf(work.Viewer))
                throw new RefusedException(NoSuchTable);
            Forget(table);
            return table;
        }
    }

    /// <summary>Gives back what was taken, unless the account holds another one by now or the room is full.</summary>
    public void GiveBack(Work work, HeldTable table)
    {
        lock (changing)
            if (held.Count < MaxHeld && !held.Values.Any(t => t.IsOf(work.Viewer)))
            {
                Keep(table);
                return;
            }
        table.Received.Dispose();
    }

    private void Keep(HeldTable table)
    {
        held[table.Id] = table;
        table.End = store.Time.CreateTimer(_ => Expire(table), null, Lifetime, Timeout.InfiniteTimeSpan);
    }

    private void Forget(HeldTable table)
    {
        held.Remove(table.Id);
        table.End?.Dispose();
        table.End = null;
    }

    private void Expire(HeldTable table)
    {
        lock (changing)
        {
            if (held.GetValueOrDefault(table.Id) != table)
                return;
            Forget(table);
        }
        table.Received.Dispose();
    }

    public void Dispose()
    {
        List<HeldTable> left;
        lock (changing)
        {
            left = [.. held.Values];
            left.ForEach(Forget);
        }
        left.ForEach(t => t.Received.Dispose());
    }
}
