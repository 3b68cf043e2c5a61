using System.Globalization;

namespace Lanthorn.Knowledge;

/// <summary>An e-mail address with its host in lower case.</summary>
public readonly record struct EmailAddress
{
    private const int MaxLength = 250;

    private readonly string? text;

    private EmailAddress(string text) => this.text = text;

    public string Text => text ?? throw new InvalidOperationException("An empty e-mail address");

    public static Parsed<EmailAddress> Parse(string? raw)
    {
        var text = (raw ?? "").Trim();
        if (text.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase))
            text = text[7..];
        var at = text.LastIndexOf('@');
        if (text.Length > MaxLength || at < 1 || at == text.Length - 1)
            return Parsed.Refuse("not an e-mail address such as name@example.org");
        var (name, host) = (text[..at], WebAddress.Host(text[(at + 1)..]));
        if (
            host is null
            || !host.Split('.')[^1].Any(char.IsAsciiLetter)
            || name.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '@' or '<' or '>' or ',' or ';')
        )
            return Parsed.Refuse("not an e-mail address such as name@example.org");
        // A host in punycode is longer than it was.
        return name.Length + host.Length < MaxLength
            ? Parsed.Accept(new EmailAddress($"{name}@{host}"))
            : Parsed.Refuse($"an e-mail address has at most {MaxLength} characters");
    }

    public override string ToString() => text ?? "";
}

/// <summary>A web address, http or https only: nothing that a browser would run.</summary>
public readonly record struct WebAddress
{
    private const int MaxLength = 4_096;

    private readonly string? text;

    private WebAddress(string text) => this.text = text;

    public string Text => text ?? throw new InvalidOperationException("An empty web address");

    public static Parsed<WebAddress> Parse(string? raw)
    {
        var text = (raw ?? "").Trim();
        if (text.Length is 0 or > MaxLength)
            return Parsed.Refuse($"a web address has 1 to {MaxLength} characters");
        if (text.Contains("://", StringComparison.Ordinal) is false)
        {
            if (text.Contains(':', StringComparison.Ordinal) && !text.Contains('.', StringComparison.Ordinal))
                return Parsed.Refuse("a web address begins with http:// or https://");
            text = $"https://{text}";
        }
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            return Parsed.Refuse("a web address begins with http:// or https://");
        if (uri.UserInfo.Length > 0)
            return Parsed.Refuse("a web address holds no user name: before an @ another host could be read");
        // Not IdnHost, which throws for characters that no host has.
        return Host(uri.Host) is null
            ? Parsed.Refuse("the web address names no host such as example.org")
            : Parsed.Accept(new WebAddress(uri.AbsoluteUri));
    }

    public override string ToString() => text ?? "";

    /// <summary>The host in lower case and punycode; null when it is none.</summary>
    internal static string? Host(string host)
    {
        try
        {
            var ascii = new IdnMapping().GetAscii(host.TrimEnd('.')).ToLowerInvariant();
            var labels = ascii.Split('.');
            var wellFormed =
                ascii.Length <= 253
                && labels.All(l =>
                    l.Length is >= 1 and <= 63 && l.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
                );
            return wellFormed && labels.Length > 1 ? ascii : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
