namespace Lanthorn.Tests;

internal static class Pack
{
    public static string? Folder =>
        Environment.GetEnvironmentVariable("LANTHORN_PACK") is { Length: > 0 } f && Directory.Exists(f)
            ? Path.GetFullPath(f)
            : null;

    public static string Need()
    {
        Assert.SkipWhen(Folder is null, "LANTHORN_PACK names no folder");
        return Folder!;
    }
}
