using Lanthorn.Storage;

namespace Lanthorn.Platform;

/// <summary>
/// Somebody in the program who wants to hear of a topic of the <see cref="Outbox"/>. A module registers it as a service; the
/// server delivers. Messages come one after the other and each at least once, so taking the same one again must do no harm.
/// </summary>
/// <param name="Name">Stable: under it is remembered how far it is.</param>
/// <param name="TakeAsync">What it throws is logged, and the message comes again.</param>
public sealed record Subscriber(string Name, string Topic, Func<Outbox.Message, CancellationToken, Task> TakeAsync);
