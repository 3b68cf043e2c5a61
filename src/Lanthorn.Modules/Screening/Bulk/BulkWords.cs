using static Lanthorn.Web.Words;

namespace Lanthorn.Screening.Bulk;

/// <summary>What is done with many, in words.</summary>
internal static class BulkWords
{
    public static string Of(BulkAct act, int many) =>
        act switch
        {
            BulkAct.Bookmark => T("Bookmark {0}", Counted(many)),
            BulkAct.Annotate => T("Write about {0}", Counted(many)),
            _ => T("Judge {0} the same as the first", Counted(many)),
        };

    private static string Counted(int many) => T(many, "{0} entity", "{0} entities");
}
