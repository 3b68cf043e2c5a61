using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Lanthorn.Formats;
using Lanthorn.Intake;
using Lanthorn.Tests.Formats;
using Lanthorn.Tests.Governance;
using Lanthorn.Tests.Removal;

namespace Lanthorn.Tests.Intake;

/// <summary>A table without a mapping, from the upload to the records, as a browser without script does it.</summary>
public sealed partial class TableWizardTests
{
    private const string Tips =
        "Ref;Name;Né le;Pays;Chose\n1;Zoé;03/04/1985;FR;rouge/brun\n2;Ali;hier;MA;vert\n2;Bo;1990;FR;bleu\n";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static async Task<Browser> ReaderAsync(InstalledServer server, string name)
    {
        var browser = await Browser.SignedInAsync(server, name);
        using var _ = await browser.SendFormAsync(
            "/imports",
            "/account/reason",
            new() { ["justification"] = "test", ["next"] = "/imports" }
        );
        return browser;
    }

    /// <summary>Uploads a table and says the address of its page.</summary>
    private static async Task<string> UploadAsync(Browser browser, byte[] table, params (string, string)[] fields)
    {
        using var answer = await browser.SendFileAsync("/import", "/import/files", ("tips.csv", table), fields);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var page = answer.Headers.Location!.OriginalString;
        Assert.StartsWith("/import/table/", page, StringComparison.Ordinal);
        return page;
    }

