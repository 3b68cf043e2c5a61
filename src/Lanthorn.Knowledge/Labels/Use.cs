namespace Lanthorn.Knowledge;

/// <summary>What somebody wants to do with something that he sees. Stored in the audit log: the numbers only grow.</summary>
public enum UseAction
{
    Print = 1,
    Export = 2,
    Report = 3,
    Exchange = 4,
    JudicialUse = 5,
    PassOn = 6,
}

/// <summary>The strictest wins when several parts are used together, so the order matters.</summary>
public enum UseVerdict
{
    Yes = 0,
    AskProvider = 1,
    No = 2,
}

/// <summary>May it be done, and if not, why and what is the way out.</summary>
public readonly record struct UseAnswer(UseVerdict Verdict, string Reason);

/// <summary>
/// What is to be used: its label, its handling codes, and the organisations that provided its parts. No provider, or an
/// empty name among them, says that one is not known.
/// </summary>
public sealed record UsedItem(Label Label, Handling Handling, IReadOnlyList<string> Providers)
{
    /// <summary>The item derived from two: strictest label and codes, and both providers are to be asked.</summary>
    public static UsedItem Meet(UsedItem a, UsedItem b) =>
        new(
            Label.Meet(a.Label, b.Label),
            a.Handling | b.Handling,
            [.. Providing(a).Union(Providing(b), StringComparer.Ordinal).Order(StringComparer.Ordinal)]
        );

    /// <summary>An unknown provider stays in what is derived: it must not look as if all of it were one's own.</summary>
    private static IReadOnlyList<string> Providing(UsedItem item) => item.Providers.Count == 0 ? [""] : item.Providers;
}

/// <summary>
/// Seeing is not using: the second pure rule, asked by every print, export, report, exchange, judicial use and onward
/// passing.
/// </summary>
public static class Use
{
    /// <param name="recipient">Who receives it, as far as known; null when it stays with the viewer.</param>
    public static UseAnswer MayUse(Viewer viewer, UsedItem item, UseAction action, Viewer? recipient)
    {
        if (!Label.Sees(viewer, item.Label))
            return new(UseVerdict.No, "there is nothing here that you may see");
        if (recipient is not null && !Label.Sees(recipient, item.Label))
            return new(UseVerdict.No, $"{recipient.Name} is not cleared for {Shown(item.Label)}");
        if (recipient is null && (action is UseAction.Exchange or UseAction.PassOn))
            return new(UseVerdict.No, "name the recipient: passing on needs one");
        // A court is outside, whoever carries it there.
        var leaves =
            action is UseAction.JudicialUse
            || (recipient is null ? action is UseAction.Export : recipient.Organisation != viewer.Organisation);
        var others = item.Providers.Where(p => p.Length == 0 || p != viewer.Organisation).ToList();
        if (others.Count == 0 && item.Providers.Count > 0)
            return new(UseVerdict.Yes, "");
        var named = string.Join(", ", others.Where(p => p.Length > 0));
        var providers = named.Length == 0 ? "the provider" : named;
        if (item.Handling.HasFlag(Handling.OtherRestriction))
            return new(UseVerdict.AskProvider, $"H3: the provider set other restrictions; ask {providers}");
        if (item.Handling.HasFlag(Handling.NotInProceedings) && action == UseAction.JudicialUse)
            return new(UseVerdict.AskProvider, $"H1: not in judicial proceedings without permission; ask {providers}");
        if (item.Handling.HasFlag(Handling.AskBeforePassingOn) && leaves)
            return new(UseVerdict.AskProvider, $"H2: not to be passed on without permission; ask {providers}");
        return new(UseVerdict.Yes, "");
    }

    private static string Shown(Label label) => label.Text.Length == 0 ? "everyone" : label.Text;
}
