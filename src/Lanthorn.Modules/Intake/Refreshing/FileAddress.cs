using System.Security.Cryptography;
using System.Text;
using Lanthorn.Knowledge;

namespace Lanthorn.Intake.Refreshing;

/// <summary>
/// Where a file is fetched from: https, or http on this machine. What stands behind a question mark may be somebody's token,
/// so it is neither shown nor logged.
/// </summary>
internal readonly record struct FileAddress
{
    public const int MaxLength = 2_000;

    private FileAddress(Uri uri) => Uri = uri;

    public Uri Uri { get; }

    /// <summary>Without what may be secret.</summary>
    public string Shown =>
        Uri.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)
        + (Uri.Query.Length > 0 ? "?…" : "");

    /// <summary>Recognises the address, and says nothing about it.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Uri.AbsoluteUri)));

    public string FileName =>
        Uri.UnescapeDataString(Uri.Segments[^1]).Trim('/') is { Length: > 0 } name ? name : Uri.Host;

    public static Parsed<FileAddress> Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > MaxLength)
            return Parsed.Refuse($"an address has 1 to {MaxLength} characters");
        return Uri.TryCreate(text.Trim(), UriKind.Absolute, out var uri)
            ? Of(uri)
            : Parsed.Refuse("no whole address: it begins with https://");
    }

    /// <summary>Where a redirect leads: never from https to http, never from elsewhere to this machine.</summary>
    public Parsed<FileAddress> Redirected(Uri to)
    {
        var next = new Uri(Uri, to);
        if (Uri.Scheme == Uri.UriSchemeHttps && next.Scheme != Uri.UriSchemeHttps)
            return Parsed.Refuse("from https to something less");
        if (!Uri.IsLoopback && next.IsLoopback)
            return Parsed.Refuse("to this machine");
        return Of(next);
    }

    private static Parsed<FileAddress> Of(Uri uri)
    {
        if (uri.UserInfo.Length > 0)
            return Parsed.Refuse("an address with a name or password in it");
        return uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback)
            ? Parsed.Accept(new FileAddress(uri))
            : Parsed.Refuse("only https, or http on this machine");
    }
}
