using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Lanthorn.Tests.Tidy;

/// <summary>What STYLE.md says of sizes and names, as functions from a file's text to complaints.</summary>
internal static class CodeRules
{
    public const int MaxFileLines = 500;
    public const int MaxRazorLines = 300;
    public const int MaxMethodLines = 70;
    public const int MaxConstructorParameters = 7;

    /// <summary>A positional record is a list of named values, not of collaborators.</summary>
    public const int MaxRecordParameters = 12;
    public const int MaxLineLength = 120;
    public const int MaxCommentLength = 160;

    private static readonly string[] DrawerNames =
    [
        "Manager",
        "Helper",
        "Helpers",
        "Utils",
        "Util",
        "Common",
        "Service",
        "Impl",
        "Base",
    ];

    public static IEnumerable<string> FileSize(string path, string text)
    {
        var (lines, limit) = (
            Lines(text).Length,
            path.EndsWith(".razor", StringComparison.Ordinal) ? MaxRazorLines : MaxFileLines
        );
        if (lines > limit)
            yield return $"{path} has {lines} lines, more than {limit}";
    }

    public static IEnumerable<string> MethodSizes(string path, string text) =>
        from node in Nodes(text)
        where node is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax
        let first = node.ChildNodesAndTokens().First(c => !c.IsKind(SyntaxKind.AttributeList))
        let start = node.SyntaxTree.GetLineSpan(first.Span).StartLinePosition.Line
        let end = node.SyntaxTree.GetLineSpan(node.Span).EndLinePosition.Line
        let lines = end - start + 1
        where lines > MaxMethodLines
        select $"{path}:{start + 1} a method of {lines} lines, more than {MaxMethodLines}";

    public static IEnumerable<string> ConstructorSizes(string path, string text) =>
        from node in Nodes(text)
        let parameters = node switch
        {
            ConstructorDeclarationSyntax constructor => constructor.ParameterList,
            TypeDeclarationSyntax type => type.ParameterList,
            _ => null,
        }
        where parameters is not null
        let limit = node is RecordDeclarationSyntax ? MaxRecordParameters : MaxConstructorParameters
        let count = parameters.Parameters.Count
        where count > limit
        select $"{path}:{LineOf(node)} a constructor with {count} parameters, more than {limit}";

    /// <summary>A quoted text may be as long as it is; a comment, which the formatter does not wrap, a little longer than code.</summary>
    public static IEnumerable<string> LineLengths(string path, string text)
    {
        var tree = CSharpSyntaxTree.ParseText(text);
        var quoted = tree.GetRoot()
            .DescendantTokens()
            .Where(IsQuoted)
            .Select(token => tree.GetLineSpan(token.Span))
            .SelectMany(at =>
                Enumerable.Range(at.StartLinePosition.Line, at.EndLinePosition.Line - at.StartLinePosition.Line + 1)
            )
            .ToHashSet();
        return from line in Lines(text).Index()
            let comment = line.Item.TrimStart().StartsWith("//", StringComparison.Ordinal)
            let limit = comment ? MaxCommentLength : MaxLineLength
            where line.Item.Length > limit && !quoted.Contains(line.Index)
            select $"{path}:{line.Index + 1} a line of {line.Item.Length} characters, more than {limit}";
    }

    private static bool IsQuoted(SyntaxToken token) =>
        token.IsKind(SyntaxKind.InterpolatedStringTextToken)
        || token.Parent?.Kind() is SyntaxKind.StringLiteralExpression or SyntaxKind.Utf8StringLiteralExpression;

    /// <summary>A file name or a type name that says nothing about what is inside.</summary>
    public static bool IsDrawer(string name) => DrawerNames.Any(d => name.EndsWith(d, StringComparison.Ordinal));

    public static IEnumerable<string> TypeNames(string path, string text) =>
        from node in Nodes(text)
        let name = node switch
        {
            BaseTypeDeclarationSyntax type => type.Identifier.Text,
            DelegateDeclarationSyntax type => type.Identifier.Text,
            _ => "",
        }
        where IsDrawer(name)
        select $"{path}:{LineOf(node)} {name} is the name of a drawer: say what it does";

    private static int LineOf(SyntaxNode node) => node.SyntaxTree.GetLineSpan(node.Span).StartLinePosition.Line + 1;

    private static IEnumerable<SyntaxNode> Nodes(string text) =>
        CSharpSyntaxTree.ParseText(text).GetRoot().DescendantNodes();

    private static string[] Lines(string text) => text.TrimEnd('\n').Split('\n');
}
