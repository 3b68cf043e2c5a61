namespace Lanthorn.Pathways;

/// <summary>
/// A clear no: what is not done, why, and the way out. Over HTTP problem+json with a stable code, for a browser a page, on the
/// command line a message and exit code 1.
/// </summary>
/// <param name="Code">Stable, lower case with hyphens.</param>
public sealed record Refusal(string Code, int Status, string Message, string WayOut = "", string? Field = null)
{
    /// <summary>What does not exist and what is not for the caller to see are answered alike.</summary>
    public static Refusal NotFound { get; } = new("not-found", 404, "Not Found");

    public static Refusal BadRequest(string code, string message, string wayOut = "") =>
        new(code, 400, message, wayOut);

    public static Refusal Unprocessable(string code, string message, string wayOut = "", string? field = null) =>
        new(code, 422, message, wayOut, field);

    public string InWords => WayOut.Length == 0 ? Message : $"{Message}. {WayOut}";
}

/// <summary>A refusal on its way to the edge that words it.</summary>
public sealed class RefusedException(Refusal refusal) : Exception(refusal.Message)
{
    public Refusal Refusal { get; } = refusal;
}
