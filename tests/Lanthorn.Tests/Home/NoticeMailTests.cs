using Dapper;
using Lanthorn.Governance.Contracts;
using Lanthorn.Governance.Notices;
using Lanthorn.Platform;
using Lanthorn.Program;
using Lanthorn.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Lanthorn.Tests.Home;

/// <summary>Notices by e-mail: that there are some, and nothing of what they say.</summary>
public sealed class NoticeMailTests : IAsyncDisposable
{
    private const string Address = "office@alpha.example";
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly string folder = Directory.CreateTempSubdirectory("lanthorn-mail-").FullName;
    private readonly HandTime time = new();
    private readonly CountingLog<NoticeMailing> log = new();
    private PostgresDatabase? database;
    private Installation installation = null!;
    private ServiceProvider services = null!;
    private MailBox box = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Accounts Accounts => services.GetRequiredService<Accounts>();

    private MailNotices Notices => services.GetRequiredService<MailNotices>();

    private async Task StartAsync(Database on = Database.Sqlite)
    {
        database = on == Database.Postgres ? await PostgresTables.CopyAsync(TestModules.All) : null;
        var settings = new Settings { Data = folder, Database = database?.Address ?? "" };
        installation = await Installation.OpenAsync(settings, time, Stop);
        services = installation.BuildServices();
        box = MailBox.Start(refuses: "nobody@alpha.example");
        await WantsAsync("ana", Address);
        time.Move(TimeSpan.FromHours(1));
    }

