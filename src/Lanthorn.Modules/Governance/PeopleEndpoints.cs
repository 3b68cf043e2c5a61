using Lanthorn.Governance.Contracts;
using Lanthorn.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Lanthorn.Governance;

/// <summary>People and organisations over the API, for those who manage accounts; for others there is nothing here.</summary>
internal static class PeopleEndpoints
{
    private const string Tag = "People";

    /// <param name="Password">Null makes one up, which the answer then shows this once.</param>
    internal sealed record NewAccount(
        string Name,
        string Role,
        string Organisation,
        string? Email = null,
        string? Password = null
    );

    /// <param name="Password">The one that was made up; null where none was.</param>
    internal sealed record Added(Person Person, string? Password);

    internal sealed record RoleRequest(string Role);

    internal sealed record OrganisationRequest(string Name);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var people = routes.MapGroup("/api/v1").RequireRole(Roles.Managing).WithTags(Tag);
        people.MapGet("/people", ListAsync).WithSummary("All accounts").Produces<IReadOnlyList<Person>>();
        people
            .MapPost("/people", AddAsync)
            .WithSummary("Make an account")
            .Produces<Added>(StatusCodes.Status201Created);
        people
            .MapPost("/people/{name}/lock", LockAsync)
            .WithSummary("Shut an account out: its sessions end, its tokens rest")
            .Produces<Person>();
        people
            .MapPost("/people/{name}/unlock", UnlockAsync)
            .WithSummary("Let an account in again, also after too many wrong passwords")
            .Produces<Person>();
        people
            .MapPut("/people/{name}/role", SetRoleAsync)
            .WithSummary("Give an account another role")
            .Produces<Person>();
        people
            .MapPost("/people/{name}/password", SetPasswordAsync)
            .WithSummary("Make up a new password, shown this once; the account's sessions end")
            .Produces<Added>();

        people
            .MapGet("/organisations", ListOrganisationsAsync)
            .WithSummary("All organisations")
            .Produces<IReadOnlyList<string>>();
        people
            .MapPost("/organisations", AddOrganisationAsync)
            .WithSummary("Make an organisation; one that exists stays as it is")
            .Produces<OrganisationRequest>(StatusCodes.Status201Created);
    }

    private static async Task<IResult> ListAsync(HttpContext context, Accounts accounts) =>
        Answer(context, await accounts.ListAsync(context.RequestAborted));

    private static async Task<IResult> AddAsync(HttpContext context, Accounts accounts, [FromBody] NewAccount request)
    {
        var madeUp = request.Password is null ? Secret.NewPassword() : null;
        var person = await accounts.AddPersonAsync(
            context.Work().Viewer,
            new(
                request.Name ?? "",
                request.Email,
                request.Role ?? "",
                request.Organisation ?? "",
                request.Password ?? madeUp
            ),
            context.RequestAborted
        );
        return Answer(context, new Added(person, madeUp), StatusCodes.Status201Created);
    }

    private static async Task<IResult> LockAsync(HttpContext context, Accounts accounts, string name)
    {
        await accounts.LockAsync(context.Work().Viewer, name, context.RequestAborted);
        return Answer(context, await accounts.NeedAsync(name, context.RequestAborted));
    }

    private static async Task<IResult> UnlockAsync(HttpContext context, Accounts accounts, string name)
    {
        await accounts.UnlockAsync(context.Work().Viewer, name, context.RequestAborted);
        return Answer(context, await accounts.NeedAsync(name, context.RequestAborted));
    }

    private static async Task<IResult> SetRoleAsync(
        HttpContext context,
        Accounts accounts,
        string name,
        [FromBody] RoleRequest request
    )
    {
        await accounts.SetRoleAsync(context.Work().Viewer, name, request.Role ?? "", context.RequestAborted);
        return Answer(context, await accounts.NeedAsync(name, context.RequestAborted));
    }

    private static async Task<IResult> SetPasswordAsync(HttpContext context, Accounts accounts, string name)
    {
        var madeUp = Secret.NewPassword();
        await accounts.SetPasswordAsync(context.Work().Viewer, name, madeUp, context.RequestAborted);
        return Answer(context, new Added(await accounts.NeedAsync(name, context.RequestAborted), madeUp));
    }

    private static async Task<IResult> ListOrganisationsAsync(HttpContext context, Accounts accounts) =>
        Answer(context, await accounts.ListOrganisationsAsync(context.RequestAborted));

    private static async Task<IResult> AddOrganisationAsync(
        HttpContext context,
        Accounts accounts,
        [FromBody] OrganisationRequest request
    )
    {
        await accounts.AddOrganisationAsync(context.Work().Viewer, request.Name ?? "", context.RequestAborted);
        return Answer(context, request, StatusCodes.Status201Created);
    }

    private static IResult Answer<T>(HttpContext context, T answer, int status = StatusCodes.Status200OK)
    {
        context.Response.KeepPrivate();
        return Results.Json(answer, GovernanceJson.Options, statusCode: status);
    }
}
