namespace Lanthorn.Matching;

/// <summary>How much an equal identifier says.</summary>
internal enum IdentifierStrength : byte
{
    /// <summary>Shared by people who live or work together: phone, e-mail.</summary>
    Shared,

    /// <summary>Issued once, but often mistyped or without its issuer: passport, national id.</summary>
    Issued,

    /// <summary>Unique in the world by its standard: LEI, IMO number, ISIN.</summary>
    Unique,
}

/// <summary>An identifier, written one way.</summary>
/// <param name="Value">Capitals and digits only.</param>
/// <param name="Property">Identifiers that are short are only equal within one property.</param>
internal readonly record struct Identifier(string Value, string Property, IdentifierStrength Strength)
{
    /// <summary>Shorter numbers recur in every register.</summary>
    public const int SafeLength = 6;

    public ulong Key => Hashing.Of(Value, Value.Length < SafeLength ? Hashing.Of(Property, 3) : 3);

    public bool IsSameAs(Identifier other) =>
        Value == other.Value && (Property == other.Property || Value.Length >= SafeLength);
}
