using System.Text.Json;
using System.Text.Json.Serialization;

namespace Lanthorn.Platform;

/// <summary>What a line of the home page is, and so under which heading it stands.</summary>
[JsonConverter(typeof(StartKindWords))]
public enum StartKind
{
    /// <summary>Something that the reader can do.</summary>
    Task,

    /// <summary>Something that went wrong or grows old.</summary>
    Warning,

    /// <summary>Something that ends on a day.</summary>
    Deadline,

    /// <summary>Something that the reader has chosen to follow.</summary>
    Watched,

    /// <summary>Something that changed.</summary>
    News,
}

/// <summary>Answers write the kinds in small letters.</summary>
internal sealed class StartKindWords() : JsonStringEnumConverter<StartKind>(JsonNamingPolicy.SnakeCaseLower);

/// <summary>A line of the home page, for one reader and made when he asks: it is kept nowhere.</summary>
/// <param name="Text">What it is about, such as the name of what is followed.</param>
/// <param name="Href">Where it is done or read: a path of this server.</param>
public sealed record StartLine(StartKind Kind, string Text, string Href)
{
    /// <summary>What stands smaller beside it.</summary>
    public string Note { get; init; } = "";

    /// <summary>What is new about it, in a few words each.</summary>
    public IReadOnlyList<string> News { get; init; } = [];

    /// <summary>Since when it is so: a line from after the reader's last look is a notice. Null is never one.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>When it ends.</summary>
    public DateTimeOffset? Due { get; init; }

    public bool IsNoticeFor(Work work) => Since > work.LookedAt;
}

/// <summary>What a module has to say to whoever comes in. Modules register it as a service.</summary>
public interface IStartLines
{
    /// <summary>What it is about, for the sentence that it could not be asked.</summary>
    string About { get; }

    /// <summary>
    /// Only what the viewer may see now, so that nothing hidden changes a line or a number; most important first. Somebody
    /// for whose role it has nothing gets nothing.
    /// </summary>
    /// <exception cref="RefusedException">The viewer has given no reason, and this reads records.</exception>
    Task<IReadOnlyList<StartLine>> AskAsync(Work work, CancellationToken cancellation);

    /// <summary>
    /// How many lines are notices. It is asked on pages and for e-mail, without the viewer's asking: a contributor that
    /// reads records counts here without reading them.
    /// </summary>
    async Task<int> CountNoticesAsync(Work work, CancellationToken cancellation) =>
        (await AskAsync(work, cancellation)).Count(l => l.IsNoticeFor(work));
}
