using Lanthorn.Knowledge;

namespace Lanthorn.Matching;

/// <summary>How the values of a column are compared.</summary>
public enum LinkFieldKind
{
    /// <summary>A name or a part of one, across spellings and scripts.</summary>
    Name,

    /// <summary>A day, as far as it is known.</summary>
    Date,

    /// <summary>A number or code that is one thing's alone, but for errors of typing.</summary>
    Identifier,

    /// <summary>A place, an occupation, anything else.</summary>
    Text,
}

/// <summary>A column of a table that is to be freed of duplicates.</summary>
/// <param name="IsStrong">Two that differ in it, by more than a slip of the pen, are two things.</param>
public sealed record LinkField(string Name, LinkFieldKind Kind, bool IsStrong = false)
{
    /// <summary>By what a property of FollowTheMoney says of its values.</summary>
    public static LinkFieldKind KindOf(Schema schema, string property)
    {
        ArgumentNullException.ThrowIfNull(schema);
        return schema.Find(property)?.Type.Name switch
        {
            "name" => LinkFieldKind.Name,
            "date" => LinkFieldKind.Date,
            "identifier" or "phone" or "email" or "iban" or "url" or "checksum" => LinkFieldKind.Identifier,
            _ => Names.Contains(property) ? LinkFieldKind.Name : LinkFieldKind.Text,
        };
    }

    /// <summary>Parts of names, which the model has as plain texts.</summary>
    private static readonly string[] Names =
    [
        "firstName",
        "lastName",
        "secondName",
        "middleName",
        "fatherName",
        "motherName",
        "name",
        "alias",
    ];
}
