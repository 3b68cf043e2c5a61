namespace Lanthorn.Screening.Bulk;

/// <summary>What is done with many, in words.</summary>
internal static class BulkWords
{
    public static string Of(BulkAct act, int many) =>
        act switch
        {
            BulkAct.Bookmark => $"Bookmark {Counted(many)}",
            BulkAct.Annotate => $"Write about {Counted(many)}",
            _ => $"Judge {Counted(many)} the same as the first",
        };

    private static string Counted(int many) => many == 1 ? "1 entity" : $"{many} entities";
}
