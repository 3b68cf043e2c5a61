using System.Text;
using Lanthorn.Platform;

namespace Lanthorn.Tests.Tidy;

/// <summary>The pages of docs/reference are generated; these tests keep them as the product is.</summary>
public class ReferencePagesTests
{
    private const int MaxSettings = 40;

    [Fact]
    public void The_page_of_settings_is_up_to_date()
    {
        var page = new StringBuilder(
            """
            # Settings

            Each has a default. A file `lanthorn.json` in the working folder changes it by its name, the environment by its
            variable; the environment wins. This page is generated.

            | name | environment variable | default | meaning |
            |---|---|---|---|

            """
        );
        foreach (var (name, variable, @default, meaning) in Settings.Describe())
            page.Append(
                FormattableString.Invariant(
                    $"| `{name}` | `{variable}` | {(@default.Length == 0 ? "none" : $"`{@default}`")} | {meaning} |\n"
                )
            );
        GoldenFile.Check("docs/reference/settings.md", page.ToString());
    }

    [Fact]
    public void There_are_few_settings_and_each_says_what_it_means()
    {
        var described = Settings.Describe().ToList();
        Assert.InRange(described.Count, 1, MaxSettings);
        Assert.All(described, s => Assert.NotEmpty(s.Meaning));
        Assert.Equal(typeof(Settings).GetProperties().Select(p => p.Name), described.Select(s => s.Name));
    }
}
