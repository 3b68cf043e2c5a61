using System.Text.Json.Serialization;
using Lanthorn.Platform;
using static Lanthorn.Web.Words;

namespace Lanthorn.Governance.Rights;

/// <summary>On which a request is refused, wholly or in part. Stored: the numbers only grow.</summary>
[JsonConverter(typeof(SnakeWords<Ground>))]
internal enum Ground
{
    Inquiry = 1,
    Crime = 2,
    PublicSecurity = 3,
    NationalSecurity = 4,
    OthersRights = 5,
    Excessive = 6,
    IdentityNotProven = 7,
    KeptAsEvidence = 8,
    Accurate = 9,
    StillNeeded = 10,
    EuropolTasks = 11,
    EuropolSecurity = 12,
    EuropolInvestigation = 13,
    EuropolThirdParties = 14,
}

/// <summary>A ground with the article it stands on; the words are ours.</summary>
/// <param name="IsSilent">
/// It would be undone by saying whether anything is held: the answer neither confirms nor denies (Articles 15(3) and 16(4) of
/// the directive, Article 36(7) of the regulation).
/// </param>
internal sealed record RightsGround(Ground Ground, RightsLaw? Law, string Article, string Words, bool IsSilent);

/// <summary>
/// The closed list: Articles 12, 15(1) and 16 of Directive (EU) 2016/680, Articles 36(6) and 37 of Regulation (EU) 2016/794.
/// </summary>
internal static class RightsGrounds
{
    private const string Directive = "Directive (EU) 2016/680";
    private const string Regulation = "Regulation (EU) 2016/794";

    public static readonly IReadOnlyList<RightsGround> All =
    [
        Of(Ground.Inquiry, "15(1)(a)", Later("an official or legal inquiry would be obstructed"), isSilent: true),
        Of(Ground.Crime, "15(1)(b)", Later("preventing or prosecuting crime would be prejudiced"), isSilent: true),
        Of(Ground.PublicSecurity, "15(1)(c)", Later("public security has to be protected"), isSilent: true),
        Of(Ground.NationalSecurity, "15(1)(d)", Later("national security has to be protected"), isSilent: true),
        Of(
            Ground.OthersRights,
            "15(1)(e)",
            Later("rights and freedoms of others have to be protected"),
            isSilent: true
        ),
        Of(Ground.Excessive, "12(4)", Later("the request is manifestly unfounded or excessive")),
        new(
            Ground.IdentityNotProven,
            null,
            "Article 12(5), Directive (EU) 2016/680",
            Later("it was not shown that the request comes from the person concerned"),
            false
        ),
        Of(Ground.KeptAsEvidence, "16(3)(b)", Later("the data are kept as evidence, and restricted")),
        new(
            Ground.Accurate,
            null,
            "Article 16(1), Directive (EU) 2016/680; Article 37, Regulation (EU) 2016/794",
            Later("the data were checked and found right"),
            false
        ),
        new(
            Ground.StillNeeded,
            null,
            "Article 16(2), Directive (EU) 2016/680; Article 37, Regulation (EU) 2016/794",
            Later("the data are lawfully held and still needed"),
            false
        ),
        OfEuropol(Ground.EuropolTasks, "36(6)(a)", Later("tasks could not be fulfilled properly")),
        OfEuropol(Ground.EuropolSecurity, "36(6)(b)", Later("security and public order have to be protected")),
        OfEuropol(Ground.EuropolInvestigation, "36(6)(c)", Later("a national investigation would be jeopardised")),
        OfEuropol(Ground.EuropolThirdParties, "36(6)(d)", Later("rights and freedoms of others are at stake")),
    ];

    public static RightsGround Get(Ground ground) => All.First(g => g.Ground == ground);

    /// <summary>Those on which a request under this law can be refused.</summary>
    public static IEnumerable<RightsGround> For(RightsLaw law) => All.Where(g => g.Law is null || g.Law == law);

    private static RightsGround Of(Ground ground, string article, string words, bool isSilent = false) =>
        new(ground, RightsLaw.Directive, $"Article {article}, {Directive}", words, isSilent);

    private static RightsGround OfEuropol(Ground ground, string article, string words) =>
        new(ground, RightsLaw.Europol, $"Article {article}, {Regulation}", words, true);
}
