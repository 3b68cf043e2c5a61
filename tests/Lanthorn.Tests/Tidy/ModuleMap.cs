namespace Lanthorn.Tests.Tidy;

/// <summary>
/// Who may use whom. The page that explains it is ARCHITECTURE.md; a change here is a decision and gets its page in
/// docs/decisions. There are no exceptions: a rule that does not fit is changed for all.
/// </summary>
internal static class ModuleMap
{
    public const string Assembly = "Lanthorn.Modules";
    private const string Platform = "Platform";

    /// <summary>For each module, those of whose <c>Contracts</c> it may use. A module that does not exist yet is simply absent from the code.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> Contracts = new Dictionary<string, string[]>
    {
        ["Governance"] = [],
        ["Library"] = [],
        ["Screening"] = ["Governance"],
        ["Commitments"] = ["Governance"],
        ["Intake"] = ["Screening", "Governance"],
        ["Sanctions"] = ["Intake", "Screening", "Governance"],
        ["Content"] = ["Intake", "Screening", "Governance"],
        ["Situation"] = ["Intake", "Screening", "Governance"],
        ["Cases"] = ["Situation", "Content", "Intake", "Screening", "Library", "Governance"],
        ["Operations"] = ["Commitments", "Intake", "Situation", "Library", "Governance"],
        ["Programmes"] = ["Commitments", "Intake", "Library", "Governance"],
        ["Exchange"] = ["Cases", "Content", "Intake", "Screening", "Governance"],
        ["Prevention"] = ["Commitments", "Content", "Library", "Governance"],
    };

    /// <summary>For each project under src, those it may reference.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> Projects = new Dictionary<string, string[]>
    {
        ["Lanthorn.Knowledge"] = [],
        ["Lanthorn.Matching"] = ["Lanthorn.Knowledge"],
        ["Lanthorn.Fingerprints"] = ["Lanthorn.Knowledge"],
        ["Lanthorn.Networks"] = ["Lanthorn.Knowledge"],
        ["Lanthorn.Formats"] = ["Lanthorn.Knowledge"],
        ["Lanthorn.Storage"] = ["Lanthorn.Knowledge"],
        ["Lanthorn.Web"] = ["Lanthorn.Knowledge"],
        ["Lanthorn.Pathways"] = ["Lanthorn.Knowledge", "Lanthorn.Web"],
        [Assembly] =
        [
            "Lanthorn.Knowledge",
            "Lanthorn.Matching",
            "Lanthorn.Fingerprints",
            "Lanthorn.Networks",
            "Lanthorn.Formats",
            "Lanthorn.Storage",
            "Lanthorn.Web",
        ],
        ["lanthorn"] =
        [
            Assembly,
            "Lanthorn.Pathways",
            "Lanthorn.Knowledge",
            "Lanthorn.Matching",
            "Lanthorn.Fingerprints",
            "Lanthorn.Networks",
            "Lanthorn.Formats",
            "Lanthorn.Storage",
            "Lanthorn.Web",
        ],
    };

    /// <summary>The projects that neither open files nor sockets nor databases: streams and spans in, values out.</summary>
    public static readonly string[] WithoutInputOutput =
    [
        "Lanthorn.Knowledge",
        "Lanthorn.Matching",
        "Lanthorn.Fingerprints",
        "Lanthorn.Networks",
        "Lanthorn.Formats",
    ];

    /// <summary>Null where a type of one namespace of the modules' assembly may use a type of another, else why not.</summary>
    public static string? Objection(string from, string to)
    {
        var (user, used) = (ModuleOf(from), ModuleOf(to));
        if (user is null)
            return "is in no module's namespace";
        if (user != Platform && !Contracts.ContainsKey(user))
            return $"is in {user}, which the table of modules does not know: add its row";
        if (used is null || used == user || used == Platform)
            return null;
        if (user == Platform)
            return $"is in Platform, which knows no module, but uses {used}";
        if (!Contracts[user].Contains(used))
            return $"is in {user}, which may not use {used}";
        return IsContract(to) ? null : $"uses the inside of {used}; only {used}'s Contracts are open";
    }

    /// <summary>Null where a type of a project without input and output may use a type, else why not.</summary>
    public static string? Objection(IlName used)
    {
        string[] closed =
        [
            "System.Data",
            "Microsoft.Data",
            "Dapper",
            "DbUp",
            "Npgsql",
            "System.Net.Http",
            "System.Net.Sockets",
            "System.IO.Pipes",
            "System.IO.MemoryMappedFiles",
            "System.IO.IsolatedStorage",
        ];
        string[] types =
        [
            "System.IO.File",
            "System.IO.FileInfo",
            "System.IO.FileStream",
            "System.IO.FileSystemInfo",
            "System.IO.Directory",
            "System.IO.DirectoryInfo",
            "System.IO.DriveInfo",
            "System.IO.RandomAccess",
            "System.Console",
            "System.Diagnostics.Process",
            "System.Net.Dns",
            "System.Xml.XmlUrlResolver",
        ];
        var shut =
            closed.Any(n => used.Namespace == n || used.Namespace.StartsWith(n + ".", StringComparison.Ordinal))
            || types.Contains(used.ToString());
        return shut ? $"does input or output with {used}" : null;
    }

    public static bool IsContract(string space) => space.Split('.') is ["Lanthorn", _, "Contracts", ..];

    /// <summary>The module of a namespace of the modules' assembly; Razor puts inferred generics under a prefix of its own.</summary>
    public static string? ModuleOf(string space)
    {
        const string razor = "__Blazor.";
        var own = space.StartsWith(razor, StringComparison.Ordinal) ? space[razor.Length..] : space;
        return own.Split('.') is ["Lanthorn", var module, ..] ? module : null;
    }
}
