using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Lanthorn.Intake;
using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Tests.Removal;
using Lanthorn.Tests.Storage;

namespace Lanthorn.Tests.Intake;

/// <summary>Records that people enter and correct, as a page or a program sends them.</summary>
public sealed class WriteRecordsTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, OnEachDatabase]
    public async Task A_record_is_entered_corrected_and_tells_its_history(Database database)
    {
        await using var server = await InstalledServer.StartAsync(Stop, on: database);
        using var ana = await server.SignedInAsync("ana", "analyst", "alpha", Stop);

        var entered = await PostAsync(
            ana,
            new
            {
                schema = "Person",
                properties = new { name = new[] { " Ana  Petrvoa " }, nationality = new[] { "Bulgaria" } },
                evaluation = "B3",
                reason = "a witness named her",
            }
        );
        var id = entered.GetProperty("record").GetString();
        using var corrected = await ana.PutAsJsonAsync(
            $"/api/v1/records/{id}",
            new
            {
                version = 1,
                properties = new { name = new[] { "Ana Petrova" }, nationality = new[] { "bg" } },
                reason = "misspelt",
            },
            Stop
        );
        var history = await ana.GetFromJsonAsync<JsonElement>($"/api/v1/records/{id}/history", Stop);

        Assert.Equal(HttpStatusCode.OK, corrected.StatusCode);
        Assert.Equal("hand-alpha", history.GetProperty("source").GetString());
        var versions = history.GetProperty("versions").EnumerateArray().ToList();
        Assert.Equal([2, 1], versions.Select(v => v.GetProperty("number").GetInt32()));
        Assert.Equal("misspelt", versions[0].GetProperty("reason").GetString());
        Assert.Equal("ana", versions[0].GetProperty("account").GetString());
        var change = Assert.Single(versions[0].GetProperty("changes").EnumerateArray());
        Assert.Equal("Ana Petrova", change.GetProperty("added")[0].GetString());
        Assert.Equal("Ana Petrvoa", change.GetProperty("removed")[0].GetString());
    }

    [Fact]
    public async Task Who_corrects_a_version_that_no_longer_stands_is_told_which_does()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var ana = await server.SignedInAsync("ana", "analyst", "alpha", Stop);
        using var bea = await server.SignedInAsync("bea", "liaison-officer", "alpha", Stop);
        var entered = await PostAsync(ana, Somebody("Ana"));
        var path = $"/api/v1/records/{entered.GetProperty("id").GetString()}";

        using var first = await ana.PutAsJsonAsync(path, Correction(1, "Anna"), Stop);
        using var second = await bea.PutAsJsonAsync(path, Correction(1, "Anne"), Stop);
        using var third = await bea.PutAsJsonAsync(path, Correction(2, "Anne"), Stop);

        Assert.Equal(
            (HttpStatusCode.OK, HttpStatusCode.Conflict, HttpStatusCode.OK),
            (first.StatusCode, second.StatusCode, third.StatusCode)
        );
        var problem = await second.Content.ReadFromJsonAsync<JsonElement>(Stop);
        Assert.Equal("record-changed", problem.GetProperty("code").GetString());
        Assert.Contains("version 2 stands", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Others_and_those_who_oversee_do_not_write()
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var ana = await server.SignedInAsync("ana", "analyst", "alpha", Stop);
        using var officer = await server.SignedInAsync("dora", "data-protection-officer", "alpha", Stop);
        using var stranger = await server.SignedInAsync("zoe", "analyst", "bravo", Stop);
        using var editor = await server.SignedInAsync("eda", "editor", "alpha", Stop);
        var entered = await PostAsync(ana, Somebody("Ana"));
        var path = $"/api/v1/records/{entered.GetProperty("record").GetString()}";

        using var read = await officer.GetAsync($"{path}/history", Stop);
        using var overseen = await officer.PutAsJsonAsync(path, Correction(1, "Anna"), Stop);
        using var strange = await stranger.PutAsJsonAsync(path, Correction(1, "Anna"), Stop);
        using var other = await editor.PutAsJsonAsync(path, Correction(1, "Anna"), Stop);

        Assert.Equal(
            (HttpStatusCode.OK, HttpStatusCode.Forbidden, HttpStatusCode.NotFound, HttpStatusCode.NotFound),
            (read.StatusCode, overseen.StatusCode, strange.StatusCode, other.StatusCode)
        );
    }

    [Fact]
    public async Task What_does_not_clean_is_named_with_its_property_and_nothing_is_written()
    {
        await using var at = await IntakeFolder.CreateAsync();
        var wrong = Values(("name", "Ana"), ("birthDate", "some day"), ("height", "1"), ("nonsense", "x"));

        var refused = await RefusalOfAsync(at, new("Person", wrong, "known"));
        var abstractOne = await RefusalOfAsync(at, new("Thing", Values(("name", "Ana")), "known"));
        var nameless = await RefusalOfAsync(at, new("Person", Values(("nationality", "bg")), "known"));
        var unlabelled = await RefusalOfAsync(
            at,
            new("Person", Values(("name", "Ana")), "known") { Label = "purpose=enforcement;org=bravo" }
        );
        var wordless = await RefusalOfAsync(at, new("Person", Values(("name", "Ana")), " "));

        Assert.Equal("properties.birthDate", refused.Field);
        Assert.Contains("nonsense", refused.Message, StringComparison.Ordinal);
        Assert.Equal("schema", abstractOne.Field);
        Assert.Equal("properties.name", nameless.Field);
        Assert.Equal("label", unlabelled.Field);
        Assert.Equal("reason", wordless.Field);
        Assert.Empty(await at.Reading.SourcesAsync(Stop));
    }

    [Fact]
    public async Task A_file_is_not_imported_into_what_people_enter()
    {
        await using var at = await IntakeFolder.CreateAsync();

        var refused = await Assert.ThrowsAsync<RefusedException>(() =>
            at.ImportAsync("hand-alpha", "ftm", IntakeFolder.Person("t-1", "Ana"))
        );

        Assert.Equal("source", refused.Refusal.Field);
    }

    [Theory]
    [InlineData("alpha", "hand-alpha")]
    [InlineData("Maritime Police", "hand-maritime-police-")]
    [InlineData("البحرية", "hand-")]
    public void Every_organisation_has_a_source_of_its_own(string organisation, string begins)
    {
        Assert.StartsWith(begins, ByHand.SourceOf(organisation).Value, StringComparison.Ordinal);
        Assert.NotEqual(ByHand.SourceOf(organisation), ByHand.SourceOf(organisation + "x"));
    }

    [Fact]
    public void Texts_stand_in_a_field_and_come_out_of_it_as_they_were()
    {
        var notes = Model.Get("Person").Find("notes")!;
        string[] values = ["first line\n\nthird line", "another"];

        Assert.Equal(values, WrittenValues.Split(notes, WrittenValues.Joined(notes, values)));
        Assert.Equal(["Ana", "Anna"], WrittenValues.Split(Model.Get("Person").Find("name")!, "Ana\r\nAnna\r\n"));
    }

    private static async Task<Refusal> RefusalOfAsync(IntakeFolder at, WriteRecords.NewRecord request) =>
        (
            await Assert.ThrowsAsync<RefusedException>(() =>
                new WriteRecords(at.Store).EnterAsync(IntakeFolder.Ana, request, Stop)
            )
        ).Refusal;

    private static Dictionary<string, IReadOnlyList<string>> Values(params (string Name, string Value)[] values) =>
        values.ToDictionary(v => v.Name, IReadOnlyList<string> (v) => [v.Value], StringComparer.Ordinal);

    private static object Somebody(string name) =>
        new
        {
            schema = "Person",
            properties = new { name = new[] { name } },
            reason = "known",
        };

    private static object Correction(int version, string name) =>
        new
        {
            version,
            properties = new { name = new[] { name } },
            reason = "known better",
        };

    private static async Task<JsonElement> PostAsync(HttpClient client, object record)
    {
        using var answer = await client.PostAsJsonAsync("/api/v1/records", record, Stop);
        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync(Stop));
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
    }
}
