using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Lanthorn.Mutation;

/// <summary>
/// The faults that people make: a comparison off by its edge, a sign, an inverted condition, a call left out, a neighbour of
/// the method meant, a number a little off. They are those of the usual mutation testers, with numbers added, because a score
/// is mostly numbers.
/// </summary>
internal static class Faults
{
    private static readonly Dictionary<SyntaxKind, SyntaxKind[]> Operators = new()
    {
        [SyntaxKind.LessThanExpression] = [SyntaxKind.LessThanOrEqualExpression, SyntaxKind.GreaterThanExpression],
        [SyntaxKind.LessThanOrEqualExpression] = [SyntaxKind.LessThanExpression, SyntaxKind.GreaterThanExpression],
        [SyntaxKind.GreaterThanExpression] = [SyntaxKind.GreaterThanOrEqualExpression, SyntaxKind.LessThanExpression],
        [SyntaxKind.GreaterThanOrEqualExpression] = [SyntaxKind.GreaterThanExpression, SyntaxKind.LessThanExpression],
        [SyntaxKind.EqualsExpression] = [SyntaxKind.NotEqualsExpression],
        [SyntaxKind.NotEqualsExpression] = [SyntaxKind.EqualsExpression],
        [SyntaxKind.AddExpression] = [SyntaxKind.SubtractExpression],
        [SyntaxKind.SubtractExpression] = [SyntaxKind.AddExpression],
        [SyntaxKind.MultiplyExpression] = [SyntaxKind.DivideExpression],
        [SyntaxKind.DivideExpression] = [SyntaxKind.MultiplyExpression],
        [SyntaxKind.ModuloExpression] = [SyntaxKind.MultiplyExpression],
        [SyntaxKind.LogicalAndExpression] = [SyntaxKind.LogicalOrExpression],
        [SyntaxKind.LogicalOrExpression] = [SyntaxKind.LogicalAndExpression],
        [SyntaxKind.AddAssignmentExpression] = [SyntaxKind.SubtractAssignmentExpression],
        [SyntaxKind.SubtractAssignmentExpression] = [SyntaxKind.AddAssignmentExpression],
        [SyntaxKind.MultiplyAssignmentExpression] = [SyntaxKind.DivideAssignmentExpression],
    };

    private static readonly Dictionary<string, string> Neighbours = new(StringComparer.Ordinal)
    {
        ["Max"] = "Min",
        ["Min"] = "Max",
        ["Any"] = "All",
        ["All"] = "Any",
        ["First"] = "Last",
        ["FirstOrDefault"] = "LastOrDefault",
        ["OrderBy"] = "OrderByDescending",
        ["OrderByDescending"] = "OrderBy",
        ["ThenBy"] = "ThenByDescending",
        ["ThenByDescending"] = "ThenBy",
        ["MaxBy"] = "MinBy",
        ["MinBy"] = "MaxBy",
        ["Sum"] = "Max",
        ["Skip"] = "Take",
        ["Take"] = "Skip",
        ["StartsWith"] = "EndsWith",
        ["Floor"] = "Ceiling",
        ["Ceiling"] = "Floor",
    };

    /// <summary>Every fault of one file, in the order of the text.</summary>
    public static IEnumerable<Change> Of(SyntaxTree tree, string file)
    {
        var root = tree.GetRoot();
        foreach (var node in root.DescendantNodes().Where(n => !IsDeclarationOnly(n)))
        foreach (var instead in InsteadOf(node))
        {
            var changed = root.ReplaceNode(node, instead.WithTriviaFrom(node));
            var line = tree.GetLineSpan(node.Span).StartLinePosition.Line + 1;
            yield return new(
                $"{file}:{line}",
                OneLine(node),
                OneLine(instead),
                tree,
                tree.WithRootAndOptions(changed, tree.Options)
            );
        }
    }

    // Attributes and enumerations say what something is called, not what it does.
    private static bool IsDeclarationOnly(SyntaxNode node) =>
        node.FirstAncestorOrSelf<AttributeListSyntax>() is not null
        || node.FirstAncestorOrSelf<EnumMemberDeclarationSyntax>() is not null;

