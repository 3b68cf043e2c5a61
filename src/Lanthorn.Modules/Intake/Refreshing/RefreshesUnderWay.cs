using System.Collections.Concurrent;

namespace Lanthorn.Intake.Refreshing;

/// <summary>The sources that somebody asked this server to refresh, and that wait or run.</summary>
internal sealed class RefreshesUnderWay
{
    private readonly ConcurrentDictionary<string, byte> sources = new(StringComparer.Ordinal);

    /// <summary>False when it is under way already.</summary>
    public bool TryBegin(string source) => sources.TryAdd(source, 0);

    public void End(string source) => sources.TryRemove(source, out _);

    public bool Has(string source) => sources.ContainsKey(source);
}
