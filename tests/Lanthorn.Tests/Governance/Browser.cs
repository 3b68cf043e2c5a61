using System.Net;
using System.Text.RegularExpressions;
using Lanthorn.Tests.Removal;

namespace Lanthorn.Tests.Governance;

/// <summary>What a browser does without script: keeps cookies, asks for pages, sends the forms that it was given.</summary>
internal sealed partial class Browser : IDisposable
{
    public const string Password = "a lantern in the harbour";

    private readonly CookieContainer cookies = new();
    private readonly HttpClient client;

    public Browser(InstalledServer server)
    {
        client = server.Anybody(cookies);
        client.DefaultRequestHeaders.Accept.ParseAdd("text/html,application/xhtml+xml;q=0.9");
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Makes an account with a password.</summary>
    public static async Task AddPersonAsync(InstalledServer server, string name, string role = "analyst")
    {
        await server.Accounts.AddOrganisationAsync("alpha", Stop);
        await server.Accounts.AddPersonAsync(
            new(name, $"{name}@lanthorn.example", role, "alpha", Password, "test"),
            Stop
        );
    }

    /// <summary>A browser in which a new person has signed in.</summary>
    public static async Task<Browser> SignedInAsync(InstalledServer server, string name, string role = "analyst")
    {
        await AddPersonAsync(server, name, role);
        var browser = new Browser(server);
        using var answer = await browser.SignInAsync(name);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return browser;
    }

    public Task<HttpResponseMessage> SignInAsync(string name, string password = Password, string next = "/") =>
        SendFormAsync(
            $"/sign-in?next={Uri.EscapeDataString(next)}",
            "/sign-in",
            new()
            {
                ["email"] = name,
                ["password"] = password,
                ["next"] = next,
            }
        );

    /// <param name="token">Sent beside the cookies; null sends none.</param>
    public async Task<HttpResponseMessage> GetAsync(string path, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (token is not null)
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        return await client.SendAsync(request, Stop);
    }

    public Task<string> PageAsync(string path) => client.GetStringAsync(new Uri(path, UriKind.Relative), Stop);

    /// <summary>What it says that it is.</summary>
    public void UserAgent(string text) => client.DefaultRequestHeaders.UserAgent.ParseAdd(text);

    /// <summary>Loads a page and sends its form with what was typed; what the form hides goes with it.</summary>
    /// <param name="form">The name that the page gives the form; null where the address alone says it.</param>
    public async Task<HttpResponseMessage> SendFormAsync(
        string page,
        string action,
        Dictionary<string, string> fields,
        string? form = null
    )
    {
        var html = await client.GetStringAsync(new Uri(page, UriKind.Relative), Stop);
        fields["__RequestVerificationToken"] = Proof().Match(html).Groups[1].Value;
        if (form is not null)
            fields["_handler"] = form;
        return await PostAsync(action, fields);
    }

    public async Task<HttpResponseMessage> PostAsync(string action, Dictionary<string, string> fields)
    {
        using var content = new FormUrlEncodedContent(fields);
        return await client.PostAsync(new Uri(action, UriKind.Relative), content, Stop);
    }

    /// <summary>Loads a page with a form for files and sends one with what was typed, the proof first.</summary>
    public async Task<HttpResponseMessage> SendFileAsync(
        string page,
        string action,
        (string Name, byte[] Bytes) file,
        params (string Name, string Value)[] fields
    )
    {
        var html = await client.GetStringAsync(new Uri(page, UriKind.Relative), Stop);
        using var form = new MultipartFormDataContent
        {
            { new StringContent(Proof().Match(html).Groups[1].Value), "__RequestVerificationToken" },
            { new ByteArrayContent(file.Bytes), "files", file.Name },
        };
        foreach (var (name, value) in fields)
            form.Add(new StringContent(value), name);
        return await client.PostAsync(new Uri(action, UriKind.Relative), form, Stop);
    }

    /// <summary>A second browser with the same cookies: a copy that somebody took.</summary>
    public Browser Copy(InstalledServer server)
    {
        var copy = new Browser(server);
        copy.cookies.Add(cookies.GetAllCookies());
        return copy;
    }

    public void Dispose() => client.Dispose();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Proof();
}
