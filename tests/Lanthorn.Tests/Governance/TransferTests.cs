using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Lanthorn.Governance.Contracts;
using Lanthorn.Governance.Oversight.Transfers;
using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Storage;
using Lanthorn.Tests.Removal;
using Lanthorn.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Lanthorn.Tests.Governance;

/// <summary>The gate to third countries, on the first of March 2026.</summary>
public sealed class TransferTests
{
    private const string Route = "/api/v1/transfers";

    private static readonly TransferCheck Fine = new(CheckVerdict.NoRisk, "looked at", "ana");
    private static readonly TransferChecks NoRisk = new(Fine, Fine, Fine, Fine);
    private static readonly DateOnly Today = new(2026, 3, 1);
    private static readonly TransferItem Suspect = new(
        SubjectCategory.Suspect,
        ["ly"],
        ["1980"],
        Handling.None,
        false,
        ["Ermias Ghermay"]
    );

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(SubjectCategory.Victim)]
    [InlineData(SubjectCategory.Witness)]
    [InlineData(SubjectCategory.SmuggledMigrant)]
    [InlineData(SubjectCategory.Minor)]
    [InlineData(SubjectCategory.Informant)]
    public void Safeguard_7_a_protected_person_is_refused(SubjectCategory category) =>
        Assert.NotEmpty(TransferGate.Objections("tn", NoRisk, [Suspect with { Category = category }], Today));

    [Fact]
    public void Safeguard_7_a_national_of_the_recipient_is_refused_unless_a_suspect()
    {
        Assert.Empty(TransferGate.Objections("ly", NoRisk, [Suspect], Today));
        Assert.NotEmpty(
            TransferGate.Objections("ly", NoRisk, [Suspect with { Category = SubjectCategory.Contact }], Today)
        );
        Assert.Empty(
            TransferGate.Objections("tn", NoRisk, [Suspect with { Category = SubjectCategory.Contact }], Today)
        );
    }

    [Fact]
    public void Safeguard_7_every_check_that_finds_a_risk_refuses_and_so_does_a_word_of_asylum()
    {
        var risk = Fine with { Verdict = CheckVerdict.Risk };
        foreach (
            var checks in new[]
            {
                NoRisk with
                {
                    Torture = risk,
                },
                NoRisk with
                {
                    DeathPenalty = risk,
                },
                NoRisk with
                {
                    OnwardUse = risk,
                },
                NoRisk with
                {
                    Asylum = risk,
                },
            }
        )
            Assert.Single(TransferGate.Objections("tn", checks, [Suspect], Today));
        foreach (var text in new[] { "Applied for Asylum in 2024", "a demandé l'asile", "طلب لجوء" })
            Assert.Single(TransferGate.Objections("tn", NoRisk, [Suspect with { Texts = [text] }], Today));
    }

    [Theory]
    [InlineData("2008-03-01", false)]
    [InlineData("2008-03-02", true)]
    [InlineData("2008", true)]
    [InlineData("2008-02", false)]
    [InlineData("2007", false)]
    [InlineData("unknown", true)]
    public void Safeguard_3_an_age_in_dispute_counts_as_a_minors(string born, bool isRefused) =>
        Assert.Equal(
            isRefused,
            TransferGate.Objections("tn", NoRisk, [Suspect with { Born = [born] }], Today).Count > 0
        );

    [Fact]
    public void Safeguard_8_a_handling_code_asks_the_provider_first() =>
        Assert.Single(
            TransferGate.Objections("tn", NoRisk, [Suspect with { Handling = Handling.AskBeforePassingOn }], Today)
        );

    [Fact]
    public void Safeguard_6_debriefs_never_leave_in_bulk()
    {
        var debrief = Suspect with { IsDebrief = true };
        Assert.Empty(TransferGate.Objections("tn", NoRisk, [debrief], Today));
        Assert.Single(TransferGate.Objections("tn", NoRisk, [debrief, Suspect], Today));
    }

    [Theory, OnEachDatabase]
    public async Task Safeguard_6_a_debrief_item_leaves_with_the_written_reason_of_a_second_person(Database database)
    {
        await using var server = await InstalledServer.StartAsync(Stop, on: database);
        using var officer = await server.SignedInAsync("dora", "data-protection-officer", "alpha", Stop);
        using var one = await server.SignedInAsync("one", "liaison-officer", "alpha", Stop);
        using var two = await server.SignedInAsync("two", "operations-lead", "alpha", Stop);
        await RightsTests.WriteAsync(server, one, ("1", "Ermias Ghermay"), ("2", "Mira"));
        using var marked = await officer.PostAsJsonAsync($"{Route}/debrief-sources", new { source = "list" }, Stop);
        Assert.Equal(HttpStatusCode.NoContent, marked.StatusCode);

        var (bulk, objections) = await ProposeAsync(one, "test-1", "test-2");
        Assert.Contains("item by item", Assert.Single(objections), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, await DecideAsync(two, bulk, "needed"));
        var (single, none) = await ProposeAsync(one, "test-1");
        Assert.Empty(none);
        Assert.Equal(HttpStatusCode.Forbidden, await DecideAsync(one, single, "needed"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await DecideAsync(two, single, ""));
        var record = (
            await server
                .Store.For(await server.ViewerOfAsync("one", Stop), new("test"))
                .RecordAsync("test-1", "test", Stop)
        )!;
        var gate = server.Services.GetRequiredService<Transfers>();
        var work = (await server.Accounts.WorkOfAsync("one", "test", Stop))!;
        RecordVersion[] versions = [new(record.Id, record.Version)];
        await Assert.ThrowsAsync<RefusedException>(() => gate.NeedApprovedAsync(work, "tn", versions, Stop));

        Assert.Equal(HttpStatusCode.NoContent, await DecideAsync(two, single, "the only trace of the boat"));

        await gate.NeedApprovedAsync(work, "tn", versions, Stop);
        await Assert.ThrowsAsync<RefusedException>(() => gate.NeedApprovedAsync(work, "ly", versions, Stop));
        var page = await officer.GetStringAsync($"/transfers/{single}", Stop);
        Assert.Contains("the only trace of the boat", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Ghermay", page, StringComparison.Ordinal);
        var log = await server.Store.Audit.ListAsync("two", 20, 0, Stop);
        Assert.Contains(log, e => $"{e.Body}".Contains("Police of Tunis (tn)", StringComparison.Ordinal));
    }

    [Theory, OnEachDatabase]
    public async Task Safeguard_18_the_rights_officer_reads_transfers_and_the_log_and_others_find_none(
        Database database
    )
    {
        await using var server = await InstalledServer.StartAsync(Stop, on: database);
        using var rights = await server.SignedInAsync("fred", "fundamental-rights-officer", "alpha", Stop);
        using var far = await server.SignedInAsync("far", "analyst", "bravo", Stop);
        using var manager = await server.SignedInAsync("max", "programme-manager", "alpha", Stop);
        using var one = await server.SignedInAsync("one", "liaison-officer", "alpha", Stop);
        await RightsTests.WriteAsync(server, one, ("1", "Ermias Ghermay"));
        var (transfer, _) = await ProposeAsync(one, "test-1");

        Assert.Contains(transfer, await rights.GetStringAsync("/transfers", Stop), StringComparison.Ordinal);
        foreach (
            var path in new[]
            {
                "/oversight",
                "/audit",
                "/holds",
                "/complaints",
                "/undertakings",
                "/projects",
                "/registers",
            }
        )
            Assert.Equal(HttpStatusCode.OK, (await rights.GetAsync(path, Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await rights.GetAsync("/search?q=ermias", Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await far.GetAsync($"{Route}/{transfer}", Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await manager.GetAsync(Route, Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, await DecideAsync(rights, transfer, ""));
    }

    private static async Task<(string Reference, string[] Objections)> ProposeAsync(
        HttpClient client,
        params string[] records
    )
    {
        var check = new { verdict = "no_risk", text = "report of the embassy" };
        using var answer = await client.PostAsJsonAsync(
            Route,
            new
            {
                country = "tn",
                authority = "Police of Tunis",
                ground = "individual_case",
                purpose = "To find the boat",
                records,
                torture = check,
                death = check,
                onward = check,
                asylum = check,
            },
            Stop
        );
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var proposed = await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
        return (
            proposed.GetProperty("reference").GetString()!,
            [.. proposed.GetProperty("objections").EnumerateArray().Select(o => o.GetString()!)]
        );
    }

    private static async Task<HttpStatusCode> DecideAsync(HttpClient client, string transfer, string necessity)
    {
        using var answer = await client.PostAsJsonAsync(
            $"{Route}/{transfer}/decision",
            new
            {
                approve = true,
                reason = "the ground holds",
                necessity,
            },
            Stop
        );
        return answer.StatusCode;
    }
}