    private static async Task<string> TextAsync(Browser browser, string path)
    {
        using var answer = await browser.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Stop));
    }

    private static Task<HttpResponseMessage> StepAsync(
        Browser browser,
        string page,
        string step,
        params (string Name, string Value)[] fields
    )
    {
        var form = fields.ToDictionary(f => f.Name, f => f.Value);
        form["step"] = step;
        return browser.SendFormAsync(page, $"{page}/step", form);
    }

    /// <summary>What the page proposes for each column.</summary>
    private static string Selected(string html) =>
        string.Join(' ', Columns().Matches(html).Select(m => SelectedOption().Match(m.Value).Groups[1].Value));

    private static readonly (string, string)[] Columns5 =
    [
        ("id", "0"),
        ("dates", "day-first"),
        ("c0", ""),
        ("c1", "name"),
        ("c2", "birthDate"),
        ("c3", "country"),
        ("c4", "hairColor"),
        ("s4", "slash"),
    ];

    [Fact]
    public async Task A_table_is_looked_at_corrected_shown_as_it_would_be_read_imported_and_remembered()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var browser = await ReaderAsync(server, "ana");

        var page = await UploadAsync(browser, Bytes(Tips), ("own", "tips"));
        var proposed = await TextAsync(browser, page);
        using var shown = await StepAsync(browser, page, "preview", Columns5);
        var preview = await TextAsync(browser, page);
        using var mapping = await StepAsync(browser, page, "mapping", Columns5);
        using var imported = await StepAsync(browser, page, "import", ("source", "tips"));
        var import = imported.Headers.Location!.OriginalString;
        while ((await TextAsync(browser, import)).Contains("data-refresh", StringComparison.Ordinal))
            await Task.Delay(10, Stop);
        var ended = await TextAsync(browser, import);
        using var gone = await browser.GetAsync(page);
        var again = await TextAsync(browser, await UploadAsync(browser, Bytes(Tips)));

        Assert.Equal(" name birthDate country ", Selected(proposed));
        Assert.DoesNotContain("id=\"records\"", proposed, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, shown.StatusCode);
        Assert.Contains("1985-04-03", preview, StringComparison.Ordinal);
        Assert.Contains("1 refused, 1 with values left out", preview, StringComparison.Ordinal);
        Assert.Contains("rouge · brun", preview, StringComparison.Ordinal);
        Assert.Contains("a second row with this id", preview, StringComparison.Ordinal);
        Assert.Contains("not a date", preview, StringComparison.Ordinal);
        Assert.Contains("value=\"tips\"", preview, StringComparison.Ordinal);
        var yaml = await mapping.Content.ReadAsStringAsync(Stop);
        Assert.Equal("attachment", mapping.Content.Headers.ContentDisposition?.DispositionType);
        Assert.True(ColumnMapping.Parse(yaml).IsAccepted, yaml);
        Assert.Contains("hairColor: { columns: Chose, split: \"/\" }", yaml, StringComparison.Ordinal);
        Assert.Contains("Records read</th><td>2", Tags(ended), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        Assert.Equal(" name birthDate country hairColor", Selected(again));
        Assert.Contains("as chosen before", again, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_taken_is_said_on_the_page_and_what_was_chosen_stays()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var browser = await ReaderAsync(server, "ana");
        var page = await UploadAsync(browser, Bytes(Tips));

        using var early = await StepAsync(browser, page, "import", ("source", "tips"));
        using var nothing = await StepAsync(browser, page, "preview", ("id", "0"), ("c4", "hairColor"), ("c1", "flag"));
        using var nowhere = await StepAsync(browser, page, "juggle");
        using var nobody = await StepAsync(browser, page, "schema", ("schema", "Unicorn"));
        using var shown = await StepAsync(browser, page, "preview", Columns5);
        using var wrong = await StepAsync(browser, page, "import", ("source", "Tips 2026"), ("label", "tlp=mauve"));
        var kept = WebUtility.HtmlDecode(await wrong.Content.ReadAsStringAsync(Stop));
        var corrected = WebUtility.HtmlDecode(await nothing.Content.ReadAsStringAsync(Stop));

        Assert.Equal(
            [422, 422, 400, 422, 422],
            new[] { early, nothing, nowhere, nobody, wrong }.Select(a => (int)a.StatusCode)
        );
        Assert.Contains("has no property 'flag'", corrected, StringComparison.Ordinal);
        Assert.Contains("hairColor\" selected", corrected, StringComparison.Ordinal);
        Assert.Contains("value=\"Tips 2026\"", kept, StringComparison.Ordinal);
        Assert.Contains("id=\"records\"", kept, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, shown.StatusCode);
        using var discarded = await StepAsync(browser, page, "discard");
        using var gone = await browser.GetAsync(page);
        Assert.Equal(
            ("/import", HttpStatusCode.NotFound),
            (discarded.Headers.Location!.OriginalString, gone.StatusCode)
        );
    }

    [Fact]
    public async Task Another_account_finds_nothing_and_a_forged_form_does_nothing()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var browser = await ReaderAsync(server, "ana");
        using var other = await ReaderAsync(server, "bea");
        var page = await UploadAsync(browser, Bytes(Tips));

        using var seen = await other.GetAsync(page);
        using var sent = await other.SendFormAsync("/import", $"{page}/step", new() { ["step"] = "discard" });
        using var forged = await browser.PostAsync($"{page}/step", new() { ["step"] = "discard" });

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (seen.StatusCode, sent.StatusCode));
        Assert.DoesNotContain("tips.csv", await seen.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.Contains("tips.csv", await TextAsync(browser, page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sheet_a_schema_and_an_encoding_are_chosen_and_what_they_are_is_proposed_anew()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var browser = await ReaderAsync(server, "ana");

        var workbook = await UploadAsync(browser, XlsxSample.Bytes());
        using var sheet = await StepAsync(browser, workbook, "schema", ("schema", "Person"), ("sheet", "People"));
        var people = await TextAsync(browser, workbook);
        var text = await UploadAsync(browser, Encoding.Latin1.GetBytes("No;Name\n1;Jörg\n"));
        var guessed = await TextAsync(browser, text);
        using var other = await StepAsync(browser, text, "schema", ("schema", "Vessel"), ("encoding", "windows-1251"));
        var chosen = await TextAsync(browser, text);
        using var before = await browser.GetAsync(workbook);

        Assert.Equal(HttpStatusCode.Redirect, sheet.StatusCode);
        Assert.Equal(" firstName lastName birthDate  notes", Selected(people));
        Assert.Contains("windows-1252 is a guess", guessed, StringComparison.Ordinal);
        Assert.Contains("Jörg", guessed, StringComparison.Ordinal);
        Assert.Contains("Jцrg", chosen, StringComparison.Ordinal);
        Assert.Contains("<option value=\"Vessel\" selected", chosen, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, before.StatusCode);
    }

    [Theory]
    [InlineData("<html>", "", "XML")]
    [InlineData("\0\u0001\0\u0001", "csv", "not text")]
    [InlineData("{\"a\":1}", "csv", "JSON")]
    public async Task What_is_no_table_is_refused_on_the_import_page_and_leaves_nothing(
        string content,
        string format,
        string reason
    )
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var browser = await ReaderAsync(server, "ana");

        using var answer = await browser.SendFileAsync(
            "/import",
            "/import/files",
            ("x.csv", Bytes(content)),
            ("own", "tips"),
            ("format", format)
        );

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(reason, await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(server.Store.Folder, "uploads")));
    }

    [Fact]
    public async Task A_program_gets_a_mapping_for_a_table_and_a_table_without_one_is_still_refused_to_it()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var client = await server.SignedInAsync("ana", "analyst", "alpha", Stop);
        MultipartFormDataContent Form(params (string Name, string Value)[] fields)
        {
            var form = new MultipartFormDataContent { { new ByteArrayContent(Bytes(Tips)), "files", "tips.csv" } };
            foreach (var (name, value) in fields)
                form.Add(new StringContent(value), name);
            return form;
        }

        using var suggested = await client.PostAsync("/api/v1/imports/suggest", Form(), Stop);
        var answer = await suggested.Content.ReadFromJsonAsync<JsonElement>(Stop);
        using var unknown = await client.PostAsync("/api/v1/imports/suggest", Form(("schema", "Thing")), Stop);
        using var without = await client.PostAsync("/api/v1/imports", Form(("source", "tips")), Stop);
        using var with = await client.PostAsync(
            "/api/v1/imports",
            Form(("source", "tips"), ("mapping", answer.GetProperty("mapping").GetString()!)),
            Stop
        );

        Assert.Equal(("csv", "Person", ";"), (Of("format"), Of("schema"), Of("delimiter")));
        Assert.Equal("birthDate", answer.GetProperty("columns")[2].GetProperty("property").GetString());
        // Of the references one comes twice.
        Assert.True(answer.GetProperty("columns")[1].GetProperty("is_id").GetBoolean());
        var begun = (await with.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("id").GetString();
        var import = answer;
        do import = await client.GetFromJsonAsync<JsonElement>($"/api/v1/imports/{begun}", Stop);
        while (ImportState.IsUnderWay(import.GetProperty("state").GetString()!));
        Assert.Equal(3, import.GetProperty("imported").GetInt32());
        Assert.Equal((422, 422, 202), ((int)unknown.StatusCode, (int)without.StatusCode, (int)with.StatusCode));

        string? Of(string name) => answer.GetProperty(name).GetString();
    }

    private static string Tags(string html) => Blanks().Replace(html, " ");

    [GeneratedRegex("<select name=\"c[0-9]+\">.*?</select>", RegexOptions.Singleline)]
    private static partial Regex Columns();

    [GeneratedRegex("value=\"([^\"]*)\" selected")]
    private static partial Regex SelectedOption();

    [GeneratedRegex("\\s+")]
    private static partial Regex Blanks();
}
