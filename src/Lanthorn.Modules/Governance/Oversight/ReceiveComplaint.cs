using System.Security.Cryptography;
using System.Text;
using Dapper;
using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Governance.Oversight;

/// <summary>
/// Takes in what anybody complains about, from the public door or from a letter, and gives a receipt with which the answer
/// can be read. Of who it was nothing is kept but what he wrote himself.
/// </summary>
internal sealed class ReceiveComplaint(Store store, SealedText texts, Settings settings)
{
    public const int MaxText = 5_000;
    public const int MaxContact = 300;

    /// <summary>Nearly a hundred bits: nobody guesses one.</summary>
    private const int ReceiptSigns = 20;
    private const int ReceiptGroup = 5;
    private const string Signs = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

    internal sealed record Request(string? Text, string? Contact = null, string? Language = null);

    /// <param name="Receipt">Shown once, and kept nowhere in the clear.</param>
    internal sealed record Received(string Reference, string Receipt);

    /// <summary>What somebody with a receipt is told.</summary>
    internal sealed record State(ComplaintState Stands, DateTimeOffset ReceivedAt, string Answer);

    private const string Insert = """
        insert into gov_complaint (reference, label_id, receipt, language, text, contact, received_at, is_fictional)
        values (@reference, @labelId, @hash, @language, @text, @contact, @now, @isFictional)
        """;

    /// <exception cref="RefusedException">It is empty or too long, or no language of the door.</exception>
    public async Task<Received> HandleAsync(
        Request request,
        CancellationToken cancellation,
        Viewer? officer = null,
        bool isFictional = false
    )
    {
        var language = ComplaintTexts.Find(request.Language ?? "en")?.Code;
        if (language is null)
            throw Written.Refuse("language", "There is no such language here", "Use en, fr, ar, prs, ps or bn");
        var label = Label.Parse($"role={Officers.FundamentalRights}").Value;
        var receipt = RandomNumberGenerator.GetString(Signs, ReceiptSigns);
        var row = new
        {
            reference = Officers.Draw('K'),
            labelId = (long)await store.Labels.InternAsync(label, cancellation),
            hash = HashOf(receipt),
            language,
            text = texts.Seal(Written.Need("text", request.Text, MaxText)),
            contact = texts.Seal(Written.May("contact", request.Contact, MaxContact)),
            now = Times.Text(store.Time.GetUtcNow()),
            isFictional = isFictional ? 1L : 0L,
        };
        var by = officer ?? new Viewer { Name = "public door", Organisation = settings.Organisation };
        await store.WriteAsync(
            async (connection, transaction) =>
            {
                await connection.ExecuteAsync(Insert, row, transaction);
                store.Audit.AppendIn(
                    connection,
                    transaction,
                    AuditEntry.By(
                        by,
                        Operation.Collection,
                        $"complaint {row.reference} received",
                        [],
                        new("a complaint")
                    )
                );
            },
            cancellation
        );
        var groups = receipt.Chunk(ReceiptGroup).Select(g => new string(g));
        return new(row.reference, string.Join('-', groups));
    }

    /// <summary>Null where no complaint has this receipt.</summary>
    public async Task<State?> FindAsync(string? receipt, CancellationToken cancellation)
    {
        var signs = new string([.. (receipt ?? "").ToUpperInvariant().Where(char.IsAsciiLetterOrDigit)]);
        if (signs.Length != ReceiptSigns)
            return null;
        var row = await store.ReadOwnAsync(
            connection =>
                connection.QuerySingleOrDefaultAsync<ComplaintRow>(
                    $"select {ComplaintRow.Columns} from gov_complaint k where k.receipt = @hash",
                    new { hash = HashOf(signs) }
                ),
            cancellation
        );
        return row?.Opened(texts) is { } found ? new(found.State, found.ReceivedAt, found.Answer) : null;
    }

    private static byte[] HashOf(string receipt) => SHA256.HashData(Encoding.ASCII.GetBytes(receipt));
}
