using System.CommandLine;
using System.Globalization;
using System.Text;
using Lanthorn.Platform;
using Lanthorn.Program;
using Lanthorn.Tests.Removal;

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

    [Fact]
    public async Task The_openapi_document_is_up_to_date_and_has_every_route_but_pages()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var server = await InstalledServer.StartAsync(stop);
        using var client = await server.SignedInAsync("ana", "analyst", "alpha", stop);

        var document = await client.GetStringAsync("/openapi/v1.json", stop);

        var address = client.BaseAddress!.ToString().TrimEnd('/');
        GoldenFile.Check(
            "docs/reference/openapi.json",
            document
                .Replace("\r\n", "\n", StringComparison.Ordinal)
                .Replace(address, "http://localhost:5080", StringComparison.Ordinal) + "\n"
        );
    }

    [Fact]
    public void The_page_of_the_command_line_is_up_to_date()
    {
        var page = new StringBuilder(
            """
            # The command line

            Answers go to stdout, everything else to stderr. Exit code 0 done, 1 refused or failed, 2 wrong usage, 3 done but
            some rows are in quarantine. This page is generated.

            Every verb has:


            """
        );
        var root = new CommandLine(TextWriter.Null, TextWriter.Null).Build();
        AppendOptions(page, root.Options.Where(o => o.Recursive));
        foreach (var command in root.Subcommands.OrderBy(c => c.Name, StringComparer.Ordinal))
            Append(page, command, "");
        GoldenFile.Check("docs/reference/cli.md", page.ToString());
    }

    private static void Append(StringBuilder page, Command command, string above)
    {
        var name = $"{above}{command.Name}";
        if (command.Action is not null)
            AppendOne(page, command, name);
        foreach (var below in command.Subcommands.OrderBy(c => c.Name, StringComparer.Ordinal))
            Append(page, below, $"{name} ");
    }

    private static void AppendOne(StringBuilder page, Command command, string name)
    {
        var arguments = string.Concat(command.Arguments.Select(a => $" {a.Name.ToUpperInvariant()}"));
        page.Append(CultureInfo.InvariantCulture, $"\n## `{name}{arguments}`\n\n{command.Description}.\n");
        foreach (var argument in command.Arguments.Where(a => a.Description is not null))
            page.Append(
                CultureInfo.InvariantCulture,
                $"\n- `{argument.Name.ToUpperInvariant()}`: {argument.Description}"
            );
        if (command.Arguments.Count > 0)
            page.Append('\n');
        if (command.Options.Count == 0)
            return;
        page.Append('\n');
        AppendOptions(page, command.Options);
    }

    private static void AppendOptions(StringBuilder page, IEnumerable<Option> options)
    {
        foreach (var option in options.OrderBy(o => o.Name, StringComparer.Ordinal))
            page.Append(
                CultureInfo.InvariantCulture,
                $"- `{option.Name}{(option.HelpName is { } help ? $" {help}" : "")}`: {option.Description}\n"
            );
    }
}
