namespace Lanthorn.EndToEnd;

/// <summary>The checkout in which the tests were built.</summary>
internal static class Checkout
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "lanthorn.slnx")))
                return at.FullName;
        throw new DirectoryNotFoundException("the tests do not lie in a checkout");
    }
}
