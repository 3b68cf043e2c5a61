namespace Lanthorn.Knowledge;

/// <summary>
/// What reading untrusted text gave: a value, or the reason why it was refused. The default is a refusal, so that a
/// forgotten result is never taken for a value.
/// </summary>
public readonly record struct Parsed<T>
{
    private readonly T? value;
    private readonly string? reason;
    private readonly bool accepted;

    private Parsed(T? value, string? reason, bool accepted) =>
        (this.value, this.reason, this.accepted) = (value, reason, accepted);

    public bool IsAccepted => accepted;

    /// <summary>The value; asking a refused result for it is a bug of the caller.</summary>
    public T Value => accepted ? value! : throw new InvalidOperationException($"Refused: {Reason}");

    /// <summary>Why the text was refused; empty when it was accepted.</summary>
    public string Reason => accepted ? "" : reason ?? "nothing was read";

    internal static Parsed<T> Accept(T value) => new(value, null, true);

    internal static Parsed<T> Refuse(string reason) => new(default, reason, false);

    public static implicit operator Parsed<T>(Parsed.Refused refused) => Refuse(refused.Reason);
}

/// <summary>Makes results of reading untrusted text.</summary>
public static class Parsed
{
    /// <summary>A reason on its way to becoming a refused result of whatever type the caller returns.</summary>
    public readonly record struct Refused(string Reason);

    public static Parsed<T> Accept<T>(T value) => Parsed<T>.Accept(value);

    public static Refused Refuse(string reason) => new(reason);
}