    public async ValueTask DisposeAsync()
    {
        if (box is not null)
            await box.DisposeAsync();
        if (services is not null)
            await services.DisposeAsync();
        if (installation is not null)
            await installation.DisposeAsync();
        if (database is not null)
            await database.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task The_message_says_how_many_there_are_and_nothing_of_them()
    {
        await StartAsync();
        await LockOutAsync("carl");
        await LockOutAsync("dan");

        Assert.Equal(1, await Notices.HandleAsync(Server(), Stop));

        var message = Assert.Single(box.Messages);
        var (head, text) = (message.Split("\r\n\r\n")[0], message.Split("\r\n\r\n")[1]);
        Assert.Equal("There are 2 new notices in Lanthorn. Sign in to read them.", text.Trim());
        Assert.Contains($"To: {Address}", head, StringComparison.Ordinal);
        Assert.Contains("From: lanthorn@agency.example", head, StringComparison.Ordinal);
        Assert.Contains("Auto-Submitted: auto-generated", head, StringComparison.Ordinal);
        foreach (var told in new[] { "carl", "dan", "ana", "local", "locked", "http", Environment.MachineName })
            Assert.DoesNotContain(told, message, StringComparison.OrdinalIgnoreCase);
    }

    [Theory, OnEachDatabase]
    public async Task An_account_is_told_once_a_day_at_most_and_of_what_it_was_not_told(Database on)
    {
        await StartAsync(on);
        await LockOutAsync("carl");
        Assert.Equal(1, await Notices.HandleAsync(Server(), Stop));
        await LockOutAsync("dan");
        time.Move(Day - TimeSpan.FromMinutes(1));
        Assert.Equal(0, await Notices.HandleAsync(Server(), Stop));
        time.Move(TimeSpan.FromMinutes(1));
        await LockOutAsync("eve");

        Assert.Equal(1, await Notices.HandleAsync(Server(), Stop));
        Assert.Contains("There is 1 new notice", box.Messages.Last(), StringComparison.Ordinal);
        time.Move(Day);
        Assert.Equal(0, await Notices.HandleAsync(Server(), Stop));
    }

    [Theory, OnEachDatabase]
    public async Task Who_has_looked_who_is_shut_out_and_who_wants_it_no_longer_is_not_told(Database on)
    {
        await StartAsync(on);
        await WantsAsync("bea", "bea@alpha.example");
        await WantsAsync("cy", "cy@alpha.example");
        await LockOutAsync("carl");
        await Accounts.LookAsync("ana", null, Stop);
        await Accounts.LockAsync((await Accounts.WorkOfAsync(null, null, Stop))!.Viewer, "bea", Stop);
        await Accounts.SetNoticeAddressAsync((await Accounts.WorkOfAsync("cy", null, Stop))!.Viewer, "", Stop);

        Assert.Equal(0, await Notices.HandleAsync(Server(), Stop));
        Assert.Empty(box.Messages);
    }

    [Fact]
    public async Task A_server_that_fails_is_logged_once_without_addresses_and_asked_again()
    {
        await StartAsync();
        await LockOutAsync("carl");
        using var mailing = new NoticeMailing(new Settings(), Notices, time, log);
        var silent = Server(MailBox.FreePort());

        await mailing.RoundAsync(silent, Stop);
        await mailing.RoundAsync(silent, Stop);
        Assert.DoesNotContain(Address, Assert.Single(log.Errors), StringComparison.Ordinal);

        await mailing.RoundAsync(Server(), Stop);
        Assert.Single(box.Messages);
        time.Move(Day);
        await LockOutAsync("dan");
        await mailing.RoundAsync(silent, Stop);
        Assert.Equal(2, log.Errors.Count);
    }

    [Fact]
    public async Task A_message_that_did_not_leave_is_not_counted_as_sent()
    {
        await StartAsync();
        await LockOutAsync("carl");
        await using var closed = MailBox.Start(takesSender: false);

        await Assert.ThrowsAsync<MailFailedException>(() => Notices.HandleAsync(Server(closed.Port), Stop));

        Assert.Equal(1, await Notices.HandleAsync(Server(), Stop));
    }

    [Fact]
    public async Task An_address_that_is_not_taken_keeps_nobody_else_from_his_message_and_is_tried_again_in_a_day()
    {
        await StartAsync();
        await WantsAsync("aaron", "nobody@alpha.example");
        time.Move(TimeSpan.FromMinutes(1));
        await LockOutAsync("carl");

        var refused = await Assert.ThrowsAsync<MailFailedException>(() => Notices.HandleAsync(Server(), Stop));

        Assert.DoesNotContain("nobody@", refused.Message, StringComparison.Ordinal);
        Assert.Contains(Address, Assert.Single(box.Messages), StringComparison.Ordinal);
        Assert.Equal(0, await Notices.HandleAsync(Server(), Stop));
        time.Move(Day);
        await LockOutAsync("dan");
        await Assert.ThrowsAsync<MailFailedException>(() => Notices.HandleAsync(Server(), Stop));
    }

    [Fact]
    public async Task Beyond_this_machine_nothing_is_sent_without_tls()
    {
        await StartAsync();
        await LockOutAsync("carl");
        await Assert.ThrowsAsync<MailFailedException>(() =>
            Notices.HandleAsync(Server() with { IsLoopback = false }, Stop)
        );

        Assert.Empty(box.Messages);
        Assert.Equal(1, await Notices.HandleAsync(Server(), Stop));
    }

    [Fact]
    public async Task No_more_messages_leave_in_an_hour_than_the_limit()
    {
        await StartAsync();
        await LockOutAsync("carl");
        await installation.Store.WriteAsync(
            (connection, transaction) =>
                connection.ExecuteAsync(
                    """
                    insert into gov_person (id, name, organisation, role, clearance, security_stamp, created_at, mailed_at)
                    with recursive n(i) as (select 1 union all select i + 1 from n where i < @most)
                    select 'n' || i, 'n' || i, organisation, role, clearance, 's', created_at, @now
                    from n, gov_person where name = 'ana'
                    """,
                    new { most = MailNotices.MaxPerHour, now = time.GetUtcNow().ToUnixTimeMilliseconds() },
                    transaction
                ),
            Stop
        );

        Assert.Equal(0, await Notices.HandleAsync(Server(), Stop));
        time.Move(TimeSpan.FromMinutes(61));
        await LockOutAsync("dan");
        Assert.Equal(1, await Notices.HandleAsync(Server(), Stop));
    }

    [Theory]
    [InlineData("mail.example.org", "a@example.org")]
    [InlineData("mail.example.org:0", "a@example.org")]
    [InlineData(":25", "a@example.org")]
    [InlineData("two words:25", "a@example.org")]
    [InlineData("mail.example.org:587", "")]
    [InlineData("mail.example.org:587", "nobody")]
    public void Settings_that_name_no_server_or_no_sender_are_refused(string server, string sender) =>
        Assert.Throws<RefusedException>(() => MailServer.Of(new Settings { SmtpServer = server, SmtpSender = sender }));

    [Theory]
    [InlineData("localhost:25", true)]
    [InlineData("127.0.0.1:25", true)]
    [InlineData("[::1]:25", true)]
    [InlineData("mail.example.org:587", false)]
    [InlineData("localhost.example.org:587", false)]
    [InlineData("192.0.2.1:465", false)]
    public void Only_this_machine_is_spoken_to_without_tls(string server, bool isLoopback) =>
        Assert.Equal(
            isLoopback,
            MailServer.Of(new Settings { SmtpServer = server, SmtpSender = "a@example.org" })!.IsLoopback
        );

    [Fact]
    public void Without_a_mail_server_there_is_none() => Assert.Null(MailServer.Of(new Settings()));

    private MailServer Server(int? port = null) =>
        MailServer.Of(
            new Settings { SmtpServer = $"127.0.0.1:{port ?? box.Port}", SmtpSender = "lanthorn@agency.example" }
        )!;

    /// <summary>An administrator who wants to be told by e-mail.</summary>
    private async Task WantsAsync(string name, string address)
    {
        await Accounts.AddPersonAsync(new(name, null, "administrator", "local"), Stop);
        await Accounts.SetNoticeAddressAsync((await Accounts.WorkOfAsync(name, null, Stop))!.Viewer, address, Stop);
    }

    private Task LockOutAsync(string name) => HomeTests.LockOutAsync(Accounts, installation.Store, name, "local");
}
