using Lanthorn.Matching;
using Lanthorn.Web;

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
            Features.Name => "Name",
            Features.WeakAlias => "Weak alias",
            Features.Kind => "Kind",
            Features.Identifier => "Identifier",
            Features.BirthDate => "Date",
            Features.Country => "Country",
            Features.Gender => "Gender",
            Features.Contact => "Phone or e-mail",
            Features.Address => "Address",
            _ => feature,
        };
}
