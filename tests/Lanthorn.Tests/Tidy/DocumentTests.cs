namespace Lanthorn.Tests.Tidy;

public class DocumentTests
{
    [Fact]
    public void Every_document_has_one_title() =>
        Checkout.NoComplaints(
            from page in Pages()
            where page.Document.Titles != 1
            select $"{page.Path} has {page.Document.Titles} titles of the first level; one is wanted"
        );

    [Fact]
    public void Every_link_inside_the_repository_leads_somewhere() =>
        Checkout.NoComplaints(
            from page in Pages()
            from link in page.Document.Links
            let target = Path.GetFullPath(
                Path.Combine(Checkout.Root, Path.GetDirectoryName(page.Path)!, link.TrimStart('/'))
            )
            where !IsCommitted(Path.GetRelativePath(Checkout.Root, target))
            select $"{page.Path} links to {link}, which is not in the repository"
        );

    [Fact]
    public void Every_path_that_a_document_names_exists() =>
        Checkout.NoComplaints(
            from page in Present()
            from path in page.Document.Paths
            where !IsCommitted(path) && !Checkout.Files.Any(f => f.EndsWith("/" + path, StringComparison.Ordinal))
            select $"{page.Path} names `{path}`, which is not in the repository"
        );

    [Fact]
    public void Every_name_in_code_that_a_document_names_exists()
    {
        var known = new KnownNames();
        Checkout.NoComplaints(
            from page in Present()
            from name in page.Document.Names
            where !known.Knows(name)
            select $"{page.Path} names `{name}`, which is nowhere in the code"
        );
    }

    [Fact]
    public void The_rules_of_documents_bite()
    {
        var page = new Document(
            """
            # One
            See [this](docs/a.md#part) and [that](https://example.org/b.md), ![](c.png) but not `[x](y.md)`.
            `Label.Sees`, `EntityAssembly`, `EntityAssembly.Build(start)`, `./run`, `src/Lanthorn.Knowledge/`, `STYLE.md`.
            <!-- # Two [gone](d.md) `NoSuchThing` -->
            ```
            # Three `NoSuchThing`
            ```
            """
        );
        Assert.Equal(1, page.Titles);
        Assert.Equal(["docs/a.md", "c.png"], page.Links);
        Assert.Equal(["src/Lanthorn.Knowledge", "STYLE.md"], page.Paths);
        Assert.Equal(["Label.Sees", "EntityAssembly", "EntityAssembly.Build"], page.Names);
    }

    [Theory]
    [InlineData("EntityAssembly", true)]
    [InlineData("EntityAssembly.Build", true)]
    [InlineData("EntityAssembly.Demolish", false)]
    [InlineData("LegalEntity", true)]
    [InlineData("TimeProvider", true)]
    [InlineData("TimeProvider.GetUtcNow", true)]
    [InlineData("Lanthorn.Knowledge", true)]
    [InlineData("Lanthorn.Astrology", false)]
    [InlineData("NoSuchThing", false)]
    public void Known_are_the_names_that_exist(string name, bool known) =>
        Assert.Equal(known, new KnownNames().Knows(name));

    private static IEnumerable<(string Path, Document Document)> Pages() =>
        from path in Checkout.With("", ".md")
        select (path, new Document(Checkout.Read(path)));

    /// <summary>The change log tells of the past, in which other names existed.</summary>
    private static IEnumerable<(string Path, Document Document)> Present() =>
        Pages().Where(page => page.Path != "CHANGELOG.md");

    private static bool IsCommitted(string path) =>
        path == "."
        || Checkout.Files.Any(f => f == path || f.StartsWith(path.TrimEnd('/') + "/", StringComparison.Ordinal));
}