    private static IEnumerable<SyntaxNode> InsteadOf(SyntaxNode node) =>
        node switch
        {
            BinaryExpressionSyntax binary when binary.IsKind(SyntaxKind.CoalesceExpression) =>
            [
                binary.Left,
                binary.Right,
            ],
            BinaryExpressionSyntax binary when IsText(binary) => [],
            BinaryExpressionSyntax binary => Kinds(binary)
                .Select(kind => BinaryExpression(kind, binary.Left, binary.Right.WithoutLeadingTrivia())),
            AssignmentExpressionSyntax assignment => Kinds(assignment)
                .Select(kind => AssignmentExpression(kind, assignment.Left, assignment.Right)),
            PrefixUnaryExpressionSyntax prefix
                when prefix.IsKind(SyntaxKind.LogicalNotExpression) || prefix.IsKind(SyntaxKind.UnaryMinusExpression) =>
                [prefix.Operand],
            ConditionalExpressionSyntax choice =>
            [
                choice.WithWhenTrue(choice.WhenFalse).WithWhenFalse(choice.WhenTrue),
            ],
            IfStatementSyntax { Condition: not IsPatternExpressionSyntax } branch =>
            [
                branch.WithCondition(Not(branch.Condition)),
            ],
            RelationalPatternSyntax pattern => [pattern.WithOperatorToken(Edge(pattern.OperatorToken))],
            LiteralExpressionSyntax number when number.IsKind(SyntaxKind.NumericLiteralExpression) => Numbers(number),
            LiteralExpressionSyntax truth when truth.IsKind(SyntaxKind.TrueLiteralExpression) =>
            [
                LiteralExpression(SyntaxKind.FalseLiteralExpression),
            ],
            LiteralExpressionSyntax falsehood when falsehood.IsKind(SyntaxKind.FalseLiteralExpression) =>
            [
                LiteralExpression(SyntaxKind.TrueLiteralExpression),
            ],
            IdentifierNameSyntax name
                when name.Parent is MemberAccessExpressionSyntax access
                    && access.Name == name
                    && access.Parent is InvocationExpressionSyntax
                    && Neighbours.TryGetValue(name.Identifier.Text, out var neighbour) => [IdentifierName(neighbour)],
            ExpressionStatementSyntax => [EmptyStatement()],
            _ => [],
        };

    private static SyntaxKind[] Kinds(ExpressionSyntax expression) =>
        Operators.TryGetValue(expression.Kind(), out var kinds) ? kinds : [];

    private static bool IsText(BinaryExpressionSyntax sum) =>
        sum.IsKind(SyntaxKind.AddExpression)
        && sum.DescendantNodes()
            .Any(n => n.IsKind(SyntaxKind.StringLiteralExpression) || n is InterpolatedStringExpressionSyntax);

    private static PrefixUnaryExpressionSyntax Not(ExpressionSyntax condition) =>
        PrefixUnaryExpression(SyntaxKind.LogicalNotExpression, ParenthesizedExpression(condition));

    private static SyntaxToken Edge(SyntaxToken comparison) =>
        Token(
            comparison.Kind() switch
            {
                SyntaxKind.LessThanToken => SyntaxKind.LessThanEqualsToken,
                SyntaxKind.LessThanEqualsToken => SyntaxKind.LessThanToken,
                SyntaxKind.GreaterThanToken => SyntaxKind.GreaterThanEqualsToken,
                _ => SyntaxKind.GreaterThanToken,
            }
        );

    // A whole number is one more; another is half as much again, which no rounding hides.
    private static IEnumerable<SyntaxNode> Numbers(LiteralExpressionSyntax number) =>
        number.Token.Value switch
        {
            int whole => [LiteralExpression(SyntaxKind.NumericLiteralExpression, Literal(whole + 1))],
            double real =>
            [
                LiteralExpression(SyntaxKind.NumericLiteralExpression, Literal(real == 0 ? 1 : real * 1.5)),
            ],
            float real =>
            [
                LiteralExpression(SyntaxKind.NumericLiteralExpression, Literal(real == 0 ? 1 : real * 1.5f)),
            ],
            _ => [],
        };

    private static string OneLine(SyntaxNode node)
    {
        const int longest = 100;
        var text = string.Join(' ', node.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text.Length <= longest ? text : text[..longest] + " …";
    }
}
