using Lanthorn.Knowledge;

namespace Lanthorn.Screening.Reconciling;

/// <summary>What tells namesakes apart, in a line.</summary>
internal static class EntityWords
{
    private static readonly string[] Dates = ["birthDate", "incorporationDate", "buildDate"];

    public static string Of(Entity entity) =>
        string.Join(
            " · ",
            new[]
            {
                entity.Schema.Label,
                entity.Category == SubjectCategory.None ? "" : Spelled.Category(entity.Category),
                Spelled.Dates([.. Dates.SelectMany(d => entity.Properties[d]).Distinct()]),
                string.Join(", ", FindByName.Countries(entity).Order(StringComparer.Ordinal)),
                string.Join(", ", entity.Members.Select(m => m.Source.Value).Distinct().Order(StringComparer.Ordinal)),
            }.Where(w => w.Length > 0)
        );
}
