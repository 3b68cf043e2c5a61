using Microsoft.AspNetCore.Http;

namespace Lanthorn.Platform;

/// <summary>
/// A clear no: what the product will not do, why, and the way out. Over HTTP it becomes problem+json with a stable code
/// (and <c>detail</c>, as the matching API's clients expect), for a browser a page; on the command line the message on
/// stderr and exit code 1.
/// </summary>
/// <param name="Code">Stable, lower case with hyphens, such as <c>unknown-dataset</c>; clients may rely on it.</param>
/// <param name="Field">The place in the request, such as <c>queries.q1.schema</c>.</param>
public sealed record Refusal(string Code, int Status, string Message, string WayOut = "", string? Field = null)
{
    public static Refusal NotFound(string message, string wayOut = "") => new("not-found", 404, message, wayOut);

    public static Refusal BadRequest(string code, string message, string wayOut = "", string? field = null) =>
        new(code, 400, message, wayOut, field);

    public static Refusal Unprocessable(string code, string message, string wayOut = "", string? field = null) =>
        new(code, 422, message, wayOut, field);

    /// <summary>The database cannot serve just now; it is asked again without a restart.</summary>
    public static Refusal StoreUnavailable(string why) =>
        new("store-unavailable", 503, why, "Try again in some seconds; the administrator's guide says what to look at");

    public string InWords => WayOut.Length == 0 ? Message : $"{Message}. {WayOut}";

    public IResult ToResult() => new RefusalResult(this);
}

/// <summary>A refusal found deep in a use case, on its way to the edge that words it. Not a bug, so it is not logged as one.</summary>
public sealed class RefusedException(Refusal refusal) : Exception(refusal.Message)
{
    public Refusal Refusal { get; } = refusal;
}
