using Lanthorn.Matching;
using Lanthorn.Web;
using static Lanthorn.Web.Words;

namespace Lanthorn.Screening;

/// <summary>The parts of a score as rows of the look, strongest first; they add up to the score that is shown.</summary>
internal static class PartViews
{
    public static IReadOnlyList<PartRow> Of(Score score) =>
        [
            .. score
                .Parts.OrderByDescending(p => Math.Abs(p.Points))
                .Select(p => new PartRow(Title(p.Feature), p.Points, p.Detail, p.QueryValue, p.CandidateValue)),
        ];

    private static string Title(string feature) =>
        feature switch
        {
            Features.Name => T("Name"),
            Features.WeakAlias => T("Weak alias"),
            Features.Kind => T("Kind"),
            Features.Identifier => T("Identifier"),
            Features.BirthDate => T("Date"),
            Features.Country => T("Country"),
            Features.Gender => T("Gender"),
            Features.Contact => T("Phone or e-mail"),
            Features.Address => T("Address"),
            _ => feature,
        };
}
