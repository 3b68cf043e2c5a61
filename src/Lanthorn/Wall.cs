using System.CommandLine;
using System.Diagnostics.Metrics;
using Lanthorn.Pathways;
using Lanthorn.Pathways.Verbs;
using Lanthorn.Platform;

namespace Lanthorn.Program;

/// <summary>
/// The one place that knows both sides of the purpose wall: it says where Pathways lies and puts its verbs and its site beside
/// those of the modules. It passes nothing from one side to the other.
/// </summary>
internal static class Wall
{
    /// <summary>Whom to sign in as behind the wall of the demonstration.</summary>
    public const string DemonstrationFile = PathwaysDemonstration.FileName;

    public static PathwaysSettings SettingsOf(Settings settings, TimeProvider time) =>
        new(Path.Combine(settings.Data, PathwaysSettings.FolderName), time)
        {
            Database = settings.PathwaysDatabase.Length > 0 ? settings.PathwaysDatabase : settings.Database,
            AllowedHosts = settings.AllowedHosts,
            TrustedProxies = settings.TrustedProxies,
            SignInsPerMinute = settings.SignInsPerMinute,
            RequestsPerSecond = settings.RequestsPerSecond,
            SessionHours = settings.SessionHours,
            TokenDays = settings.TokenDays,
        };

    /// <summary>
    /// True for what may stand in the measurements of the enforcement side. The driver of PostgreSQL has one meter for the whole
    /// process, with the address of each database in its labels: that of the other side would be among them.
    /// </summary>
    public static bool IsOfThisSide(Instrument instrument) => instrument.Meter.Name != "Npgsql";

    /// <summary>The made-up people behind the wall of the demonstration.</summary>
    public static Task PlantAsync(Settings settings, TimeProvider time, CancellationToken cancellation) =>
        PathwaysDemonstration.EnsureAsync(SettingsOf(settings, time), settings.Data, cancellation);

    /// <summary>The word <c>pathways</c> with all that stands under it.</summary>
    /// <param name="act">Gives a verb's command what runs it.</param>
    public static Command Build(Action<PathwaysVerb> act)
    {
        var wall = new Command(PathwaysVerbs.Name, PathwaysVerbs.Description);
        var groups = new Dictionary<string, Command>(StringComparer.Ordinal) { [""] = wall };
        foreach (var verb in PathwaysVerbs.All)
        {
            act(verb);
            if (!groups.TryGetValue(verb.Group, out var above))
                wall.Add(groups[verb.Group] = above = new Command(verb.Group, PathwaysVerbs.Groups[verb.Group]));
            if (!above.Subcommands.Contains(verb.Command))
                above.Add(verb.Command);
        }
        return wall;
    }
}
