using System.Text.Json;

namespace Lanthorn.Storage;

/// <summary>
/// An import of a source has ended, and this is what it did. The counts are over everything it wrote, whoever may see it:
/// whoever shows something to a viewer asks <see cref="Reading"/> for it.
/// </summary>
/// <param name="Import">The vintage, as <see cref="Reading.ChangesAsync"/> takes it.</param>
/// <param name="IsFinished">False when it was stopped: what it had written stays.</param>
public sealed record SourceChanged(string Source, long Import, bool IsFinished, int Added, int Changed, int Ended)
{
    public const string Topic = "source.changed";

    public static SourceChanged Of(Outbox.Message message) => JsonSerializer.Deserialize<SourceChanged>(message.Body)!;

    internal string ToJson() => JsonSerializer.Serialize(this);
}
